// The camera: started by a tap, read ten times a second while the page is to be seen, kept awake.

const WISHES = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
};
const PAUSE = 100;
const HAS_PICTURE = 2;

/** Return a camera that shows itself in the video and calls `found(text)` for each code it sees. */
export function makeCamera(video, decoder, found) {
  let stream = null;
  let timer = 0;
  let awake = null;

  async function start() {
    if (!navigator.mediaDevices) throw new DOMException("not served by HTTPS", "NotFoundError");
    stream = await navigator.mediaDevices.getUserMedia(WISHES);
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    await stayAwake();
    look();
  }

  function stop() {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    awake?.release();
    awake = null;
  }

  /** Decode one frame, then wait for the next: never two in flight. */
  async function look() {
    if (!stream) return;
    const began = performance.now();
    if (video.readyState >= HAS_PICTURE && !document.hidden) {
      const text = await decoder.read(video, video.videoWidth, video.videoHeight);
      if (text && stream) found(text);
    }
    timer = setTimeout(look, Math.max(0, PAUSE - (performance.now() - began)));
  }

  async function stayAwake() {
    try {
      awake = await navigator.wakeLock?.request("screen");
    } catch {
      awake = null; // low battery, or not allowed: the screen may then go dark
    }
  }

  /** A phone takes camera and wake lock from a page in the background. */
  async function wake() {
    if (!stream || document.hidden) return;
    if (stream.getVideoTracks().some((track) => track.readyState === "ended")) {
      stop();
      await start();
    } else {
      await video.play();
      await stayAwake();
    }
  }

  document.addEventListener("visibilitychange", () => wake().catch(stop));

  const track = () => stream?.getVideoTracks()[0];
  return {
    start,
    stop,
    isOn: () => stream !== null,
    hasLight: () => track()?.getCapabilities?.().torch === true,
    light: (isOn) => track()?.applyConstraints({ advanced: [{ torch: isOn }] }),
  };
}

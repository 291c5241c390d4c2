// What a result sounds and feels like, for those who look at the person and not at the screen.

const TONES = {
  in: { notes: [[660, 0.09], [990, 0.16]], buzz: [80] },
  again: { notes: [[440, 0.12], [440, 0.12]], buzz: [80, 80, 80] },
  no: { notes: [[196, 0.45]], buzz: [400] },
  undone: { notes: [[520, 0.08], [390, 0.12]], buzz: [40] },
};
const GAP = 0.06;
const LOUD = 0.25;

let sound = null;

/** Make sound possible; browsers allow it only from within a tap or a key press. */
export function allowSound() {
  sound ??= "AudioContext" in window ? new AudioContext() : null;
  sound?.resume();
}

/** Play and shake what belongs to this tone of a result. */
export function signal(tone) {
  const { notes, buzz } = TONES[tone] ?? TONES.again;
  navigator.vibrate?.(buzz);
  if (sound?.state !== "running") return;
  let at = sound.currentTime;
  for (const [pitch, length] of notes) {
    play(pitch, at, length);
    at += length + GAP;
  }
}

function play(pitch, at, length) {
  const source = sound.createOscillator();
  const volume = sound.createGain();
  source.type = "triangle";
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUD, at);
  volume.gain.linearRampToValueAtTime(0, at + length);
  source.connect(volume).connect(sound.destination);
  source.start(at);
  source.stop(at + length);
}

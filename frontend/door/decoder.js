// The page's side of the worker that decodes: one picture in, its text out, one at a time.

const LONGEST_SIDE = 1_600;

/** Return { read(source, width, height, isPhoto), readPhoto(file) }; both resolve to a text or "". */
export function startDecoder() {
  const worker = new Worker(WORKER_URL, { type: "module" });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const asking = new Map();
  let last = 0;

  worker.onmessage = ({ data }) => {
    asking.get(data.id)(data.text);
    asking.delete(data.id);
  };
  worker.onerror = () => {
    for (const answer of asking.values()) answer("");
    asking.clear();
  };

  function read(source, width, height, isPhoto = false) {
    canvas.width = width;
    canvas.height = height;
    context.drawImage(source, 0, 0, width, height);
    const { buffer } = context.getImageData(0, 0, width, height).data;
    const id = (last += 1);
    return new Promise((resolve) => {
      asking.set(id, resolve);
      worker.postMessage({ id, width, height, buffer, isPhoto }, [buffer]);
    });
  }

  async function readPhoto(file) {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    return read(picture, Math.round(picture.width * scale), Math.round(picture.height * scale), true);
  }

  return { read, readPhoto };
}

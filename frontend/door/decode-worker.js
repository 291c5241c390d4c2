// Finds a QR code in a picture. Two decoders fail on different pictures, so frames of the camera go
// to them in turn, and a photo to both. `qr` is small and always there; `zxing-wasm` joins when its
// WebAssembly is loaded, and where a browser refuses that, `qr` goes on alone.

import decodeQR from "qr/decode.js";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
const PHOTO_EFFORT = 400;

let hasZXing = false;
let frames = 0;

prepareZXingModule({ overrides: { locateFile: () => WASM_URL }, fireImmediately: true }).then(
  () => (hasZXing = true),
  () => (hasZXing = false),
);

function byQr(picture, options) {
  try {
    return decodeQR(picture, options);
  } catch {
    return ""; // its way to say that there is no code
  }
}

async function byZXing({ data, width, height }) {
  try {
    const [found] = await readBarcodes(new ImageData(data, width, height), OPTIONS);
    return found?.isValid ? found.text : "";
  } catch {
    hasZXing = false;
    return "";
  }
}

async function fromFrame(picture) {
  frames += 1;
  return hasZXing && frames % 2 === 0 ? byZXing(picture) : byQr(picture);
}

async function fromPhoto(picture) {
  return byQr(picture, { timeLimit: PHOTO_EFFORT }) || (hasZXing ? byZXing(picture) : "");
}

self.onmessage = async ({ data: { id, width, height, buffer, isPhoto } }) => {
  const picture = { width, height, data: new Uint8ClampedArray(buffer) };
  const text = await (isPhoto ? fromPhoto(picture) : fromFrame(picture));
  self.postMessage({ id, text });
};

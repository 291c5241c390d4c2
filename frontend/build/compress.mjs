// Compressed twins of all text files, so that the server only has to choose (eventmgr/web/assets.py).

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const TEXT = /\.(css|js|svg|wasm)$/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Write `<file>.br` and `<file>.gz` beside every text file of the folder. */
export async function compress(folder) {
  const files = (await readdir(folder)).filter((file) => TEXT.test(file));
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(join(folder, file));
      await writeFile(join(folder, `${file}.br`), await brotli(content, QUALITY));
      await writeFile(join(folder, `${file}.gz`), await zip(content, { level: 9 }));
    }),
  );
}

// Builds the front end into ../eventmgr/static/: style sheets and scripts with their content's hash
// in the name (so that browsers may keep them for ever), `build/manifest.json` that tells
// eventmgr/web/assets.py which is which, and `pdf-fonts/` for badges and tickets.
//
//     npm ci --ignore-scripts && node build.mjs

import * as esbuild from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { copyPdfFonts, subsetFonts } from "./build/fonts.mjs";
import { fewerKernRules } from "./build/kern.mjs";
import { lightFallback } from "./build/light-fallback.mjs";
import { compress } from "./build/compress.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const STATIC = join(HERE, "../eventmgr/static");
const DONE = join(STATIC, "build");
const OUT = join(STATIC, "build.new");
const URL_PREFIX = "/static/build/";

const PAGES = ["site.css", "desk.css", "door.css", "site/site.js"];
const DECODER = "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm";
const SCANNER = { worker: "door/decode-worker", page: "door/door" };

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["es2022", "safari16"],
  legalComments: "linked",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: OUT,
  loader: { ".svg": "copy", ".wasm": "copy", ".png": "copy" },
  plugins: [fewerKernRules, subsetFonts, lightFallback],
  logLevel: "warning",
};

/** Bundle these files; add their hashed names to the manifest and return it. */
async function bundle(entryPoints, manifest, define = {}) {
  const { metafile } = await esbuild.build({ ...COMMON, entryPoints, define });
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const inputs = Object.keys(output.inputs);
    const source = output.entryPoint ?? (inputs.length === 1 ? inputs[0] : undefined);
    if (source && !path.endsWith(".LEGAL.txt")) {
      manifest[basename(source).replace(/^subset:/, "").replace(/\.ts$/, ".js")] = basename(path);
    }
  }
  return manifest;
}

/** Return the file of that name, in whichever language it is written. */
function script(name) {
  return [".ts", ".js"].map((suffix) => name + suffix).find((file) => existsSync(join(HERE, file)));
}

/** Bundle the scanner: its page is told the addresses of its worker, the worker that of its decoder. */
async function bundleScanner(manifest) {
  const worker = script(SCANNER.worker);
  const page = script(SCANNER.page);
  if (!page) return;
  const address = (name) => JSON.stringify(name in manifest ? URL_PREFIX + manifest[name] : "");
  await bundle([DECODER], manifest);
  const define = { WASM_URL: address("zxing_reader.wasm") };
  if (worker) await bundle([worker], manifest, define);
  await bundle([page], manifest, { ...define, WORKER_URL: address("decode-worker.js") });
}

/** Return all pictures that pages may ask for by name. */
async function pictures() {
  const files = await readdir(join(HERE, "images"));
  return files.filter((file) => /\.(svg|png)$/.test(file)).map((file) => `images/${file}`);
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const manifest = {};
await bundle([...PAGES, ...(await pictures())], manifest);
await bundleScanner(manifest);
await Promise.all([copyPdfFonts(join(STATIC, "pdf-fonts")), compress(OUT)]);
await writeFile(join(OUT, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
await rm(DONE, { recursive: true, force: true });
await rename(OUT, DONE);

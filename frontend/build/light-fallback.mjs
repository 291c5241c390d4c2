// Browsers older than 2024 do not know light-dark(). They get every token's light value; all others
// read the tokens as they are written.

import { readFile } from "node:fs/promises";

const PAIR = /light-dark\(([^,()]+),[^()]+\)/g;

/** Doubles css/tokens.css: light values first, then the real ones behind @supports. */
export const lightFallback = {
  name: "light-fallback",
  setup(build) {
    build.onLoad({ filter: /css\/tokens\.css$/ }, async ({ path }) => {
      const tokens = await readFile(path, "utf8");
      const pairs = tokens.match(/^ *--[\w-]+:[^;]*light-dark\([^;]*;$/gm).join("\n");
      const light = `:root {\n${pairs.replace(PAIR, "$1")}\n}\n`;
      const real = `@supports (color: light-dark(#000, #fff)) {\n:root {\n${pairs}\n}\n}\n`;
      const rest = tokens.replace(/^ *--[\w-]+:[^;]*light-dark\([^;]*;$/gm, "");
      return { contents: light + real + rest, loader: "css" };
    });
  },
};

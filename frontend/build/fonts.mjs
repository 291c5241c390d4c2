// Fonts. Pages get three faces cut down to the letters of the languages shown; paper gets whole
// files, because people's names come in any script.

import { copyFile, mkdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const MODULES = fileURLToPath(new URL("../node_modules/", import.meta.url));
const FIRA = join(MODULES, "@expo-google-fonts/fira-sans");
const NOTO_SC = join(MODULES, "@expo-google-fonts/noto-sans-sc");
const DEJAVU = join(MODULES, "dejavu-fonts-ttf/ttf");

const FACES = {
  300: "300Light/FiraSans_300Light.ttf",
  400: "400Regular/FiraSans_400Regular.ttf",
  600: "600SemiBold/FiraSans_600SemiBold.ttf",
};

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");

// German, English, French, Dutch, Sorbian, Polish, Czech and their typography; the same ranges
// stand as unicode-range in css/fonts.css.
const LETTERS =
  range(0x20, 0x7e) + range(0xa0, 0x17f) + "ẞ" + "\u2009\u2010\u2011–—‘’‚“”„†•…\u202f‰‹›€™←↑→↓−≈≤≥";
const FEATURES = ["ccmp", "kern", "locl", "mark", "tnum"];

/** Resolves `fira-<weight>.woff2` in style sheets. */
export const subsetFonts = {
  name: "subset-fonts",
  setup(build) {
    build.onResolve({ filter: /^fira-\d+\.woff2$/ }, ({ path }) => ({ path, namespace: "subset" }));
    build.onLoad({ filter: /./, namespace: "subset" }, async ({ path }) => ({
      contents: await subset(FACES[path.match(/\d+/)[0]]),
      loader: "file",
    }));
  },
};

async function subset(file) {
  const whole = await readFile(join(FIRA, file));
  return subsetFont(whole, LETTERS, {
    targetFormat: "woff2",
    keepFeatures: FEATURES,
    noHinting: true,
  });
}

const PDF_FONTS = [
  ...Object.values(FACES).map((file) => join(FIRA, file)),
  join(DEJAVU, "DejaVuSans.ttf"),
  join(DEJAVU, "DejaVuSans-Bold.ttf"),
  join(NOTO_SC, "400Regular/NotoSansSC_400Regular.ttf"),
  join(NOTO_SC, "700Bold/NotoSansSC_700Bold.ttf"),
];

/** Copy the fonts that paper is set in; those that are there stay, a server may be reading them. */
export async function copyPdfFonts(folder) {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    PDF_FONTS.map(async (file) => {
      const copy = join(folder, basename(file).replace(/_\d*/, "-"));
      if ((await size(copy)) !== (await size(file))) await copyFile(file, copy);
    }),
  );
}

async function size(file) {
  return (await stat(file).catch(() => undefined))?.size;
}

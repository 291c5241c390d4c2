// KERN without the rules that no page of ours uses: 340 kB become about a tenth. What may be used is
// listed here rather than looked for in the templates, so that the result depends on this folder
// alone; tests/web/test_assets.py says when a template uses a class that is missing here.

import { readFile } from "node:fs/promises";
import { PurgeCSS } from "purgecss";

const OURS = new URL("../css/tokens.css", import.meta.url);
const SOURCE = new URL("../node_modules/@kern-ux/native/dist/kern.min.css", import.meta.url);
const NOTICE = "/*! KERN design system, @kern-ux/native 2.7.2, EUPL-1.2, https://www.kern-ux.de */\n";

const KINDS = ["info", "success", "warning", "danger"];
const variants = (name, suffixes) => [name, ...suffixes.map((suffix) => name + suffix)];

export const KERN_CLASSES = [
  "kern-sr-only",
  "kern-label",
  "kern-label__optional",
  "kern-title",
  "kern-body",
  "kern-hint",
  "kern-error",
  ...variants("kern-btn", ["--primary", "--secondary", "--tertiary", "--block"]),
  ...variants("kern-icon", KINDS.map((kind) => `--${kind}`)),
  ...variants("kern-badge", KINDS.map((kind) => `--${kind}`)),
  ...variants("kern-alert", ["__header", "__body", ...KINDS.map((kind) => `--${kind}`)]),
  ...variants("kern-form-input", ["__input", "__input--error", "__select", "__select-wrapper", "--error"]),
  ...variants("kern-form-check", ["__radio", "__checkbox", "__radio--error", "__checkbox--error"]),
  ...variants("kern-fieldset", ["__body", "--error"]),
];

const ATTRIBUTES = ["disabled", "readonly", "type", "search", "date"];
const ELEMENTS = ["html", "body", "img", "svg", "video", "canvas", "legend", "label", "textarea", "select"];

/** Serves `@import "kern"` in style sheets. */
export const fewerKernRules = {
  name: "fewer-kern-rules",
  setup(build) {
    build.onResolve({ filter: /^kern$/ }, () => ({ path: "kern.css", namespace: "kern" }));
    build.onLoad({ filter: /./, namespace: "kern" }, async () => ({
      contents: NOTICE + (await purge(await readFile(SOURCE, "utf8"), await readFile(OURS, "utf8"))),
      loader: "css",
    }));
  },
};

async function purge(whole, tokens) {
  const ours = tokens.match(/--kern-[\w-]+(?=:)/g);
  const css = without(ours, withoutLevels(whole));
  const used = [...KERN_CLASSES, ...ATTRIBUTES, ...ELEMENTS].join(" ");
  const [{ css: kept }] = await new PurgeCSS().purge({
    content: [{ raw: used, extension: "txt" }],
    css: [{ raw: css }],
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  const small = kept
    // Sets a font on every element, so that nothing could inherit another one.
    .replace(/\*:not\(i\)\{[^}]*\}/, "")
    // Every browser that has light-dark() knows the plain name.
    .replace(/-webkit-mask:url\([^)]*\)[^;}]*;?/g, "")
    // All variables are defined (see below), so their second values only cost bytes.
    .replace(/var\((--kern-[\w-]+), ?[^()]*\)/g, "var($1)");
  const defined = new Set([...ours, ...small.match(/--[\w-]+(?=:)/g)]);
  const missing = [...small.matchAll(/var\((--[\w-]+)\)/g)].filter(([, name]) => !defined.has(name));
  if (missing.length) throw new Error(`KERN without ${missing.map(([, name]) => name)}`);
  return small;
}

/** KERN colours depend on the level they lie on; we have one level, so each is named directly. */
function withoutLevels(css) {
  return css
    .replace(/[^{}]*:not\(\[class\*=kern-level-\]\)[^{}]*\{[^}]*\}/, "")
    .replaceAll("layout-layer-surface-contextual", "layout-background-default-surface")
    .replace(/(--kern-color-[\w-]+)-contextual/g, "$1");
}

/** Leave out the variables that css/tokens.css sets anyway. */
function without(names, css) {
  return css.replace(new RegExp(`(?<=[{;])(${names.join("|")}):[^;}]*;?`, "g"), "");
}

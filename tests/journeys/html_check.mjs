// Checks HTML by the rules below: reads one JSON text a line, answers with a JSON list of what is
// wrong. It stays in memory, because starting it takes longer than checking a page.

import { createInterface } from "node:readline";
import { HtmlValidate } from "html-validate";

const checker = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // a list may have a name
    "prefer-native-element": ["error", { exclude: ["region"] }], // what scrolls is no section
    "require-sri": "off", // all files come from this site, under names that hold their hash
  },
});

for await (const line of createInterface({ input: process.stdin })) {
  const { results } = await checker.validateString(JSON.parse(line));
  const messages = results.flatMap((result) => result.messages);
  const told = messages.map((m) => `${m.ruleId}, line ${m.line}: ${m.message} (${m.selector})`);
  process.stdout.write(JSON.stringify(told) + "\n");
}

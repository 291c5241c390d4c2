// The words of the page, in its language, and how what is known only here is filled in.

// Pages of the door that show no scanner have none.
const WORDS = JSON.parse(document.querySelector("[data-words]")?.textContent ?? "{}");

/** Return the words of that name; `{time}` and the like are replaced by the values given. */
export function say(name, values = {}) {
  return Object.entries(values).reduce(
    (text, [key, value]) => text.replaceAll(`{${key}}`, value),
    WORDS[name],
  );
}

const AS_CLOCK = { hour: "numeric", minute: "2-digit", hourCycle: "h23" };

/** Return the time as the reader writes it. */
export function clockTime(moment) {
  return moment.toLocaleTimeString(document.documentElement.lang, AS_CLOCK);
}

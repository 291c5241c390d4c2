// Looks people up by name while the name is typed, and lets them in by a tap.

import { say } from "./words.js";

const REST = 300;

/** Take hold of the list; `letIn(person)` is called for a tap on a name. */
export function makePeople(page, address, letIn) {
  const section = page.querySelector("[data-people]");
  const list = section.querySelector("ul");
  const note = section.querySelector("p.note");
  const row = page.querySelector("template[data-person]");
  let timer = 0;
  let asked = 0;

  async function find(words) {
    clearTimeout(timer);
    const mine = (asked += 1);
    const people = await ask(words);
    if (mine !== asked) return; // typed on since
    list.replaceChildren(...(people ?? []).map(asRow));
    note.textContent = people ? say("nobody", { words }) : say("no_search");
    note.hidden = people?.length > 0;
    section.hidden = false;
  }

  /** Return the people found, null where the server cannot be asked. */
  async function ask(words) {
    try {
      const response = await fetch(`${address}/search?q=${encodeURIComponent(words)}`);
      return response.ok ? (await response.json()).people : null;
    } catch {
      return null;
    }
  }

  function asRow(person) {
    const item = row.content.cloneNode(true);
    const about = [person.organisation, person.group, person.state].filter(Boolean);
    item.querySelector("b").textContent = person.name;
    item.querySelector("span").textContent = about.join(" · ");
    const button = item.querySelector("button");
    button.setAttribute("aria-label", say("let_in", { name: person.name }));
    button.addEventListener("click", () => {
      page.querySelector("#typed").value = "";
      letIn(person);
    });
    return item;
  }

  /** Look up when the typing has come to rest. */
  function findSoon(words) {
    clearTimeout(timer);
    timer = setTimeout(() => find(words), REST);
  }

  function clear() {
    clearTimeout(timer);
    asked += 1;
    section.hidden = true;
  }

  return { find, findSoon, clear };
}

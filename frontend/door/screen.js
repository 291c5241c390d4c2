// What is on the screen: the result in large letters, the count, the line about the network.

import { signal } from "./tones.js";
import { clockTime, say } from "./words.js";

const SHOWN_FOR = 2_500;

/** Take hold of the page; `undo(nonce)` is called when an admission is to be taken back. */
export function makeScreen(page, undo) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const [result, after, camera, tools] = ["result", "after", "camera", "tools"].map(part);
  const undoForm = part("undo");
  let answer = null;
  let timer = 0;

  /** Show an answer; a person who may come in makes room for the next one by itself. */
  function show(next) {
    clearTimeout(timer);
    answer = next;
    result.className = `ev-result ev-result--${next.tone}`;
    result.querySelector("use").setAttribute("href", `#i-${next.sign}`);
    for (const name of ["word", "name", "organisation"]) write(`.${name}`, next[name]);
    write(".tag", next.group);
    result.querySelector(".lines").replaceChildren(...(next.lines ?? []).map(paragraph));
    undoForm.hidden = !next.can_undo;
    turn(true);
    if (next.present !== undefined) count(next);
    if (next.tone === "wait") return;
    signal(next.tone);
    part("spoken").textContent = [next.word, next.name, ...(next.lines ?? [])].join(". ");
    if (["in", "undone"].includes(next.tone)) timer = setTimeout(clear, SHOWN_FOR);
  }

  function write(selector, text) {
    const element = result.querySelector(selector);
    element.textContent = text ?? "";
    element.hidden = !text;
  }

  /** Show the camera's place, or the result that the page came with. */
  function begin() {
    camera.hidden = false;
    turn(!result.hidden);
  }

  /** Make room for the next person. */
  function clear() {
    clearTimeout(timer);
    turn(false);
  }

  /** Swap result and camera; the keyboard's place must not vanish with what is hidden. */
  function turn(hasResult) {
    const place = document.activeElement;
    result.hidden = after.hidden = !hasResult;
    camera.classList.toggle("away", hasResult); // out of sight, still running
    tools.hidden = hasResult;
    const isLost = place !== document.body && !place.getClientRects().length;
    if (isLost) part(hasResult ? "next" : "start").focus({ preventScroll: true });
  }

  function count({ present, expected }) {
    part("present").textContent = present;
    part("expected").textContent = expected;
  }

  /** Say how the connection is: { waiting, since, ended } of the outbox. */
  function network({ waiting, since, ended }) {
    const line = part("net");
    const isOff = ended || since !== null;
    line.hidden = false;
    line.classList.toggle("net--off", isOff);
    line.querySelector("use").setAttribute("href", isOff ? "#i-clock" : "#i-check");
    line.querySelector("span").textContent = stateWords(waiting, since, ended);
  }

  /** Tell of scans that were kept and have turned out not to be good; stays until it is seen. */
  function late(text) {
    const box = part("late");
    box.querySelector("ul").append(item(text));
    box.hidden = false;
  }

  part("late").querySelector("button").addEventListener("click", () => {
    part("late").hidden = true;
    part("late").querySelector("ul").replaceChildren();
  });
  part("next").addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
  undoForm.addEventListener("submit", (event) => {
    event.preventDefault();
    undo(answer?.nonce ?? undoForm.dataset.undo);
  });

  return { begin, show, count, network, late, part };
}

function stateWords(waiting, since, ended) {
  if (ended) return waiting ? say("ended_waiting", { count: waiting }) : say("ended");
  if (since === null) return waiting ? say("sending", { count: waiting }) : say("online");
  const name = waiting ? "waiting" : "offline";
  return say(name, { time: clockTime(since), count: waiting });
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function item(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}

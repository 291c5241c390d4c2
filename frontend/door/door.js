// The scanner: camera, keyboard and names on one side, the outbox on the other, results between.
// Without this script the page works as plain forms.

import { makeCamera } from "./camera.js";
import { startDecoder } from "./decoder.js";
import { openOutbox } from "./outbox.js";
import { makePeople } from "./people.js";
import { makeScreen } from "./screen.js";
import { couldBeAName, isOurs } from "./ticket.js";
import { allowSound } from "./tones.js";
import { say } from "./words.js";

const SAME_CODE_FOR = 3_000;
const ASK_STATE_EVERY = 10_000;
const SAY_CHECKING_AFTER = 400;

const page = document.querySelector("[data-scanner]");
if (page) start();

async function start() {
  const { address } = page.dataset;
  const screen = makeScreen(page, (nonce) => scan("undo", { undone: nonce }));
  const people = makePeople(page, address, ({ id }) => scan("scans", { registration_id: id }));
  const outbox = await openOutbox(address, { late: tellLate, changed: screen.network });

  /** Send a scan and show what it came to. */
  async function scan(path, content) {
    people.clear();
    const patience = setTimeout(() => screen.show(checking()), SAY_CHECKING_AFTER);
    const { answer, error, ended } = await outbox.send(path, content);
    clearTimeout(patience);
    screen.show(answer ?? (error ? refused(error) : noted(ended)));
  }

  function tellLate({ answer, error }) {
    if (error) screen.late(error);
    else if (!["in", "undone"].includes(answer.tone)) {
      screen.late(say("late", { result: [answer.word, answer.name].filter(Boolean).join(": ") }));
    }
    if (answer) screen.count(answer);
  }

  readCamera(screen, (code) => scan("scans", { code }));
  readKeyboard(people, (code) => scan("scans", { code }));
  watchServer(address, screen, outbox);
}

/** Read codes from the camera and from photos. */
function readCamera(screen, scan) {
  const decoder = startDecoder();
  const camera = makeCamera(screen.part("camera").querySelector("video"), decoder, seen);
  const [hint, torch, button] = ["hint", "torch", "start"].map(screen.part);
  const photo = screen.part("photo").querySelector("input");
  const last = { text: "", at: 0 };

  /** Take a code once, however long it is held in front of the camera. */
  function seen(text) {
    const isSame = text === last.text && performance.now() - last.at < SAME_CODE_FOR;
    Object.assign(last, { text, at: performance.now() });
    if (!isSame) take(text);
  }

  function take(text) {
    if (isOurs(text)) scan(text);
    else screen.show(foreign());
  }

  function showState(words) {
    hint.textContent = words;
    button.textContent = say(camera.isOn() ? "stop" : "start");
    torch.hidden = !camera.isOn() || !camera.hasLight();
  }

  button.addEventListener("click", async () => {
    allowSound();
    if (camera.isOn()) {
      camera.stop();
      showState(say("tap"));
      return;
    }
    showState(say("starting"));
    try {
      await camera.start();
      showState(say("aim"));
    } catch (problem) {
      camera.stop();
      showState(say(problem.name === "NotAllowedError" ? "denied" : "no_camera"));
    }
  });
  torch.addEventListener("click", async () => {
    const isOn = torch.getAttribute("aria-pressed") !== "true";
    await camera.light(isOn);
    torch.setAttribute("aria-pressed", String(isOn));
  });
  photo.addEventListener("change", async () => {
    allowSound();
    const [file] = photo.files;
    const text = file ? await decoder.readPhoto(file).catch(() => "") : "";
    photo.value = "";
    if (text) take(text);
    else hint.textContent = say("no_code");
  });

  showState(say("tap"));
  screen.begin();
}

/** Take what people type and what hardware scanners type, which end with Enter. */
function readKeyboard(people, scan) {
  const form = page.querySelector("[data-find]");
  const field = form.elements.namedItem("typed");

  function look() {
    const words = field.value.trim();
    if (words && couldBeAName(words)) people.findSoon(words);
    else people.clear();
  }

  if (field.value) look(); // typed before this script was there
  field.addEventListener("input", look);
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    const isText = key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
    if (isText && target.tagName !== "INPUT") field.focus(); // a hardware scanner does not aim
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    allowSound();
    const text = field.value.trim();
    if (!text) return;
    if (couldBeAName(text)) people.find(text);
    else {
      field.value = "";
      scan(text);
    }
  });
}

/** Keep the count fresh, notice when the network is back, and warn who would leave scans behind. */
function watchServer(address, screen, outbox) {
  async function ask() {
    if (document.hidden) return;
    try {
      const response = await fetch(`${address}/state`, { cache: "no-cache" });
      if (response.ok) screen.count(await response.json());
      await outbox.heard(response.status);
    } catch {
      await outbox.heard(0);
    }
  }

  setInterval(ask, ASK_STATE_EVERY);
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", ask);
  outbox.flush();
  ask();
}

const checking = () => ({ tone: "wait", sign: "clock", word: say("checking") });
const noted = (ended) => ({
  tone: "again",
  sign: "clock",
  word: say("noted"),
  lines: [say(ended ? "ended" : "noted_why"), say("noted_advice")],
});
const foreign = () => ({
  tone: "again",
  sign: "bang",
  word: say("foreign"),
  lines: [say("foreign_advice")],
});
const refused = (error) => ({ tone: "again", sign: "bang", word: say("refused"), lines: [error] });

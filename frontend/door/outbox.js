// Sends scans in the order in which they were made. Each is put on the shelf before it is sent and
// taken down only when the server has answered, with the same nonce however often it is sent; so a
// lost request or a lost answer loses no scan and counts none twice.

import { openShelf } from "./shelf.js";
import { say } from "./words.js";

const PATIENCE = 5_000;
const TRIES = 3;
/** Not signed in, link ended, too slow, too many at once: the same scan may be taken later. */
const PASSING = [401, 403, 408, 429];
const WAITS = [1_000, 2_000, 5_000, 10_000, 20_000];

/**
 * Return an outbox for the door at that address. `on` is told of what happens in the background:
 * `late(answer)` for scans that were kept, `changed({ waiting, since, ended })` for the state.
 */
export async function openOutbox(address, on) {
  return new Outbox(address, on, await openShelf());
}

class Outbox {
  #address;
  #on;
  #shelf;
  #asking = new Map();
  #sending = null;
  #failures = 0;
  #broken = new Map();
  #timer = 0;
  #state = { waiting: 0, since: null, ended: false };

  constructor(address, on, shelf) {
    this.#address = address;
    this.#on = on;
    this.#shelf = shelf;
  }

  /**
   * Keep a scan (`path` is `scans` or `undo`) and send it. Resolves to { answer }, to { error } where
   * the server refuses the message itself, or to { kept: true, ended } where it cannot be reached
   * or the link of this device has ended.
   */
  async send(path, content) {
    const body = { ...content, nonce: newNonce(), scanned_at: new Date().toISOString() };
    await this.#shelf.put({ address: this.#address, path, body });
    return new Promise((resolve) => {
      this.#asking.set(body.nonce, resolve);
      this.flush();
    });
  }

  /** Send what waits; one run at a time, also where several tabs share the shelf. */
  flush() {
    this.#sending ??= this.#alone(() => this.#sendAll()).finally(() => {
      this.#sending = null;
      if (this.#asking.size > 0) this.flush(); // put on the shelf while this run was going on
    });
    return this.#sending;
  }

  async #alone(work) {
    return navigator.locks ? navigator.locks.request("door outbox", work) : work();
  }

  async #sendAll() {
    clearTimeout(this.#timer);
    let isAnyBroken = false;
    for (const scan of await this.#mine()) {
      const reply = await this.#post(scan);
      if (reply.again) return this.#failed();
      if (reply.broken) {
        if (!(await this.#isPutLast(scan))) return this.#failed();
        isAnyBroken = true;
        continue;
      }
      await this.#shelf.remove(scan.id);
      this.#broken.delete(scan.body.nonce);
      this.#reached();
      this.#tell(scan.body.nonce, reply);
    }
    return isAnyBroken ? this.#failed() : this.#tellState();
  }

  /** Put a scan at which the server breaks again and again behind the others; true if it was. */
  async #isPutLast({ id, ...scan }) {
    const tries = (this.#broken.get(scan.body.nonce) ?? 0) + 1;
    this.#broken.set(scan.body.nonce, tries);
    if (tries < TRIES) return false;
    await this.#shelf.put(scan); // first: twice on the shelf counts once, not at all would be lost
    await this.#shelf.remove(id);
    return true;
  }

  async #mine() {
    return (await this.#shelf.all()).filter((scan) => scan.address === this.#address);
  }

  /** Return what to tell; or { again } to try later, { broken } where the server itself failed. */
  async #post({ path, body }) {
    try {
      const response = await fetch(`${this.#address}/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.#state.ended = response.status === 403;
      if (response.ok) return { answer: await response.json() };
      if (response.status >= 500) return { broken: true };
      const isFinal = response.status >= 400 && !PASSING.includes(response.status);
      return isFinal ? { error: await reason(response) } : { again: true };
    } catch {
      return { again: true }; // no network, no time left, or an answer that was cut off
    }
  }

  #reached() {
    this.#failures = 0;
    this.#state.since = null;
  }

  /** Whoever waits at the door must not wait for the network. */
  async #failed() {
    this.#state.since ??= new Date();
    const kept = { kept: true, ended: this.#state.ended };
    for (const nonce of [...this.#asking.keys()]) this.#tell(nonce, kept);
    const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.flush(), wait);
    await this.#tellState();
  }

  #tell(nonce, reply) {
    const resolve = this.#asking.get(nonce);
    this.#asking.delete(nonce);
    if (resolve) resolve(reply);
    else this.#on.late(reply);
  }

  async #tellState() {
    this.#state.waiting = (await this.#mine()).length;
    this.#on.changed({ ...this.#state });
  }

  /** Note that something else has reached the server or has not, and send what waits. */
  heard(status) {
    if (status === 0) this.#state.since ??= new Date();
    else {
      this.#state.ended = status === 403;
      this.#reached();
    }
    return status === 0 ? this.#tellState() : this.flush();
  }
}

/** What the server says against a scan; what stands before it may answer with a page. */
async function reason(response) {
  try {
    return (await response.json()).error ?? say("not_taken");
  } catch {
    return say("not_taken");
  }
}

/** 128 random bits; `crypto.randomUUID` is missing where the page is not served by HTTPS. */
function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

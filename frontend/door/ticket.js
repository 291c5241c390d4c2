// Whether a text that the camera read can be one of our tickets. What it is worth is the server's
// question; this only keeps the codes of strangers on the device.

const ADDRESS = /^https?:\/\/[^/\s]+\/T\/[A-Z2-7]{26}\/?$/i;
const BARE = /^[A-Z2-7]{26}$/i;
const BARE_LENGTH = 26;

/** Whether a code in the camera's view is a ticket or badge of ours. */
export function isOurs(text) {
  return ADDRESS.test(text) || BARE.test(text);
}

/** Whether typed text is to be looked up as a name; letters alone may be a short code or a name. */
export function couldBeAName(text) {
  return text.length < BARE_LENGTH && !/\d/.test(text);
}

// Buttons that copy a text or hand the page on.
//
//     <button hidden data-copy="https://…" data-done="Copied">Copy link</button>
//     <button hidden data-share="Title of the page">Share</button>
//
// Without a value the address of the page is taken.

const SHOWN_MS = 3000;

/** Show the button if the browser can copy; say for a moment when it has done so. */
export function offerCopying(button) {
  if (!navigator.clipboard) return;
  const label = button.querySelector(".kern-label") ?? button;
  const words = label.textContent;
  label.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || pageAddress());
    label.textContent = button.dataset.done;
    setTimeout(() => (label.textContent = words), SHOWN_MS);
  });
}

/** Show the button if the browser has a way to hand pages on. */
export function offerSharing(button) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const leftAlone = () => undefined; // the reader closed the dialogue
    navigator.share({ title: button.dataset.share || document.title, url: pageAddress() }).catch(leftAlone);
  });
}

function pageAddress() {
  return document.querySelector("link[rel=canonical]")?.href ?? location.href;
}

// Small comforts for public and personal pages. Everything works without them: what needs a script
// is hidden in the page and shown by it.

import { showOwnTime } from "./own-time.js";
import { offerCopying, offerSharing } from "./sharing.js";

document.querySelectorAll("[data-own-time]").forEach(showOwnTime);
document.querySelectorAll("[data-copy]").forEach(offerCopying);
document.querySelectorAll("[data-share]").forEach(offerSharing);

/** @file The staff's page of reservations. Names and answers are in its memory while it is open, and nowhere else in the browser. */

import { ask, read, send } from "client/ask.js";
import { fair } from "client/page.js";
import { render } from "client/view.js";
import { focusFirstFault } from "./form/view.js";
import { Desk } from "./reservations/desk.js";
import { reservationsPage } from "./reservations/views.js";
import { Twice } from "./twice.js";

/** How often the counts are asked for, ms. */
const COUNTS_MS = 20_000;

const root = /** @type {HTMLElement} */ (document.getElementById("reservations"));
const twice = new Twice(draw);
const desk = new Desk({ fair, read, ask, send, save, changed: draw, refused: () => desk.entry && focusFirstFault(root, desk.entry.form) });

function draw() {
  render(reservationsPage(desk, twice), root);
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

draw();
void desk.load();
setInterval(() => void desk.load(), COUNTS_MS);
// A page that comes back out of the browser's memory must not show what somebody else opened.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

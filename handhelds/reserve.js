/** @file The public reservation page. What is filled in lives in this page alone: nothing of it is kept by the browser. */

import { ask, read } from "client/ask.js";
import { fair, page } from "client/page.js";
import { render } from "client/view.js";
import { focusFirstFault } from "./form/view.js";
import { Entry } from "./reservation/entry.js";
import { reservePage } from "./reservation/view.js";

const root = /** @type {HTMLElement} */ (document.getElementById("reserve"));

let entry = empty();

function empty() {
  return new Entry({
    calls: { read, ask },
    fair,
    path: "/own-reservations",
    autofill: true,
    changed: draw,
    done: ({ token }) => location.replace(`${page.base}/r/${token}`), // the filled-in form is not left behind this page
    refused: () => focusFirstFault(root, entry.form),
  });
}

function draw() {
  render(reservePage(entry), root);
}

draw();
entry.start();
// A page that comes back out of the browser's memory must not show what somebody else wrote.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  entry.stop();
  entry = empty();
  draw();
  entry.start();
});

/** @file The reception card as its visitor fills it in, on the own phone or at a tablet of the fair. Nothing of it is kept by the browser. */

import { commandId } from "client/post.js";
import { fair, page } from "client/page.js";
import { render } from "client/view.js";
import { ask } from "client/ask.js";
import { Form } from "./form/form.js";
import { focusFirstFault } from "./form/view.js";
import { cardPage } from "./card/view.js";

/** How long a tablet shows a finished card before the next visitor finds an empty one, ms. */
const SHOWN_MS = 20_000;

/** How long a tablet keeps what was begun and left, ms. */
const LEFT_MS = 120_000;

const TICK_MS = 500;

const root = /** @type {HTMLElement} */ (document.getElementById("card"));
const tablet = page.tablet === true;

let form = empty();
let sending = false;
/** What was sent and under which id: the same again must act once. @type {{text: string, id: string}|null} */
let sent = null;
/** A tablet's finished card. @type {{own: import("./card/view.js").OwnCard, until: number}|null} */
let done = null;
let touched = performance.now();

function empty() {
  return new Form({ fair, stage: "card", changed: draw, autofill: !tablet });
}

function draw() {
  const seconds = done && Math.max(0, Math.ceil((done.until - performance.now()) / 1000));
  render(cardPage({ form, sending, own: done?.own ?? null, seconds, send, next: begin }), root);
}

/** Whether anything was filled in. */
function begun() {
  return JSON.stringify(form.body) !== JSON.stringify(empty().body);
}

/** The form stands empty for the next visitor. */
function begin() {
  form = empty();
  sent = done = null;
  draw();
  root.querySelector(".middle")?.scrollTo(0, 0);
}

async function send() {
  if (sending) return;
  sending = true;
  draw();
  const body = { source: tablet ? "tablet" : "phone", ...form.body };
  const text = JSON.stringify(body);
  if (sent?.text !== text) sent = { text, id: commandId() };
  try {
    finish(await ask("/own-cards", body, sent.id));
  } catch (error) {
    refused(error);
  } finally {
    sending = false;
    draw();
  }
}

/** @param {import("./card/view.js").OwnCard} own */
function finish(own) {
  if (!tablet) {
    location.replace(`${page.base}/c/${own.token}`); // the filled-in form is not left behind this page
    return;
  }
  done = { own, until: performance.now() + SHOWN_MS };
}

/** @param {unknown} error */
function refused(error) {
  if (!(error instanceof Error && "ja" in error && "en" in error)) throw error;
  form.refused(/** @type {any} */ (error));
  focusFirstFault(root, form);
}

/** On a tablet nothing is left for the next visitor to read. */
function tick() {
  if (done && performance.now() >= done.until) begin();
  else if (done) draw();
  else if (!sending && begun() && performance.now() - touched > LEFT_MS) begin();
}

draw();
if (tablet) {
  for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, () => (touched = performance.now()));
  setInterval(tick, TICK_MS);
}
// A page that comes back out of the browser's memory must not show what somebody else wrote.
window.addEventListener("pageshow", (event) => event.persisted && begin());

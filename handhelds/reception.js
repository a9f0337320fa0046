/** @file The reception page: follows the fair, holds the desk's state, and draws both. */

import { ask, read } from "client/ask.js";
import { command } from "client/command.js";
import { follow } from "client/live.js";
import { fair } from "client/page.js";
import { commandId } from "client/post.js";
import { render } from "client/view.js";
import { Advisor } from "./advisor.js";
import { focusFirstFault } from "./form/view.js";
import { Arrival } from "./reception/arrival.js";
import { Desk } from "./reception/desk.js";
import { SHORT } from "./reception/queues.js";
import { Camera, cameraAllowed } from "./reception/scanning.js";
import { Visits } from "./reception/links.js";
import { receptionPage } from "./reception/views.js";
import { listenToScanner } from "./scan.js";
import { Undo } from "./undo.js";

/** How often the clock, the seconds of what is pending and the undo bar are drawn anew. */
const TICK_MS = 250;

const root = /** @type {HTMLElement} */ (document.getElementById("reception"));
const desk = new Desk({
  limit: fair.limits.queues_per_party,
  send: command,
  undo: new Undo(),
  name: (queue) => SHORT.get(queue) ?? queue,
  changed: draw,
});
const live = follow({
  onChange: (board) => {
    desk.follow(board);
    draw();
  },
  onGuide: draw,
  onStatus: draw,
});

desk.visits = new Visits((party) => ask(`/parties/${party}/link`, {}), draw);
desk.advisor = new Advisor(read, draw);

/** A demonstration keeps nobody's data: there it is numbers alone. */
if (!fair.demonstration) {
  desk.arrival = new Arrival({ desk, fair, read, ask, numberOf, newId: commandId, changed: draw });
  desk.camera = cameraAllowed ? new Camera(desk) : null;
  listenToScanner((text) => void desk.arrival?.look(text), new AbortController().signal);
}

/** @param {number} id @returns {string|null} a party's number, or where each queue has its own, that of its first ticket */
function numberOf(id) {
  const party = live.board.parties.get(id);
  return (party && (party.number || live.board.ticketsOf(id)[0]?.number)) || null;
}

let drawing = false;
/** @type {import("./reception/desk.js").View|null} */
let shown = null;
let lettered = false;
/** @type {{ja: string, en: string}|null} */
let faulted = null;

/** Draw once for everything that changes before the next frame. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    root.classList.toggle("stale", live.status.state === "stale");
    root.dataset.view = desk.view;
    render(receptionPage({ desk, live, now: live.status.since === null ? null : live.clock.now() }), root);
    if (shown !== desk.view || lettered !== desk.lettered) focusOn(desk.view);
    if (desk.view === "scan") void desk.camera?.watch(/** @type {HTMLVideoElement} */ (document.getElementById("camera")));
    showFault();
  });
}

/** What the server would not take is brought into sight, once. */
function showFault() {
  const form = desk.view === "card" ? desk.arrival?.form : null;
  const failure = form?.failure ?? null;
  if (form && failure && failure !== faulted) focusFirstFault(root, form);
  faulted = failure;
}

/** A new view takes the focus to its most likely act, so that a keyboard or a screen reader goes on from there. @param {typeof desk.view} view */
function focusOn(view) {
  const first = shown === null;
  shown = view;
  lettered = desk.lettered;
  if (!first) /** @type {HTMLElement|null} */ (root.querySelector("[data-focus]"))?.focus({ preventScroll: true });
}

// A page that is closed while it waits for an answer would forget what it sent.
window.addEventListener("beforeunload", (event) => desk.sending.pending && event.preventDefault());
setInterval(draw, TICK_MS);
draw();

/** @file The floor manager's page: the whole hall at once, what needs an act, and the act itself in one tap. */

import { read } from "client/ask.js";
import { command } from "client/command.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { render } from "client/view.js";

import { Advisor } from "./advisor.js";
import { Advice } from "./floor/advice.js";
import { Duty, keyOf } from "./floor/duty.js";
import { urgent } from "./floor/home-panel.js";
import { floorPage } from "./floor/views.js";
import { Undo } from "./undo.js";

/** How often the page looks at the time while nothing else happens, ms. */
const TICK_MS = 500;

/** Where the chart has not been drawn yet, it is drawn so wide, px. */
const CHART_PX = 640;

const { floor: watched } = page;
if (!watched) throw new Error("expected a floor manager's page");

const root = /** @type {HTMLElement} */ (document.getElementById("floor"));
const steady = () => performance.now();
const undo = new Undo();
let drawing = false;
let shown = "home";
/** When the board was last known to be true, steady ms. */
let knownAt = -Infinity;

const following = follow({ onChange: see, onGuide: draw, onStatus: see });
const advice = new Advice({ read, devices: page.me.kind === "staff", steady, changed: draw });
const leads = new Advisor(read, draw);
const duty = new Duty({ fair, watched, following, advice, leads, send: command, undo, steady, changed: draw });

/** A board may be acted on from its first snapshot until it is stale. */
function see() {
  duty.see(following.board.position !== null && following.status.state !== "stale");
}

/** Draw once for everything that changes before the next frame. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    if (following.status.state === "live") knownAt = steady();
    root.classList.toggle("stale", following.status.state === "stale");
    root.classList.toggle("is-pending", duty.press.pending !== null);
    const chartPx = root.querySelector(".chart-area")?.clientWidth ?? CHART_PX;
    const undoBar = undo.bar(following, () => void duty.takeBack());
    render(floorPage(duty, { undoBar, chartPx, age: steady() - knownAt }), root);
    focusPanel();
    document.title = titleOf(urgent(duty));
  });
}

/** What waits for an act is told where another page is in front, too. @param {number} count */
function titleOf(count) {
  return `${count > 0 ? `(${count}) ` : ""}進行管理 · ${fair.name}`;
}

/** Another panel takes the focus to its heading, so that a keyboard or a phone's screen goes there too. */
function focusPanel() {
  const key = keyOf(duty.view);
  if (key === shown) return;
  shown = key;
  /** @type {HTMLElement|null} */ (root.querySelector("[data-focus]"))?.focus();
}

// A page that is closed while it waits for an answer would forget what it sent.
window.addEventListener("beforeunload", (event) => duty.press.pending && event.preventDefault());
window.addEventListener("resize", draw);
setInterval(() => {
  advice.pass();
  draw();
}, TICK_MS);
advice.pass();
draw();

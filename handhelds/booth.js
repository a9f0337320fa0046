/** @file The booth page: one consultant, one booth, one big button. Wires board, presses and keys to the template. */

import { ask, read } from "client/ask.js";
import { command } from "client/command.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { render } from "client/view.js";

import { Briefs, readsBriefs } from "./booth/brief.js";
import { listen } from "./booth/keys.js";
import { layout, rootClasses, spoken } from "./booth/layout.js";
import { Meeting, mayMeet } from "./booth/meeting.js";
import { Station } from "./booth/station.js";
import { Undo } from "./undo.js";

/** How often the page looks at the time while nothing else happens, ms: its clocks, and whose slot has begun. */
const TICK_MS = 250;

const place = fair.booths.find(({ number }) => number === page.booth);
if (!place) throw new Error(`expected a booth of this fair, got ${page.booth}`);

const root = /** @type {HTMLElement} */ (document.getElementById("booth"));
const undo = new Undo();
let keysShown = false;
let drawing = false;

const live = follow({
  onChange: (_board, event) => station.see(event, upToDate()),
  onStatus: () => station.see(null, upToDate()),
});

const station = new Station({ fair, place, board: live.board, clock: () => live.clock.now(), send: command, undo, changed: draw });

if (readsBriefs(fair, page.me)) station.briefs = new Briefs({ booth: place.number, read, changed: draw });

if (place.online) station.meeting = new Meeting({ booth: place.number, may: mayMeet(fair, page.me), read, ask, changed: draw });

/** A board may be acted on from its first snapshot until it is stale. */
function upToDate() {
  return live.board.position !== null && live.status.state !== "stale";
}

/** Draw once for all changes of one frame. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const { status } = live;
    const now = live.board.position === null ? null : live.clock.now();
    const undoBar = undo.bar(live, () => void station.takeBack());
    root.className = rootClasses(station, status);
    render(layout(station, { status, now, undoBar, keysShown }), root);
    document.title = spoken(station);
  });
}

/**
 * What each key does. Those of acts that are not possible now do nothing.
 *
 * @param {import("./booth/keys.js").KeyAct} act
 */
function key(act) {
  switch (act) {
    case "main":
      return void station.pressMain();
    case "undo":
      return undo.standing(live) ? void station.takeBack() : undefined;
    case "back":
      keysShown = false;
      return station.back();
    case "erase":
      return station.erase();
    case "keys":
      keysShown = !keysShown;
      return draw();
    case "pause":
      return void station.pressPause();
    case "recall":
    case "absent":
    case "hold":
    case "finish":
    case "choose":
    case "transfer":
      return void station.pressKey(act);
    default:
      return station.digit(act.slice("digit-".length));
  }
}

listen(document, key);
// A page that is closed while it waits for an answer would forget what it sent.
window.addEventListener("beforeunload", (event) => station.press.pending && event.preventDefault());
setInterval(() => station.pass(), TICK_MS);
draw();

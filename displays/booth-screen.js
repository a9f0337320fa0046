/**
 * The small screen of a booth: who is here, which number is called or served, who comes next. A spare that serves no queue shows the
 * video until it opens. It sends nothing and makes no sound.
 *
 * @module
 */

import { keepAwake } from "client/awake.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { fetchType } from "client/typeface.js";
import { render } from "client/view.js";
import { boothWords, crowdingWords, pageWords, ticketWords } from "client/words.js";
import { BLINK_MS } from "./announce.js";
import { boothState } from "./booth/state.js";
import { WORDS, boothScreen } from "./booth/screen.js";
import { Drawing } from "./drawing.js";
import { Film } from "./film.js";
import { isRecent } from "./guide/fresh.js";
import { TURN_MS, noticeAt } from "./notices.js";

const root = /** @type {HTMLElement} */ (document.getElementById("booth-screen"));
const booth = Number(page.booth);
const film = new Film(fair, { sound: false }); // a hall of thirty booths: the guide screens are heard, and the calls

/** The call that is shown, as `offset.recalls`, and until when it blinks: on opening the page nothing is new. */
const call = { shown: "", blinkUntil: -Infinity };
const drawing = new Drawing(draw);
const live = follow({ onChange: drawing.soon, onGuide: drawing.soon, onStatus: drawing.soon });

keepAwake();
void fetchType([fair, ticketWords, boothWords, crowdingWords, pageWords, WORDS]);
drawing.soon();

/** Gives for how long the page stays so, ms. */
function draw() {
  const { board, clock, guide, status } = live;
  const [now, fairNow] = [performance.now(), clock.now()];
  const stale = status.state === "stale";
  const state = boothState(fair, board, guide, booth, fairNow);
  const real = clock.realNow();
  const notices = board.epoch !== null && Math.floor(real / TURN_MS) % 2 === 0; // in turn with those who come next
  const notice = notices ? noticeAt(board, fairNow, real / 2) : null;
  document.documentElement.classList.toggle("stale", stale);
  const age = status.since === null ? Infinity : (fairNow - status.since) / (board.clocks.get(0)?.rate || 1);
  render(boothScreen({ fair, state, film, status, notice, recent: isRecent(status.state, age), blinking: isBlinking(state, now) }), root);
  return Infinity;
}

/** @param {import("./booth/state.js").BoothState} state @param {number} now */
function isBlinking({ state, ticket }, now) {
  const shown = state === "unknown" ? "" : state === "called" && ticket ? `${ticket.called_offset}.${ticket.recalls}` : "none";
  if (shown !== call.shown) {
    if (call.shown !== "" && shown !== "none") call.blinkUntil = now + BLINK_MS;
    call.shown = shown;
  }
  return now < call.blinkUntil;
}

/**
 * The guide screen: where it is quiet now and where it is crowded, and how one walks there; the video beside it, and every call over the
 * video at once. It sends nothing.
 *
 * Its address may say where it stands: `/guide?at=kids` names a landmark of the fair's plan. Whatever takes turns does so by the
 * server's time: guide screens that stand side by side show the same.
 *
 * @module
 */

import { keepAwake } from "client/awake.js";
import { Chime } from "client/chime.js";
import { repeat } from "client/directives.js";
import { follow } from "client/live.js";
import { fair } from "client/page.js";
import { fetchType } from "client/typeface.js";
import { html, nothing, render } from "client/view.js";
import { boothWords, crowdingWords, pageWords, ticketWords } from "client/words.js";
import { Drawing } from "./drawing.js";
import { Film } from "./film.js";
import { cells, fitRows } from "./guide/cells.js";
import { TURNS } from "./guide/direction.js";
import { isFresh, isRecent } from "./guide/fresh.js";
import { boothMarks, queueCells } from "./guide/hall.js";
import { laid } from "./guide/laid.js";
import { WORDS, noOffer, offer } from "./guide/offer.js";
import { plan } from "./guide/plan.js";
import { offerAt, turnEnd } from "./guide/rotation.js";
import { STALE, header, staleBar } from "./header.js";
import { noticeAt } from "./notices.js";
import { Overlay } from "./overlay.js";
import { Ringing } from "./ringing.js";
import { spoken } from "./spoken.js";

/** Where one learns what the page no longer knows. */
const ASK = Object.freeze(["待ち時間は", "受付でご確認ください"]);
const root = /** @type {HTMLElement} */ (document.getElementById("guide"));
const at = new URLSearchParams(location.search).get("at");
const drawing = new Drawing(draw);
const chime = new Chime(drawing.soon);
const film = new Film(fair, { sound: true });
const ringing = new Ringing(() => new Overlay(), chime);
const live = follow({ onChange: drawing.soon, onGuide: drawing.soon, onStatus: drawing.soon });

fitRows(root, fair.queues.length);
keepAwake();
void fetchType([fair, ticketWords, boothWords, crowdingWords, pageWords, STALE, ASK, TURNS, WORDS]);
drawing.soon();

/** Gives for how long the page stays so, ms. */
function draw() {
  const now = performance.now();
  const real = live.clock.realNow();
  const stale = live.status.state === "stale";
  ringing.update(live, now, () => film.duck(ringing.shown.laid(now).length > 0)); // first the video, then the chime
  document.documentElement.classList.toggle("stale", stale);
  render(screen(now, real, stale), root);
  return Math.min(ringing.shown.nextChange(now) - now, turnEnd(real) - real);
}

/** @param {number} now @param {number} real the server's time, ms @param {boolean} stale */
function screen(now, real, stale) {
  const { board, clock, guide, status } = live;
  const fairNow = board.epoch === null ? null : clock.now();
  const age = fairNow === null ? Infinity : ageOf(fairNow);
  const shown = isFresh(status.state, age, fair.offers.fresh_s) ? offerAt(fair.queues, fair.offers, guide.queues, real) : null;
  const queues = queueCells(fair, board, guide);
  const ended = queues.every(({ level, issuing }) => level === "closed" || !issuing);
  return html`
    ${stale ? staleBar({ fair, status, now: fairNow, ask: ASK }) : head(real, fairNow)}
    ${shown && !ended ? offer({ fair, board, guide, offer: shown, at }) : noOffer(stale ? "stale" : ended ? "ended" : "unknown")}
    <section class="screening" aria-live="polite">
      ${film.template}
      ${repeat(overlaid(now), ({ ticket }) => ticket.id, laid)}
    </section>
    ${cells(queues, isRecent(status.state, age) ? null : status.since, fair.timezone)}
    ${fair.plan ? plan(fair.plan, boothMarks(fair, board, guide), at) : nothing}`;
}

/** How old the board and the waits are, real ms. @param {number} fairNow */
function ageOf(fairNow) {
  const { since } = live.status;
  return since === null ? Infinity : (fairNow - since) / (live.board.clocks.get(0)?.rate || 1);
}

/** @param {number} real @param {number | null} fairNow */
function head(real, fairNow) {
  return header({
    fair,
    title: "いまの混みぐあい",
    what: html`<span lang="en" class="quiet">Where it is quiet now</span>`,
    note: chime.audible ? html`待ち時間は目安です <span lang="en">Times are estimates</span>` : nothing, // the hint needs the room
    now: fairNow,
    audible: chime.audible,
    notice: fairNow === null ? null : noticeAt(live.board, fairNow, real),
  });
}

/** The calls over the video. @param {number} now */
function overlaid(now) {
  return ringing.shown.laid(now).flatMap(({ call, half, blinking }) => {
    const ticket = live.board.tickets.get(call.ticket);
    return ticket ? [{ ticket, words: spoken(fair, ticket), half, blinking }] : [];
  });
}

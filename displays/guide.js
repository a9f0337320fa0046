/**
 * The guide screen: where it is quiet now and where it is crowded, and how one walks there; the video beside it, and every call over the
 * video at once. It sends nothing.
 *
 * Its address may say where it stands: `/guide?at=kids` names a landmark of the fair's plan.
 *
 * What was announced is told on `document` as the event `chimed`, with `detail` {offsets, rings, audible}.
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
import { Announcer } from "./announce.js";
import { Film } from "./film.js";
import { cells, fitRows } from "./guide/cells.js";
import { TURNS } from "./guide/direction.js";
import { isFresh, isRecent } from "./guide/fresh.js";
import { boothMarks, queueCells } from "./guide/hall.js";
import { laid } from "./guide/laid.js";
import { WORDS, noOffer, offer } from "./guide/offer.js";
import { plan } from "./guide/plan.js";
import { Rotation } from "./guide/rotation.js";
import { STALE, header, staleBar } from "./header.js";
import { noticeAt } from "./notices.js";
import { openCalls } from "./open-calls.js";
import { Overlay } from "./overlay.js";
import { spoken } from "./spoken.js";

/** Where one learns what the page no longer knows. */
const ASK = Object.freeze(["待ち時間は", "受付でご確認ください"]);
/** The clock shows minutes, and waits grow old: the page is drawn at least so often, ms. */
const CLOCK_MS = 1000;

const root = /** @type {HTMLElement} */ (document.getElementById("guide"));
const at = new URLSearchParams(location.search).get("at");
const chime = new Chime(drawSoon);
const film = new Film(fair, { sound: true });
const rotation = new Rotation(fair.queues, fair.offers);

let overlay = new Overlay();
let announcer = new Announcer();
/** The life of the journal that overlay and announcer belong to; null before the first snapshot. @type {number | null} */
let epoch = null;

let drawing = 0;
let timer = 0;

const live = follow({ onChange: drawSoon, onGuide: drawSoon, onStatus: drawSoon });

fitRows(root, fair.queues.length);
keepAwake();
void fetchType([fair, ticketWords, boothWords, crowdingWords, pageWords, STALE, ASK, TURNS, WORDS]);
drawSoon();

/** Draws with the next frame, once, however much has happened. */
function drawSoon() {
  drawing ||= requestAnimationFrame(draw);
}

function draw() {
  drawing = 0;
  const { board, clock, status } = live;
  const now = performance.now();
  const stale = status.state === "stale";
  announce(openCalls(board, clock.now(), board.epoch === epoch), now, !stale);
  document.documentElement.classList.toggle("stale", stale);
  render(screen(now, stale), root);
  clearTimeout(timer);
  timer = setTimeout(drawSoon, Math.min(CLOCK_MS, overlay.nextChange(now) - now));
}

/** @param {import("./calls/stage.js").Call[]} calls @param {number} now @param {boolean} isLive */
function announce(calls, now, isLive) {
  if (live.board.epoch !== epoch) {
    epoch = live.board.epoch;
    overlay = new Overlay();
    announcer = new Announcer();
  }
  const news = overlay.update(calls, now, isLive).map((call) => call.news);
  film.duck(overlay.laid(now).length > 0); // first the video, then the chime
  const announcement = announcer.announce(news, now);
  if (!announcement) return;
  if (announcement.rings) chime.ring();
  document.dispatchEvent(new CustomEvent("chimed", { detail: { ...announcement, audible: chime.audible } }));
}

/** @param {number} now @param {boolean} stale */
function screen(now, stale) {
  const { board, clock, guide, status } = live;
  const fairNow = board.epoch === null ? null : clock.now();
  const age = fairNow === null ? Infinity : ageOf(fairNow);
  const shown = isFresh(status.state, age, fair.offers.fresh_s) ? rotation.at(guide.queues, now) : null;
  return html`
    ${stale ? staleBar({ fair, status, now: fairNow, ask: ASK }) : head(now, fairNow)}
    ${shown ? offer({ fair, board, guide, offer: shown, at }) : noOffer(stale)}
    <section class="screening" aria-live="polite">
      ${film.template}
      ${repeat(overlaid(now), ({ ticket }) => ticket.id, laid)}
    </section>
    ${cells(queueCells(fair, board, guide), isRecent(status.state, age) ? null : status.since, fair.timezone)}
    ${fair.plan ? plan(fair.plan, boothMarks(fair, board, guide), at) : nothing}`;
}

/** How old the board and the waits are, real ms. @param {number} fairNow */
function ageOf(fairNow) {
  const { since } = live.status;
  return since === null ? Infinity : (fairNow - since) / (live.board.clocks.get(0)?.rate || 1);
}

/** @param {number} now @param {number | null} fairNow */
function head(now, fairNow) {
  return header({
    fair,
    title: "いまの混みぐあい",
    what: html`<span lang="en" class="quiet">Where it is quiet now</span>`,
    note: chime.audible ? html`待ち時間は目安です <span lang="en">Times are estimates</span>` : nothing, // the hint needs the room
    now: fairNow,
    audible: chime.audible,
    notice: fairNow === null ? null : noticeAt(live.board, fairNow, now),
  });
}

/** The calls over the video. @param {number} now */
function overlaid(now) {
  return overlay.laid(now).flatMap(({ call, half, blinking }) => {
    const ticket = live.board.tickets.get(call.ticket);
    return ticket ? [{ ticket, words: spoken(fair, ticket), half, blinking }] : [];
  });
}

/**
 * The calls screen: follows the fair, shows who is called, and rings. It sends nothing.
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
import { boothWords, pageWords, ticketWords } from "client/words.js";
import { Announcer } from "./announce.js";
import { STRIP_PER_SLOT } from "./calls/fold.js";
import { boothCells, rowsOf } from "./calls/grid.js";
import { list } from "./calls/list.js";
import { map } from "./calls/map.js";
import { chip, plate } from "./calls/plate.js";
import { recentCalls } from "./calls/recent.js";
import { Stage } from "./calls/stage.js";
import { STALE, header, staleBar } from "./header.js";
import { noticeAt } from "./notices.js";
import { openCalls } from "./open-calls.js";
import { spoken } from "./spoken.js";

/** @typedef {import("client/wire.js").Ticket} Ticket */

/** Rows of the list: beside the card, and where a split of three takes the map's place. */
const ROWS = Object.freeze({ card: 7, two: 7, three: 12, plates: 0 });
/** In portrait the list has one row less, and a split of three still leaves the map in place. */
const PORTRAIT_ROWS = Object.freeze({ card: 6, two: 6, three: 6, plates: 0 });
/** Up to so many rows the map has its full height of row; more share the same space. */
const ROOMY = 5;
/** The clock shows minutes; a fair that runs faster passes more of them. ms */
const CLOCK_MS = 1000;

const root = /** @type {HTMLElement} */ (document.getElementById("calls"));
const portrait = matchMedia("(orientation: portrait)");
const chime = new Chime(drawSoon);

let stage = new Stage();
let announcer = new Announcer();
/** The life of the journal that the stage belongs to; null before the first snapshot. @type {number | null} */
let epoch = null;

let drawing = 0;
let timer = 0;

const live = follow({ onChange: drawSoon, onStatus: drawSoon });

root.style.setProperty("--rows", String(rowsOf(fair)));
root.toggleAttribute("data-dense", rowsOf(fair) > ROOMY);
portrait.addEventListener("change", drawSoon);
keepAwake();
void fetchType([fair, ticketWords, boothWords, pageWords, STALE]);
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
  const calls = openCalls(board, clock.now(), board.epoch === epoch);
  announce(calls, now, !stale);
  document.documentElement.classList.toggle("stale", stale);
  root.dataset.layout = stage.layout;
  render(screen(calls.length, now, stale), root);
  clearTimeout(timer);
  timer = setTimeout(drawSoon, Math.min(CLOCK_MS, (stage.nextChange(now) ?? Infinity) - now));
}

/** @param {import("./calls/stage.js").Call[]} calls @param {number} now @param {boolean} isLive */
function announce(calls, now, isLive) {
  if (live.board.epoch !== epoch) {
    epoch = live.board.epoch;
    stage = new Stage();
    announcer = new Announcer();
  }
  const announcement = announcer.announce(stage.update(calls, now, isLive).map((call) => call.news), now);
  if (!announcement) return;
  if (announcement.rings) chime.ring();
  document.dispatchEvent(new CustomEvent("chimed", { detail: { ...announcement, audible: chime.audible } }));
}

/** @param {number} open how many are called @param {number} now @param {boolean} stale */
function screen(open, now, stale) {
  const { board, clock, status } = live;
  const known = board.epoch !== null;
  const plates = stage.plates(now).flatMap(({ call, slot, blinking }) => {
    const ticket = board.tickets.get(call.ticket);
    return ticket ? [{ ticket, words: words(ticket), slot, blinking }] : [];
  });
  const large = new Set(plates.map(({ ticket }) => ticket.id));
  const rows = (portrait.matches ? PORTRAIT_ROWS : ROWS)[stage.layout];
  const fairNow = known ? clock.now() : null;
  return html`
    ${stale ? staleBar({ fair, status, now: fairNow }) : head(open, now, fairNow)}
    <section class="stage ${stage.layout === "card" ? "" : "split"}" aria-live="polite">
      ${plates.length ? nothing : idle(known)}
      ${repeat(plates, ({ ticket }) => ticket.id, plate)}
      ${stage.folded ? strip() : nothing}
    </section>
    ${stage.layout === "plates" ? nothing : [
      list(recentCalls(board, large, rows), words, (ticket) => blinking(ticket, now)),
      stage.layout === "three" && !portrait.matches
        ? nothing
        : map(boothCells(fair, board), (ticket) => !large.has(ticket.id) && blinking(ticket, now)),
    ]}`;
}

/** @param {number} open @param {number} now @param {number | null} fairNow */
function head(open, now, fairNow) {
  const many = stage.layout === "plates";
  return header({
    fair,
    title: "番号呼出",
    what: many
      ? html`<strong class="calling">${open}組をお呼びしています</strong>
          <span lang="en" class="quiet">Calling ${open} numbers now</span>`
      : html`<span lang="en" class="quiet">Now calling</span>`,
    note: fair.name,
    now: fairNow,
    audible: chime.audible || many, // while many are called the head says how many; the hint can wait
    notice: fairNow === null ? null : noticeAt(live.board, fairNow, now),
  });
}

/** Nobody is called: what those who wait may do. @param {boolean} known */
function idle(known) {
  return html`<div class="idle">
    <p>${known ? html`お持ちの番号が呼ばれるまで<br>お待ちください` : "つないでいます"}</p>
    <p lang="en" class="quiet">${known ? "Please wait until your number is called." : "Connecting"}</p>
  </div>`;
}

/** Those whose turn has not come; more than the strip holds are counted. */
function strip() {
  const tickets = stage.strip.flatMap((call) => live.board.tickets.get(call.ticket) ?? []);
  const room = stage.folded * STRIP_PER_SLOT;
  const shown = tickets.length > room ? tickets.slice(0, room - 1) : tickets;
  const rest = tickets.length - shown.length;
  const share = (4 * tickets.length) / room;
  return html`<ul class="strip" data-slots=${stage.folded} data-room=${share <= 1 ? "rows" : share <= 2 ? "pairs" : "chips"}>
    ${repeat(shown, ({ id }) => id, (ticket) => chip(ticket, words(ticket)))}
    ${rest ? html`<li class="chip rest">ほか${rest}組</li>` : nothing}
  </ul>`;
}

/** @param {Ticket} ticket */
function words(ticket) {
  return spoken(fair, ticket);
}

/** Whether a call without a plate blinks where it stands. @param {Ticket} ticket @param {number} now */
function blinking({ called_offset: offset }, now) {
  return offset !== null && stage.blinking(offset, now);
}

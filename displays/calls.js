/**
 * The calls screen: follows the fair, shows who is called, and rings. It sends nothing.
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
import { STRIP_PER_SLOT } from "./calls/fold.js";
import { boothCells, rowsOf } from "./calls/grid.js";
import { list } from "./calls/list.js";
import { map } from "./calls/map.js";
import { chip, plate } from "./calls/plate.js";
import { recentCalls } from "./calls/recent.js";
import { Stage } from "./calls/stage.js";
import { Drawing } from "./drawing.js";
import { STALE, header, staleBar } from "./header.js";
import { noticeAt } from "./notices.js";
import { Ringing } from "./ringing.js";
import { spoken } from "./spoken.js";

/** @typedef {import("client/wire.js").Ticket} Ticket */

/** Rows of the list: beside the card, and where a split of three takes the map's place. */
const ROWS = Object.freeze({ card: 7, two: 7, three: 12, plates: 0 });
/** In portrait the list has one row less, and a split of three still leaves the map in place. */
const PORTRAIT_ROWS = Object.freeze({ card: 6, two: 6, three: 6, plates: 0 });
/** Up to so many rows the map has its full height of row; more share the same space. */
const ROOMY = 5;

const root = /** @type {HTMLElement} */ (document.getElementById("calls"));
const portrait = matchMedia("(orientation: portrait)");
const drawing = new Drawing(draw);
const chime = new Chime(drawing.soon);
const ringing = new Ringing(() => new Stage(), chime);
const live = follow({ onChange: drawing.soon, onStatus: drawing.soon });

root.style.setProperty("--rows", String(rowsOf(fair)));
root.toggleAttribute("data-dense", rowsOf(fair) > ROOMY);
portrait.addEventListener("change", drawing.soon);
keepAwake();
void fetchType([fair, ticketWords, boothWords, pageWords, STALE]);
drawing.soon();

/** Gives for how long the page stays so, ms. */
function draw() {
  const now = performance.now();
  const stale = live.status.state === "stale";
  ringing.update(live, now);
  document.documentElement.classList.toggle("stale", stale);
  root.dataset.layout = ringing.shown.layout;
  render(screen(now, stale), root);
  return (ringing.shown.nextChange(now) ?? Infinity) - now;
}

/** @param {number} now @param {boolean} stale */
function screen(now, stale) {
  const { board, clock, status } = live;
  const stage = ringing.shown;
  const known = board.epoch !== null;
  const plates = stage.plates(now).flatMap(({ call, slot, blinking }) => {
    const ticket = board.tickets.get(call.ticket);
    return ticket ? [{ ticket, words: words(ticket), slot, blinking }] : [];
  });
  const large = new Set(plates.map(({ ticket }) => ticket.id));
  const rows = (portrait.matches ? PORTRAIT_ROWS : ROWS)[stage.layout];
  const fairNow = known ? clock.now() : null;
  return html`
    ${stale ? staleBar({ fair, status, now: fairNow }) : head(fairNow)}
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

/** @param {number | null} fairNow */
function head(fairNow) {
  const { open, shown } = ringing;
  const many = shown.layout === "plates";
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
    notice: fairNow === null ? null : noticeAt(live.board, fairNow, live.clock.realNow()),
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
  const stage = ringing.shown;
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
  return offset !== null && ringing.shown.blinking(offset, now);
}

/** @file The number, as large as a phone can show it, to be held up across the desk; then who is ahead in each queue. */

import { formatElapsed } from "client/clock.js";
import { icons, iconOf } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { boothWords, ticketWord } from "client/words.js";
import { reservedAt } from "../reserved.js";
import { giftRow } from "./gift.js";
import { ahead, openBooths, openTickets } from "./lookup.js";
import { mainButton } from "./main.js";
import { NAME } from "./queues.js";
import { visitCard } from "./visit.js";

const IN_A_ROW = fair.limits.reserved_in_a_row;

/** @typedef {import("./views.js").Scene} Scene */

/**
 * The result view.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function resultView({ desk, live, now }) {
  const { party, tickets } = desk.answer.partyOn(live.board, /** @type {number} */ (desk.party));
  const numbers = party.number ? [party.number] : tickets.map((ticket) => ticket.number);
  return {
    middle: html`<section class="read result">
        <div class="card result-card" role="status">
          <p class="result-label"><b>整理券</b> ${party.size}名</p>
          ${numbers.map((number) => html`<p class="number ${numberSize(numbers)}">${number}</p>`)}
        </div>
        <div class="rows">${tickets.map((ticket) => placeRow(live.board, ticket, now))}</div>
      </section>
      <section class="ask">
        ${visitCard(desk, party.id)}
        ${giftRow(desk.arrival)}
        ${live.status.state === "stale" ? nothing : addButton(desk, live.board, party)}
      </section>`,
    foot: mainButton(desk, "次の受付", () => desk.next()),
  };
}

/**
 * 相談先を追加, as long as the party may stand in one more queue.
 *
 * @param {Scene["desk"]} desk
 * @param {Scene["live"]["board"]} board
 * @param {import("client/wire.js").Party} party
 */
export function addButton(desk, board, party) {
  const standing = openTickets(board, party).size;
  if (standing >= fair.limits.queues_per_party) return nothing;
  return html`<button type="button" class="button wide" @click=${() => desk.startAdding(party.id, standing)}>
    ${icons.add}相談先を追加
  </button>`;
}

/** One number fills the width; lettered ones are wider, and several share the card. @param {string[]} numbers */
function numberSize(numbers) {
  if (numbers.length > 1) return "shared";
  return /^\d{1,3}$/.test(numbers[0] ?? "") ? "full" : "long";
}

/** A queue of this party: who is ahead, and where it will be. Lit when it is called meanwhile. */
function placeRow(/** @type {Scene["live"]["board"]} */ board, /** @type {any} */ ticket, /** @type {number|null} */ now) {
  const word = ticketWord(ticket, { elsewhere: board.tickets.has(ticket.id) && board.passedOver(ticket) });
  const called = ticket.state === "called";
  return html`<div class="row place ${called ? "lamp" : ""}" data-state=${ticket.state}>
    <div>
      <strong>${fair.series === "queue" ? html`${ticket.number} ` : nothing}${NAME.get(ticket.queue)} ${reservedAt(ticket, fair.timezone)}</strong>
      <span>${ticket.state === "waiting" ? aheadWords(ahead(board, ticket, now, IN_A_ROW)) : html`${iconOf(word.icon)} ${word.ja}`}</span>
    </div>
    <div class="row-end">${ticket.booth === null ? whereWords(board, ticket, now) : calledWords(ticket, now)}</div>
  </div>`;
}

/** @param {{parties: number, persons: number}|null} before */
function aheadWords(before) {
  return before === null ? "前に —" : `前に${before.parties}組 ${before.persons}名`;
}

/** Where the queue is served, and whether somebody could come at once. */
function whereWords(/** @type {Scene["live"]["board"]} */ board, /** @type {any} */ ticket, /** @type {number|null} */ now) {
  if (ticket.state !== "waiting") return nothing;
  const booths = openBooths(board, ticket.queue);
  if (booths.length === 0) return html`<span>${icons.paused} ${boothWords.paused.ja}</span>`;
  const free = booths.some((booth) => booth.ticket === null) && ahead(board, ticket, now, IN_A_ROW)?.parties === 0;
  return html`<strong>${booths.map((booth) => booth.id).join("・")}番ブース</strong>
    ${free ? html`<span>${icons.free} ${boothWords.free.ja}</span>` : nothing}`;
}

/** @param {any} ticket @param {number|null} now */
function calledWords(ticket, now) {
  const since = ticket.started_at ?? ticket.called_at;
  return html`<strong>${ticket.booth}番ブース</strong>
    ${since === null || now === null ? nothing : html`<span>${formatElapsed(now - since)}</span>`}`;
}

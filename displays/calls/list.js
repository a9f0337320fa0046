/**
 * The list of the last calls.
 *
 * @module
 */

import { repeat } from "client/directives.js";
import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { ticketWord } from "client/words.js";
import { blinkOf } from "../blink.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("client/wire.js").Ticket} Ticket */
/** @typedef {import("../spoken.js").Spoken} Spoken */

/**
 * The list. A row knows its place by `data-row`, and calls.css moves it there.
 *
 * @param {readonly Ticket[]} tickets newest call first
 * @param {(ticket: Ticket) => Spoken} words
 * @param {(ticket: Ticket) => boolean} blinking
 * @returns {TemplateResult}
 */
export function list(tickets, words, blinking) {
  const rows = tickets.map((ticket, row) => ({ ticket, row })).sort((a, b) => a.ticket.id - b.ticket.id); // elements stay, rows move
  return html`<section class="recent">
    <h2 class="quiet">これまでの呼び出し <span lang="en">Recent calls</span></h2>
    <ol>${repeat(rows, ({ ticket }) => ticket.id, ({ ticket, row }) => recentRow(ticket, row, words(ticket), blinking(ticket)))}</ol>
  </section>`;
}

/** @param {Ticket} ticket @param {number} row @param {Spoken} words @param {boolean} blinking */
function recentRow(ticket, row, { number, booth, short }, blinking) {
  const word = ticketWord(ticket);
  const open = ticket.state === "called";
  return html`<li data-row=${row} data-ticket=${ticket.id} data-characters=${number.length} class=${open ? "open" : "quiet"}>
    <span class="recent-number digits ${open ? "lamp" : ""}" data-blink=${open ? blinkOf(ticket, blinking) : nothing}>${number}</span>
    <span class="recent-booth"><span class="digits">${booth}</span><span class="unit">番</span></span>
    <span class="recent-name">${short}</span>
    <span class="recent-state">${iconOf(word.icon)}${word.ja}</span>
  </li>`;
}

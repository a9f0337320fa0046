/**
 * The map of the booths as it is drawn.
 *
 * @module
 */

import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { boothWord, boothWords } from "client/words.js";
import { blinkOf } from "../blink.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("client/wire.js").Ticket} Ticket */
/** @typedef {import("./grid.js").Cell} Cell */

/**
 * The map.
 *
 * @param {{main: Cell[], spare: Cell[]}} cells
 * @param {(ticket: Ticket) => boolean} blinking
 * @returns {TemplateResult}
 */
export function map({ main, spare }, blinking) {
  return html`<section class="map" aria-label="ブース Booths">
    ${[main, spare].map((part) => (part.length ? html`<ul>${part.map((booth) => cell(booth, blinking))}</ul>` : nothing))}
  </section>`;
}

/** @param {Cell} booth @param {(ticket: Ticket) => boolean} blinking */
function cell({ booth, name, used, row, ticket }, blinking) {
  const called = ticket?.state === "called";
  return html`<li class="cell ${called ? "lamp" : used ? "" : "unused"}" data-booth=${booth} data-ticket=${ticket?.id ?? nothing}
    data-characters=${ticket?.number.length ?? nothing} data-blink=${called ? blinkOf(ticket, blinking(ticket)) : nothing}>
    <span class="cell-booth digits">${booth}</span>
    <span class="cell-name">${name}</span>
    ${ticket ? html`<span class="cell-number digits">${ticket.number}</span>` : row ? stateOf(boothWord(row, null)) : nothing}
  </li>`;
}

/** @param {typeof boothWords[keyof typeof boothWords]} word */
function stateOf(word) {
  return html`<span class="cell-state">${iconOf(word.icon)}${word.ja}</span>`;
}

/** @file The waiting list, to read and, where a number is chosen, to press. */

import { minutes } from "client/clock.js";
import { repeat } from "client/directives.js";
import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { ticketWords } from "client/words.js";

import { reservedAt } from "../reserved.js";
import { count } from "./line.js";

/** @typedef {import("./line.js").Place} Place */
/** @typedef {{now: number, timezone: string}} Time the fair's time, ms, and where its clocks hang */

/** The word and the icon of each kind of place; those who just wait need none. */
const WORDS = Object.freeze({
  soon: ticketWords.soon,
  waiting: null,
  elsewhere: ticketWords.elsewhere,
  away: ticketWords.absent,
});

/**
 * The list.
 *
 * @param {string} title
 * @param {Place[]} places what it shows
 * @param {Place[]} all the whole line, for the count
 * @param {Time} time
 * @param {{chosen: Place|null, onChoose: (place: Place) => void}|null} choosing null: a list to read
 * @param {unknown} [aside] a button in its head
 * @returns {import("lit-html").TemplateResult}
 */
export function waitingList(title, places, all, time, choosing, aside = nothing) {
  const { parties, persons } = count(all);
  const away = all.length - parties;
  const rows = repeat(
    places,
    ({ ticket }) => ticket.id,
    (place) => html`<li>${choosing ? pressable(place, time, choosing) : html`<div class="place place-${place.kind}">${cells(place, time)}</div>`}</li>`,
  );
  return html`<section class="line ${choosing ? "choosing" : ""}" aria-label=${title}>
    <header class="line-head">
      <h2>${title}</h2>
      <p>${parties}組 ${persons}名</p>
      ${away ? html`<p class="line-away">不在・保留 ${away}組</p>` : nothing}${aside}
    </header>
    <ol class="line-rows">${rows}</ol>
  </section>`;
}

/**
 * @param {Place} place
 * @param {Time} time
 * @param {{chosen: Place|null, onChoose: (place: Place) => void}} choosing
 */
function pressable(place, time, { chosen, onChoose }) {
  const mine = chosen?.ticket.id === place.ticket.id;
  return html`<button type="button" class="button place place-${place.kind}" aria-pressed=${mine} @click=${() => onChoose(place)}>
    ${cells(place, time)}
  </button>`;
}

/**
 * @param {Place} place
 * @param {Time} time
 */
function cells({ ticket, size, kind, since, chairs }, { now, timezone }) {
  const word = WORDS[kind];
  const for_min = minutes(now - since);
  const waits = kind === "away" ? nothing : html`<span class="place-wait">待ち ${for_min}分</span>`;
  return html`<span class="number place-number">${ticket.number}<span class="visually-hidden">番</span></span>
    <span class="place-size">${size}名</span>
    ${chairs ? html`<span class="chairs">椅子+${chairs}</span>` : nothing}
    <span class="place-what">
      ${word ? html`<span class="place-word">${iconOf(word.icon)}${word.ja}${kind === "away" ? ` ${for_min}分` : ""}</span>` : nothing}
      ${ticket.reserved === null ? waits : reservedAt(ticket, timezone)}
    </span>`;
}

/**
 * A call shown large. One shape for card, split and plate: calls.css and plates.css lay it out by the page's layout, so a call keeps its
 * element, and its blinking, while the page splits around it.
 *
 * @module
 */

import { icons } from "client/icons.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";
import { ticketWords } from "client/words.js";
import { blinkOf } from "../blink.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("client/wire.js").Ticket} Ticket */
/** @typedef {import("../spoken.js").Spoken} Spoken */

/** Names of more characters are set smaller: 44 instead of 56 px on a plate. */
const LONG = 7;
/** Up to here a name has room for the large size in portrait. */
const MIDDLE = 4;

/** @param {string} name */
function lengthOf(name) {
  const { length } = [...name];
  if (length > LONG) return "long";
  return length > MIDDLE ? "middle" : "short";
}

/**
 * A call with a plate.
 *
 * @param {object} plate
 * @param {Ticket} plate.ticket
 * @param {Spoken} plate.words
 * @param {number} plate.slot
 * @param {boolean} plate.blinking
 * @returns {TemplateResult}
 */
export function plate({ ticket, words, slot, blinking }) {
  const { number, booth, name, detail, english, come, ja, online } = words;
  return html`<article class="plate lamp" data-slot=${slot} data-ticket=${ticket.id} data-blink=${blinkOf(ticket, blinking)}
    data-characters=${number.length} data-name=${lengthOf(name)} ?data-detail=${detail !== null} ?data-again=${ticket.recalls > 0} ?data-online=${online}
    aria-label=${ja}>
    <p class="label label-number"><b>番号札</b> <span lang="en">Number</span></p>
    <p class="label label-booth"><b>ブース</b> <span lang="en">Booth</span></p>
    <p class="again">${ticket.recalls > 0 ? again : nothing}</p>
    <p class="number digits">${number}</p>
    <p class="arrow">${icons.arrow}</p>
    <p class="booth"><span class="digits">${booth}</span><span class="unit">番<span class="unit-booth">ブース</span></span
      ><span class="booth-en" lang="en">Booth ${booth}</span></p>
    <p class="name">${name}${detail ? html`<span class="detail">${detail}</span>` : nothing}</p>
    <p class="second">${second(words)}<span lang="en">${english}</span></p>
    ${online ? html`<p class="remote">${remoteMark()}</p>` : nothing}
    <p class="come"><b>ブースへお越しください</b> <span lang="en">${come}</span></p>
  </article>`;
}

const again = html`${icons.recall}<b>${ticketWords.recalled.ja}</b> <span lang="en">${ticketWords.recalled.en}</span>`;

/** What stands before the English name: who the settler is, or that this is a second booth of the exhibitor. @param {Spoken} words */
function second({ detail, spare }) {
  if (detail) return html`<span>${detail}</span>`;
  return spare ? html`<span>予備</span>` : nothing;
}

/**
 * A call in the strip: lit, but small, until its turn comes.
 *
 * @param {Ticket} ticket
 * @param {Spoken} words
 * @returns {TemplateResult}
 */
export function chip(ticket, words) {
  return html`<li class="chip" data-ticket=${ticket.id} data-characters=${words.number.length}>
    <span class="chip-number lamp digits">${words.number}</span>
    <span class="chip-booth"><span class="digits">${words.booth}</span><span class="unit">番</span></span>
    <span class="chip-name">${words.short}</span>
  </li>`;
}

/**
 * A call laid over the video.
 *
 * @module
 */

import { icons, iconOf } from "client/icons.js";
import { html } from "client/view.js";
import { ticketWord } from "client/words.js";
import { blinkOf } from "../blink.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */

/**
 * The call.
 *
 * @param {object} laid
 * @param {import("client/wire.js").Ticket} laid.ticket
 * @param {import("../spoken.js").Spoken} laid.words
 * @param {number} laid.half 0 the lower, 1 the upper
 * @param {boolean} laid.blinking
 * @returns {TemplateResult}
 */
export function laid({ ticket, words: { number, booth, short, english, ja }, half, blinking }) {
  const word = ticketWord(ticket);
  return html`<article class="laid lamp" data-half=${half} data-ticket=${ticket.id} data-blink=${blinkOf(ticket, blinking)}
    data-characters=${number.length} data-name=${[...short].length > 4 ? "long" : "short"} aria-label=${ja}>
    <p class="laid-number digits">${number}</p>
    <p class="laid-arrow">${icons.arrow}</p>
    <p class="laid-word">${iconOf(word.icon)}<b>${word.ja}</b></p>
    <p class="laid-booth"><span class="digits">${booth}</span><span class="laid-unit"><span lang="en">Booth</span>番</span></p>
    <p class="laid-name">${short}<span lang="en">${english}</span></p>
  </article>`;
}

/** @file 予約 13:00: how every list and panel says that a ticket has a reserved place, and from when. */

import { formatTime } from "client/clock.js";
import { html, nothing } from "client/view.js";
import { placeWords } from "client/words.js";

/**
 * The words of a ticket's reserved place.
 *
 * @param {{reserved: number|null}} ticket
 * @param {string} timezone of the fair
 * @returns {import("lit-html").TemplateResult|typeof nothing} nothing where it has none
 */
export function reservedAt({ reserved }, timezone) {
  if (reserved === null) return nothing;
  return html`<span class="reserved">${placeWords.reserved.ja} ${formatTime(reserved, timezone)}</span>`;
}

/** @file The offer of a party that was found: said across the desk, and answered with one press. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { adviceOf } from "../offered.js";
import { SENTENCES, nameOf, waitOf } from "../visitor/language.js";

/** The party hears the words that stand on its own phone. */
const SAY = SENTENCES.ja;

/**
 * The offer with its four answers; nothing while the party has none.
 *
 * @param {import("./desk.js").Desk} desk
 * @param {import("client/following.js").Following} live
 * @param {{party: import("client/wire.js").Party, number: string}} found
 * @param {number|null} now the fair's time, ms
 */
export function offerCard(desk, live, { party, number }, now) {
  const advice = adviceOf({ board: live.board, guide: live.guide, fair, party: party.id, now });
  if (advice === null) return nothing;
  const { band, booths, room } = advice;
  const to = nameOf(advice.to, "ja");
  const from = nameOf(advice.from, "ja");
  const when = !band || band.high <= 5 ? SAY.offerNow : SAY.offerIn(waitOf(band, SAY));
  const answer = (/** @type {string} */ key, /** @type {string} */ words, /** @type {() => void} */ press) =>
    html`<button type="button" class="button" data-answer=${key} @click=${press}>${words}</button>`;
  return html`<section class="offered" aria-label="空いている相談先のご案内">
    <h2>${icons.quiet}<span>${SAY.offer(to, when)}</span></h2>
    <p>${booths.length > 0 ? `${SAY.booths(booths.join("・"))} ` : nothing}${room ? SAY.offerKeeps(from) : nothing}</p>
    <div class="offered-answers">
      ${room ? answer("add", SAY.add(to), () => void desk.offers.accept(advice, "add", number)) : nothing}
      ${answer("move", SAY.move(to, from), () => void desk.offers.accept(advice, "move", number))}
      ${answer("keep", SAY.stay, () => void desk.offers.decline(advice, "keep", number))}
      ${answer("not_now", SAY.notNow, () => void desk.offers.decline(advice, "not_now", number))}
    </div>
  </section>`;
}

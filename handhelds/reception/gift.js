/** @file 記念品: for those who reserved, once a party. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";

/**
 * The gift's row: to be handed, or handed.
 *
 * @param {import("./arrival.js").Arrival|null} arrival
 */
export function giftRow(arrival) {
  if (!arrival?.gift) return nothing;
  const { handed, left } = arrival.gift;
  const rest = left === null ? nothing : html`<span class="gift-left">残り ${left}個</span>`;
  if (handed !== null) {
    return html`<div class="gift" data-gift="handed" role="status">
      <p>${icons.done}<b>予約あり</b> 記念品をお渡ししました</p>${rest}
      <button type="button" class="button" @click=${() => void arrival.takeGiftBack()}>${icons.undo}元に戻す</button>
    </div>`;
  }
  if (left === 0) return html`<div class="gift" data-gift="out" role="status"><p><b>予約あり</b> 記念品はなくなりました</p></div>`;
  return html`<button type="button" class="button gift" data-gift="due" @click=${() => void arrival.hand()}>
    <span><b>予約あり</b> 記念品を1つお渡し<small>${fair.novelty?.name}</small></span>${rest}
  </button>`;
}

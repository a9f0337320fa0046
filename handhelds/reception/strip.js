/** @file The card of whoever stands before the desk, in the place of nothing: without it no number is issued. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { SHORT } from "./queues.js";

/** @typedef {import("./arrival.js").Arrival} Arrival */

const FIELDS = fair.form?.fields ?? [];
const NAME_KEY = FIELDS.find(({ kind, autocomplete }) => kind === "text" && autocomplete === "name")?.key ?? "";
const KANA_KEY = FIELDS.find(({ kind }) => kind === "kana")?.key ?? "";

/**
 * The name on a card; its code where the form asks for none.
 *
 * @param {{answers: Record<string, unknown>, code?: string}} card
 * @returns {{name: string, kana: string}}
 */
export function nameOn({ answers, code = "" }) {
  return { name: String(answers[NAME_KEY] ?? code), kana: String(answers[KANA_KEY] ?? "") };
}

/** "大人2・子ども1": what there is of each. @param {{adults: number, children: number}} party */
export function personsWords({ adults, children }) {
  return [adults > 0 && `大人${adults}名`, children > 0 && `子ども${children}名`].filter(Boolean).join("・");
}

/** "札幌市 13:00・江別市 14:00". @param {import("./arrival.js").Wish[]} wishes */
export function wishWords(wishes) {
  return wishes.map(({ queue, slot }) => `${SHORT.get(queue) ?? queue} ${formatTime(slot, fair.timezone)}`).join("・");
}

/**
 * The strip: the card that is here, or the way to one.
 *
 * @param {Arrival} arrival
 * @param {boolean} sent what is chosen is on its way, and cannot be changed any more
 */
export function strip(arrival, sent) {
  const { card, wishes } = arrival;
  if (card === null) {
    return html`<button type="button" class="button wide write" @click=${() => arrival.write()}>${icons.add}受付カードを記入</button>`;
  }
  const { name, kana } = nameOn(card);
  return html`<div class="strip" data-card role="status">
    <p><strong>${name}</strong> <span class="quiet">${kana}</span>
      <span class="strip-facts">${wishes.length > 0 ? html`<b>予約</b> ${wishWords(wishes)}` : personsWords(card.party)}</span></p>
    ${sent
      ? nothing
      : html`<button type="button" class="button" @click=${() => arrival.correct()}>訂正</button>
          <button type="button" class="button" aria-label="この方の受付をやめる" @click=${() => arrival.dismiss()}>${icons.close}</button>`}
  </div>`;
}

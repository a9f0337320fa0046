/** @file The QR code by which a party sees its turn on its own phone: after 発券, and again for a party that was found. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { qrCode } from "../qr-code.js";
import { mainButton } from "./main.js";

/** @typedef {import("./views.js").Scene} Scene */

/** The code beside the number: large enough for a phone across the desk. @param {Scene["desk"]} desk @param {number} party */
export function visitCard(desk, party) {
  const url = desk.visits?.of(party);
  if (!desk.visits || url === null) return nothing;
  if (url === undefined) {
    return html`<button type="button" class="button wide" @click=${() => void desk.visits?.ask(party)}>${icons.qr}スマホ用のQRコードを出す</button>`;
  }
  return html`<div class="card visit" role="group" aria-label="スマホ用のQRコード">
    ${qrCode(url, "順番を見るページのQRコード")}
    <p><b>順番をスマホで</b>お呼び出しも届きます<span lang="en">Your turn on your phone</span></p>
  </div>`;
}

/** For a party that was found: the same code, once more. @param {Scene["desk"]} desk @param {number} party */
export function visitButton(desk, party) {
  if (!desk.visits) return nothing;
  return html`<button type="button" class="button wide" @click=${() => desk.showVisit(party)}>${icons.qr}スマホ用のQRコード</button>`;
}

/**
 * The code of a party that was found, and its number above it.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function visitView({ desk, live }) {
  const party = /** @type {number} */ (desk.party);
  const number = live.board.parties.get(party)?.number || live.board.ticketsOf(party)[0]?.number;
  return {
    middle: html`<section class="ask"><div class="card party"><span class="number">${number}</span></div></section>
      <section class="read">${visitCard(desk, party)}</section>`,
    foot: mainButton(desk, "番号入力へ", () => desk.show("search")),
  };
}

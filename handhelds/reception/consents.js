/** @file The card of a party that has its number: what was decided for each recipient, and a consent taken back for whoever asks. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { actWords } from "client/words.js";
import { giftRow } from "./gift.js";
import { mainButton } from "./main.js";
import { nameOn, personsWords } from "./strip.js";

/** @typedef {import("./arrival.js").Arrival} Arrival */

/** Why a consent is taken back at the desk; kept with the decision and in the audit record. */
const WHYS = Object.freeze(["ご本人の申し出", "記入の誤り"]);

/**
 * @param {import("./views.js").Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function consentsView({ desk, live }) {
  const arrival = /** @type {Arrival} */ (desk.arrival);
  const card = arrival.opened;
  const acting = !desk.sending.pending && live.status.state !== "stale";
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" data-focus @click=${() => desk.type(desk.typed)}>${icons.back}${actWords.back.ja}</button>
        <h2><span>受付カード</span>${card ? nameOn(card).name : "—"}</h2>
      </section>
      <section class="read">
        ${card ? content(arrival, card, acting) : html`<p class="hint" role="status">この番号には受付カードがありません</p>`}
      </section>`,
    foot: mainButton(desk, "次の受付", () => desk.next()),
  };
}

/** @param {Arrival} arrival @param {import("./arrival.js").Card} card @param {boolean} acting */
function content(arrival, card, acting) {
  const { kana } = nameOn(card);
  return html`<dl class="facts">
      <div><dt>ふりがな</dt><dd>${kana}</dd></div>
      <div><dt>人数</dt><dd>${personsWords(card.party)}</dd></div>
      ${fair.consents.map((consent) => row(arrival, consent, card.consents.find((each) => each.consent === consent.key), acting))}
    </dl>
    ${giftRow(arrival)}`;
}

/**
 * @param {Arrival} arrival
 * @param {import("client/page.js").FairConsent} consent
 * @param {import("./arrival.js").Decision|undefined} decision
 * @param {boolean} acting
 */
function row(arrival, consent, decision, acting) {
  const given = decision?.given === true;
  return html`<div data-consent=${consent.key} data-given=${given}>
    <dt>${consent.recipient}への提供</dt>
    <dd>${given ? "同意しています" : "同意していません"}
      ${decision ? html`<span class="quiet">${formatTime(decision.at, fair.timezone)}</span>` : nothing}</dd>
    ${given && acting
      ? html`<dd class="whys"><span>取り消すわけ</span>
          ${WHYS.map((why) => html`<button type="button" class="button" @click=${() => void arrival.withdraw(consent.key, why)}>${why}</button>`)}</dd>`
      : nothing}
  </div>`;
}

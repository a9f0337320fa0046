/** @file 発券: find, persons, queues, and the main button at the thumb. Three taps for a party: 2名, 江別市, 発券. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { actWords } from "client/words.js";
import { mainButton, mainRest } from "./main.js";
import { queueMap, SHORT } from "./queues.js";
import { quieterRow } from "./quieter-row.js";
import { strip } from "./strip.js";
import { freshWaits } from "./waits.js";

/** Sizes with a button of their own; larger parties are one tap further. */
const SIZES = [1, 2, 3, 4].filter((size) => size <= fair.limits.largest_party);
const FIRST_LARGE = SIZES.length + 1;
const LARGE = Array.from({ length: fair.limits.largest_party - SIZES.length }, (_, index) => FIRST_LARGE + index);

/** Without an answer for this long the paper pad is offered too. */
const PAPER_AFTER_MS = 5000;

/** @typedef {import("./views.js").Scene} Scene */

/**
 * The issue view. While a number is on its way the choice is shown and cannot be changed: it has been sent.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function issueView({ desk, live, now }) {
  const stale = live.status.state === "stale";
  const waits = freshWaits(live, now, fair.offers.fresh_s);
  const press = (/** @type {string} */ queue) => desk.chooseQueue(queue);
  const many = desk.view === "many";
  return {
    middle: html`<section class="ask">
        ${stale ? nothing : findButtons(desk)}
        ${stale || desk.arrival === null ? nothing : strip(desk.arrival, desk.sent)}
        ${desk.arrival !== null && desk.arrival.card === null ? nothing : persons(desk)}
      </section>
      <section class="read">
        <div class="heading">
          <h2 class="label">${many ? `${FIRST_LARGE}名以上` : "相談先"}</h2>
          ${many ? nothing : html`<span class="quiet" role="status">${chosenWords(desk.choice, waits !== null)}</span>`}
        </div>
        ${many ? largeSizes(desk) : queueMap({ board: live.board, waits, chosen: desk.choice.queues, press })}
      </section>`,
    foot: html`${desk.sent || many ? nothing : quieterRow(desk, live, { waits, choice: desk.choice, party: null, press })}
      ${foot(desk, live, stale)}`,
  };
}

/** @param {Scene["desk"]} desk */
function findButtons(desk) {
  const find = html`<button type="button" class="button find" @click=${() => desk.startSearch()}>
    ${icons.search}${desk.arrival === null ? actWords.search.ja : "番号・予約を探す"}
  </button>`;
  if (desk.camera === null) return find;
  return html`<div class="finding">${find}
    <button type="button" class="button" @click=${() => desk.show("scan")}>${icons.qr}読取</button></div>`;
}

/** @param {Scene["desk"]} desk */
function persons(desk) {
  return html`<h2 class="label" id="persons">人数</h2>
    <div class="persons" role="group" aria-labelledby="persons">${sizes(desk)}</div>`;
}

/** @param {Scene["desk"]} desk */
function sizes(desk) {
  const large = desk.choice.size !== null && desk.choice.size >= FIRST_LARGE ? desk.choice.size : null;
  return html`${SIZES.map((size) => sizeButton(desk, size))}
  ${LARGE.length === 0
    ? nothing
    : html`<button
        type="button"
        class="button size"
        aria-pressed=${large !== null}
        aria-expanded=${desk.view === "many"}
        @click=${() => desk.show(desk.view === "many" ? "issue" : "many")}
      >
        <b>${large ?? `${FIRST_LARGE}〜`}</b>名
      </button>`}`;
}

/** @param {Scene["desk"]} desk @param {number} size */
function sizeButton(desk, size) {
  return html`<button
    type="button"
    class="button size"
    data-size=${size}
    ?data-focus=${size === (desk.choice.size ?? 1)}
    aria-pressed=${desk.choice.size === size}
    @click=${() => desk.chooseSize(size)}
  >
    <b>${size}</b>名
  </button>`;
}

/** The larger parties, in the place of the queues until one is chosen. @param {Scene["desk"]} desk */
function largeSizes(desk) {
  return html`<div class="large" role="group" aria-label=${`${FIRST_LARGE}名以上`}>
    ${LARGE.map((size) => sizeButton(desk, size))}
  </div>`;
}

/** @param {import("./choice.js").Choice} choice @param {boolean} guided whether the waits are shown, which are only estimates */
function chosenWords(choice, guided) {
  if (choice.queues.size === 0) return guided ? "待ちの組・人数と目安" : "待っている組と人数";
  return `${choice.queues.size}件選択中${choice.full ? "（最大）" : ""}${guided ? "・時間は目安" : ""}`;
}

/** @param {Scene["desk"]} desk @param {Scene["live"]} live @param {boolean} stale */
function foot(desk, live, stale) {
  const { choice, sending } = desk;
  if (stale || sending.waited > PAPER_AFTER_MS) return mainButton(desk, "紙の整理券で受付", () => desk.show("paper"));
  if (sending.pending) return mainRest(desk.sent ? "発券しています" : "前の返事を待っています");
  if (desk.arrival !== null && desk.arrival.card === null) return mainRest("受付カードを読み取るか、記入してください");
  const missing = choice.missing(live.board.queues, (queue) => SHORT.get(queue) ?? queue);
  if (missing !== null) return mainRest(missing);
  return mainButton(desk, actWords.issue.ja, () => desk.issue(), `${choice.size}名・${choice.queues.size}件`);
}

/** @file Who comes when: the slots and the queues with their parties, and whoever reserved the chosen one, by name. */

import { formatTime } from "client/clock.js";
import { liveValue, repeat } from "client/directives.js";
import { iconOf, icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { partyWords, queueWords, STATES } from "../reservation/words.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Row} Row */

/** @param {Desk} desk */
export function searchField(desk) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    void desk.search(String(new FormData(form).get("text") ?? ""));
  };
  /** What is typed outlives a page that draws itself anew meanwhile. @param {InputEvent} event */
  const write = (event) => {
    desk.typed = /** @type {HTMLInputElement} */ (event.target).value;
  };
  return html`<form class="find-form" role="search" @submit=${submit}>
    <label for="find">${icons.search}<span class="visually-hidden">予約を探す</span></label>
    <input id="find" name="text" type="search" maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false"
      placeholder="ふりがな・予約番号" .value=${liveValue(desk.typed)} @input=${write}>
    <button type="submit" class="button">探す <span lang="en">Find</span></button>
  </form>`;
}

/** The day by time, and by queue. @param {Desk} desk */
export function places(desk) {
  const { fair, sought } = desk;
  const slots = fair.reservation?.slots ?? [];
  return html`<section class="places-of-day">
    <h2>時間で見る <span lang="en">By time</span></h2>
    <div class="slot-places">${slots.map((slot) => place({
      words: html`<b>${formatTime(slot, fair.timezone)}</b>`,
      count: desk.count({ slot }),
      chosen: sought.slot === slot,
      press: () => void desk.choose({ slot }),
    }))}</div>
    <h2>相談先で見る <span lang="en">By queue</span></h2>
    <div class="queue-places">${fair.queues.map((queue) => fair.reservation?.capacity[queue.id]
      ? place({
          words: html`<b>${queue.short}</b>`,
          count: desk.count({ queue: queue.id }),
          chosen: sought.queue === queue.id,
          press: () => void desk.choose({ queue: queue.id }),
        })
      : html`<div class="no-place">${queue.short}<small>予約なし</small></div>`)}</div>
  </section>`;
}

/** @param {{words: unknown, count: number, chosen: boolean, press: () => void}} parts */
function place({ words, count, chosen, press }) {
  return html`<button type="button" class="button place-of-day" aria-pressed=${chosen} @click=${press}>${words}<span>${count}組</span></button>`;
}

/** What was chosen or looked for, and who it is. @param {Desk} desk */
export function rowList(desk) {
  const { sought, rows } = desk;
  return html`<section class="found" aria-live="polite">
    <div class="list-head">
      <h2>${soughtWords(desk)} <span class="quiet">${rows === null ? "読み込み中" : `${rows.length}組`}</span></h2>
      <button type="button" class="button" @click=${() => void desk.clear()}>${icons.close}選び直す</button>
    </div>
    ${rows?.length === 0 ? html`<p class="open-rest">${sought.text ? "見つかりません" : "予約はありません"}
      <span lang="en">${sought.text ? "Nobody found" : "No reservations"}</span></p>` : nothing}
    <ul class="members">${repeat(rows ?? [], ({ id }) => id, (row) => html`<li>${rowButton(desk, row)}</li>`)}</ul>
  </section>`;
}

/** @param {Desk} desk */
function soughtWords({ fair, sought }) {
  if (sought.text) return `「${sought.text}」`;
  const parts = [sought.slot === null ? "" : formatTime(sought.slot, fair.timezone), sought.queue === null ? "" : queueWords(fair, sought.queue).ja];
  return parts.filter(Boolean).join(" ");
}

/** @param {Desk} desk @param {Row} row */
function rowButton(desk, row) {
  const { fair } = desk;
  const state = STATES[row.state];
  return html`<button type="button" class="button reserved-row" aria-current=${desk.open?.id === row.id ? "true" : nothing} @click=${() => void desk.openOne(row.id)}>
    <span class="reserved-name">${row.name || "（消去済み）"} <small>${row.kana}</small></span>
    <span class="member-state">${iconOf(state.icon)} ${state.ja}</span>
    <span class="reserved-when">${row.wishes.map(({ queue, slot }) => html`<span>${formatTime(slot, fair.timezone)} ${shortOf(desk, queue)}</span>`)}</span>
    <span class="reserved-party">${partyWords(row.party)}</span>
  </button>`;
}

/** @param {Desk} desk @param {string} id */
function shortOf({ fair }, id) {
  return fair.queues.find((queue) => queue.id === id)?.short ?? id;
}

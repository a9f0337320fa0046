/** @file How reservations are written on pages: days, times of slots, wishes. */

import { formatTime } from "client/clock.js";
import { html } from "client/view.js";

export const ORDER = Object.freeze(["①", "②", "③", "④", "⑤"]);

const MINUTE_MS = 60_000;

/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {{queue: string, slot: number}} Wish */

/**
 * A day of the fair's file as people write it: 2026年2月14日（土）.
 *
 * @param {string} day "2026-02-14"
 * @returns {string}
 */
export function dayWords(day) {
  const date = new Date(`${day}T00:00:00Z`); // midnight UTC, so no zone can shift the day
  const long = new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" }).format(date);
  return `${long}（${new Intl.DateTimeFormat("ja-JP", { weekday: "short", timeZone: "UTC" }).format(date)}）`;
}

/**
 * The same in English: Sat, 14 February 2026.
 *
 * @param {string} day
 * @returns {string}
 */
export function dayEnglish(day) {
  const parts = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date(`${day}T00:00:00Z`));
}

/**
 * A slot from its start to its end: 10:30–11:00.
 *
 * @param {Fair} fair
 * @param {number} slot
 * @returns {string}
 */
export function span(fair, slot) {
  const end = slot + (fair.reservation?.slot_min ?? 0) * MINUTE_MS;
  return `${formatTime(slot, fair.timezone)}–${formatTime(end, fair.timezone)}`;
}

/**
 * A queue's name in full, with its English name.
 *
 * @param {Fair} fair
 * @param {string} id
 * @returns {{ja: string, en: string}}
 */
export function queueWords(fair, id) {
  const queue = fair.queues.find((each) => each.id === id);
  return { ja: queue?.name ?? id, en: queue?.english ?? "" };
}

/**
 * A party in words: 大人2名・子ども1名.
 *
 * @param {{adults: number, children: number}} party
 * @returns {string}
 */
export function partyWords({ adults, children }) {
  const parts = [adults > 0 ? `大人${adults}名` : "", children > 0 ? `子ども${children}名` : ""];
  return parts.filter(Boolean).join("・");
}

/**
 * The wishes as a list: when, then where.
 *
 * @param {Fair} fair
 * @param {Wish[]} wishes
 */
export function wishList(fair, wishes) {
  return html`<ol class="wish-list">${wishes.map(({ queue, slot }, at) => {
    const { ja, en } = queueWords(fair, queue);
    return html`<li><span class="wish-order">${ORDER[at]}</span><b class="wish-time">${span(fair, slot)}</b>
      <span class="wish-queue">${ja} <span class="en" lang="en">${en}</span></span></li>`;
  })}</ol>`;
}

/**
 * An answer as people read it; "" where there is none.
 *
 * @param {Fair} fair
 * @param {import("client/page.js").FormField} field
 * @param {string | string[] | boolean | undefined} value
 * @returns {string}
 */
export function answerWords(fair, field, value) {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "はい" : "いいえ";
  const labels = new Map(field.options.map(({ key, ja }) => [key, ja]));
  if (field.kind === "queues") for (const queue of fair.queues) labels.set(queue.id, queue.name);
  return [value].flat().map((key) => labels.get(key) ?? key).join("、");
}

/** How far a reservation has come. @type {Readonly<Record<string, {ja: string, en: string, icon: import("client/icons.js").IconName | null}>>} */
export const STATES = Object.freeze({
  booked: { ja: "予約", en: "Reserved", icon: null },
  arrived: { ja: "来場", en: "Arrived", icon: "done" },
  cancelled: { ja: "取消", en: "Cancelled", icon: "cancelled" },
});

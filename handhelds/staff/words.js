/** @file Words of the register: states of a member, days, times. */

import { page } from "client/page.js";

/** @typedef {{ja: string, en: string}} Word */

/** @type {Record<string, Word & {icon: import("client/icons.js").IconName | null}>} */
export const STATES = Object.freeze({
  active: { ja: "有効", en: "Active", icon: "done" },
  new: { ja: "未使用の名札", en: "Badge not used yet", icon: null },
  "no-badge": { ja: "名札なし", en: "No badge", icon: null },
  early: { ja: "期間前", en: "Not yet valid", icon: null },
  expired: { ja: "期間終了", en: "Over", icon: "paused" },
  locked: { ja: "ロック中", en: "Locked", icon: "away" },
  revoked: { ja: "失効", en: "Revoked", icon: "cancelled" },
});

/** @type {(Word & {key: string})[]} */
const listed = /** @type {any} */ (page).roles ?? [];

/** Every role's words in their order, from the server's one table. @type {Record<string, Word>} */
export const ROLES = Object.fromEntries(listed.map(({ key, ja, en }) => [key, { ja, en }]));

/** Roles that belong to a booth. */
export const AT_BOOTH = Object.freeze(["consultant", "online"]);

/** @param {string} day "2026-02-14" @returns {string} "2/14" */
export function shortDay(day) {
  const [, month, date] = day.split("-").map(Number);
  return `${month}/${date}`;
}

/** @param {{first: string, last: string}} member @returns {string} "2/14のみ", "2/10〜2/14" */
export function validity({ first, last }) {
  return first === last ? `${shortDay(first)}のみ` : `${shortDay(first)}〜${shortDay(last)}`;
}

/** @file What the parts of the privacy page share: who may what, times in the fair's zone, who somebody is, faults. */

import { CommandError } from "client/ask.js";
import { fair, page } from "client/page.js";
import { Wall } from "./wall.js";

/** @typedef {{ja: string, en: string}} Word */
/** @typedef {{roles: string[], name: string | null}} StaffWords */

const given = /** @type {any} */ (page);

/** @type {string[]} */
const allowed = given.may ?? [];

/** Every act that can stand in the record. @type {(Word & {key: string})[]} */
export const ACTS = given.acts ?? [];

/**
 * Whether this page's reader may do something; the server decides, this only leaves out what it would refuse.
 *
 * @param {string} act
 */
export function may(act) {
  return allowed.includes(act);
}

/** Who is nobody in particular. @type {Record<string, string>} */
const NOBODY = Object.freeze({
  visitor: "来場者",
  public: "来場者",
  device: "端末",
  screen: "画面",
  system: "自動処理",
  console: "コンソール",
  "console-approver": "コンソール",
});

/**
 * @param {string} id
 * @param {Record<string, StaffWords>} staff
 * @returns {string} "見本 太郎", or the role, or the id
 */
export function whoWords(id, staff) {
  return staff[id]?.name ?? staff[id]?.roles[0] ?? NOBODY[id] ?? id;
}

/** Parts of a record that are no question of the form. @type {Record<string, string>} */
const PARTS = Object.freeze({ answers: "お答え", consents: "同意", party: "人数", wishes: "希望", name: "お名前", kana: "ふりがな", code: "コード" });

/**
 * @param {string[]} fields keys of the form, and parts of a record
 * @returns {string} "お名前、電話番号"
 */
export function fieldWords(fields) {
  const asked = new Map(fair.form?.fields.map(({ key, ja }) => [key, ja]));
  return fields.map((field) => asked.get(field) ?? PARTS[field] ?? field).join("、");
}

const moments = new Intl.DateTimeFormat("ja-JP", {
  timeZone: fair.timezone,
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** @param {number} ms @returns {string} "2/14 13:20:05" in the fair's zone */
export function moment(ms) {
  return moments.format(ms);
}

/** The fair's wall, for fields of date and time. */
export const wall = new Wall(fair.timezone);

/**
 * What is told of something that went wrong.
 *
 * @param {unknown} error
 * @returns {Word}
 */
export function faultOf(error) {
  if (error instanceof CommandError) return { ja: error.ja, en: error.en };
  throw error;
}

/**
 * Hands a file to the browser; nothing of it stays on the page.
 *
 * @param {Blob} file
 * @param {string} name
 */
export function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * What a page does when the server closes its connection: the close code says whether to come back.
 *
 * @module
 */

/** The page is ahead of the server: its position belongs to a life of the journal that is gone. */
const AHEAD = 4002;
/** The server ends and another one serves. It tells its pages one after the other, so that they need not wait by themselves. */
const LEAVING = 4005;
/** From here on the server refuses this page for good. */
const FIRST_REFUSAL = 4500;
const LAST = 4999;

/**
 * @typedef {object} Problem why a page was refused for good
 * @property {number} code the close code
 * @property {string} ja
 * @property {string} en
 */

/** @type {Readonly<Record<number, {ja: string, en: string}>>} */
const SENTENCES = Object.freeze({
  4502: { ja: "新しい画面があります。ページを再読み込みしてください。", en: "This page is out of date. Please reload it." },
  4503: { ja: "このフェアは開かれていません。", en: "This fair is not open here." },
  4507: { ja: "このページは開けません。受付で新しいQRコードをお受け取りください。", en: "This page does not open. Please get a new QR code at the reception." },
});

const GENERAL = Object.freeze({
  ja: "サーバーに接続を断られました。ページを再読み込みしてください。",
  en: "The server refused the connection. Please reload this page.",
});

/**
 * What follows from a close code: come back, come back at once, come back without a position, or stop.
 *
 * @param {number} code
 * @returns {"return" | "now" | "forget" | "stop"}
 */
export function closing(code) {
  if (code >= FIRST_REFUSAL && code <= LAST) return "stop";
  if (code === LEAVING) return "now";
  return code === AHEAD ? "forget" : "return";
}

/**
 * The sentence for a refusal.
 *
 * @param {number} code
 * @returns {Problem}
 */
export function problemOf(code) {
  return { code, ...(SENTENCES[code] ?? GENERAL) };
}

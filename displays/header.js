/**
 * The head of a screen: what it shows, of which fair, what time it is; or, on a page that does not know, that it does not.
 *
 * @module
 */

import { formatSeconds, formatTime } from "client/clock.js";
import { demonstrationMark } from "client/demonstration.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { pageWords } from "client/words.js";

/** @typedef {import("client/live.js").Status} Status */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("client/wire.js").Notice} Notice */

/** What the bar of a page that does not know says beside its word. */
export const STALE = Object.freeze({
  shown: "時点の表示です",
  shownEn: "Shown as of",
  ask: Object.freeze(["最新の番号は", "受付でご確認ください"]),
  askEn: "Please ask at reception",
});

/**
 * The head of a screen. While a notice is in force it stands in the place of title and note.
 *
 * @param {object} head
 * @param {Fair} head.fair
 * @param {string} head.title
 * @param {unknown} head.what the title in English, or what else the screen says of itself
 * @param {unknown} head.note what stands beside the clock
 * @param {number | null} head.now the fair's time, ms; null: not known yet
 * @param {boolean} head.audible false: the browser waits for a tap before it lets the page be heard
 * @param {Notice | null} head.notice
 * @returns {TemplateResult}
 */
export function header({ fair, title, what, note, now, audible, notice }) {
  return html`<header class="head" ?data-noticed=${notice !== null}>
    <h1 class=${notice ? "visually-hidden" : ""}>${title}</h1>${demonstrationMark(fair)}
    ${notice ? noticeOf(notice) : html`
      <p class="head-what">${what}</p>
      ${audible ? nothing : html`<p class="head-sound quiet">
        ${icons.mute}<span>音を出すには画面を1回タップ<br><span lang="en">Tap once for sound</span></span></p>`}
      <p class="head-fair quiet">${note}</p>`}
    ${clock(now, fair.timezone)}
  </header>`;
}

/** Characters of English that fit one line of a notice. */
const EN_LINE = 96;

/**
 * A notice, as large as its length lets it be.
 *
 * @param {Notice} notice
 * @returns {TemplateResult}
 */
export function noticeOf({ id, ja, en }) {
  const { length } = [...ja];
  const oneLine = (en ?? "").length <= EN_LINE;
  const size = length <= 24 && oneLine ? "short" : length <= 36 && oneLine ? "middle" : "long";
  return html`<div class="notice" role="status" data-notice=${id} data-size=${size}>
    ${icons.notice}<p><b>${ja}</b>${en === null ? nothing : html`<span lang="en">${en}</span>`}</p>
  </div>`;
}

/**
 * The bar of a page that no longer hears the server: since when, and where to ask. Its clock runs on.
 *
 * @param {object} bar
 * @param {Fair} bar.fair
 * @param {Status} bar.status
 * @param {number | null} bar.now the fair's time, ms
 * @param {readonly string[]} [bar.ask] where to ask for what, in two lines
 * @returns {TemplateResult}
 */
export function staleBar({ fair, status, now, ask = STALE.ask }) {
  const { since, problem } = status;
  const at = since === null ? null : formatSeconds(since, fair.timezone);
  return html`<div class="head stale-bar" role="alert">
    ${icons.stale}
    <h1>${pageWords.stale.ja}</h1>
    ${problem ? html`<p class="stale-problem">${problem.ja}</p>` : html`
      <p class="stale-since">${at === null ? nothing : html`<b class="stale-time">${at}</b> ${STALE.shown}`}</p>
      <p class="stale-en" lang="en"><span>${pageWords.stale.en}</span>
        <span class="stale-shown">${at === null ? STALE.askEn : `${STALE.shownEn} ${at}`}</span></p>`}
    <p class="stale-ask"><span>${ask[0]}</span><span>${ask[1]}</span></p>
    ${demonstrationMark(fair)}
    ${clock(now, fair.timezone)}
  </div>`;
}

/** @param {number | null} now @param {string} timezone */
function clock(now, timezone) {
  return html`<time class="head-clock digits">${now === null ? nothing : formatTime(now, timezone)}</time>`;
}

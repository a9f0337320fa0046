/** @file The top of every handheld page: where I am, whether the page is up to date, and the fair's time. */

import { icons } from "client/icons.js";
import { formatSeconds, formatTime } from "client/clock.js";
import { demonstrationMark } from "client/demonstration.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { pageWords } from "client/words.js";
import { fetchType } from "client/typeface.js";

/** A page that has been up to date before is re-connecting; the word for the first time is in the table of words. */
const AGAIN = Object.freeze({ ja: "再接続中", en: "Reconnecting" });
const AT_WORK = "自動でつなぎ直しています";

void fetchType([pageWords.stale.ja, "時点", pageWords.offline.ja, AGAIN.ja, AT_WORK]);

/** @param {import("client/live.js").Status} status */
function connectionWord({ state, since }) {
  if (state === "live") return pageWords.live;
  if (state === "stale") return pageWords.offline;
  return since === null ? pageWords.connecting : AGAIN;
}

/**
 * The header bar.
 *
 * @param {object} parts
 * @param {unknown} parts.title what this page is, as text or template ("受付", "7番 北広島市")
 * @param {unknown} [parts.detail] a quieter word after the title ("メイン")
 * @param {import("client/live.js").Status} parts.status the live connection's status
 * @param {number|null} parts.now the fair's time, ms; null while it is unknown
 * @param {unknown} [parts.action] the one button that stands apart from the rest (休止)
 * @returns {import("lit-html").TemplateResult}
 */
export function header({ title, detail, status, now, action }) {
  const word = connectionWord(status);
  const live = status.state === "live";
  return html`<header class="header">
    <h1 class="header-title">${title}${detail ? html`<span class="header-detail">${detail}</span>` : nothing}${demonstrationMark(fair)}</h1>
    <span class="connection ${live ? "" : "not-live"}" role="status" title=${word.en}>
      ${live ? nothing : icons.stale}${word.ja}
    </span>
    ${whoAndWhen(now)} ${action ?? nothing}
  </header>`;
}

/**
 * The fair's time, and under it who is signed in, by their id: it leads to where one signs out. No name is read for it.
 *
 * @param {number|null} now
 */
function whoAndWhen(now) {
  const clock = html`<time class="header-clock">${now === null ? "--:--" : formatTime(now, fair.timezone)}</time>`;
  const { id } = page.me;
  if (id === null) return clock;
  return html`<a class="header-me" href="${page.base}/">${clock}<span>${id}<span class="visually-hidden"> サインイン中・はじめのページへ</span></span></a>`;
}

/**
 * The ink bar under the header while the page does not know: since when, and that nobody needs to do anything.
 *
 * @param {import("client/live.js").Status} status the live connection's status
 * @returns {import("lit-html").TemplateResult|typeof nothing} nothing while the page is up to date
 */
export function staleBar(status) {
  if (status.state !== "stale") return nothing;
  return html`<div class="stale-bar dark" role="alert">
    ${icons.stale}
    <div>
      <strong>${pageWords.stale.ja} ${status.since === null ? nothing : html`${formatSeconds(status.since, fair.timezone)} 時点`}</strong>
      <span>${status.problem?.ja ?? AT_WORK}</span>
    </div>
  </div>`;
}

/**
 * The small screen of a booth as it is drawn: left the sign, right the number, below who comes next.
 *
 * @module
 */

import { formatTime } from "client/clock.js";
import { demonstrationMark } from "client/demonstration.js";
import { icons, iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { boothWord, boothWords, levelWord, pageWords } from "client/words.js";
import { blinkOf } from "../blink.js";
import { noticeOf } from "../header.js";
import { screenWait } from "../wait.js";

/** @typedef {import("client/live.js").Status} Status */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("./state.js").BoothState} BoothState */

/** Its sentences. */
export const WORDS = Object.freeze({
  free: { ja: "次の方をお呼びするまで\nお待ちください", en: "Please wait for your number." },
  paused: { ja: "しばらくお待ちください", en: "Back in a moment." },
  closed: { ja: "このブースは終わりました", en: "This booth has closed." },
  video: { ja: "このブースは、混みあうときに開きます", en: "This booth opens when it gets busy." },
  stale: { ja: "番号は受付でご確認ください", en: "Please ask at reception." },
});

/**
 * The screen.
 *
 * @param {object} shown
 * @param {Fair} shown.fair
 * @param {BoothState} shown.state
 * @param {import("../film.js").Film} shown.film
 * @param {Status} shown.status
 * @param {import("client/wire.js").Notice | null} shown.notice
 * @param {boolean} shown.recent whether the wait may still be said
 * @param {boolean} shown.blinking
 * @returns {TemplateResult}
 */
export function boothScreen({ fair, state, film, status, notice, recent, blinking }) {
  const stale = status.state === "stale";
  return html`
    ${sign(fair, state)}
    ${state.state === "video" ? html`<section class="panel screening">${film.template}</section>` : panel(state, blinking)}
    ${stale ? staleFoot(fair, status) : notice ? html`<footer class="foot noticed">${noticeOf(notice)}</footer>`
      : state.state === "video" || !state.queue ? videoFoot(state) : foot(state, recent)}`;
}

/** Who is here: it is also the booth's sign. @param {Fair} fair @param {BoothState} state */
function sign(fair, { booth, queue, spare, online }) {
  const name = queue?.name ?? "予備";
  const { length } = [...name];
  const remote = online && queue !== null; // the badge needs the room of the English word
  return html`<section class="sign">
    <p class="sign-label quiet">ブース ${remote ? nothing : html`<span lang="en">Booth</span>`}${demonstrationMark(fair)}</p>
    <p class="sign-number"><span class="digits">${booth}</span><span class="unit">番</span></p>
    ${remote ? html`<p class="sign-online">${icons.online}<b>オンライン</b> <span lang="en">Remote</span></p>` : nothing}
    <h1 data-name=${length > 6 ? "long" : length > 4 ? "middle" : "short"}>${name}</h1>
    ${queue?.detail ? html`<p class="sign-detail">${queue.detail}</p>` : nothing}
    <p class="sign-en quiet" lang="en">${queue?.english ?? "Spare booth"}${spare && queue ? html` <span lang="ja">（予備）</span>` : nothing}</p>
  </section>`;
}

/** What happens here now. @param {BoothState} state @param {boolean} blinking */
function panel({ state, row, ticket }, blinking) {
  if (ticket && row) {
    const word = boothWord(row, ticket);
    const called = state === "called";
    return html`<section class="panel ${called ? "lamp" : "cell"}" aria-live="polite" data-ticket=${ticket.id} data-characters=${ticket.number.length}
      data-blink=${called ? blinkOf(ticket, blinking) : nothing}>
      <p class="panel-word">${iconOf(word.icon)}<b>${word.ja}</b> <span lang="en">${word.en}</span></p>
      <p class="panel-number digits">${ticket.number}</p>
    </section>`;
  }
  if (state === "unknown") return html`<section class="panel empty"><p>${pageWords.connecting.ja}<span lang="en">${pageWords.connecting.en}</span></p></section>`;
  const kind = state === "paused" || state === "closed" ? state : "free";
  const word = boothWords[kind];
  return html`<section class="panel ${kind === "free" ? "cell" : "empty"}" aria-live="polite">
    <p class="panel-state">${iconOf(word.icon)}<b>${word.ja}</b> <span lang="en">${word.en}</span></p>
    <p class="panel-say"><b>${WORDS[kind].ja.split("\n").map((line) => html`<span>${line}</span>`)}</b><span lang="en">${WORDS[kind].en}</span></p>
  </section>`;
}

/** Who comes next, how many wait, how long. @param {BoothState} state @param {boolean} recent */
function foot({ next, waiting, guide, state }, recent) {
  const known = recent && state !== "closed" && guide?.band ? guide : null;
  return html`<footer class="foot">
    <div class="foot-part"><p class="quiet">次の方 <span lang="en">Next</span></p>
      <p class="foot-next" data-characters=${String(next[0] ?? "").length}>${next.length ? next.map((number) => html`<span class="digits">${number}</span>`) : "—"}</p></div>
    <div class="foot-part"><p class="quiet">お待ち <span lang="en">Waiting</span></p>
      <p class="foot-counts"><span class="digits">${waiting.parties}</span><span class="unit">組</span><span class="digits">${waiting.persons}</span><span class="unit">名</span></p></div>
    <div class="foot-part"><p class="quiet">目安 <span lang="en">Estimate</span></p>
      <p class="foot-wait">${known ? iconOf(levelWord(known.level).icon) : nothing}<b>${screenWait(known?.band).ja}</b></p></div>
  </footer>`;
}

/** @param {BoothState} state */
function videoFoot({ state }) {
  const word = state === "video" ? boothWords.video : null;
  return html`<footer class="foot say"><p>${word ? html`${iconOf(word.icon)}<b>${WORDS.video.ja}</b><span class="quiet" lang="en">${WORDS.video.en}</span>` : nothing}</p></footer>`;
}

/** The page no longer hears the server. @param {Fair} fair @param {Status} status */
function staleFoot(fair, { since, problem }) {
  return html`<footer class="foot stale-foot" role="alert">${icons.stale}
    <p><b>${pageWords.stale.ja}</b>${since === null ? nothing : html`<span class="stale-time">${formatTime(since, fair.timezone)}時点</span>`}
      <span class="stale-ask">${problem ? problem.ja : WORDS.stale.ja}</span>
      <span lang="en">${pageWords.stale.en}. ${WORDS.stale.en}</span></p></footer>`;
}

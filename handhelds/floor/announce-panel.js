/** @file An announcement to every screen: a sentence that is ready or one's own, for so many minutes; and those in force. */

import { liveValue } from "client/directives.js";
import { html } from "client/view.js";
import { MINUTES } from "./announcement.js";
import { noticeList } from "./home-panel.js";
import { EN_MAX, JA_MAX, readySentences } from "./sentences.js";

/** @typedef {import("./duty.js").Duty} Duty */

/** @param {Duty} duty */
export function announcePanel(duty) {
  const { announcement: written, board, now } = duty;
  const notices = board.noticesNow(now);
  const change = (/** @type {() => void} */ what) => () => (what(), duty.changed());
  return html`<h2 class="part" tabindex="-1" data-focus>お知らせ中 ${notices.length}件</h2>
    ${notices.length === 0 ? html`<p class="calm">流しているお知らせはありません</p>` : noticeList(duty)}
    <h2 class="part" id="ready">文を選ぶ</h2>
    <div class="sentences" role="group" aria-labelledby="ready">${readySentences(duty.ends).map((sentence) => html`<button type="button" class="button"
      aria-pressed=${written.ja === sentence.ja} @click=${change(() => written.take(sentence))}>${sentence.ja}</button>`)}</div>
    <h2 class="part">または書く</h2>
    <div class="card fields">
      <label>日本語 <small>${written.ja.length}／${JA_MAX}</small><input type="text" name="ja" maxlength=${JA_MAX} autocomplete="off" .value=${liveValue(written.ja)}
        @input=${(/** @type {any} */ { target }) => change(() => (written.ja = target.value))()}></label>
      <label>English <small>${written.en.length}／${EN_MAX}</small><input type="text" name="en" lang="en" maxlength=${EN_MAX} autocomplete="off" .value=${liveValue(written.en)}
        @input=${(/** @type {any} */ { target }) => change(() => (written.en = target.value))()}></label>
      <div class="buttons" role="group" aria-label="流す時間">${MINUTES.map((minutes) => html`<button type="button" class="button" aria-pressed=${written.minutes === minutes}
        @click=${change(() => (written.minutes = minutes))}>${minutes === null ? "終わるまで" : `${minutes}分`}</button>`)}</div>
    </div>
    ${written.whole && duty.live
      ? html`<button type="button" class="button main" data-act="announce" aria-disabled=${duty.press.busy} @click=${() => void duty.announce()}>すべての画面に流す</button>`
      : html`<p class="main-rest">${duty.live ? "文を選ぶか書いてください" : "つながるまでお待ちください"}</p>`}`;
}

/** @file The remote panel of an online booth: the link, its check before opening, and the helper at the venue. In the list's place. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";

/** @typedef {import("./station.js").Station} Station */
/** @typedef {import("./meeting.js").Meeting} Meeting */
/** @typedef {import("./act.js").Act} Act */

/** Most characters of a link (people/meetings.py). */
const LINK_MAX = 500;

/**
 * Whether the panel stands in the list's place: when it was asked for, and while nobody can be called before the check.
 *
 * @param {Station} station
 * @returns {boolean}
 */
export function needsPanel({ meeting, now }) {
  return meeting !== null && (meeting.open || (now.unchecked && now.ticket === null));
}

/**
 * The button that opens the panel; its icon says when a helper is on the way.
 *
 * @param {Station} station
 * @param {boolean} [beside] whether another button takes the room of its word
 */
export function remoteButton({ meeting, now }, beside = false) {
  if (meeting === null) return nothing;
  return html`<button type="button" class="button remote-open" @click=${() => meeting.show(true)}>
    ${now.row?.helper_at == null ? icons.online : icons.help}<span class=${beside ? "visually-hidden" : ""}>オンライン</span>
  </button>`;
}

/**
 * The panel.
 *
 * @param {Station} station
 * @returns {import("lit-html").TemplateResult|typeof nothing}
 */
export function remotePanel(station) {
  const { meeting, now } = station;
  if (meeting === null) return nothing;
  return html`<section class="line remote" aria-label="オンライン相談">
    <header class="line-head"><h2>${remoteMark()}</h2>
      ${meeting.open ? html`<button type="button" class="button" @click=${() => meeting.show(false)}>${icons.close}閉じる</button>` : nothing}</header>
    <div class="line-rows" tabindex="0">
      ${now.row === null ? nothing : steps(station, meeting)}
      ${helper(station)}
    </div>
  </section>`;
}

/** @param {Station} station @param {Meeting} meeting */
function steps(station, meeting) {
  const failure = meeting.failure && html`<p class="remote-failure" role="alert">${icons.alarm}<span>${meeting.failure.ja}<span class="quiet" lang="en">${meeting.failure.en}</span></span></p>`;
  if (!meeting.may.read) return html`<p class="remote-none">会議リンクは、オンライン相談員のページで扱います。</p>`;
  const { row } = station.now;
  const typing = meeting.may.write && (meeting.editing || row?.meeting == null);
  return html`${typing ? entry(meeting) : link(meeting)} ${failure ?? nothing}
    ${typing || meeting.link === null ? nothing : check(station, meeting)}`;
}

/** Where the link is typed. @param {Meeting} meeting */
function entry(meeting) {
  return html`<form class="remote-entry" autocomplete="off" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, meeting)}>
    <label for="meeting-link">会議リンク <span lang="en">Meeting link</span></label>
    <input id="meeting-link" name="link" type="text" inputmode="url" placeholder="https://" maxlength=${LINK_MAX} autocapitalize="none"
      spellcheck="false" required>
    <p class="quiet">${fair.demonstration ? "練習では、見本のリンクに置きかわります。" : "このブースの相談員と、呼ばれた方、会場の係だけに見えます。"}</p>
    <div class="buttons">
      ${meeting.editing ? html`<button type="button" class="button" @click=${() => meeting.edit(false)}>やめる</button>` : nothing}
      <button type="submit" class="button chosen" ?disabled=${meeting.asking}>${meeting.asking ? icons.pending : nothing}登録する</button>
    </div>
  </form>`;
}

/** @param {SubmitEvent} event @param {Meeting} meeting */
function submit(event, meeting) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  void meeting.set(String(new FormData(form).get("link")));
}

/** The link that stands. @param {Meeting} meeting */
function link(meeting) {
  if (meeting.link === null) return html`<p class="remote-none" role="status">${meeting.asking ? "会議リンクを読んでいます" : "会議リンクはまだありません。"}</p>`;
  return html`<p class="remote-link"><span class="label">会議リンク</span> <span>${meeting.link}</span></p>
    <div class="buttons">
      ${meeting.may.write ? html`<button type="button" class="button" @click=${() => meeting.edit(true)}>リンクを変える</button>` : nothing}
      <a class="button meeting-open" href=${meeting.link} target="_blank" rel="noopener noreferrer" @click=${() => meeting.follow()}>${icons.online}会議を開く</a>
    </div>`;
}

/** Whether the link leads there: said by who has opened it. @param {Station} station @param {Meeting} meeting */
function check(station, meeting) {
  const { row, unchecked } = station.now;
  if (!unchecked && row?.checked_at != null) {
    return html`<p class="remote-checked">${icons.done}つながることを確かめました（${formatTime(row.checked_at, fair.timezone)}）</p>`;
  }
  if (!meeting.may.write) return html`<p class="remote-none">接続確認は、相談員がします。</p>`;
  if (!meeting.wasOpened) return html`<p class="remote-none">「会議を開く」を押して、つながることを確かめてください。</p>`;
  return html`<button type="button" class="button chosen remote-works" aria-disabled=${station.press.pending !== null}
    @click=${() => void station.do(checkAct(station.now.booth, meeting), { rested: true })}>${icons.done}つながりました</button>`;
}

/** @param {number} booth @param {Meeting} meeting @returns {Act} */
function checkAct(booth, meeting) {
  return { key: "check-meeting", command: "check-meeting", args: { booth, meeting: meeting.opened }, label: ["つながりました"], on: "" };
}

/** 会場の係: who can lend a hand, or another device, in the hall. @param {Station} station */
function helper(station) {
  const { row, booth } = station.now;
  const since = row?.helper_at ?? null;
  const press = (/** @type {string} */ command, /** @type {string} */ word) => () =>
    void station.do({ key: command, command, args: { booth }, label: [word], on: "" }, { rested: true });
  if (since === null) {
    return html`<div class="remote-helper"><button type="button" class="button" aria-disabled=${station.press.pending !== null}
      @click=${press("ask-helper", "会場の係を呼ぶ")}>${icons.help}会場の係を呼ぶ</button></div>`;
  }
  return html`<div class="remote-helper">
    <p role="status">${icons.help}<span>会場の係を呼んでいます <time>${formatTime(since, fair.timezone)}</time>から</span></p>
    <button type="button" class="button" aria-disabled=${station.press.pending !== null} @click=${press("helper-came", "もう大丈夫です")}>もう大丈夫です</button>
  </div>`;
}

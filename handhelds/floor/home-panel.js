/** @file What needs an act now, gravest first; then what is advised, with its reason; then who is away, and what is in force. */

import { minutes } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { waitWords } from "client/words.js";
import { endNotice, lend, restore, takeBack } from "./acts.js";
import { actButton } from "./act-button.js";
import { absentNow, noShows, offersToday } from "./hall.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("./acts.js").Act} Act */

const MINUTE_MS = 60_000;

/** Panels an alarm can lead to, by the words of its button. */
const LEADS = { closing: "終了の手順", announce: "お知らせを選ぶ" };

/** So many things wait for an act. @param {Duty} duty */
export function urgent(duty) {
  return duty.alarms.filter(({ grave }) => grave === 0).length + suggestions(duty).length;
}

/** @param {Duty} duty */
export function homePanel(duty) {
  const alarms = duty.alarms;
  const [grave, other] = [alarms.filter((alarm) => alarm.grave === 0), alarms.filter((alarm) => alarm.grave > 0)];
  const advised = suggestions(duty);
  return html`<h2 class="part" tabindex="-1" data-focus>対応が必要 ${duty.live ? `${grave.length}件` : "—"}</h2>
    ${grave.length === 0 ? html`<p class="calm">${duty.live ? "いま対応が必要なことはありません" : "つながるまで、わかりません"}</p>` : nothing}
    ${grave.map((alarm) => alarmCard(duty, alarm))}
    ${advised.length === 0 ? nothing : html`<h2 class="part">提案 ${advised.length}件</h2>${advised}`}
    ${other.length === 0 ? nothing : html`<h2 class="part">気をつけること ${other.length}件</h2>${other.map((alarm) => alarmCard(duty, alarm))}`}
    ${awayPart(duty)} ${noticePart(duty)} ${todayPart(duty)}`;
}

/** @param {Duty} duty @param {import("./alarms.js").Alarm} alarm */
function alarmCard(duty, { key, icon, what, detail, acts, leads }) {
  return html`<article class="card alarm" data-alarm=${key}>
    ${icons[icon]}
    <h3>${what}</h3>
    <p>${detail}</p>
    ${acts.length === 0 && !leads ? nothing : html`<div class="buttons">
      ${leads ? html`<button type="button" class="button advised" @click=${() => duty.show({ name: leads })}>${LEADS[leads]}</button>` : nothing}
      ${acts.map((act, i) => actButton(duty, act, i === acts.length - 1))}
    </div>`}
  </article>`;
}

/** @param {Duty} duty @returns {import("client/view.js").TemplateResult[]} */
function suggestions(duty) {
  const { advice, nameOf, following } = duty;
  const { suggestion, take_back } = advice.newest ?? { suggestion: null, take_back: null };
  const cards = [];
  if (!duty.live) return [];
  if (suggestion) {
    const { booth, queue, now_serving, waiting, mean_ms_before, mean_ms_after, saves_party_minutes } = suggestion;
    const what = now_serving ? `${booth}番 ${nameOf(now_serving)} → ${nameOf(queue)}に移す` : `${booth}番 → ${nameOf(queue)}に開く`;
    const act = { ...lend(booth, queue, nameOf), label: now_serving ? `${booth}番を移す` : `${booth}番を開く` };
    const before = mean_ms_before === null ? "対応なし" : meanWords(mean_ms_before);
    cards.push(suggestionCard(duty, `lend-${booth}-${queue}`, icons.add, what, act, [
      `${nameOf(queue)}の目安 ${before} → ${meanWords(mean_ms_after)}`,
      `お待ち ${waiting}組。会場全体で、のべ約${Math.round(saves_party_minutes / 10) * 10}分短縮`,
    ]));
  }
  if (take_back) {
    const { booth, queue, mean_ms_after } = take_back;
    const band = waitWords(following.guide.queues.get(queue)?.band).ja;
    cards.push(suggestionCard(duty, `back-${booth}-${queue}`, icons.back, `${booth}番 ${nameOf(queue)} → 予備に戻す`, takeBack(booth), [
      `戻しても ${meanWords(mean_ms_after)}（いま ${band}）。ほかの相談先に使えます`,
    ]));
  }
  return cards.flatMap((card) => card ?? []);
}

/** @param {number} ms */
function meanWords(ms) {
  const rounded = Math.round(ms / MINUTE_MS / 5) * 5;
  return rounded === 0 ? "すぐ" : `約${rounded}分`;
}

/** @param {Duty} duty @param {string} key @param {unknown} icon @param {string} what @param {Act} act @param {string[]} reasons */
function suggestionCard(duty, key, icon, what, act, reasons) {
  if (duty.isPutOff(key)) return null;
  return html`<article class="card alarm" data-suggestion=${key}>
    ${icon}
    <h3>${what}</h3>
    <p>${reasons.map((reason) => html`<span>${reason}</span>`)}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => duty.putOff(key)}>あとで</button>
      ${actButton(duty, act, true)}
    </div>
  </article>`;
}

/** Who did not come when called, and how long the place is kept. @param {Duty} duty */
function awayPart(duty) {
  const { board, now, watched, nameOf } = duty;
  const away = absentNow(board, now, watched.cancelled_after_ms);
  if (away.length === 0) return nothing;
  return html`<h2 class="part">不在 ${away.length}組</h2>
    <ul class="card list">${away.map(({ ticket, rest }) => html`<li data-away=${ticket.id}>
      ${icons.away}<p><b>${ticket.number}番</b> ${nameOf(ticket.queue)}<span>あと${minutes(rest + MINUTE_MS - 1)}分で取り消し</span></p>
      ${actButton(duty, restore(ticket), false)}
    </li>`)}</ul>`;
}

/** @param {Duty} duty */
function noticePart(duty) {
  const notices = duty.board.noticesNow(duty.now);
  if (notices.length === 0) return nothing;
  return html`<h2 class="part">お知らせ中 ${notices.length}件</h2>${noticeList(duty)}`;
}

/** Announcements in force, each with its end. @param {Duty} duty */
export function noticeList(duty) {
  return html`<ul class="card list">${duty.board.noticesNow(duty.now).map((notice) => html`<li data-notice=${notice.id}>
    ${icons.notice}<p>${notice.ja}<span>${notice.until === null ? "終わるまで" : `あと${minutes(notice.until - duty.now + MINUTE_MS - 1)}分`}</span></p>
    ${actButton(duty, endNotice(notice), false)}
  </li>`)}</ul>`;
}

/** Offers and no-shows of the day, and how right the waits were. @param {Duty} duty */
function todayPart({ board, now, advice }) {
  const { made, open, accepted, declined } = offersToday(board, now);
  const estimate = advice.newest?.accuracy.estimate;
  return html`<h2 class="part">今日</h2>
    <dl class="card today">
      <div><dt>空いているブースのご案内</dt><dd data-today="offers">${made}件・受けた ${accepted}・断り ${declined}・提示中 ${open}</dd></div>
      <div><dt>呼び出しに来られなかった方</dt><dd data-today="no-shows">${noShows(board)}組</dd></div>
      <div><dt>待ち時間の目安の当たり</dt><dd>${estimate ? accuracyWords(estimate) : "—"}</dd></div>
    </dl>`;
}

/** How right the waits were that tickets were told. @param {import("./advice.js").Advised["accuracy"]["estimate"]} estimate */
function accuracyWords({ count, mean_error_ms, coverage }) {
  if (mean_error_ms === null || coverage === null) return "—";
  return `平均のずれ ${Math.round(mean_error_ms / MINUTE_MS)}分・幅の中 ${Math.round(coverage * 100)}%（${count}件）`;
}

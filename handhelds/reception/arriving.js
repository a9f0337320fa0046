/** @file Looking for who has come, and what a reservation tells: found, confirmed. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { actWords } from "client/words.js";
import { mainButton, mainRest } from "./main.js";
import { nameOn, personsWords, wishWords } from "./strip.js";

/** @typedef {import("./views.js").Scene} Scene */
/** @typedef {import("./arrival.js").Arrival} Arrival */

/** How the reservation of one who was found stands, where it is not simply booked. */
const STATES = Object.freeze({ booked: "", arrived: "受付済み", cancelled: "取消済み" });

/**
 * Several were found, or nobody.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function foundView({ desk }) {
  const arrival = /** @type {Arrival} */ (desk.arrival);
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" data-focus @click=${() => desk.startSearch()}>${icons.back}${actWords.back.ja}</button>
        <h2><span>探す</span>${arrival.sought.length > 20 ? "読み取ったコード" : arrival.sought}</h2>
      </section>
      <section class="read found">
        ${arrival.found.length === 0
          ? html`<p class="hint" role="status">予約も受付カードも見つかりません。ふりがなで探すか、カードを記入してください。</p>`
          : arrival.found.map((found) => foundRow(arrival, found))}
      </section>`,
    foot:
      arrival.found.length === 0
        ? mainButton(desk, "受付カードを記入", () => arrival.write())
        : mainRest(`${arrival.found.length}件あります。どなたですか`),
  };
}

/** @param {Arrival} arrival @param {import("./arrival.js").Found} found */
function foundRow(arrival, found) {
  const state = found.party === null ? STATES[found.state ?? "booked"] : STATES.arrived;
  const words = html`<span><strong>${found.name}</strong> <span class="quiet">${found.kana}</span></span>
    <span>${personsWords(found)} ${found.wishes.length > 0 ? html`<b>予約</b> ${wishWords(found.wishes)}` : "予約なし"}</span>
    ${state ? html`<b class="found-state">${state}</b>` : nothing}`;
  if (found.state === "cancelled") return html`<div class="found-row closed">${words}</div>`;
  return html`<button type="button" class="button found-row" @click=${() => void arrival.choose(found)}>${words}</button>`;
}

/**
 * A reservation, to be read over with whoever made it.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function confirmView({ desk, live }) {
  const arrival = /** @type {Arrival} */ (desk.arrival);
  const known = /** @type {import("./arrival.js").Known} */ (arrival.known);
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" @click=${() => arrival.leave()}>${icons.back}${actWords.back.ja}</button>
        <h2><span>予約の確認</span>${nameOn(known).name}</h2>
        <button type="button" class="button correct" @click=${() => arrival.write()}>直す</button>
      </section>
      <section class="read"><dl class="facts">${facts(known)}</dl></section>`,
    foot: confirmFoot(desk, arrival, live.status.state === "stale"),
  };
}

/** @param {Scene["desk"]} desk @param {Arrival} arrival @param {boolean} stale */
function confirmFoot(desk, arrival, stale) {
  if (desk.sending.pending) return mainRest("受付カードを作っています");
  if (stale) return mainRest("つながるまでお待ちください");
  if (!arrival.complete) return mainButton(desk, "足りないところを聞く", () => arrival.write());
  return mainButton(desk, "確認しました", () => void arrival.confirm(), "受付へ進む");
}

/** @param {import("./arrival.js").Known} known */
function facts(known) {
  const { kana } = nameOn(known);
  const asked = (fair.form?.fields ?? []).filter(({ key, brief }) => brief && key in known.answers);
  return html`${fact("ふりがな", kana)} ${fact("人数", personsWords(known.party))} ${fact("予約", wishWords(known.wishes))}
    ${asked.map((field) => fact(field.ja, answerWords(field, known.answers[field.key])))}
    ${fair.consents.map(({ key, recipient }) => fact(`${recipient}への提供`, consentWords(known.consents[key])))}`;
}

/** @param {string} term @param {string} value */
function fact(term, value) {
  return value === "" ? nothing : html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

/** @param {boolean|undefined} given */
function consentWords(given) {
  if (given === undefined) return "お聞きしていません";
  return given ? "同意する" : "同意しない";
}

/**
 * An answer in words.
 *
 * @param {import("client/page.js").FormField} field
 * @param {unknown} answer
 */
export function answerWords({ options, kind }, answer) {
  if (typeof answer === "boolean") return answer ? "はい" : "いいえ";
  const named = new Map(kind === "queues" ? fair.queues.map(({ id, short }) => [id, short]) : options.map(({ key, ja }) => [key, ja]));
  const keys = Array.isArray(answer) ? answer : [String(answer ?? "")];
  return keys.map((key) => named.get(key) ?? key).join("・");
}

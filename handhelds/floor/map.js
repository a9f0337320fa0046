/** @file The one map: every queue in the fair's order, 6 × 3, and the spares, 6 × 2. Nothing ever changes its place. */

import { formatTime } from "client/clock.js";
import { iconOf, icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { boothWord, levelWord, waitWords } from "client/words.js";
import { keyOf } from "./duty.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("client/board.js").Booth} Booth */

/** After so long a wait is no longer said, only when it was known, ms. */
const RECENT_MS = 60_000;

/** From so many booths on a queue's cell may have no room for every number that is talked to; it must not grow. */
const MANY = 4;

/**
 * @param {Duty} duty
 * @param {{age: number}} shown
 */
export function boothMap(duty, { age }) {
  const { fair, board, following, advice } = duty;
  const spares = fair.booths.filter(({ role }) => role === "spare").map(({ number }) => number);
  const rows = spares.flatMap((number) => board.booths.get(number) ?? []);
  const free = rows.filter((booth) => booth.queue === null).length;
  const paused = rows.filter((booth) => booth.queue !== null && booth.state !== "open" && booth.ticket === null).length;
  const old = age > RECENT_MS ? following.guide.at : null;
  return html`<section class="map-part" aria-labelledby="queues">
      <h2 id="queues" class="part">相談先 ${fair.queues.length} <small>待ちの組・名／目安／ブースと番号</small><span class="figures-age">${ageWords(advice.age)}</span></h2>
      <ul class="queue-cells">${fair.queues.map((queue) => html`<li>${queueCell(duty, queue, old)}</li>`)}</ul>
    </section>
    ${spares.length === 0 ? nothing : html`<section class="map-part" aria-labelledby="spares">
      <h2 id="spares" class="part">予備 ${spares.length} <small>${rows.length - free - paused} 対応中・${free} 空き・${paused} 休止中</small></h2>
      <ul class="spare-cells">${spares.map((number) => html`<li>${spareCell(duty, number)}</li>`)}</ul>
    </section>`}`;
}

/**
 * How old the reckoned figures are.
 *
 * @param {number} age ms
 * @returns {string}
 */
export function ageWords(age) {
  if (!Number.isFinite(age)) return "目安を計算しています";
  const seconds = Math.floor(age / 1000);
  return seconds < 60 ? `目安 ${seconds}秒前` : `目安 ${Math.floor(seconds / 60)}分前・古くなっています`;
}

/**
 * @param {Duty} duty
 * @param {import("client/page.js").FairQueue} queue
 * @param {number|null} old when the waits were known, where they are too old to be said
 */
function queueCell(duty, { id, short }, old) {
  const { board, fair, following } = duty;
  const guide = following.guide.queues.get(id);
  const { parties, persons } = board.counts(id);
  const booths = [...board.booths.values()].filter((booth) => booth.queue === id).sort((a, b) => a.id - b.id);
  const word = guide ? levelWord(guide.level) : null;
  const main = fair.booths.find((booth) => booth.queue === id)?.number;
  const stopped = board.queues.get(id)?.issuing === false;
  return html`<button type="button" class="queue-cell" data-queue=${id} data-level=${guide?.level ?? ""}
    aria-pressed=${keyOf(duty.view) === `queue ${id}`} @click=${() => duty.show({ name: "queue", queue: id })}>
    <span class="cell-name"><span class="cell-number">${main}</span><b>${short}</b></span>
    <span class="cell-level">${iconOf(word?.icon)}<span class="visually-hidden">${word?.ja}</span></span>
    <span class="cell-waiting"><b>${parties}</b>組 <b>${persons}</b>名</span>
    <span class="cell-band">${stopped ? html`<b>発券停止</b>` : old === null ? waitWords(guide?.band).ja : `${formatTime(old, fair.timezone)}時点`}</span>
    <span class="chips" data-many=${booths.length >= MANY ? booths.length : nothing}>${booths.map((booth) => chip(duty, booth))}</span>
  </button>`;
}

/** One booth of a queue: its number, and whom it has called or talks to. @param {Duty} duty @param {Booth} booth */
function chip({ board, fair }, booth) {
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  const word = boothWord(booth, ticket);
  const called = ticket?.state === "called";
  const online = fair.booths.some(({ number, online }) => online && number === booth.id);
  const remote = online ? html`${icons.online}<span class="visually-hidden">オンライン</span>` : nothing;
  return html`<span class="chip ${called ? "lamp" : ""}" data-state=${ticket?.state ?? booth.state} data-booth=${booth.id}>${remote}${booth.id}${ticket
    ? html` <b>${ticket.number}</b>`
    : iconOf(word.icon)}<span class="visually-hidden">${word.ja}</span></span>`;
}

/** @param {Duty} duty @param {number} number */
function spareCell(duty, number) {
  const { board, nameOf } = duty;
  const booth = board.booths.get(number);
  const ticket = booth?.ticket == null ? null : board.tickets.get(booth.ticket);
  const word = booth ? boothWord(booth, ticket) : null;
  const called = ticket?.state === "called";
  const idle = booth?.queue == null;
  return html`<button type="button" class="spare-cell ${called ? "lamp" : ""} ${idle ? "unused" : ""}" data-booth=${number} data-state=${ticket?.state ?? booth?.state ?? ""}
    aria-pressed=${keyOf(duty.view) === `booth ${number}`} @click=${() => duty.show({ name: "booth", booth: number })}>
    <b class="spare-number">${number}</b>
    <span class="spare-name">${booth?.queue ? nameOf(booth.queue) : "空き・映像"}</span>
    <span class="spare-now">${ticket ? html`<b>${ticket.number}</b>` : iconOf(word?.icon)}<span class="visually-hidden">${word?.ja}</span></span>
  </button>`;
}

/** @file A queue or a spare that was tapped in the map: what stands there, and what can be done with it. */

import { formatElapsed } from "client/clock.js";
import { iconOf, icons } from "client/icons.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";
import { boothWord, levelWord, waitWords } from "client/words.js";
import { actButton } from "./act-button.js";
import { dropIn, isFree, lend, openBooth, pauseBooth, reopenIssuing, spareFor, stopIssuing, takeBack } from "./acts.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("client/board.js").Booth} Booth */

/** How many spares are offered beside the advised one. */
const SPARES_SHOWN = 5;

/** Sizes of a party that dropped in, in one tap. */
const DROP_IN_SIZES = [1, 2, 3, 4];

/** @param {Duty} duty @param {unknown} title @param {unknown} detail */
function head(duty, title, detail) {
  return html`<header class="panel-head">
    <button type="button" class="button" @click=${() => duty.show({ name: "home" })}>${icons.back}<span class="visually-hidden">対応に戻る</span></button>
    <div><h2 tabindex="-1" data-focus>${title}</h2><p>${detail}</p></div>
  </header>`;
}

/** @param {Duty} duty @param {string} queue */
export function queuePanel(duty, queue) {
  const { board, fair, following, nameOf } = duty;
  const guide = following.guide.queues.get(queue);
  const { parties, persons } = board.counts(queue);
  const word = guide ? levelWord(guide.level) : null;
  const booths = [...board.booths.values()].filter((booth) => booth.queue === queue).sort((a, b) => a.id - b.id);
  const issuing = board.queues.get(queue)?.issuing ?? true;
  const spares = sparesOf(duty, queue);
  return html`${head(duty, html`${fair.queues.find(({ id }) => id === queue)?.name}`, html`${iconOf(word?.icon)} ${word?.ja} ${waitWords(guide?.band).ja}・お待ち ${parties}組 ${persons}名`)}
    <h3 class="part">予備を開く</h3>
    ${spares.length === 0 ? html`<p class="calm">空いている予備はありません</p>` : html`<div class="buttons grid">${spares.map((spare, i) => actButton(duty, lend(spare, queue, nameOf), i === 0))}</div>`}
    <h3 class="part">ブース</h3>
    <ul class="card list">${booths.map((booth) => boothRow(duty, booth))}</ul>
    <h3 class="part">発券 <small>${issuing ? "受付中" : "止めています"}</small></h3>
    <div class="buttons">${actButton(duty, issuing ? stopIssuing(queue, nameOf) : reopenIssuing(queue, nameOf), !issuing)}</div>`;
}

/** The free spares, the advised one first. @param {Duty} duty @param {string} queue */
function sparesOf({ board, fair, following }, queue) {
  const first = spareFor(board, fair.booths, queue, following.guide);
  if (first === null) return [];
  const others = fair.booths.filter(({ number, role }) => role === "spare" && number !== first && isFree(board.booths.get(number)));
  return [first, ...others.map(({ number }) => number).slice(0, SPARES_SHOWN)];
}

/** @param {Duty} duty @param {Booth} booth */
function boothRow(duty, booth) {
  const { board, fair, now } = duty;
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  const word = boothWord(booth, ticket);
  const since = ticket?.state === "serving" ? ticket.started_at : ticket?.state === "called" ? ticket.called_at : booth.since;
  const away = !ticket && booth.state !== "open";
  return html`<li class=${ticket?.state === "called" ? "lamp" : ""} data-state=${ticket?.state ?? booth.state} data-row=${booth.id}>
    <p><b>${booth.id}番</b> ${fair.booths.some(({ number, online }) => online && number === booth.id) ? remoteMark() : nothing} ${iconOf(word.icon)} ${word.ja}${ticket?.number ? ` ${ticket.number}番` : ""}<span>${formatElapsed(now - (since ?? now))}</span></p>
    ${ticket ? nothing : actButton(duty, away ? openBooth(booth.id) : pauseBooth(booth.id), false, away ? "再開" : "休止")}
    <button type="button" class="button" @click=${() => {
      duty.correction.booth = String(booth.id);
      duty.show({ name: "correct" });
    }}>飛び入り</button>
  </li>`;
}

/** @param {Duty} duty @param {number} number */
export function boothPanel(duty, number) {
  const { board, fair, nameOf } = duty;
  const booth = board.booths.get(number);
  const place = fair.booths.find((each) => each.number === number);
  if (!booth || !place) return nothing;
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  const word = boothWord(booth, ticket);
  const at = html`${iconOf(word.icon)} ${word.ja}${booth.queue ? `・${nameOf(booth.queue)}` : ""}${ticket?.number ? `・${ticket.number}番` : ""}`;
  const others = fair.queues.filter(({ id }) => id !== booth.queue && !(booth.queue === null && id === place.home));
  return html`${head(duty, `予備 ${number}番`, at)}
    ${ticket
      ? html`<p class="calm">相談が終わると、ほかの相談先に使えます</p>`
      : html`${booth.queue === null && place.home
            ? html`<div class="buttons">${actButton(duty, lend(number, place.home, nameOf), true, `${nameOf(place.home)}に開く`)}</div>`
            : html`<div class="buttons">${booth.state === "open" ? actButton(duty, pauseBooth(number), false, "休止") : actButton(duty, openBooth(number), false, "再開")}${actButton(duty, takeBack(number), true)}</div>`}
          <h3 class="part">ほかの相談先に使う <small>待ちの組</small></h3>
          <div class="buttons lend">${others.map(({ id, short }) => actButton(duty, { ...lend(number, id, nameOf), key: `lend-${id}` }, false, html`<span>${short}</span><b>${board.counts(id).parties}組</b>`))}</div>`}
    ${booth.queue === null ? nothing : html`<h3 class="part">飛び入りの相談を数える</h3>${dropInButtons(duty, number)}`}`;
}

/** The sizes of a drop-in, each one tap. @param {Duty} duty @param {number} booth */
export function dropInButtons(duty, booth) {
  return html`<div class="buttons">${DROP_IN_SIZES.map((size) => actButton(duty, dropIn(booth, size), false))}</div>`;
}

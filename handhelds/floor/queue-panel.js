/** @file A queue that was tapped in the map: the spares it can have, who waits and may be led elsewhere, its booths, and whether tickets are issued for it. */

import { formatElapsed } from "client/clock.js";
import { iconOf } from "client/icons.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";
import { boothWord, levelWord, waitWords } from "client/words.js";
import { actButton } from "./act-button.js";
import { isFree, lend, openBooth, pauseBooth, reopenIssuing, spareFor, stopIssuing } from "./acts.js";
import { panelHead } from "./panel-head.js";
import { waitingPart } from "./waiting-part.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("client/board.js").Booth} Booth */

/** How many spares are offered beside the advised one. */
const SPARES_SHOWN = 5;

/** @param {Duty} duty @param {string} queue */
export function queuePanel(duty, queue) {
  const { board, fair, following, nameOf } = duty;
  const guide = following.guide.queues.get(queue);
  const { parties, persons } = board.counts(queue);
  const word = guide ? levelWord(guide.level) : null;
  const booths = [...board.booths.values()].filter((booth) => booth.queue === queue).sort((a, b) => a.id - b.id);
  const issuing = board.queues.get(queue)?.issuing ?? true;
  const spares = sparesOf(duty, queue);
  const name = fair.queues.find(({ id }) => id === queue)?.name;
  const waits = html`${iconOf(word?.icon)} ${word?.ja} ${waitWords(guide?.band).ja}・お待ち ${parties}組 ${persons}名`;
  return html`${panelHead(duty, name, waits)}
    <h3 class="part">予備を開く</h3>
    ${spares.length === 0
      ? html`<p class="calm">空いている予備はありません</p>`
      : html`<div class="buttons grid">${spares.map((spare, i) => actButton(duty, lend(spare, queue, nameOf), i === 0))}</div>`}
    ${waitingPart(duty, queue)}
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
  const remote = fair.booths.some(({ number, online }) => online && number === booth.id);
  return html`<li class=${ticket?.state === "called" ? "lamp" : ""} data-state=${ticket?.state ?? booth.state} data-row=${booth.id}>
    <p><b>${booth.id}番</b> ${remote ? remoteMark() : nothing} ${iconOf(word.icon)} ${word.ja}${ticket?.number ? ` ${ticket.number}番` : ""}
      <span>${formatElapsed(now - (since ?? now))}</span></p>
    ${ticket ? nothing : actButton(duty, away ? openBooth(booth.id) : pauseBooth(booth.id), false, away ? "再開" : "休止")}
    <button type="button" class="button" @click=${() => {
      duty.correction.booth = String(booth.id);
      duty.show({ name: "correct" });
    }}>飛び入り</button>
  </li>`;
}

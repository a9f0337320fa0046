/** @file A spare that was tapped in the map: opened for its own queue, lent to another, taken back; and the drop-ins of a booth. */

import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { boothWord } from "client/words.js";
import { actButton } from "./act-button.js";
import { dropIn, lend, openBooth, pauseBooth, takeBack } from "./acts.js";
import { panelHead } from "./panel-head.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("client/board.js").Booth} Booth */
/** @typedef {import("client/page.js").FairBooth} FairBooth */

/** Sizes of a party that dropped in, in one tap. */
const DROP_IN_SIZES = [1, 2, 3, 4];

/** @param {Duty} duty @param {number} number */
export function boothPanel(duty, number) {
  const { board, fair, nameOf } = duty;
  const booth = board.booths.get(number);
  const place = fair.booths.find((each) => each.number === number);
  if (!booth || !place) return nothing;
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  const word = boothWord(booth, ticket);
  const at = [word.ja, booth.queue && nameOf(booth.queue), ticket?.number && `${ticket.number}番`].filter(Boolean).join("・");
  return html`${panelHead(duty, `予備 ${number}番`, html`${iconOf(word.icon)} ${at}`)}
    ${ticket ? html`<p class="calm">相談が終わると、ほかの相談先に使えます</p>` : useParts(duty, booth, place)}
    ${booth.queue === null ? nothing : html`<h3 class="part">飛び入りの相談を数える</h3>${dropInButtons(duty, number)}`}`;
}

/** What a spare where nobody is can be used for. @param {Duty} duty @param {Booth} booth @param {FairBooth} place */
function useParts(duty, booth, { number, home }) {
  const { board, fair, nameOf } = duty;
  const offered = booth.queue === null ? home : null;
  const pause = booth.state === "open" ? actButton(duty, pauseBooth(number), false, "休止") : actButton(duty, openBooth(number), false, "再開");
  const others = fair.queues.filter(({ id }) => id !== booth.queue && id !== offered);
  return html`
    ${offered ? html`<div class="buttons">${actButton(duty, lend(number, offered, nameOf), true, `${nameOf(offered)}に開く`)}</div>` : nothing}
    ${booth.queue === null ? nothing : html`<div class="buttons">${pause}${actButton(duty, takeBack(number), true)}</div>`}
    <h3 class="part">ほかの相談先に使う <small>待ちの組</small></h3>
    <div class="buttons lend">${others.map(({ id, short }) => {
      const words = html`<span>${short}</span><b>${board.counts(id).parties}組</b>`;
      return actButton(duty, { ...lend(number, id, nameOf), key: `lend-${id}` }, false, words);
    })}</div>`;
}

/** The sizes of a drop-in, each one tap. @param {Duty} duty @param {number} booth */
export function dropInButtons(duty, booth) {
  return html`<div class="buttons">${DROP_IN_SIZES.map((size) => actButton(duty, dropIn(booth, size), false))}</div>`;
}

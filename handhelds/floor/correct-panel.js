/** @file Corrections with their reason: a number is typed, what stands under it is shown, one tap puts it right. */

import { icons, iconOf } from "client/icons.js";
import { liveValue } from "client/directives.js";
import { html, nothing } from "client/view.js";
import { ticketWord } from "client/words.js";
import { actButton } from "./act-button.js";
import { dropInButtons } from "./booth-panel.js";
import { REASONS } from "./correction.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("client/board.js").Party} Party */

/** @param {Duty} duty */
export function correctPanel(duty) {
  const { correction, board, fair } = duty;
  const party = correction.party(board);
  const letters = fair.series === "queue";
  return html`<h2 class="part" tabindex="-1" data-focus>番号を訂正する</h2>
    <div class="card fields">
      <label>番号<input type="text" name="number" inputmode=${letters ? "text" : "numeric"} autocomplete="off" maxlength="8" .value=${liveValue(correction.typed)}
        @input=${(/** @type {any} */ { target }) => (correction.type(target.value), duty.changed())}></label>
      <div class="buttons reasons" role="group" aria-label="理由">${REASONS.map(({ reason, ja }) => html`<button type="button" class="button" aria-pressed=${correction.reason === reason}
        @click=${() => ((correction.reason = reason), duty.changed())}>${ja}</button>`)}</div>
    </div>
    ${party ? found(duty, party) : correction.number === "" ? nothing : html`<p class="calm" role="status">${correction.number}番はありません</p>`}
    ${dropInPart(duty)}`;
}

/** @param {Duty} duty @param {Party} party */
function found(duty, party) {
  const { correction, board, nameOf } = duty;
  const act = correction.partyAct(party);
  return html`<ul class="card list tickets">${board.ticketsOf(party.id).map((ticket) => {
      const word = ticketWord(ticket, { elsewhere: board.passedOver(ticket) });
      return html`<li class=${ticket.state === "called" ? "lamp" : ""} data-state=${ticket.state} data-ticket=${ticket.id}>
        <p><b>${ticket.number}番</b> ${nameOf(ticket.queue)} ${iconOf(word.icon)} ${word.ja}</p>
        <div class="buttons">${correction.ticketActs(ticket).map((each) => actButton(duty, each, false))}</div>
      </li>`;
    })}</ul>
    <div class="card fields">
      ${counter(duty, party, "size", "人数")} ${party.size > 1 || correction.personsOf(party).size > 1 ? counter(duty, party, "children", "うち子ども") : nothing}
      ${act ? html`<div class="buttons">${actButton(duty, act, true)}</div>` : nothing}
    </div>`;
}

/** @param {Duty} duty @param {Party} party @param {"size"|"children"} what @param {string} words */
function counter(duty, party, what, words) {
  const { correction, fair } = duty;
  const count = (/** @type {number} */ by) => () => (correction.count(party, what, by, fair.limits.largest_party), duty.changed());
  return html`<div class="counter" role="group" aria-label=${words}>
    <span>${words}</span>
    <button type="button" class="button" @click=${count(-1)} aria-label="${words}を1名減らす">−</button>
    <b>${correction.personsOf(party)[what]}名</b>
    <button type="button" class="button" @click=${count(1)} aria-label="${words}を1名増やす">${icons.add}</button>
  </div>`;
}

/** @param {Duty} duty */
function dropInPart(duty) {
  const { correction, board } = duty;
  const booth = board.booths.get(Number(correction.booth.normalize("NFKC")));
  return html`<h2 class="part">飛び入りの相談を数える</h2>
    <div class="card fields">
      <label>ブース<input type="text" name="booth" inputmode="numeric" autocomplete="off" maxlength="4" .value=${liveValue(correction.booth)}
        @input=${(/** @type {any} */ { target }) => ((correction.booth = target.value), duty.changed())}></label>
      ${booth?.queue ? html`<p>${booth.id}番 ${duty.nameOf(booth.queue)}</p>${dropInButtons(duty, booth.id)}` : nothing}
      ${correction.booth && !booth?.queue ? html`<p role="status">相談に使っているブースの番号を入れてください</p>` : nothing}
    </div>`;
}

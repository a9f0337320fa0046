/** @file The same map of queues for two other questions: which queues to add, and to which queue a ticket moves. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html } from "client/view.js";
import { actWords } from "client/words.js";
import { openTickets } from "./lookup.js";
import { mainButton, mainRest } from "./main.js";
import { NAME, SHORT, queueMap } from "./queues.js";
import { quieterRow } from "./quieter-row.js";
import { freshWaits } from "./waits.js";

/** @typedef {import("./views.js").Scene} Scene */

/**
 * 相談先を追加: further queues on the number the party has.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function addView({ desk, live, now }) {
  const { board } = live;
  const waits = freshWaits(live, now, fair.offers.fresh_s);
  const { party, tickets } = desk.answer.partyOn(board, /** @type {number} */ (desk.party));
  const number = party.number || tickets[0]?.number;
  return {
    middle: html`${question(`${number}番 ${party.size}名`, "相談先を追加", () => desk.leaveAdding())}
      <section class="read">
        ${queueMap({ board, waits, chosen: desk.added.queues, taken: takenBy(board, party), press: (queue) => desk.chooseAdded(queue) })}
      </section>`,
    foot: html`${quieterRow(desk, live, { waits, choice: desk.added, party: party.id, press: (queue) => desk.chooseAdded(queue) })}
      ${addFoot(desk, live)}`,
  };
}

/** @param {Scene["desk"]} desk @param {Scene["live"]} live */
function addFoot(desk, live) {
  const { added } = desk;
  if (desk.sending.pending) return mainRest("発券しています");
  if (live.status.state === "stale") return mainRest("つながるまでお待ちください");
  const missing = added.missingQueues(live.board.queues, (queue) => SHORT.get(queue) ?? queue);
  if (missing !== null) return mainRest(missing);
  return mainButton(desk, actWords.add.ja, () => desk.add(), `${added.queues.size}件`);
}

/**
 * 他の相談先へ: the ticket goes to the queue that is touched, at once.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function transferView({ desk, live, now }) {
  const { board } = live;
  const waits = freshWaits(live, now, fair.offers.fresh_s);
  const ticket = /** @type {import("client/wire.js").Ticket} */ (board.tickets.get(/** @type {number} */ (desk.ticket)));
  const taken = takenBy(board, board.party(ticket));
  return {
    middle: html`${question(`${ticket.number}番 ${NAME.get(ticket.queue)}から`, "どの相談先へ？", () => desk.show("actions"))}
      <section class="read">
        ${queueMap({ board, waits, chosen: new Set(), taken, instant: true, press: (queue) => desk.acts.transfer(ticket, queue) })}
      </section>`,
    foot: mainRest("相談先を押すと、すぐに移ります"),
  };
}

/** Who it is about, what is asked, and the way back. @param {string} who @param {string} what @param {() => void} back */
function question(who, what, back) {
  return html`<section class="ask question">
    <button type="button" class="button" data-focus @click=${back}>${icons.back}${actWords.back.ja}</button>
    <h2><span>${who}</span>${what}</h2>
  </section>`;
}

/**
 * Queues the party cannot take, with the word for why: it has a ticket there.
 *
 * @param {Scene["live"]["board"]} board
 * @param {import("client/wire.js").Party} party
 */
function takenBy(board, party) {
  return new Map([...openTickets(board, party).keys()].map((queue) => [queue, "受付済み"]));
}

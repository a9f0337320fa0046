/** @file 退場・再入場・分かれて回る: the persons of a party, by the number that was looked for. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { actWords } from "client/words.js";
import { mainButton, mainRest } from "./main.js";
import { NAME } from "./queues.js";

/** @typedef {import("./views.js").Scene} Scene */
/** @typedef {import("client/wire.js").Party} Party */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** States of a ticket that can go along with those who part: it is at no booth. */
const GOES = new Set(["waiting", "held", "absent"]);

/**
 * What can be done with the persons of a party; one press, to be undone.
 *
 * @param {Scene["desk"]} desk
 * @param {Scene["live"]["board"]} board
 * @param {Party} party
 * @param {string} number
 */
export function hallButtons(desk, board, party, number) {
  const { presence } = desk;
  const { id, size, inside } = party;
  const out = size - inside;
  return html`<p class="hall-count">会場内 <b>${inside}名</b>${out > 0 ? ` 退場 ${out}名` : nothing}</p>
    <div class="hall">
      ${inside > 1 ? button("exit-all", "全員退場", () => void presence.exit(id, inside, number)) : nothing}
      ${inside > 0 ? button("exit", "1名退場", () => void presence.exit(id, 1, number)) : nothing}
      ${out > 1 ? button("reenter-all", "全員再入場", () => void presence.reenter(id, out, number)) : nothing}
      ${out > 0 ? button("reenter", "1名再入場", () => void presence.reenter(id, 1, number)) : nothing}
      ${size > 1 && movable(board, party).length > 0 ? button("split", "分かれて回る", () => presence.start(id)) : nothing}
    </div>`;
}

/** @param {string} act @param {string} words @param {() => void} press */
function button(act, words, press) {
  return html`<button type="button" class="button" data-hall=${act} @click=${press}>${words}</button>`;
}

/** @param {Scene["live"]["board"]} board @param {Party} party @returns {Ticket[]} */
function movable(board, party) {
  return board.ticketsOf(party.id).filter((/** @type {Ticket} */ ticket) => GOES.has(ticket.state));
}

/**
 * 分かれて回る: who goes, and with which tickets.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function splitView({ desk, live }) {
  const { board } = live;
  const parting = /** @type {import("./presence.js").Parting} */ (desk.presence.parting);
  const party = /** @type {Party} */ (board.parties.get(parting.party));
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" data-focus @click=${() => desk.type(desk.typed)}>${icons.back}${actWords.back.ja}</button>
        <h2><span>${party.number}番 ${party.size}名</span>分かれて回る</h2>
      </section>
      <section class="read parting">
        ${count("persons", "分かれる人数", party.size - 1, 1, parting.persons, (persons) => desk.presence.change({ persons }))}
        ${party.children > 0
          ? count("children", "うち子ども", Math.min(party.children, parting.persons), 0, parting.children, (children) => desk.presence.change({ children }))
          : nothing}
        <h2 class="label">持っていく相談先</h2>
        <div class="going">${movable(board, party).map((ticket) => ticketButton(desk, ticket, parting.tickets.has(ticket.id)))}</div>
      </section>`,
    foot: splitFoot(desk, parting, live.status.state === "stale"),
  };
}

/** @param {string} key @param {string} words @param {number} most @param {number} least @param {number} chosen @param {(count: number) => void} choose */
function count(key, words, most, least, chosen, choose) {
  const counts = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  return html`<h2 class="label" id=${`split-${key}`}>${words}</h2>
    <div class="persons" role="group" aria-labelledby=${`split-${key}`}>${counts.map(
      (each) => html`<button type="button" class="button size" data-count=${each} aria-pressed=${each === chosen} @click=${() => choose(each)}><b>${each}</b>名</button>`,
    )}</div>`;
}

/** @param {Scene["desk"]} desk @param {Ticket} ticket @param {boolean} goes */
function ticketButton(desk, ticket, goes) {
  return html`<button type="button" class="button" data-queue=${ticket.queue} aria-pressed=${goes} @click=${() => desk.presence.toggle(ticket.id)}>
    ${goes ? icons.done : nothing}${NAME.get(ticket.queue)}
  </button>`;
}

/** @param {Scene["desk"]} desk @param {import("./presence.js").Parting} parting @param {boolean} stale */
function splitFoot(desk, parting, stale) {
  if (desk.sending.pending) return mainRest("分けています");
  if (stale) return mainRest("つながるまでお待ちください");
  if (parting.tickets.size === 0) return mainRest("持っていく相談先を選んでください");
  return mainButton(desk, "2組に分ける", () => void desk.presence.split(), `${parting.persons}名・${parting.tickets.size}件`);
}

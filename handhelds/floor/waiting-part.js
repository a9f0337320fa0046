/** @file Who waits in a queue that was tapped: where each may be led with one more tap, or why nobody asks it now. */

import { minutes } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { waitWords } from "client/words.js";
import { offer } from "./acts.js";
import { actButton } from "./act-button.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("./duty.js").PartyLead} PartyLead */
/** @typedef {import("client/board.js").Ticket} Ticket */

const MINUTE_MS = 60_000;

/** Why a party is not asked, as the server says it. @type {Readonly<Record<string, string>>} */
const WHY = Object.freeze({
  old: "待ち時間を確かめています",
  elsewhere: "他ブース相談中",
  reserved: "予約の方",
  near_front: "まもなく呼ばれます",
  short_wait: "長くは待ちません",
  asked_before: "ご案内済み",
  nowhere: "空いている相談先なし",
});

/** @param {Duty} duty @param {string} queue */
export function waitingPart(duty, queue) {
  const { board, fair, now } = duty;
  const line = board.line(queue, now, fair.limits.reserved_in_a_row);
  if (line.length === 0) return nothing;
  const leads = new Map(duty.leadsIn(queue).map((lead) => [lead.ticket, lead]));
  return html`<h3 class="part">お待ちの方を他ブースへ案内</h3>
    <ul class="card list waiting">${line.map((ticket) => row(duty, ticket, leads.get(ticket.id)))}</ul>`;
}

/** @param {Duty} duty @param {Ticket} ticket @param {PartyLead|undefined} lead */
function row(duty, ticket, lead) {
  const { board, following, now, nameOf } = duty;
  const offered = board.openOffer(ticket.party, now);
  const open = !offered && duty.leading === ticket.id && lead !== undefined && lead.to.length > 0;
  const said = offered
    ? `${nameOf(offered.queue)}をご案内中・あと${minutes(offered.until - now + MINUTE_MS - 1)}分`
    : lead?.why ? WHY[lead.why] : "";
  return html`<li data-waits=${ticket.id}>
    <p><b>${ticket.number}番</b> ${board.party(ticket).size}名<span>${waitWords(following.guide.tickets.get(ticket.id)?.band).ja}${said && `・${said}`}</span></p>
    ${offered || !lead?.to.length ? nothing : html`<button type="button" class="button" aria-expanded=${open}
      @click=${() => duty.lead(open ? null : ticket.id)}>他ブースへ案内</button>`}
    ${open ? html`<div class="buttons leads">${lead.to.map((to, i) => leadButton(duty, ticket, to, i === 0))}</div>` : nothing}
  </li>`;
}

/** A quieter queue with its reason. @param {Duty} duty @param {Ticket} ticket @param {PartyLead["to"][number]} to @param {boolean} best */
function leadButton(duty, ticket, { queue, saves_min }, best) {
  const there = waitWords(duty.following.guide.queues.get(queue)?.band).ja;
  const words = html`${icons.quiet}<span>${duty.nameOf(queue)}<small>${there}・約${saves_min}分早い</small></span>`;
  return actButton(duty, offer(ticket, queue, duty.nameOf), best, words);
}

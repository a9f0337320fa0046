/** @file 番号を探す: the party behind a number, where each of its tickets stands, and what the reception can do with it. */

import { formatElapsed, formatTime } from "client/clock.js";
import { icons, iconOf } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { actWords, reasonWords, ticketWord } from "client/words.js";
import { ACTS, REASONS } from "./acts.js";
import { findField, findKeys, notFound } from "./finding.js";
import { hallButtons } from "./hall.js";
import { ahead, find } from "./lookup.js";
import { offerCard } from "./offer-card.js";
import { NAME, SHORT } from "./queues.js";
import { reservedAt } from "../reserved.js";
import { addButton } from "./result.js";
import { visitButton } from "./visit.js";

/** @typedef {import("./views.js").Scene} Scene */

/**
 * The search view: results above, the keypad at the thumb; a chosen ticket's actions take the keypad's place.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function searchView({ desk, live, now }) {
  const found = find(live.board, desk.typed);
  const ticket = desk.ticket === null ? undefined : live.board.tickets.get(desk.ticket);
  return {
    middle: html`<section class="ask">${findField(desk)}</section>
      <section class="read results">
        ${found ? partyCard(desk, live, found, now) : notFound(desk, live.board)}
      </section>`,
    foot: ticket && desk.view !== "search" ? actionPanel(desk, ticket) : findKeys(desk),
  };
}

/** @param {Scene["desk"]} desk @param {Scene["live"]} live @param {{party: any, number: string}} found @param {number|null} now */
function partyCard(desk, live, { party, number }, now) {
  const acting = !desk.sending.pending && live.status.state !== "stale";
  return html`<div class="card party" role="status">
      <span class="number">${number}</span>
      <span><b>${party.size}名</b><span class="quiet">${formatTime(party.issued_at, fair.timezone)} 受付</span></span>
    </div>
    ${acting ? offerCard(desk, live, { party, number }, now) : nothing}
    <div class="rows">${live.board.ticketsOf(party.id).map((ticket) => ticketRow(desk, live.board, ticket, now, acting))}</div>
    ${acting ? html`<div class="under">${under(desk, live.board, party, number)}</div>` : nothing}`;
}

/** What can be done with the party as a whole. @param {Scene["desk"]} desk @param {Scene["live"]["board"]} board @param {any} party @param {string} number */
function under(desk, board, party, number) {
  const { arrival } = desk;
  return html`${addButton(desk, board, party)}${visitButton(desk, party.id)}
    ${arrival === null
      ? nothing
      : html`<button type="button" class="button wide" @click=${() => void arrival.openCard(party.id)}>受付カード・同意</button>`}
    ${hallButtons(desk, board, party, number)}`;
}

/** One ticket: word and icon, booth, since when. @param {Scene["desk"]} desk @param {Scene["live"]["board"]} board */
function ticketRow(desk, board, /** @type {any} */ ticket, /** @type {number|null} */ now, /** @type {boolean} */ acting) {
  const word = ticketWord(ticket, { elsewhere: board.passedOver(ticket) });
  const chosen = desk.ticket === ticket.id && desk.view !== "search";
  return html`<div class="row ticket ${ticket.state === "called" ? "lamp" : ""}" data-ticket=${ticket.id} data-state=${ticket.state}>
    <span class="ticket-icon">${iconOf(word.icon)}</span>
    <div class="ticket-words">
      <strong>${fair.series === "queue" ? html`${ticket.number} ` : nothing}${SHORT.get(ticket.queue)} ${reservedAt(ticket, fair.timezone)}</strong>
      <span>${ticket.booth === null || ticket.state === "waiting" ? nothing : html`${ticket.booth}番 `}${word.ja} ${since(board, ticket, now)}</span>
    </div>
    ${acting && ACTS[ticket.state]?.length
      ? html`<button
          type="button"
          class="button row-end"
          aria-pressed=${chosen}
          aria-label=${`${NAME.get(ticket.queue)}を変更`}
          @click=${() => (chosen ? desk.show("search") : desk.choose(ticket))}
        >
          変更
        </button>`
      : nothing}
  </div>`;
}

/** How long, since when or how far from the front, whichever tells most in this state. */
function since(/** @type {Scene["live"]["board"]} */ board, /** @type {any} */ ticket, /** @type {number|null} */ now) {
  switch (ticket.state) {
    case "waiting":
      return `前に${ahead(board, ticket, now, fair.limits.reserved_in_a_row)?.parties ?? "—"}組`;
    case "called":
      return now === null ? "" : formatElapsed(now - ticket.called_at);
    case "serving":
      return `${formatTime(ticket.started_at, fair.timezone)}から`;
    case "held":
    case "absent":
      return `${formatTime(ticket.away_at, fair.timezone)}から`;
    case "cancelled":
      return `${formatTime(ticket.ended_at, fair.timezone)} ${reasonWords[/** @type {"left"} */ (ticket.reason)]?.ja ?? ""}`;
    default:
      return formatTime(ticket.ended_at, fair.timezone);
  }
}

/** What can be done with the chosen ticket, at the thumb. Acts at once; the undo bar follows. @param {Scene["desk"]} desk @param {any} ticket */
function actionPanel(desk, ticket) {
  const title = `${ticket.number}番 ${NAME.get(ticket.queue)}`;
  if (desk.view === "reasons") {
    return html`<div class="panel" role="group" aria-label=${`${title}の取消`}>
      <p class="label">${title}を取り消します。わけは？</p>
      ${REASONS.map(
        (reason) => html`<button type="button" class="button" data-reason=${reason} @click=${() => desk.acts.cancel(ticket, reason)}>
          ${reasonWords[/** @type {"left"} */ (reason)].ja}
        </button>`,
      )}
      <button type="button" class="button" @click=${() => desk.show("actions")}>${icons.back}${actWords.back.ja}</button>
    </div>`;
  }
  return html`<div class="panel" role="group" aria-label=${title}>
    <p class="label">${title}</p>
    ${(ACTS[ticket.state] ?? []).map((act) => actButton(desk, ticket, act))}
    <button type="button" class="button" @click=${() => desk.show("search")}>${icons.back}番号入力へ</button>
  </div>`;
}

/** @param {Scene["desk"]} desk @param {any} ticket @param {import("./acts.js").Act} act */
function actButton(desk, ticket, act) {
  const press = {
    hold: () => desk.acts.hold(ticket),
    restore: () => desk.acts.restore(ticket),
    transfer: () => desk.show("transfer"),
    cancel: () => desk.show("reasons"),
  }[act];
  const word = actWords[act];
  return html`<button type="button" class="button" data-act=${act} @click=${press}>
    ${act === "transfer" ? icons.move : iconOf(word.icon)}${act === "transfer" ? "他の相談先へ" : word.ja}
  </button>`;
}

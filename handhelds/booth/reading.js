/** @file How a brief looks: in the list's place, what must be ready first as icon and word, then the answers. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";

/** @typedef {import("./brief.js").Briefs} Briefs */
/** @typedef {import("./brief.js").Brief} Brief */

/** The icon of each answer that has one. @type {Record<string, unknown>} */
const ICONS = Object.freeze({ language: icons.language, needs: icons.help, online: icons.online });

/**
 * The button that opens the brief of whom the panel shows.
 *
 * @param {Briefs} briefs
 * @param {import("client/board.js").Ticket} ticket
 */
export function briefButton(briefs, ticket) {
  const open = briefs.open !== null && "ticket" in briefs.open && briefs.open.ticket === ticket.id;
  return html`<button type="button" class=${`button brief-open ${open ? "chosen" : ""}`} aria-expanded=${open} @click=${() => (open ? briefs.close() : void briefs.show(ticket.id))}>
    ${briefs.asking ? icons.pending : icons.language}相談内容
  </button>`;
}

/** The button that opens those of all who reserved. @param {Briefs} briefs */
export function bookedButton(briefs) {
  return html`<button type="button" class="button brief-booked" @click=${() => void briefs.showBooked()}>予約の内容</button>`;
}

/**
 * What is open, in the place of the waiting list; nothing while nothing is.
 *
 * @param {Briefs} briefs
 * @param {import("./act.js").Situation} now
 */
export function reading(briefs, now) {
  const { open, failure } = briefs;
  if (failure) return frame(briefs, "相談内容", html`<p class="brief-none" role="alert">${failure.ja}<span class="quiet" lang="en">${failure.en}</span></p>`);
  if (open === null) return nothing;
  if ("booked" in open) return frame(briefs, "予約の内容", booked(open.booked));
  const ticket = now.ticket?.id === open.ticket ? now.ticket : now.next?.ticket;
  return frame(briefs, html`<b>${ticket?.number ?? "—"}番</b> 相談内容`, brief(open.brief));
}

/** @param {Briefs} briefs @param {unknown} title @param {unknown} content */
function frame(briefs, title, content) {
  return html`<section class="line brief" aria-label="相談内容">
    <header class="line-head"><h2>${title}</h2>
      <button type="button" class="button" @click=${() => briefs.close()}>${icons.close}閉じる</button></header>
    <div class="line-rows" tabindex="0">${content}</div>
  </section>`;
}

/** @param {Brief} brief */
function brief({ adults, children, glance, lines }) {
  return html`<ul class="glance">
      <li>${icons.person}大人 ${adults}名</li>
      ${children > 0 ? html`<li>${icons.child}子ども ${children}名</li>` : nothing}
      ${glance.filter(worthSaying).map((line) => html`<li>${ICONS[line.key] ?? nothing}${glanceWords(line)}</li>`)}
    </ul>
    <dl>${lines.map(({ ja, values }) => html`<div><dt>${ja}</dt><dd>${values.map((each) => each.ja).join("・")}</dd></div>`)}</dl>`;
}

/** That somebody speaks Japanese and comes in person is what is expected anyway. @param {import("./brief.js").Line} line */
function worthSaying({ key, values }) {
  const [first] = values;
  return !(key === "online" && first?.en === "No") && !(key === "language" && first?.en === "Japanese");
}

/** @param {import("./brief.js").Line} line */
function glanceWords({ key, values }) {
  return key === "online" ? "オンライン希望" : values.map(({ ja }) => ja).join("・");
}

/** @param {import("./brief.js").Booked[]} all */
function booked(all) {
  if (all.length === 0) return html`<p class="brief-none">予約はありません</p>`;
  return html`<ol class="booked">${all.map(
    (each) => html`<li><h3><span class="digits">${formatTime(each.slot, fair.timezone)}</span>${each.arrived ? html` <small>受付済み</small>` : nothing}</h3>
      ${brief(each.brief)}</li>`,
  )}</ol>`;
}

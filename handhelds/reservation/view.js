/** @file How the public reservation page looks: what the fair is, the form, and what is said while none are taken. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { formView } from "../form/view.js";
import { dayEnglish, dayWords } from "./words.js";

/** @typedef {import("./entry.js").Entry} Entry */

/** @param {Entry} entry @returns {import("lit-html").TemplateResult} */
export function reservePage(entry) {
  const taken = entry.period === "open";
  return html`${title({ ja: "予約", en: "Reservation" })}
    <main class="middle">
      <div class="reserve">
        ${about()}
        ${taken ? formView(entry.form, () => void entry.send()) : closed(entry.period)}
      </div>
    </main>
    ${taken ? html`<div class="foot">${sendButton(entry, { ja: "この内容で予約する", en: "Reserve" })}</div>` : nothing}`;
}

/**
 * The header: what page this is, of which fair.
 *
 * @param {{ja: string, en: string}} words
 */
export function title({ ja, en }) {
  return html`<header class="header visitor-title">
    <div>
      <h1>${ja} <span class="en" lang="en">${en}</span></h1>
      <p class="quiet">${fair.name}</p>
    </div>
  </header>`;
}

/** When and where the fair is. */
export function about() {
  return html`<section class="card about">
    <p><b>${dayWords(fair.date)}</b> <span class="digits-line">${fair.opens}–${fair.closes}</span>
      <span class="en" lang="en">${dayEnglish(fair.date)}</span></p>
    <p>${fair.venue}</p>
  </section>`;
}

/**
 * The main button, or that it is being sent.
 *
 * @param {Entry} entry
 * @param {{ja: string, en: string}} words
 */
export function sendButton(entry, { ja, en }) {
  if (entry.sending) return html`<p class="main-rest" role="status">${icons.pending} 送っています <span class="en" lang="en">Sending</span></p>`;
  return html`<button class="button main" type="submit" form="visitor-form">${ja}<small lang="en">${en}</small></button>`;
}

/** @param {import("./entry.js").Period | null} period */
function closed(period) {
  const opens = fair.reservation?.opens ?? "";
  if (period === null && fair.reservation) {
    return html`<section class="card waiting" role="status">
      <p>${icons.pending} 空き枠を確かめています <span class="en" lang="en">Asking which times are free</span></p>
    </section>`;
  }
  if (period === "before") {
    return html`<section class="card waiting" role="status">
      <h2>予約の受付は${dayWords(opens)}からです</h2>
      <p class="en" lang="en">Reservations open on ${dayEnglish(opens)}.</p>
    </section>`;
  }
  return html`<section class="card waiting" role="status">
    <h2>予約の受付は終わりました</h2>
    <p>当日は、予約なしでもご来場いただけます。受付へお越しください。</p>
    <p class="en" lang="en">Reservations are closed. You are welcome at the fair without one.</p>
    <p><a class="button" href="${page.base}/card">受付カードを先に記入する <span class="en" lang="en">Fill in the reception card</span></a></p>
  </section>`;
}

/** @file How the card's form looks, and what a tablet shows once it is filled in. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { formView } from "../form/view.js";
import { show } from "./show.js";

/**
 * A visitor's own card (`GET own-cards/{token}`).
 *
 * @typedef {object} OwnCard
 * @property {string} token
 * @property {string} code
 * @property {number} entered_at
 * @property {number|null} party
 * @property {{consent: string, given: boolean, version: string, at: number, by: string}[]} consents
 */

/**
 * @param {object} parts
 * @param {import("../form/form.js").Form} parts.form
 * @param {boolean} parts.sending
 * @param {OwnCard|null} parts.own the finished card, on a tablet
 * @param {number|null} parts.seconds until the next visitor's form
 * @param {() => void} parts.send
 * @param {() => void} parts.next
 * @returns {import("lit-html").TemplateResult}
 */
export function cardPage({ form, sending, own, seconds, send, next }) {
  return html`${title()}
    <main class="middle">${own ? html`<section class="shown" role="status">${show(own)}${phoneNote()}</section>` : formView(form, send)}</main>
    <div class="foot">${own ? nextButton(next, seconds) : sendButton(sending)}</div>`;
}

/** Whose form this is. @param {boolean} [short] without how long it takes */
export function title(short = false) {
  return html`<header class="header visitor-title">
    <div>
      <h1>受付カード <span class="en" lang="en">Reception card</span></h1>
      <p class="quiet">${fair.name}</p>
    </div>
    ${page.tablet || short ? nothing : html`<span class="quiet">約2分 <span lang="en">2 min</span></span>`}
  </header>`;
}

/** @param {boolean} sending */
function sendButton(sending) {
  if (sending) return html`<p class="main-rest" role="status">${icons.pending} 送っています <span class="en" lang="en">Sending</span></p>`;
  return html`<button class="button main" type="submit" form="visitor-form">記入を終える<small lang="en">Done</small></button>`;
}

/** @param {() => void} next @param {number|null} seconds */
function nextButton(next, seconds) {
  return html`<button class="button main" type="button" @click=${next}>
    次の方の記入へ<small>${seconds === null ? nothing : html`${seconds}秒でこの画面を消します <span lang="en">Cleared in ${seconds} s</span>`}</small>
  </button>`;
}

/** A tablet stays here; what the visitor may want later goes along on the own phone. */
function phoneNote() {
  return html`<p class="note">スマートフォンで読み取っておくと、あとから同意を取り消せます。
    <span class="en" lang="en">Scan it with your phone to be able to withdraw a consent later.</span></p>`;
}

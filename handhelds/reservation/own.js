/** @file How a visitor's own reservation looks: the QR code to show, when and where, what was agreed to, and the ways to change it. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { consents } from "../card/own.js";
import { formView } from "../form/view.js";
import { twiceButton } from "../twice.js";
import { about, sendButton, title } from "./view.js";
import { partyWords, wishList } from "./words.js";

/**
 * A visitor's own reservation (`GET own-reservations/{token}`).
 *
 * @typedef {object} OwnReservation
 * @property {string} token
 * @property {string} code
 * @property {"booked" | "arrived" | "cancelled"} state
 * @property {{adults: number, children: number}} party
 * @property {import("./words.js").Wish[]} wishes
 * @property {Record<string, string | string[] | boolean>} answers
 * @property {{consent: string, given: boolean, version: string, at: number, by: string}[]} consents
 * @property {number} changed_at
 */

/**
 * @typedef {object} Shown
 * @property {OwnReservation|null} own
 * @property {import("./entry.js").Entry|null} entry the form, while it is changed
 * @property {string|null} asked the consent whose withdrawal was pressed once
 * @property {boolean} sending
 * @property {{ja: string, en: string}|null} failure
 * @property {boolean} changed whether it was changed just now
 */

/**
 * @typedef {object} Presses
 * @property {() => void} again asks for the reservation anew
 * @property {() => void} change opens the form
 * @property {() => void} leave closes it
 * @property {() => void} cancel
 * @property {(consent: string|null) => void} ask the first press of a withdrawal, or leaving it be
 * @property {(consent: string) => void} withdraw the second
 * @property {import("../twice.js").Twice} twice
 */

/**
 * @param {Shown} shown
 * @param {Presses} presses
 * @returns {import("lit-html").TemplateResult}
 */
export function ownPage(shown, presses) {
  if (shown.entry) return changing(shown.entry, presses);
  const { own, failure } = shown;
  return html`${title({ ja: "予約の確認", en: "Your reservation" })}
    <main class="middle">
      <div class="own">
        ${failure ? failed(failure, own ? null : presses.again) : nothing}
        ${own ? reservation(shown, own, presses) : nothing}
      </div>
    </main>
    ${own?.state === "booked" ? html`<div class="foot no-print">${acts(shown, presses)}</div>` : nothing}`;
}

/** @param {Shown} shown @param {OwnReservation} own @param {Presses} presses */
function reservation(shown, own, presses) {
  if (own.state === "cancelled") return cancelled();
  if (own.state === "arrived") return html`${arrived()}${reserved(own, null)}${about()}${consents(shown, own, presses)}`;
  const words = shown.changed ? { ja: "変更しました", en: "Changed" } : { ja: "予約済み", en: "Reserved" };
  return html`${reserved(own, words)}${show(own)}${keep()}${about()}${consents(shown, own, presses)}`;
}

/** When and where, under what was done. @param {OwnReservation} own @param {{ja: string, en: string} | null} words */
function reserved(own, words) {
  return html`<section class="card when-where">
    ${words ? html`<div role="status"><h2>${icons.done}${words.ja} <span class="en" lang="en">${words.en}</span></h2></div>` : nothing}
    ${wishList(fair, own.wishes)}
    <p class="party-line">${partyWords(own.party)}</p>
  </section>`;
}

/** The page is all there is: no mail follows. */
function keep() {
  return html`<section class="card keep">
    <h2>このページを保存してください</h2>
    <p>メールはお送りしません。ブックマークするか、印刷・画面の保存をしておくと、あとから予約を見る・変える・取り消すことができます。</p>
    <p class="en" lang="en">No mail is sent. Bookmark, print or photograph this page: it is the only way back to your reservation.</p>
    <button type="button" class="button no-print" @click=${() => print()}>${icons.print}印刷する <span class="en" lang="en">Print</span></button>
  </section>`;
}

/** @param {OwnReservation} own */
function show({ token, code }) {
  const parts = `${code.slice(0, 4)} ${code.slice(4)}`;
  return html`<section class="card show">
    <h2>当日、受付で見せてください</h2>
    <p class="en" lang="en">Show this at the reception on the day.</p>
    <img class="show-qr" src=${`${page.base}/r/${token}/qr.svg`} alt="受付で読み取るQRコード" width="280" height="280">
    <p class="show-code"><span>予約番号 <span class="en" lang="en">Code</span></span> <strong aria-label=${[...code].join(" ")}>${parts}</strong></p>
  </section>`;
}

function arrived() {
  return html`<section class="card received" role="status">
    <h2>${icons.done}受付が済みました</h2>
    <p class="en" lang="en">You have been received. Please keep your number ticket.</p>
  </section>`;
}

function cancelled() {
  return html`<section class="card received" role="status">
    <h2>${icons.cancelled}予約を取り消しました</h2>
    <p>お預かりした回答は消去しました。</p>
    <p class="en" lang="en">The reservation is cancelled, and your answers are erased.</p>
    <p><a class="button" href="${page.base}/reserve">新しく予約する <span class="en" lang="en">Make a new one</span></a></p>
  </section>`;
}

/** What the thumb reaches: change, and cancelling in two presses. @param {Shown} shown @param {Presses} presses */
function acts({ sending }, { twice, change, cancel }) {
  if (sending) return html`<p class="main-rest" role="status">${icons.pending} 送っています <span class="en" lang="en">Sending</span></p>`;
  return html`<div class="own-acts">
    ${twiceButton({
      twice,
      key: "cancel",
      words: html`<span>予約を取り消す <span class="en" lang="en">Cancel</span></span>`,
      again: "もう一度押すと取り消します",
      act: cancel,
    })}
    <button type="button" class="button main" @click=${change}>予約を変更する<small lang="en">Change</small></button>
  </div>`;
}

/** @param {import("./entry.js").Entry} entry @param {Presses} presses */
function changing(entry, presses) {
  return html`${title({ ja: "予約の変更", en: "Change" })}
    <main class="middle"><div class="reserve">${formView(entry.form, () => void entry.send())}</div></main>
    <div class="foot"><div class="own-acts">
      <button type="button" class="button" @click=${presses.leave}>${icons.back}<span>変えない <span class="en" lang="en">Back</span></span></button>
      ${sendButton(entry, { ja: "この内容に変更する", en: "Save the change" })}
    </div></div>`;
}

/** @param {{ja: string, en: string}} failure @param {(() => void)|null} again */
function failed({ ja, en }, again) {
  return html`<div class="failed" role="alert">
    <strong>${ja}</strong>
    <p class="en" lang="en">${en}</p>
    ${again ? html`<button type="button" class="button" @click=${again}>もう一度 <span class="en" lang="en">Try again</span></button>` : nothing}
  </div>`;
}

/** @file How the private page of a card looks. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { show } from "./show.js";
import { title } from "./view.js";

/**
 * @typedef {object} Shown
 * @property {import("./view.js").OwnCard|null} own
 * @property {string|null} asked the consent whose withdrawal was pressed once
 * @property {boolean} sending
 * @property {{ja: string, en: string}|null} failure
 */

/**
 * @typedef {object} Presses
 * @property {() => void} again asks for the card anew
 * @property {(consent: string|null) => void} ask the first press of a withdrawal, or leaving it be
 * @property {(consent: string) => void} withdraw the second
 */

/**
 * @param {Shown} shown
 * @param {Presses} presses
 * @returns {import("lit-html").TemplateResult}
 */
export function ownPage(shown, presses) {
  const { own, failure } = shown;
  return html`${title(true)}
    <main class="own">
      ${failure ? failed(failure, own ? null : presses.again) : nothing}
      ${own ? html`${state(own)}${consents(shown, own, presses)}` : nothing}
    </main>`;
}

/** Before the number: what to show. After it: that it is done. @param {import("./view.js").OwnCard} own */
function state(own) {
  if (own.party === null) return html`<section class="card">${show(own)}</section>`;
  return html`<section class="card received">
    <h2>${icons.done}受付が済みました</h2>
    <p class="en" lang="en">You have been received. Please keep your number ticket.</p>
  </section>`;
}

/**
 * Every recipient with the decision that stands, and its withdrawal. A reservation's page has the same.
 *
 * @param {Pick<Shown, "asked" | "sending">} shown
 * @param {Pick<import("./view.js").OwnCard, "consents">} own
 * @param {Pick<Presses, "ask" | "withdraw">} presses
 */
export function consents(shown, own, presses) {
  return html`<section class="card consents" aria-labelledby="consents">
    <h2 id="consents">提供への同意 <span class="en" lang="en">Your consents</span></h2>
    ${fair.consents.map((consent) => row(shown, consent, own.consents.find((each) => each.consent === consent.key), presses))}
  </section>`;
}

/**
 * @param {Pick<Shown, "asked" | "sending">} shown
 * @param {import("client/page.js").FairConsent} consent
 * @param {import("./view.js").OwnCard["consents"][number]|undefined} decision
 * @param {Pick<Presses, "ask" | "withdraw">} presses
 */
function row(shown, consent, decision, presses) {
  const given = decision?.given === true;
  return html`<div class="consent-row" data-consent=${consent.key} data-given=${given}>
    <p><strong>${consent.recipient}</strong>
      <span>${given ? html`${icons.done}同意しています` : "同意していません"}
        <span class="en" lang="en">${given ? "Agreed" : "Not agreed"}</span>
        ${decision ? html`<span class="quiet">${moment(decision.at)}</span>` : nothing}</span></p>
    ${given && !shown.sending ? withdrawal(shown.asked === consent.key, consent.key, presses) : nothing}
  </div>`;
}

/** When a decision was made: a reservation's is weeks old. @param {number} at ms */
function moment(at) {
  const day = new Intl.DateTimeFormat("ja-JP", { month: "numeric", day: "numeric", timeZone: fair.timezone }).format(at);
  return `${day} ${formatTime(at, fair.timezone)}`;
}

/** One press asks, a second withdraws: there is no taking it back from here. @param {boolean} asked @param {string} key @param {Pick<Presses, "ask" | "withdraw">} presses */
function withdrawal(asked, key, presses) {
  if (!asked) {
    return html`<button type="button" class="button" @click=${() => presses.ask(key)}>同意を取り消す <span class="en" lang="en">Withdraw</span></button>`;
  }
  return html`<div class="buttons">
    <button type="button" class="button" @click=${() => presses.ask(null)}>やめる <span class="en" lang="en">Keep it</span></button>
    <button type="button" class="button chosen" @click=${() => presses.withdraw(key)}>取り消す <span class="en" lang="en">Withdraw</span></button>
  </div>`;
}

/** @param {{ja: string, en: string}} failure @param {(() => void)|null} again */
function failed({ ja, en }, again) {
  return html`<div class="failed" role="alert">
    <strong>${ja}</strong>
    <p class="en" lang="en">${en}</p>
    ${again ? html`<button type="button" class="button" @click=${again}>もう一度 <span class="en" lang="en">Try again</span></button>` : nothing}
  </div>`;
}

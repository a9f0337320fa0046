/** @file One reservation, opened: who, when, every answer, every decision, and what the desk can do for its visitor. */

import { formatTime } from "client/clock.js";
import { iconOf, icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { answerWords, partyWords, STATES, wishList } from "../reservation/words.js";
import { twiceButton } from "../twice.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Opened} Opened */

/** Characters of a reason (people/auditing/audit.py). */
const WHY_MAX = 500;

/** @param {Desk} desk @param {Opened} open @param {import("./views.js").Offers} offers */
export function openedPanel(desk, open, offers) {
  const { fair } = desk;
  const state = STATES[open.state];
  const fields = (fair.form?.fields ?? []).filter((field) => field.on.includes("reservation") && open.answers[field.key] !== undefined);
  return html`<section class="card opened">
      <p class="opened-head"><b>${open.code.slice(0, 4)} ${open.code.slice(4)}</b> <span class="member-state">${iconOf(state.icon)} ${state.ja} <span lang="en">${state.en}</span></span></p>
      ${wishList(fair, open.wishes)}
      <p class="party-line">${partyWords(open.party)}</p>
      <dl>${fields.map((field) => html`<dt>${field.ja}</dt><dd>${answerWords(fair, field, open.answers[field.key])}</dd>`)}</dl>
      <p class="made quiet">${moment(desk, open.made_at)} 受付（${author(open.made_by)}）
        ${open.changed_at === open.made_at ? nothing : html`・${moment(desk, open.changed_at)} 変更（${author(open.changed_by)}）`}
        ${open.novelty === null ? nothing : html`・${formatTime(open.novelty, fair.timezone)} 記念品`}</p>
    </section>
    <section class="card opened">
      <h2>提供への同意 <span lang="en">Consents</span></h2>
      ${fair.consents.map((consent) => decision(desk, open, consent, offers))}
    </section>`;
}

/** @param {Desk} desk @param {Opened} open @param {import("client/page.js").FairConsent} consent @param {import("./views.js").Offers} offers */
function decision(desk, open, consent, offers) {
  const held = open.consents.find((each) => each.consent === consent.key);
  const begun = desk.withdrawing === consent.key;
  const begin = () => {
    desk.withdrawing = consent.key;
    desk.changed();
  };
  return html`<div class="decision">
    <p><b>${consent.recipient}</b><br>
      ${held?.given ? html`${icons.done} 同意` : "同意なし"} ${held ? html`<span class="quiet">${moment(desk, held.at)}（${author(held.by)}）</span>` : nothing}</p>
    ${held?.given && offers.withdraw && !begun ? html`<button type="button" class="button" @click=${begin}>同意を取り消す</button>` : nothing}
    ${begun ? withdrawal(desk, consent.key) : nothing}
  </div>`;
}

/** The reason is asked for: it stands in the audit record. @param {Desk} desk @param {string} key */
function withdrawal(desk, key) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const why = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("why") ?? "").trim();
    if (why) void desk.withdraw(key, why);
  };
  const leave = () => {
    desk.withdrawing = "";
    desk.changed();
  };
  return html`<form class="why" @submit=${submit}>
    <label class="field">取り消すわけ（お名前は書かない） <input name="why" maxlength=${WHY_MAX} required autocomplete="off" placeholder="電話で申し出"></label>
    <div class="buttons">
      <button type="button" class="button" @click=${leave}>やめる</button>
      <button type="submit" class="button chosen" aria-disabled=${desk.busy}>同意を取り消す</button>
    </div>
  </form>`;
}

/** What the thumb reaches. @param {Desk} desk @param {Opened} open @param {import("../twice.js").Twice} twice */
export function openedActs(desk, open, twice) {
  if (open.state !== "booked") return nothing;
  return html`${twiceButton({ twice, key: "cancel", words: "予約を取り消す", again: "もう一度押すと取り消します", act: () => void desk.cancel() })}
    <button type="button" class="button main" @click=${() => desk.write()}>予約を変更する</button>`;
}

/** @param {Desk} desk @param {number} at ms */
function moment({ fair }, at) {
  const day = new Intl.DateTimeFormat("ja-JP", { month: "numeric", day: "numeric", timeZone: fair.timezone }).format(at);
  return `${day} ${formatTime(at, fair.timezone)}`;
}

/** @param {string} by */
function author(by) {
  return by === "visitor" ? "ご本人" : by;
}

/** @file The set-up page, opened once by the link of the first start: the first chief, their PIN and badge, and this device. */

import { ask } from "client/ask.js";
import { CommandError, commandId } from "client/post.js";
import { fair, page } from "client/page.js";
import { html, nothing, render } from "client/view.js";
import { door, faultNote, takeFragment } from "./door.js";
import { qrCode } from "./qr-code.js";

const root = /** @type {HTMLElement} */ (document.getElementById("set-up"));
const token = takeFragment();

/** Pressed again after a lost answer, it is the same set-up and the same badge. */
const id = commandId();

const NO_TOKEN = Object.freeze({
  ja: "このページは、サーバーの起動時に表示されたリンクから開いてください。",
  en: "Open this page by the link that the server printed when it started.",
});

/** @type {{sending: boolean, fault: {ja: string, en: string} | null, name: string, made: {id: string, badge: string} | null}} */
const state = { sending: false, fault: token ? null : NO_TOKEN, name: "", made: null };

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  if (state.sending) return;
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const [person, kana, pin, again] = ["person", "kana", "pin", "again"].map((name) => String(form.get(name)));
  Object.assign(state, { sending: true, fault: null, name: person });
  draw();
  try {
    state.made = await ask("/set-up", { token, person, kana, pin, again }, id);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    state.fault = error.code === "invalid_arguments" ? { ja: "氏名と、6桁の数字の暗証番号を入れてください。", en: "A name, and a PIN of six digits." } : error;
  }
  state.sending = false;
  draw();
  root.querySelector(".failed")?.scrollIntoView({ block: "nearest" });
}

function draw() {
  render(state.made ? badgePage(state.made) : formPage(), root);
}

function formPage() {
  return door({
    title: "初期設定",
    english: "Set-up",
    body: html`
      <section class="card lead">
        <h2>はじめの統括責任者を登録します</h2>
        <p lang="en">Make the first chief of this fair</p>
        <p class="hint">この端末も登録されます。ほかのスタッフと端末は、このあと統括責任者が登録します。</p>
      </section>
      ${faultNote(state.fault)}
      <form id="chief" class="card fields" @submit=${submit}>
        ${field("person", "氏名", "Name", { autocomplete: "name", maxlength: 40 })}
        ${field("kana", "ふりがな（なくても可）", "Reading, optional", { maxlength: 40 })}
        ${field("pin", "暗証番号（6桁の数字）", "PIN, six digits", { secret: true, maxlength: 6 })}
        ${field("again", "暗証番号をもう一度", "The same PIN once more", { secret: true, maxlength: 6 })}
        <p class="hint">並び（123456）や繰り返し（111111）は使えません。</p>
      </form>
    `,
    foot: token
      ? html`<button type="submit" form="chief" class="button main" aria-disabled=${state.sending}>登録する<small lang="en">Register</small></button>`
      : nothing,
  });
}

/**
 * @param {string} name
 * @param {string} ja
 * @param {string} en
 * @param {{autocomplete?: string, maxlength: number, secret?: boolean}} how
 */
function field(name, ja, en, { autocomplete, maxlength, secret }) {
  return html`<label class="field">${ja} <span lang="en">${en}</span>
    <input name=${name} type=${secret ? "password" : "text"} inputmode=${secret ? "numeric" : "text"} maxlength=${maxlength}
      autocomplete=${secret ? "new-password" : (autocomplete ?? "off")} />
  </label>`;
}

/** @param {{id: string, badge: string}} made */
function badgePage({ id: member, badge }) {
  const fragment = badge.slice(badge.indexOf("#"));
  return door({
    title: "初期設定",
    english: "Set-up",
    body: html`
      <section class="badge-card">
        <p>${fair.name}</p>
        <h2>${state.name}</h2>
        <p>統括責任者 · ${member}</p>
        ${qrCode(badge, "統括責任者の名札のQRコード")}
        <p>個人情報の持ち出し禁止・紛失時はただちに申し出てください</p>
      </section>
      <p class="hint no-print">この名札は今だけ表示されます。印刷するか、このQRコードを撮っておいてください。サインインには名札と暗証番号の両方が要ります。
        <span lang="en">This badge is shown only now. Print it, or photograph the code.</span></p>
      <button type="button" class="button wide no-print" @click=${() => window.print()}>名札を印刷する <span lang="en">Print</span></button>
    `,
    foot: html`<a class="button main" href="${page.base}/sign-in${fragment}">サインインへ<small lang="en">Go on to sign in</small></a>`,
  });
}

draw();

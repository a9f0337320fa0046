/** @file The whole register page: the list, and beside it (below 1024 px instead of it) what is open. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { faultNote } from "../door.js";
import { twiceButton } from "../twice.js";
import { FORM_ID, memberForm } from "./form.js";
import { memberList } from "./list.js";
import { memberPanel } from "./member.js";
import { sheetPanel } from "./sheet.js";

/** @typedef {import("./register.js").Register} Register */
/** @typedef {{register: Register, twice: import("../twice.js").Twice, draft: import("./form.js").Draft, changed: () => void}} Parts */

/** Who may write the register; the server decides, this only leaves out what it would refuse. */
const MAY = { write: page.me.roles.includes("chief"), revoke: true };

/** @param {Parts} parts */
export function staffPage(parts) {
  const { register } = parts;
  return html`
    <header class="header">
      <a class="button plain" href="${page.base}/" aria-label="はじめのページ">${icons.back}</a>
      <h1 class="header-title">スタッフ<span class="header-detail" lang="en">Staff</span></h1>
      <span class="header-fair">${fair.name}</span>
    </header>
    <main class="middle register" data-view=${register.view}>
      <section class="register-list">${listPart(parts)}</section>
      <section class="register-open">${openPart(parts)}</section>
    </main>
    <footer class="foot">${foot(parts)}</footer>
  `;
}

/** @param {Parts} parts */
function listPart({ register }) {
  const count = register.members?.length;
  return html`
    <div class="list-head">
      <h2>${count === undefined ? "読み込み中" : html`${count}名`} <span class="quiet" lang="en">${count === undefined ? "Loading" : "members"}</span></h2>
      ${MAY.write
        ? html`<button type="button" class="button" @click=${() => register.go("write")}>${icons.add} 追加</button>
            <button type="button" class="button" @click=${() => register.go("import")}>取り込み</button>`
        : nothing}
    </div>
    ${register.view === "list" ? told(register) : nothing} ${memberList(register, MAY.write)}
  `;
}

/** @param {Parts} parts */
function openPart({ register, twice, draft, changed }) {
  const { member, view } = register;
  if (view === "list") return html`<p class="open-rest">名前を押すと、ここに開きます <span lang="en">Press a name to open it here</span></p>`;
  const inner =
    view === "import"
      ? sheetPanel(register)
      : view === "write"
        ? memberForm(register, draft, changed)
        : member && memberPanel(register, member, twice, MAY);
  return html`${told(register)} ${inner}`;
}

/** @param {Register} register */
function told(register) {
  return html`${faultNote(register.fault)}${register.note ? html`<p class="note" role="status">${icons.done} ${register.note}</p>` : nothing}`;
}

/** @param {Parts} parts */
function foot({ register, twice }) {
  const back = html`<button type="button" class="button back" @click=${() => register.go("list")}>${icons.back} 一覧</button>`;
  if (register.view === "write") {
    return html`<div class="foot-acts">${back}
      <button type="submit" form=${FORM_ID} class="button main" aria-disabled=${register.busy}>${register.open ? "変更する" : "登録する"}</button></div>`;
  }
  if (register.view !== "list") return html`<div class="foot-acts">${back}</div>`;
  if (!MAY.write) return nothing;
  const count = register.chosen.size;
  return html`<div class="foot-acts">
    <button type="button" class="button" @click=${() => register.chooseAll()}>全員を選ぶ</button>
    ${count
      ? twiceButton({
          twice,
          key: "print",
          words: html`${icons.print} 名札を作る ${count}名`,
          again: "もう一度押すと前の名札が無効になります",
          act: () => void register.printBadges(),
        })
      : html`<p class="main-rest">名札を作る人を選んでください</p>`}
  </div>`;
}

/** @file The whole page of the staff's reservations: the list, and beside it (below 1024 px instead of it) what is open. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { faultNote } from "../door.js";
import { formView } from "../form/view.js";
import { sendButton } from "../reservation/view.js";
import { places, rowList, searchField } from "./list.js";
import { openedActs, openedPanel } from "./opened.js";
import { exportPanel, importPanel } from "./sheets.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * What this page offers; the server decides, this only leaves out what it would refuse.
 *
 * @typedef {{write: boolean, withdraw: boolean, import: boolean, export: boolean}} Offers
 */

/** @type {Offers} */
const offers = page.offers ?? { write: false, withdraw: false, import: false, export: false };

/** @param {Desk} desk @param {import("../twice.js").Twice} twice */
export function reservationsPage(desk, twice) {
  return html`
    <header class="header">
      <a class="button plain" href="${page.base}/" aria-label="はじめのページ">${icons.back}</a>
      <h1 class="header-title">予約<span class="header-detail" lang="en">Reservations</span></h1>
      <span class="header-fair">${fair.name}</span>
    </header>
    <main class="middle register" data-view=${desk.view} data-listed=${desk.listed}>
      <section class="register-list">${listPart(desk)}</section>
      <section class="register-open">${openPart(desk, twice)}</section>
    </main>
    <div class="foot">${foot(desk, twice)}</div>
  `;
}

/** @param {Desk} desk */
function listPart(desk) {
  const { parties, persons } = desk.total();
  const loading = desk.bookings === null;
  return html`
    <div class="list-head">
      <h2>${loading ? "読み込み中" : html`${parties}組 ${persons}名`} <span class="quiet" lang="en">${loading ? "Loading" : "parties, persons"}</span></h2>
      ${offers.import ? html`<button type="button" class="button" @click=${() => desk.go("import")}>取り込み</button>` : nothing}
      ${offers.export ? html`<button type="button" class="button" @click=${() => desk.go("export")}>書き出し</button>` : nothing}
    </div>
    ${searchField(desk)}
    ${desk.view === "list" ? told(desk) : nothing}
    ${places(desk)}
    ${desk.listed ? rowList(desk) : nothing}
  `;
}

/** @param {Desk} desk @param {import("../twice.js").Twice} twice */
function openPart(desk, twice) {
  const { entry, open, view } = desk;
  if (view === "list") return html`<p class="open-rest">時間か相談先を選び、お名前を押すと、ここに開きます <span lang="en">Choose a time or queue, then a name</span></p>`;
  const inner =
    view === "write"
      ? entry && formView(entry.form, () => void entry.send())
      : view === "import"
        ? importPanel(desk, twice)
        : view === "export"
          ? exportPanel(desk)
          : open && openedPanel(desk, open, offers);
  return html`${told(desk)} ${inner}`;
}

/** @param {Desk} desk */
function told(desk) {
  return html`${faultNote(desk.fault)}${desk.note ? html`<p class="note" role="status">${icons.done} ${desk.note}</p>` : nothing}`;
}

/** @param {Desk} desk @param {import("../twice.js").Twice} twice */
function foot(desk, twice) {
  const { entry, open, view } = desk;
  if (view === "list") {
    if (!offers.write) return nothing;
    return html`<div class="foot-acts one"><button type="button" class="button main" @click=${() => desk.write()}>予約を代わりに入力する</button></div>`;
  }
  const back = html`<button type="button" class="button back" @click=${() => desk.go("list")}>${icons.back} 一覧</button>`;
  if (view === "write" && entry) {
    const words = open ? { ja: "この内容に変更する", en: "Save the change" } : { ja: "この内容で予約する", en: "Reserve" };
    const leave = html`<button type="button" class="button" @click=${() => (open ? void desk.openOne(open.id) : desk.go("list"))}>${icons.back} やめる</button>`;
    return html`<div class="foot-acts">${leave}${sendButton(entry, words)}</div>`;
  }
  if (view === "open" && open && offers.write) return html`<div class="foot-acts three">${back}${openedActs(desk, open, twice)}</div>`;
  return html`<div class="foot-acts">${back}</div>`;
}

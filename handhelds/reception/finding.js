/** @file The search field and its keys: a number on the keypad; in a real fair a code or a name as well, typed or scanned. */

import { liveValue } from "client/directives.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { actWords } from "client/words.js";
import { keypad } from "./keypad.js";
import { neighbours, plain } from "./lookup.js";
import { mainButton, mainRest } from "./main.js";

/** @typedef {import("./views.js").Scene} Scene */
/** @typedef {Scene["desk"]} Desk */

/** Characters of a number on a ticket. */
const NUMBER_MAX = 6;

/** Characters of a private link, as a hand scanner types it. */
const TEXT_MAX = 200;

/** What the field keeps of what was typed: numbers alone where nothing else can be looked for. @param {Desk} desk @param {string} typed */
function kept(desk, typed) {
  return desk.arrival === null ? plain(typed) : typed;
}

/** @param {Desk} desk */
export function findField(desk) {
  const { arrival, lettered } = desk;
  return html`<div class="search-field ${lettered ? "lettered" : ""}">
    <label>
      ${icons.search}<span class="visually-hidden">${arrival === null ? actWords.search.ja : "番号・予約を探す"}</span>
      <input
        type="text"
        inputmode=${lettered ? "text" : "none"}
        autocomplete="off"
        maxlength=${arrival === null ? NUMBER_MAX : TEXT_MAX}
        data-focus
        .value=${liveValue(desk.typed)}
        @input=${(/** @type {any} */ event) => desk.type(kept(desk, event.target.value))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => keyed(desk, event)}
      />
    </label>
    ${desk.typed === ""
      ? nothing
      : html`<button type="button" class="button plain" @click=${() => desk.type("")}>${icons.close}${actWords.erase.ja}</button>`}
  </div>`;
}

/** Enter looks for what was typed or scanned; that which only ends a conversion from kana does not. @param {Desk} desk @param {KeyboardEvent} event */
function keyed(desk, event) {
  if (event.key === "Escape") desk.next();
  if (event.key === "Enter" && !event.isComposing) void desk.arrival?.look(desk.typed);
}

/** What stands at the thumb. @param {Desk} desk */
export function findKeys(desk) {
  const { arrival, camera } = desk;
  if (desk.lettered && arrival !== null) return letterFoot(desk, arrival);
  return keypad({
    typed: desk.typed,
    type: (typed) => desk.type(kept(desk, typed)),
    leave: () => desk.next(),
    letter: arrival && (() => desk.letter(true)),
    scan: arrival && camera && (() => desk.show("scan")),
  });
}

/** The device's own keyboard is up: little else has room. @param {Desk} desk @param {import("./arrival.js").Arrival} arrival */
function letterFoot(desk, arrival) {
  return html`<div class="buttons letter-foot">
      <button type="button" class="button" @click=${() => desk.letter(false)}>数字で探す</button>
      <button type="button" class="button" @click=${() => desk.next()}>受付に戻る</button>
    </div>
    ${desk.sending.pending
      ? mainRest("探しています")
      : desk.typed.trim() === ""
        ? mainRest("ふりがな、またはコードを入れてください")
        : mainButton(desk, "予約を探す", () => void arrival.look(desk.typed), "ふりがな・コード")}`;
}

/** Nobody has the number (yet): the numbers that begin like it. @param {Desk} desk @param {any} board */
export function notFound(desk, board) {
  if (desk.lettered) return html`<p class="hint" role="status">名前のはじめのかな、または予約・受付カードのコードで探します</p>`;
  if (desk.typed === "") {
    return html`<p class="hint" role="status">整理券の番号を入れてください${desk.arrival === null ? nothing : html`<br>コードリーダーでも読み取れます`}</p>`;
  }
  if (desk.typed.length > NUMBER_MAX) return html`<p class="hint" role="status">読み取りが終わると、予約とカードを探します</p>`;
  return html`<p class="hint" role="status">${desk.typed}番の整理券はありません</p>
    <div class="near">
      ${neighbours(board, desk.typed).map(
        (number) => html`<button type="button" class="button" @click=${() => desk.type(number)}>${number}</button>`,
      )}
    </div>`;
}

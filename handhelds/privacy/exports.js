/** @file 提供: exports of personal data, asked for by one person, approved by another, given out once. */

import { ask, read } from "client/ask.js";
import { repeat } from "client/directives.js";
import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { twiceButton } from "../twice.js";
import { NO_NAMES, Part, facts, form, heading, line, told } from "./part.js";
import { may, moment, save } from "./words.js";

/**
 * @typedef {object} Export
 * @property {number} number
 * @property {"requested" | "approved" | "refused" | "made"} state
 * @property {string} recipient
 * @property {string} purpose
 * @property {string} reason
 * @property {string[]} kinds
 * @property {boolean} unserved only parties that were not served by the closing
 * @property {string} by
 * @property {number} at
 * @property {string | null} decided_by
 * @property {number | null} decided_at
 * @property {number | null} made_at
 * @property {number | null} persons
 * @property {number | null} records
 * @property {string | null} sha256
 * @property {string | null} file
 */

/** @typedef {{by: string, at: number, reason: string}} Freeze */

const STATES = Object.freeze({
  requested: { ja: "承認待ち", icon: icons.pending },
  approved: { ja: "承認済み・未作成", icon: icons.soon },
  refused: { ja: "却下", icon: icons.cancelled },
  made: { ja: "提供済み", icon: icons.done },
});

/** @type {Record<string, string>} */
const KINDS = Object.freeze({ reservation: "予約", card: "受付カード" });

/** Of those who consent: everybody, or for follow-up those who still waited. @type {Record<string, string>} */
const WHO = Object.freeze({ all: "同意した方すべて", unserved: "閉場までに順番が来なかった方だけ（後日のご連絡）" });

/** Every export, and the freeze. */
export class Exports extends Part {
  /** @type {Export[]} */
  list = [];
  /** @type {Freeze | null} */
  freeze = null;
  /** The password that is shown now, of which export. @type {{number: number, password: string} | null} */
  password = null;

  load() {
    return this.doing(() => this.read());
  }

  async read() {
    const { exports, freeze } = await read("/exports");
    this.list = exports;
    this.freeze = freeze;
  }

  /** @param {FormData} data @param {HTMLFormElement} element */
  request(data, element) {
    return this.doing(async () => {
      const asked = { recipient: data.get("recipient"), purpose: data.get("purpose"), reason: data.get("reason"), kinds: data.getAll("kinds") };
      await ask("/exports", { ...asked, unserved: data.get("who") === "unserved" });
      element.reset();
      await this.read();
      return "申請しました。ほかの担当者の承認を受けてください";
    });
  }

  /** @param {number} number */
  approve(number) {
    return this.doing(async () => {
      const { password } = await ask(`/exports/${number}/approve`, {});
      this.password = { number, password };
      await this.read();
    });
  }

  /** @param {number} number */
  refuse(number) {
    return this.doing(async () => {
      await ask(`/exports/${number}/refuse`, {});
      await this.read();
      return `第${number}号を却下しました`;
    });
  }

  /** @param {number} number */
  take(number) {
    return this.doing(async () => {
      save(await ask(`/exports/${number}/file`, {}), `export-${fair.slug}-${number}.xlsx`);
      await this.read();
      return "ファイルを渡しました。二度は作れません";
    });
  }

  /** @param {number} number */
  receipt(number) {
    return this.doing(async () => save(await read(`/exports/${number}/receipt.pdf`), `receipt-${number}.pdf`));
  }

  /** @param {string} reason @param {boolean} stop */
  setFreeze(reason, stop) {
    return this.doing(async () => {
      const { freeze } = await ask(stop ? "/exports/freeze" : "/exports/lift", { reason });
      this.freeze = freeze;
      return stop ? "提供を停止しました" : "提供を再開しました";
    });
  }

  hidePassword() {
    this.password = null;
    this.changed();
  }
}

/** @param {Exports} exports @param {import("../twice.js").Twice} twice */
export function exportsView(exports, twice) {
  return html`<section class="wide">
      ${told(exports)} ${frozenBar(exports)}
      ${exports.list.length === 0 && !exports.busy ? html`<p class="rest">提供の申請はありません <span lang="en">No exports yet</span></p>` : nothing}
      ${repeat(exports.list, (each) => each.number, (each) => exportCard(each, exports, twice))}
    </section>
    <aside>${may("request-export") ? requestCard(exports) : nothing} ${freezeCard(exports)}</aside>`;
}

/** @param {Exports} exports */
function frozenBar({ freeze }) {
  if (!freeze) return nothing;
  return html`<p class="frozen" role="status">${icons.paused} <b>提供は停止中です</b> <span lang="en">Exports are frozen</span>
    <span>${moment(freeze.at)}　${freeze.by}　${freeze.reason}</span></p>`;
}

/** @param {Export} each @param {Exports} exports @param {import("../twice.js").Twice} twice */
function exportCard(each, exports, twice) {
  const { number, state } = each;
  const words = STATES[state];
  const shown = exports.password?.number === number ? exports.password.password : "";
  const recipient = fair.consents.find((consent) => consent.key === each.recipient)?.recipient ?? each.recipient;
  return html`<article class="card export">
    <header><h2>提供第${number}号</h2><p class="state">${words.icon} ${words.ja}</p></header>
    ${facts([
      ["提供先", "Recipient", recipient],
      ["目的", "Purpose", each.purpose],
      ["理由", "Reason", each.reason],
      ["対象", "Records", each.kinds.map((kind) => KINDS[kind]).join("・")],
      ["範囲", "Who", WHO[each.unserved ? "unserved" : "all"]],
      ["申請", "Asked", `${each.by}　${moment(each.at)}`],
      [state === "refused" ? "却下" : "承認", "Decided", each.decided_by && `${each.decided_by}　${moment(each.decided_at ?? 0)}`],
      ["提供", "Made", each.made_at && `${moment(each.made_at)}　${each.records}組 ${each.persons}名`],
      ["SHA-256", "File", each.sha256 && html`<span class="chain">${each.sha256}</span>`],
    ])}
    ${shown ? passwordPlate(shown, exports) : nothing} ${exportActs(each, exports, twice)}
  </article>`;
}

/** @param {string} password @param {Exports} exports */
function passwordPlate(password, exports) {
  return html`<div class="password" role="status">
    <p><b>パスワードは今だけ表示します</b> <span lang="en">Shown now only</span></p>
    <p class="password-letters">${password}</p>
    <p>書き取り、ファイルとは別の方法で提供先に伝えてください。申請した人には渡しません。</p>
    <button type="button" class="button" @click=${() => exports.hidePassword()}>${icons.done} 書き取りました</button>
  </div>`;
}

/** @param {Export} each @param {Exports} exports @param {import("../twice.js").Twice} twice */
function exportActs({ number, state, by }, exports, twice) {
  const mine = by === page.me.id;
  if (state === "requested" && mine) return html`<p class="hint">承認は、ほかの担当者が行います。</p>`;
  if (state === "requested" && may("approve-export")) {
    return html`<div class="acts two">
      ${twiceButton({ twice, key: `refuse ${number}`, words: html`${icons.cancelled} 却下`, again: "もう一度押すと却下します", act: () => void exports.refuse(number) })}
      ${twiceButton({ twice, key: `approve ${number}`, words: html`${icons.done} 承認`, again: "もう一度押すと承認します", act: () => void exports.approve(number) })}
    </div>`;
  }
  if (state === "approved" && mine) {
    return html`<div class="acts">
      ${twiceButton({ twice, key: `take ${number}`, words: "ファイルを受け取る（一度だけ）", again: "もう一度押すと受け取ります", act: () => void exports.take(number) })}
    </div>`;
  }
  if (state === "made" && may("request-export")) {
    return html`<div class="acts"><button type="button" class="button" @click=${() => exports.receipt(number)}>${icons.print} 預り証</button></div>`;
  }
  return nothing;
}

/** @param {Exports} exports */
function requestCard(exports) {
  const fields = html`
    <fieldset class="field"><legend>提供先 <span lang="en">Recipient</span></legend>
      <div class="choices">${fair.consents.map(
        ({ key, recipient }) => html`<label class="choice"><input type="radio" name="recipient" value=${key} required /><span>${recipient}</span></label>`,
      )}</div></fieldset>
    <fieldset class="field"><legend>対象の記録 <span lang="en">Records</span></legend>
      <div class="choices">${Object.entries(KINDS).map(
        ([key, ja]) => html`<label class="choice"><input type="checkbox" name="kinds" value=${key} checked /><span>${ja}</span></label>`,
      )}</div></fieldset>
    <fieldset class="field"><legend>範囲 <span lang="en">Who</span></legend>
      <div class="choices">${Object.entries(WHO).map(
        ([key, ja]) => html`<label class="choice"><input type="radio" name="who" value=${key} ?checked=${key === "all"} /><span>${ja}</span></label>`,
      )}</div>
      <p class="hint">順番が来なかった方の一覧は、すべての発券が止まってから受け取れます。並んでいた相談先も載ります。</p></fieldset>
    ${line({ name: "purpose", ja: "利用目的", en: "Purpose", max: 200 })}
    ${line({ name: "reason", ja: "申請の理由", en: "Reason", max: 500, hint: NO_NAMES })}
  `;
  const button = html`<button type="submit" class="button main" aria-disabled=${exports.busy}>申請する</button>`;
  return html`<div class="card">
    ${heading("提供を申請", "Ask for an export")}
    <p class="hint">その提供先に同意している方だけが、受け取る時点の最新の同意で選ばれます。</p>
    ${form(fields, button, (data, element) => void exports.request(data, element))}
  </div>`;
}

/** @param {Exports} exports */
export function freezeCard(exports) {
  const stop = !exports.freeze;
  if (!may(stop ? "freeze-exports" : "approve-export")) return nothing;
  const fields = line({ name: "reason", ja: stop ? "停止の理由" : "再開の理由", en: "Reason", max: 500, hint: NO_NAMES });
  const button = html`<button type="submit" class="button" aria-disabled=${exports.busy}>
    ${stop ? icons.paused : icons.soon} ${stop ? "すべての提供を停止する" : "提供を再開する"}</button>`;
  /** @param {FormData} data @param {HTMLFormElement} element */
  const send = (data, element) => {
    void exports.setFreeze(String(data.get("reason")), stop).then(() => exports.fault === null && element.reset());
  };
  return html`<div class="card">${heading(stop ? "提供の停止" : "提供の再開", stop ? "Freeze exports" : "Lift the freeze")} ${form(fields, button, send)}</div>`;
}

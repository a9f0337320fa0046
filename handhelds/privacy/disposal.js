/** @file 消去: the inventory, the application, the approval by somebody else, the steps, and the written record. */

import { ask, read } from "client/ask.js";
import { icons } from "client/icons.js";
import { page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { twiceButton } from "../twice.js";
import { NO_NAMES, Part, facts, form, heading, line, told } from "./part.js";
import { may, moment, save } from "./words.js";

/** @typedef {{step: string, ja: string, en: string, at: number | null, result: Record<string, any>}} Step */
/** @typedef {{kind: string, english: string, count: number, where: string, medium: string}} Kept */
/**
 * @typedef {object} State
 * @property {"none" | "applied" | "approved" | "running" | "done"} phase
 * @property {string | null} applied_by
 * @property {number | null} applied_at
 * @property {string} reason
 * @property {string | null} approved_by
 * @property {number | null} approved_at
 * @property {string | null} deadline
 * @property {Step[]} steps
 * @property {Kept[]} inventory
 * @property {import("./words.js").Word[]} limits
 */

const PHASES = Object.freeze({
  none: "まだ申請されていません",
  applied: "承認待ちです",
  approved: "承認されました。実行できます",
  running: "実行の途中です。続きから行えます",
  done: "消去しました",
});

/** How far it has come. */
export class Disposal extends Part {
  /** @type {State | null} */
  state = null;

  load() {
    return this.doing(async () => {
      this.state = await read("/disposal");
    });
  }

  /** @param {string} path @param {object} args */
  act(path, args) {
    return this.doing(async () => {
      this.state = await ask(`/disposal/${path}`, args);
    });
  }

  /** One step after the other; each is on record before the next begins, so that it can go on from anywhere. */
  run() {
    return this.doing(async () => {
      while (this.state?.phase !== "done") {
        this.state = await ask("/disposal/step", {});
        this.changed();
      }
    });
  }

  print() {
    return this.doing(async () => save(await read("/disposal/application.pdf"), "disposal-application.pdf"));
  }

  /** @param {FormData} data */
  record(data) {
    const names = { carried_out_by: data.get("carried_out_by"), approved_by: data.get("approved_by") };
    return this.doing(async () => save(await ask("/disposal/record", names), "disposal-record.pdf"));
  }
}

/** @param {Disposal} disposal @param {import("../twice.js").Twice} twice */
export function disposalView(disposal, twice) {
  const { state } = disposal;
  if (!state) return html`<section class="wide">${told(disposal)}</section>`;
  return html`<section class="wide">
      ${told(disposal)}
      <div class="card">
        ${heading("手順", "Steps")}
        <ol class="steps">${state.steps.map((step, index) => stepRow(step, index, state, disposal.busy))}</ol>
      </div>
      ${state.phase === "done" ? limitsCard(state) : nothing} ${inventoryCard(state)}
    </section>
    <aside>${actCard(state, disposal, twice)}</aside>`;
}

/** @param {Step} step @param {number} index @param {State} state @param {boolean} busy */
function stepRow(step, index, state, busy) {
  const next = state.steps.findIndex(({ at }) => at === null) === index;
  const running = busy && next && ["approved", "running"].includes(state.phase);
  return html`<li class="step ${step.at === null ? "" : "done"}">
    <span class="step-mark">${step.at === null ? (running ? icons.pending : index + 1) : icons.done}</span>
    <div><b>${step.ja}</b> <span lang="en">${step.en}</span>
      ${step.at === null ? nothing : html`<p>${moment(step.at)}　${resultWords(step)}</p>`}</div>
  </li>`;
}

/** @param {Step} step */
function resultWords({ step, result }) {
  switch (step) {
    case "count":
      return `${Object.values(result.counts).reduce((sum, each) => sum + each, 0)}件`;
    case "key":
      return result.in_files ? `鍵${result.files}個、写し${result.copies}個を消去` : "鍵は環境変数にあり、消去できません";
    case "records":
      return `記録${result.records}件、リンク${result.links}件を削除`;
    case "files":
      return result.why_not.length ? result.why_not.join("、") : "書き直しました";
    case "search":
      return `${result.searched.length}か所を検索、発見0件`;
    default:
      return "";
  }
}

/** @param {State} state */
function limitsCard({ limits }) {
  return html`<div class="card">${heading("このプログラムで確かめられないこと", "What no program can prove")}
    <ul class="rows">${limits.map(({ ja, en }) => html`<li>${ja}<p lang="en">${en}</p></li>`)}</ul></div>`;
}

/** @param {State} state */
function inventoryCard({ inventory }) {
  return html`<div class="card">${heading("いま保管しているもの", "What is kept now")}
    <table class="inventory"><thead><tr><th>種類 <span lang="en">Kind</span></th><th>件数 <span lang="en">Count</span></th><th>場所 <span lang="en">Where</span></th></tr></thead>
      <tbody>${inventory.map(
        ({ kind, english, count, where, medium }) =>
          html`<tr><td>${kind}<span lang="en">${english}</span></td><td>${count}件</td><td>${where}<span class="hint">${medium}</span></td></tr>`,
      )}</tbody></table></div>`;
}

/** @param {State} state @param {Disposal} disposal @param {import("../twice.js").Twice} twice */
function actCard(state, disposal, twice) {
  return html`<div class="card">
    ${heading("個人情報の消去", "Disposal")}
    <p class="phase" role="status"><b>${PHASES[state.phase]}</b></p>
    ${facts([
      ["期限", "Deadline", state.deadline],
      ["申請", "Applied", state.applied_by && `${state.applied_by}　${moment(state.applied_at ?? 0)}`],
      ["理由", "Reason", state.reason],
      ["承認", "Approved", state.approved_by && `${state.approved_by}　${moment(state.approved_at ?? 0)}`],
    ])}
    ${acts(state, disposal, twice)}
  </div>`;
}

/** @param {State} state @param {Disposal} disposal @param {import("../twice.js").Twice} twice */
function acts(state, disposal, twice) {
  const asks = may("request-disposal");
  const paper = asks && state.phase !== "none" && state.phase !== "done"
    ? html`<button type="button" class="button" @click=${() => disposal.print()}>${icons.print} 消去申請書（PDF）</button>`
    : nothing;
  if (state.phase === "none" && asks) {
    const field = line({ name: "reason", ja: "申請の理由", en: "Reason", max: 500, hint: NO_NAMES });
    const button = html`<button type="submit" class="button main" aria-disabled=${disposal.busy}>消去を申請する</button>`;
    return form(field, button, (data) => void disposal.act("apply", { reason: data.get("reason") }));
  }
  if (state.phase === "applied") return html`<div class="acts">${paper} ${decide(state, disposal, twice)}</div>`;
  if ((state.phase === "approved" || state.phase === "running") && asks) {
    return html`<p class="hint">取り消せません。個人情報は二度と読めなくなります。来場者数などの集計は残ります。</p>
      <div class="acts">${paper}
        ${twiceButton({ twice, key: "run", words: state.phase === "running" ? "続きを実行する" : "消去を実行する", again: "もう一度押すと消去します", act: () => void disposal.run() })}
      </div>`;
  }
  return state.phase === "done" && asks ? recordForm(disposal) : nothing;
}

/** @param {State} state @param {Disposal} disposal @param {import("../twice.js").Twice} twice */
function decide(state, disposal, twice) {
  const mine = state.applied_by === page.me.id;
  return html`
    ${mine ? html`<p class="hint">承認は、ほかの担当者が行います。</p>` : nothing}
    ${!mine && may("approve-disposal")
      ? twiceButton({ twice, key: "approve", words: html`${icons.done} 承認する`, again: "もう一度押すと承認します", act: () => void disposal.act("approve", {}) })
      : nothing}
    ${may("request-disposal")
      ? html`<button type="button" class="button" aria-disabled=${disposal.busy} @click=${() => disposal.act("withdraw", {})}>${icons.undo} 申請を取り下げる</button>`
      : nothing}
  `;
}

/** @param {Disposal} disposal */
function recordForm(disposal) {
  const fields = html`<p class="hint">名簿も消去されたため、記録に載せるお名前を入れてください。どこにも保存しません。</p>
    ${line({ name: "carried_out_by", ja: "実施した者", en: "Carried out by", max: 80 })}
    ${line({ name: "approved_by", ja: "承認した者", en: "Approved by", max: 80 })}`;
  const button = html`<button type="submit" class="button main" aria-disabled=${disposal.busy}>消去記録（PDF）</button>`;
  return form(fields, button, (data) => void disposal.record(data));
}

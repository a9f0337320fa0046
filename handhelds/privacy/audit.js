/** @file 監査記録: who saw or did what, newest first; whether the record is whole; its days. */

import { read } from "client/ask.js";
import { repeat } from "client/directives.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { Part, facts, form, heading, line, told } from "./part.js";
import { ACTS, fieldWords, may, moment, save, whoWords } from "./words.js";

/**
 * @typedef {object} Entry
 * @property {number} n
 * @property {number} at
 * @property {string} who
 * @property {string} act
 * @property {import("./words.js").Word} words
 * @property {string | null} device
 * @property {string} on
 * @property {string[]} records
 * @property {number} more
 * @property {string[]} fields
 * @property {string} why
 */

/** @typedef {{date: string, entries: number, first: number, last: number, chain: string}} Day */
/** @typedef {{whole: boolean, entries: number, head: string, anchored: number | null, broken_at: number | null, why: string}} Verdict */
/** @typedef {(subject: {who?: string, device?: string, record?: string}) => void} Investigate */

/** The record as far as it was read. */
export class Audit extends Part {
  /** @type {Entry[]} */
  entries = [];
  /** @type {Record<string, import("./words.js").StaffWords>} */
  staff = {};
  /** @type {number | null} */
  further = null;
  /** What is looked for. @type {Record<string, string>} */
  sought = {};
  /** @type {{days: Day[], verdict: Verdict} | null} */
  proof = null;

  load() {
    return this.doing(() => this.page(null));
  }

  /** @param {FormData} data */
  find(data) {
    this.sought = Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]));
    return this.load();
  }

  more() {
    return this.doing(() => this.page(this.further));
  }

  verify() {
    return this.doing(async () => {
      this.proof = await read("/audit/days");
    });
  }

  print() {
    return this.doing(async () => save(await read("/audit/summary.pdf"), "audit-summary.pdf"));
  }

  /** @param {number | null} before */
  async page(before) {
    const query = new URLSearchParams(Object.entries(this.sought).filter(([, value]) => value));
    if (before !== null) query.set("before", String(before));
    const found = await read(`/audit?${query}`);
    this.entries = before === null ? found.entries : [...this.entries, ...found.entries];
    this.staff = { ...this.staff, ...found.staff };
    this.further = found.further;
  }
}

/** @param {Audit} audit @param {Investigate} investigate */
export function auditView(audit, investigate) {
  return html`<section class="wide">
      ${told(audit)}
      <ol class="entries">
        ${repeat(audit.entries, (entry) => entry.n, (entry) => entryRow(entry, audit, investigate))}
      </ol>
      ${audit.entries.length === 0 && !audit.busy ? html`<p class="rest">該当する記録はありません <span lang="en">No such entry</span></p>` : nothing}
      ${audit.further === null
        ? nothing
        : html`<button type="button" class="button full-width" aria-disabled=${audit.busy} @click=${() => audit.more()}>
            さらに前を見る <span lang="en">Further back</span></button>`}
    </section>
    <aside>${proofCard(audit)} ${findCard(audit)}</aside>`;
}

/** @param {Entry} entry @param {Audit} audit @param {Investigate} investigate */
function entryRow(entry, audit, investigate) {
  const { who, device, on, records, more, fields, why } = entry;
  const name = whoWords(who, audit.staff);
  const id = who in audit.staff ? who : (device?.slice(0, 8) ?? "");
  const subject = who in audit.staff ? { who } : device ? { device } : null;
  return html`<li class="entry">
    <span class="entry-n">${entry.n}</span>
    <time>${moment(entry.at)}</time>
    ${subject && may("investigate")
      ? html`<button type="button" class="button who" @click=${() => investigate(subject)}>${name}<small>${id}</small><span class="visually-hidden">の閲覧を調べる</span></button>`
      : html`<span class="who">${name} <small>${id}</small></span>`}
    <div class="entry-what">
      <b>${entry.words.ja}</b> <span lang="en">${entry.words.en}</span>
      <p class="entry-ids">${[on, ...records].filter(Boolean).join(" ")}${more ? ` ほか${more}件` : ""}</p>
      ${fields.length ? html`<p>項目：${fieldWords(fields)}</p>` : nothing} ${why ? html`<p>理由：${why}</p>` : nothing}
    </div>
  </li>`;
}

/** @param {Audit} audit */
function proofCard(audit) {
  const verdict = audit.proof?.verdict;
  return html`<div class="card">
    ${heading("改ざんの検証", "Proof")}
    ${verdict
      ? html`<p class="verdict" role="status">
          ${verdict.whole ? icons.done : icons.alarm}
          <b>${verdict.whole ? "改ざんはありません" : `${verdict.broken_at}件目に改ざんがあります`}</b>
          <span lang="en">${verdict.whole ? "Nothing was changed or cut off" : verdict.why}</span>
        </p>
        ${facts([
          ["記録", "Entries", `${verdict.entries}件`],
          ["鍵フォルダーの控え", "Anchor", verdict.anchored === null ? "なし（日ごとのまとめを印刷して控えにします）" : `${verdict.anchored}件目`],
        ])}
        <table class="days">
          <thead><tr><th>日 <span lang="en">Day</span></th><th>件数 <span lang="en">Entries</span></th><th>最後の連鎖値 <span lang="en">Last chain value</span></th></tr></thead>
          <tbody>${audit.proof?.days.map(
            (day) => html`<tr><td>${day.date}</td><td>${day.entries}件</td><td class="chain">${day.chain.slice(0, 16)}…</td></tr>`,
          )}</tbody>
        </table>`
      : html`<p class="hint">記録の連鎖を最初から計算し直して確かめます。</p>`}
    <div class="acts two">
      <button type="button" class="button" aria-disabled=${audit.busy} @click=${() => audit.verify()}>${icons.search} 検証する</button>
      <button type="button" class="button" aria-disabled=${audit.busy} @click=${() => audit.print()}>${icons.print} 日ごとのまとめ</button>
    </div>
  </div>`;
}

/** @param {Audit} audit */
function findCard(audit) {
  const fields = html`
    <label class="field"><span>日 <span lang="en">Day</span></span><input type="date" name="day" /></label>
    <label class="field"><span>操作 <span lang="en">Act</span></span>
      <select name="act"><option value="">すべて</option>${ACTS.map(({ key, ja }) => html`<option value=${key}>${ja}</option>`)}</select></label>
    ${line({ name: "who", ja: "スタッフ番号", en: "Staff id", max: 30, needed: false })}
    ${line({ name: "on", ja: "対象", en: "What it was done to", max: 80, needed: false, hint: "例 booth:7　card:…　export:1" })}
  `;
  const button = html`<button type="submit" class="button" aria-disabled=${audit.busy}>${icons.search} 絞り込む</button>`;
  return html`<div class="card">${heading("絞り込み", "Find")} ${form(fields, button, (data) => void audit.find(data))}</div>`;
}

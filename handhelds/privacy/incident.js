/** @file 事故対応: what a device or a member saw, or who saw a record; whose it was; the freeze; the draft of the report. */

import { ask } from "client/ask.js";
import { repeat } from "client/directives.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { NO_NAMES, Part, form, heading, line, told } from "./part.js";
import { freezeCard } from "./exports.js";
import { fieldWords, moment, save, wall, whoWords } from "./words.js";

/** @typedef {{id: string, device: string | null, first: number, last: number, times: number, fields: string[], acts: import("./words.js").Word[]}} Seen */
/** @typedef {{place: string, name: string, kana: string, contacts: Record<string, string>, gone: boolean}} Named */
/**
 * @typedef {object} Findings
 * @property {number} looked
 * @property {number} entries
 * @property {number} records
 * @property {number} people
 * @property {string[]} fields
 * @property {Seen[]} seen
 * @property {Seen[]} viewers
 * @property {import("./audit.js").Entry[]} timeline
 * @property {Record<string, import("./words.js").StaffWords>} staff
 */

/** Records whose names are looked up at once; the server takes no more. */
const NAMED_MAX = 100;

/** What one can ask about. */
const SUBJECTS = Object.freeze([
  { key: "device", ja: "端末", en: "Device", hint: "監査記録の名前を押すと、ここに入ります" },
  { key: "who", ja: "スタッフ", en: "Staff", hint: "スタッフ番号　例 s07" },
  { key: "record", ja: "来場者の記録", en: "A record", hint: "例 card:…　reservation:…" },
]);

const HOUR_MS = 3_600_000;

/** One question and its answer. */
export class Incident extends Part {
  subject = "device";
  id = "";
  /** @type {Record<string, unknown> | null} */
  asked = null;
  /** @type {Findings | null} */
  findings = null;
  took = 0;
  /** @type {Map<string, Named>} */
  named = new Map();

  load() {
    return Promise.resolve();
  }

  /** @param {{who?: string, device?: string, record?: string}} about */
  about(about) {
    const [[subject, id]] = Object.entries(about);
    this.choose(subject, id);
  }

  /** @param {string} subject @param {string} [id] */
  choose(subject, id = "") {
    this.subject = subject;
    this.id = id;
    this.changed();
  }

  /** @param {FormData} data */
  find(data) {
    const [begins, ends] = ["begins", "ends"].map((name) => wall.moment(String(data.get(name))));
    const asked = { begins, ends: ends + 59_999, [this.subject]: String(data.get("id")).trim() };
    return this.doing(async () => {
      const begun = performance.now();
      this.findings = await ask("/incident", asked);
      this.took = performance.now() - begun;
      this.asked = asked;
      this.named = new Map();
      this.changed();
      document.querySelector(".figures")?.scrollIntoView({ block: "start" }); // on a phone it is below the question
    });
  }

  /** @param {string} why */
  name(why) {
    const places = (this.findings?.seen ?? []).map(({ id }) => id).filter((id) => !this.named.has(id)).slice(0, NAMED_MAX);
    return this.doing(async () => {
      const { records } = await ask("/incident/names", { places, why });
      for (const record of records) this.named.set(record.place, record);
    });
  }

  /** @param {string} story */
  report(story) {
    return this.doing(async () => save(await ask("/incident/report", { ...this.asked, what_happened: story }), "incident.pdf"));
  }
}

/** @param {Incident} incident @param {import("./exports.js").Exports} exports */
export function incidentView(incident, exports) {
  const { findings } = incident;
  return html`<section class="wide">
      ${told(incident)} ${told(exports)}
      ${findings ? answer(incident, findings) : html`<p class="rest">端末・人・記録と期間を入れて「調べる」を押してください <span lang="en">Ask what was seen, and by whom</span></p>`}
    </section>
    <aside>${askCard(incident)} ${freezeCard(exports)} ${findings ? reportCard(incident) : nothing}</aside>`;
}

/** @param {Incident} incident */
function askCard(incident) {
  const subject = SUBJECTS.find(({ key }) => key === incident.subject) ?? SUBJECTS[0];
  const now = Date.now();
  const fields = html`
    <div class="choices three" role="group" aria-label="何を調べるか">${SUBJECTS.map(
      ({ key, ja, en }) => html`<button type="button" class="button" aria-pressed=${key === incident.subject}
        @click=${() => incident.choose(key)}>${ja}<span lang="en">${en}</span></button>`,
    )}</div>
    <label class="field"><span>${subject.ja} <span lang="en">${subject.en}</span></span>
      <input type="text" name="id" maxlength="80" required .value=${incident.id} @input=${(/** @type {InputEvent} */ event) => {
        incident.id = /** @type {HTMLInputElement} */ (event.target).value;
      }} /><span class="hint">${subject.hint}</span></label>
    <label class="field"><span>いつから <span lang="en">From</span></span>
      <input type="datetime-local" name="begins" required value=${wall.field(now - 24 * HOUR_MS)} /></label>
    <label class="field"><span>いつまで <span lang="en">Until</span></span>
      <input type="datetime-local" name="ends" required value=${wall.field(now)} /></label>
  `;
  const button = html`<button type="submit" class="button main" aria-disabled=${incident.busy}>調べる</button>`;
  return html`<div class="card">${heading("何が見られたかを調べる", "What was seen")} ${form(fields, button, (data) => void incident.find(data))}</div>`;
}

/** @param {Incident} incident @param {Findings} findings */
function answer(incident, findings) {
  return html`
    <div class="card figures">
      <p><b class="digits">${findings.records}</b>件の記録 <span lang="en">records</span></p>
      <p><b class="digits">${findings.people}</b>件が個人のもの <span lang="en">are somebody's</span></p>
      <p><b class="digits">${findings.entries}</b>回の操作 <span lang="en">acts</span></p>
      <p class="hint">項目：${fieldWords(findings.fields) || "—"}　／　監査記録 ${findings.looked}件を${(incident.took / 1000).toFixed(1)}秒で確認</p>
    </div>
    <div class="card">
      ${heading("見た人・端末", "Who saw it")}
      <ul class="rows">${repeat(
        findings.viewers,
        ({ id, device }) => `${id} ${device}`,
        (seen) => html`<li><b>${whoWords(seen.id, findings.staff)}</b> <span class="entry-ids">${seen.id} ${seen.device ?? ""}</span>${span(seen)}</li>`,
      )}</ul>
    </div>
    <div class="card">
      ${heading("見られた記録", "What was seen")}
      ${findings.seen.length ? nameForm(incident) : html`<p class="hint">個人の記録は見られていません。</p>`}
      <ul class="rows">${repeat(findings.seen, ({ id }) => id, (seen) => seenRow(seen, incident))}</ul>
      ${findings.records > findings.seen.length ? html`<p class="hint">ほか${findings.records - findings.seen.length}件</p>` : nothing}
    </div>
  `;
}

/** @param {Seen} seen */
function span({ first, last, times, acts }) {
  const when = first === last ? moment(first) : `${moment(first)} 〜 ${moment(last)}`;
  return html`<p>${times}回　${when}　${acts.map(({ ja }) => ja).join("、")}</p>`;
}

/** @param {Seen} seen @param {Incident} incident */
function seenRow(seen, incident) {
  const named = incident.named.get(seen.id);
  return html`<li>
    ${named ? html`<b>${named.gone ? "消去済み" : named.name}</b> ${named.kana} ${Object.entries(named.contacts).map(([ja, value]) => html`<span class="contact">${ja} ${value}</span>`)}` : nothing}
    <span class="entry-ids">${seen.id}</span>
    <p>項目：${fieldWords(seen.fields) || "—"}</p>
    ${span(seen)}
  </li>`;
}

/** @param {Incident} incident */
function nameForm(incident) {
  const fields = line({ name: "why", ja: "氏名と連絡先を確認する理由", en: "Why names are needed", max: 500, hint: NO_NAMES });
  const button = html`<button type="submit" class="button" aria-disabled=${incident.busy}>${icons.search} 氏名と連絡先を表示（${NAMED_MAX}件ずつ）</button>`;
  return form(fields, button, (data) => void incident.name(String(data.get("why"))));
}

/** @param {Incident} incident */
function reportCard(incident) {
  const fields = html`<label class="field"><span>何が起きたか <span lang="en">What happened</span></span>
    <textarea name="story" rows="5" maxlength="2000"></textarea><span class="hint">空のままでも、手書きの欄ができます</span></label>`;
  const button = html`<button type="submit" class="button" aria-disabled=${incident.busy}>${icons.print} 報告書の下書き（PDF）</button>`;
  return html`<div class="card">${heading("報告書", "Report")} ${form(fields, button, (data) => void incident.report(String(data.get("story")).replaceAll("\r\n", "\n")))}</div>`;
}

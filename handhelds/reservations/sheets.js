/** @file Reservations as files: a sheet that is brought is tried first, with every fault by its row; the list is taken out with a reason. */

import { icons } from "client/icons.js";
import { page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { twiceButton } from "../twice.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Report} Report */

const WHY_MAX = 500;

/** @param {Desk} desk @param {import("../twice.js").Twice} twice */
export function importPanel(desk, twice) {
  return html`<section class="card sheet">
      <h2>予約を取り込む <span class="quiet" lang="en">Import</span></h2>
      <p>CSVかExcel（xlsx）。1行目は見出し、2行目から1行に1組です。まず確かめるだけで、まだ予約しません。</p>
      <a class="button wide" href="${page.api}/reservations/sheet" download>見本の表をもらう <span lang="en">Sample sheet</span></a>
      <label class="button wide file">ファイルを選ぶ <span lang="en">Choose a file</span>
        <input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,.xlsx" @change=${(/** @type {Event} */ event) => chosen(event, desk)} />
      </label>
    </section>
    ${desk.busy ? html`<p class="open-rest" role="status">${icons.pending} 確かめています</p>` : nothing}
    ${desk.sheet ? reportCard(desk, desk.sheet.report, twice) : nothing}`;
}

/** @param {Event} event @param {Desk} desk */
function chosen(event, desk) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  input.value = "";
  if (file) void desk.tryOut(file);
}

/** @param {Desk} desk @param {Report} report @param {import("../twice.js").Twice} twice */
function reportCard(desk, { rows, good, there, wrong, faults }, twice) {
  const fresh = good - there;
  return html`<section class="card sheet" role="status">
    <h2>${rows}行のうち ${good}行は予約できます</h2>
    ${there > 0 ? html`<p>${there}行は取り込み済みです。もう一度は予約しません。</p>` : nothing}
    ${wrong > 0 ? html`<p><b>${wrong}行に直すところがあります。</b>表を直して選び直すか、予約できる行だけを先に予約します。</p>${faultTable(faults)}` : nothing}
    ${fresh > 0 && wrong === 0 ? html`<button type="button" class="button main" @click=${() => void desk.takeIn("all")}>${fresh}組を予約する</button>` : nothing}
    ${fresh > 0 && wrong > 0
      ? twiceButton({
          twice,
          key: "good",
          words: `予約できる${fresh}組だけを予約する`,
          again: `もう一度押すと、${wrong}行を除いて予約します`,
          act: () => void desk.takeIn("good"),
        })
      : nothing}
  </section>`;
}

/** @param {import("./desk.js").RowFault[]} faults */
function faultTable(faults) {
  return html`<table class="faults">
    <thead><tr><th scope="col">行</th><th scope="col">直すところ</th></tr></thead>
    <tbody>${faults.map(({ line, column, ja, en }) => html`<tr><td>${line}</td><td><b>${heading(column)}</b> ${ja}<span lang="en">${en}</span></td></tr>`)}</tbody>
  </table>`;
}

/** The heading of a column, as the sheet has it (people/reservations/sheet.py). @param {string} column */
function heading(column) {
  return page.columns?.[column] ?? "";
}

/** @param {Desk} desk */
export function exportPanel(desk) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    const why = String(data.get("why") ?? "").trim();
    if (why) void desk.takeOut(why, data.get("form") === "csv" ? "csv" : "xlsx");
  };
  return html`<form class="card sheet" @submit=${submit}>
    <h2>予約を書き出す <span class="quiet" lang="en">Export</span></h2>
    <p>氏名・連絡先・自由記入を除いた、すべての予約です。だれが、いつ、なぜ書き出したかが監査記録に残ります。
      氏名・連絡先の提供は「個人情報」の「提供」で、承認を受けて行います。</p>
    <label class="field">書き出すわけ <input name="why" required maxlength=${WHY_MAX} autocomplete="off"></label>
    <div class="buttons">
      <button type="submit" name="form" value="csv" class="button" aria-disabled=${desk.busy}>CSV</button>
      <button type="submit" name="form" value="xlsx" class="button" aria-disabled=${desk.busy}>Excel（xlsx）</button>
    </div>
  </form>`;
}

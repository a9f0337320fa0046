/** @file Taking in a sheet of staff: a CSV or Excel file, all rows or none, with every fault by its row. */

import { html, nothing } from "client/view.js";

/** @typedef {import("./register.js").Register} Register */
/** @typedef {{line: number, column: string, ja: string, en: string}} RowFault */

const COLUMNS = ["氏名", "ふりがな", "役割", "ブース", "開始日", "終了日"];

/** @param {Register} register */
export function sheetPanel(register) {
  const faults = /** @type {RowFault[]} */ (register.fault?.detail?.faults ?? []);
  return html`
    <section class="card sheet">
      <h2>名簿を取り込む <span class="quiet" lang="en">Import a sheet</span></h2>
      <p>CSVかExcel（xlsx）。1行目は見出し、2行目から1人1行です。</p>
      <div class="sheet-head" role="region" aria-label="表の見本" tabindex="0"><table><tr>${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}</tr>
        <tr><td>見本 太郎</td><td>みほん たろう</td><td>相談員</td><td>7</td><td></td><td></td></tr></table></div>
      <p class="hint">役割がいくつかあるときは「受付・誘導」のように並べます。日付が空なら開催日だけ有効です。1か所でも誤りがあれば、どの行も取り込みません。</p>
      <label class="button wide file">ファイルを選ぶ <span lang="en">Choose a file</span>
        <input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,.xlsx" @change=${(/** @type {Event} */ event) => take(event, register)} />
      </label>
    </section>
    ${faults.length ? faultTable(faults) : nothing}
  `;
}

/** @param {RowFault[]} faults */
function faultTable(faults) {
  return html`<section class="card">
    <table class="faults">
      <thead><tr><th scope="col">行</th><th scope="col">直すところ</th></tr></thead>
      <tbody>${faults.map(({ line, ja, en }) => html`<tr><td>${line}</td><td>${ja}<span lang="en">${en}</span></td></tr>`)}</tbody>
    </table>
  </section>`;
}

/** @param {Event} event @param {Register} register */
function take(event, register) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  input.value = "";
  if (file) void register.takeIn(file);
}

/** @file This fair beside the earlier ones: persons who visited at least one booth, and talks. A figure nobody has is —, never 0. */

import { html, nothing } from "client/view.js";
import { finishedSoFar, visitedSoFar } from "./hall.js";
import { outlookWords } from "./tiles.js";

/** @param {import("./duty.js").Duty} duty */
export function pastFairs({ board, watched, advice, fair }) {
  if (watched.history.length === 0) return nothing;
  const visited = visitedSoFar(board);
  const outlook = advice.newest?.outlook ?? null;
  const most = Math.max(1, watched.goal ?? 0, outlook?.high ?? visited, ...watched.history.map(({ persons }) => persons ?? 0));
  return html`<section class="card past" aria-labelledby="past">
    <h2 id="past" class="part">これまでのフェア <small>1ブース以上の来場者（名）・相談（件）</small></h2>
    <table>
      <thead><tr><th scope="col">年度</th><th scope="col"><span class="visually-hidden">グラフ</span></th><th scope="col">来場者</th><th scope="col">相談</th></tr></thead>
      <tbody>
        ${watched.history.map(({ edition, online, persons, consultations }) => row(`${edition}${online ? "（オンライン）" : ""}`, persons, consultations, most, ""))}
        ${row(`${fair.edition}（今回）`, visited, finishedSoFar(board).parties, most, outlook ? outlookWords(outlook) : "")}
      </tbody>
    </table>
  </section>`;
}

/** @param {string} name @param {number|null} persons @param {number|null} talks @param {number} most @param {string} outlook */
function row(name, persons, talks, most, outlook) {
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="past-bar"><progress max=${most} .value=${persons ?? 0} aria-hidden="true"></progress></td>
    <td>${persons === null ? "—" : `${persons}名`}${outlook ? html`<small> → ${outlook}</small>` : nothing}</td>
    <td>${talks === null ? "—" : `${talks}件`}</td>
  </tr>`;
}

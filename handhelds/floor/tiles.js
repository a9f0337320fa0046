/** @file The day in four figures: the goal, who came, who waits against the seats, and the talks. */

import { html, nothing } from "client/view.js";
import { cameSoFar, finishedSoFar, visitedSoFar, waitingNow } from "./hall.js";

/** @typedef {import("./duty.js").Duty} Duty */

/** @param {Duty} duty */
export function tiles(duty) {
  const { board, watched } = duty;
  const [came, waiting, talks] = [cameSoFar(board), waitingNow(board), finishedSoFar(board)];
  return html`${goalTile(duty)}
    ${tile("came", "来場", html`<b>${came.parties}</b>組 <b>${came.persons}</b>名`)}
    ${tile("waiting", watched.seats === null ? "お待ち" : `お待ち／席 ${watched.seats}`, html`<b>${waiting.parties}</b>組 <b>${waiting.persons}</b>名`)}
    ${tile("talks", "相談（のべ）", html`<b>${talks.parties}</b>組 <b>${talks.persons}</b>名`)}`;
}

/** @param {string} key @param {string} name @param {unknown} figures */
function tile(key, name, figures) {
  return html`<div class="tile" data-tile=${key}><h2>${name}</h2><p>${figures}</p></div>`;
}

/** @param {Duty} duty */
function goalTile({ board, watched, advice }) {
  const visited = visitedSoFar(board);
  const outlook = advice.newest?.outlook ?? null;
  const last = watched.history.findLast(({ persons, online }) => persons !== null && !online);
  return html`<div class="tile goal" data-tile="goal">
    <h2>${watched.goal === null ? "来場者" : html`目標 ${watched.goal}名`} <small>1ブース以上</small></h2>
    <p class="goal-now"><b>${visited}</b>名</p>
    ${watched.goal === null ? nothing : html`<progress max=${watched.goal} .value=${Math.min(visited, watched.goal)} aria-label="目標までの人数"></progress>`}
    <p class="goal-foot">
      <span>${last ? html`前回 ${last.persons}名` : nothing}</span>
      <span class="goal-outlook">閉場時 ${outlook ? outlookWords(outlook) : "—"}</span>
    </p>
  </div>`;
}

/**
 * How the day will end, in words: a band, never a promise.
 *
 * @param {{low: number, high: number}} outlook
 * @returns {string}
 */
export function outlookWords({ low, high }) {
  return low === high ? `${high}名` : `約${low}〜${high}名`;
}

/**
 * The map of the queues on the guide screen: always in the fair's order, each at its place.
 *
 * @module
 */

import { formatTime } from "client/clock.js";
import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { crowdingWords, levelWord } from "client/words.js";
import { screenWait } from "../wait.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("./hall.js").QueueCell} QueueCell */

/** The word of a queue for which no more tickets are issued. */
const ENDED = Object.freeze({ ja: "受付終了", en: "Closed" });

/** Columns, as on the map of the booths. */
const COLUMNS = 6;
/** Up to so many rows a cell has room for three lines; then for two, then for one. */
const ROOMY = Object.freeze({ landscape: [3, 7], portrait: [3, 6] });

/**
 * Tells the style sheet how many rows the map has, and so how much fits into a cell: a fair may have many more queues than eighteen.
 *
 * @param {HTMLElement} root
 * @param {number} queues
 */
export function fitRows(root, queues) {
  const rows = Math.ceil(queues / COLUMNS);
  root.style.setProperty("--rows", String(rows));
  for (const [shape, [three, two]] of Object.entries(ROOMY)) root.dataset[shape] = rows <= three ? "three" : rows <= two ? "two" : "one";
}

/**
 * The map.
 *
 * @param {readonly QueueCell[]} queues
 * @param {number | null} asOf when the waits were known, where they are too old to be said; else null
 * @param {string} timezone
 * @returns {TemplateResult}
 */
export function cells(queues, asOf, timezone) {
  return html`<section class="queues" aria-label="混みぐあい How crowded it is">
    <p class="queues-words">${[crowdingWords.quiet, crowdingWords.some, crowdingWords.crowded].map(
      ({ icon, ja, en }) => html`<span>${iconOf(icon)}${ja} <span lang="en" class="quiet">${en}</span></span>`,
    )}</p>
    <ul>${queues.map((queue) => cell(queue, asOf, timezone))}</ul>
  </section>`;
}

/** @param {QueueCell} queue @param {number | null} asOf @param {string} timezone */
function cell({ id, booth, name, level, band, issuing }, asOf, timezone) {
  const old = asOf !== null;
  const word = level === null || old ? null : !issuing ? { ...levelWord("closed"), ja: ENDED.ja } : levelWord(level);
  const quiet = level === "quiet" && !old && issuing;
  return html`<li class="queue" data-queue=${id} data-level=${quiet ? "quiet" : level === "closed" || !issuing ? "closed" : "other"}>
    <span class="queue-name" data-characters=${String(booth ?? "").length}><span class="digits">${booth}</span>${name}</span>
    <span class="queue-word">${word ? html`${iconOf(word.icon)}<span>${word.ja}</span>` : nothing}</span>
    <b class="queue-wait ${old ? "quiet" : ""}">${old ? `${formatTime(asOf, timezone)}時点` : screenWait(issuing ? band : null).ja}</b>
  </li>`;
}

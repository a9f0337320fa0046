/** @file The map of the 18 queues, always in the fair's order: where to lead a party, or what a spare is used for. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { boothWords } from "client/words.js";

/** Why a cell is not a button. */
const REASONS = Object.freeze({ here: "このブース", joined: "お並びです", stopped: "受付停止" });

/**
 * The map, to choose one queue from.
 *
 * @param {object} parts
 * @param {unknown} parts.title whom or what it is about
 * @param {unknown} [parts.aside] a button beside the title
 * @param {import("./targets.js").Target[]} parts.targets
 * @param {string|null} parts.chosen queue id
 * @param {(queue: string) => void} parts.onChoose
 * @returns {import("lit-html").TemplateResult}
 */
export function queueMap({ title, aside, targets, chosen, onChoose }) {
  return html`<section class="map" aria-label="相談先">
    <header class="map-head"><h2>${title}</h2>${aside ?? nothing}</header>
    <div class="map-cells" role="group" aria-label="相談先を選ぶ">${targets.map((target) => cell(target, chosen, onChoose))}</div>
  </section>`;
}

/**
 * @param {import("./targets.js").Target} target
 * @param {string|null} chosen
 * @param {(queue: string) => void} onChoose
 */
function cell(target, chosen, onChoose) {
  const { queue, kind } = target;
  if (kind !== "possible") {
    return html`<p class="map-cell"><b>${queue.short}</b><span>${REASONS[kind]}</span></p>`;
  }
  const mine = queue.id === chosen;
  return html`<button type="button" class="button map-cell" aria-pressed=${mine} @click=${() => onChoose(queue.id)}>
    <b>${queue.short}</b><span>${busyness(target)}</span>${mine ? icons.done : nothing}
  </button>`;
}

/** @param {import("./targets.js").Target} target */
function busyness({ free, staffed, parties, persons }) {
  if (free) return html`${icons.free}${boothWords.free.ja}`;
  return html`${staffed ? nothing : icons.paused}${parties}組 ${persons}名`;
}

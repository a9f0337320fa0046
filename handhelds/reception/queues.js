/** @file The map of queues, 3 × 6 in the fair's order: how many wait and how long, who is paused, who takes no more tickets. */

import { repeat } from "client/directives.js";
import { icons, iconOf } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { levelWord, waitWords } from "client/words.js";
import { openBooths } from "./lookup.js";

/** A queue's short name by its id. */
export const SHORT = new Map(fair.queues.map((queue) => [queue.id, queue.short]));

/** A queue's full name by its id. */
export const NAME = new Map(fair.queues.map((queue) => [queue.id, queue.name]));

/**
 * All queues as cells to press. Every cell keeps its place and size in every state; one that cannot be pressed is square.
 *
 * @param {object} parts
 * @param {import("client/board.js").Board} parts.board
 * @param {import("./waits.js").Waits|null} parts.waits null: too old to be said
 * @param {Set<string>} parts.chosen queue ids
 * @param {Map<string, string>} [parts.taken] queue id → why it cannot be chosen ("受付済み": the party has a ticket there)
 * @param {(queue: string) => void} parts.press
 * @param {boolean} [parts.instant] a press acts at once, nothing stays chosen
 * @returns {import("lit-html").TemplateResult}
 */
export function queueMap({ board, waits, chosen, taken = new Map(), press, instant = false }) {
  return html`<div class="queues" role="group" aria-label="相談先">
    ${repeat(fair.queues, (queue) => queue.id, (queue) => {
      const why = taken.get(queue.id);
      if (why !== undefined) return closedCell(queue, why);
      const stopped = board.queues.get(queue.id)?.issuing === false;
      const pressed = chosen.has(queue.id);
      if (stopped && !pressed) return closedCell(queue, stoppedWords(board, queue.id));
      return html`<button
        type="button"
        class="button queue"
        data-queue=${queue.id}
        aria-pressed=${instant ? nothing : pressed}
        @click=${() => press(queue.id)}
      >
        <span class="queue-name">${queue.short}</span>
        ${pressed ? html`<span class="queue-chosen">${icons.done}</span>` : nothing}
        <span class="queue-wait">${stopped ? stoppedWords(board, queue.id) : waiting(board, queue.id)}</span>
        <span class="queue-guide">${stopped ? nothing : waitTime(waits, queue.id)}</span>
      </button>`;
    })}
  </div>`;
}

/** @param {any} queue @param {unknown} why */
function closedCell(queue, why) {
  return html`<div class="queue queue-closed" data-queue=${queue.id}>
    <span class="queue-name">${queue.short}</span>
    <span class="queue-wait">${why}</span>
    <span class="queue-guide"></span>
  </div>`;
}

/** The line of a queue: "2組 3名", and 休止中 before it where no booth is open. @param {any} board @param {string} queue */
function waiting(board, queue) {
  if (!board.queues.has(queue)) return "—";
  const { parties, persons } = board.counts(queue);
  if (openBooths(board, queue).length > 0) return `${parties}組 ${persons}名`;
  return html`${icons.paused}休止中 ${parties}組`;
}

/** How full a queue is, and its wait: "● 約30〜45分". Nothing where no booth is open. @param {import("./waits.js").Waits|null} waits @param {string} queue */
function waitTime(waits, queue) {
  const guide = waits?.get(queue);
  if (!guide?.band) return nothing;
  const word = levelWord(guide.level);
  return html`${iconOf(word.icon)}<span class="visually-hidden">${word.ja}</span>${waitWords(guide.band).ja}`;
}

/** No more tickets, though some still wait. @param {any} board @param {string} queue */
function stoppedWords(board, queue) {
  return `受付停止 ${board.counts(queue).parties}組`;
}

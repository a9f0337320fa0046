/** @file One row of advice above the main button, while what is chosen has a long wait and it is quieter elsewhere. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { waitWords } from "client/words.js";
import { SHORT } from "./queues.js";
import { longestOf, quieterThan } from "./quieter.js";

/**
 * The row, or nothing.
 *
 * @param {import("./desk.js").Desk} desk
 * @param {import("client/following.js").Following} live
 * @param {object} asked
 * @param {import("./waits.js").Waits|null} asked.waits
 * @param {import("./choice.js").Choice} asked.choice
 * @param {number|null} asked.party who has its number already
 * @param {(queue: string) => void} asked.press chooses a queue, or lets go of it
 */
export function quieterRow(desk, live, { waits, choice, party, press }) {
  const from = longestOf(choice.queues, waits);
  if (waits === null || from === null) return nothing;
  const quieter = desk.advisor?.about(quieterThan(from, party), waits) ?? null;
  const there = waits.get(quieter?.queue ?? "");
  if (quieter === null || !there?.band || choice.queues.has(quieter.queue) || !live.board.queues.get(quieter.queue)?.issuing) return nothing;
  const [name, soon] = [SHORT.get(quieter.queue), there.band.high <= 5];
  const take = () => {
    if (choice.full) press(from);
    press(quieter.queue);
  };
  return html`<div class="quieter" data-queue-from=${from} data-queue-to=${quieter.queue}>
    ${icons.quiet}
    <p role="status"><span>${SHORT.get(from)}は${waitWords(waits.get(from)?.band).ja}待ち。</span><b>${name}は${waitWords(there.band).ja}${soon ? "" : "で"}ご案内できます</b><span>（約${quieter.saves_min}分早い）</span></p>
    <button type="button" class="button" @click=${take}>${name}${choice.full ? "にする" : "も"}</button>
  </div>`;
}

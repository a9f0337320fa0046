/**
 * What the guide screen shows of every queue and every booth, read from the board and the estimates.
 *
 * @module
 */

import { ownBooth } from "../serving.js";

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/guide.js").Guide} Guide */
/** @typedef {import("client/guide.js").Level} Level */
/** @typedef {import("client/page.js").Fair} Fair */

/**
 * @typedef {object} QueueCell one queue on the map
 * @property {string} id
 * @property {number | null} booth its own booth
 * @property {string} name short
 * @property {Level | null} level null: not known
 * @property {import("client/guide.js").Band | null} band
 * @property {boolean} issuing false: no more tickets are issued for it
 */

/**
 * @typedef {object} BoothMark one booth on the plan
 * @property {number} booth
 * @property {import("client/page.js").Area} area
 * @property {"quiet" | "crowded" | "busy" | "unused"} mark quiet: outlined; unused: nobody is called there
 */

/**
 * The cells of the map, in the fair's order.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @param {Guide} guide
 * @returns {QueueCell[]}
 */
export function queueCells(fair, board, guide) {
  return fair.queues.map(({ id, short }) => {
    const own = ownBooth(fair, id);
    const known = guide.queues.get(id) ?? null;
    return {
      id,
      booth: own?.number ?? null,
      name: short,
      level: known?.level ?? null,
      band: known?.band ?? null,
      issuing: board.queues.get(id)?.issuing ?? true,
    };
  });
}

/**
 * The booths on the plan.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @param {Guide} guide
 * @returns {BoothMark[]} none where the fair has no plan
 */
export function boothMarks(fair, board, guide) {
  return fair.booths.flatMap(({ number, queue: own }) => {
    const area = fair.plan?.booths[number];
    if (!area) return [];
    const row = board.booths.get(number);
    return [{ booth: number, area, mark: row ? markOf(row, guide) : own === null ? "unused" : "busy" }];
  });
}

/** @param {import("client/wire.js").Booth} row @param {Guide} guide @returns {BoothMark["mark"]} */
function markOf(row, guide) {
  if (row.queue === null || row.state !== "open") return "unused";
  const level = guide.queues.get(row.queue)?.level;
  return level === "quiet" || level === "crowded" ? level : "busy";
}

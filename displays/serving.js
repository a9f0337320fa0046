/**
 * Which booths serve a queue now, and which of them one is told of.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/page.js").Fair} Fair */

/**
 * The booths that serve a queue and are open, main booths first, by number.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @param {string} queue
 * @returns {import("client/page.js").FairBooth[]}
 */
export function boothsServing(fair, board, queue) {
  const serving = fair.booths.filter(({ number }) => {
    const row = board.booths.get(number);
    return row?.queue === queue && row.state === "open";
  });
  return serving.sort((a, b) => Number(a.role === "spare") - Number(b.role === "spare") || a.number - b.number);
}

/**
 * The booth that one is told to go to for a queue: an open one where nobody sits, else the first open one, else the queue's own.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @param {string} queue
 * @returns {import("client/page.js").FairBooth | null}
 */
export function boothFor(fair, board, queue) {
  const serving = boothsServing(fair, board, queue);
  const free = serving.find(({ number }) => board.booths.get(number)?.ticket === null);
  return free ?? serving[0] ?? ownBooth(fair, queue);
}

/**
 * A queue's own booth: its first main one, whether it is open or not.
 *
 * @param {Fair} fair
 * @param {string} queue
 * @returns {import("client/page.js").FairBooth | null}
 */
export function ownBooth(fair, queue) {
  const own = fair.booths.filter((booth) => booth.role === "main" && booth.queue === queue);
  return own.sort((a, b) => a.number - b.number)[0] ?? null;
}

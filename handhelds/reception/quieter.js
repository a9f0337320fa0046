/** @file Where a party may go instead of a queue with a long wait: which question to ask the server. */

/** @typedef {import("./waits.js").Waits} Waits */
/** @typedef {{queue: string, saves_min: number}} Quieter a quieter queue, and how many minutes earlier a talk would begin there */

/**
 * Which of the chosen queues to ask about: the one with the longest wait. Who is served soon anywhere needs no advice.
 *
 * @param {Iterable<string>} chosen queue ids
 * @param {Waits|null} waits
 * @returns {string|null} null where there is nothing to ask
 */
export function longestOf(chosen, waits) {
  let longest = null;
  for (const id of chosen) {
    const guide = waits?.get(id);
    if (guide?.level === "quiet") return null;
    if (guide?.band && (longest === null || guide.band.high > longest.high)) longest = { id, high: guide.band.high };
  }
  return longest?.id ?? null;
}

/**
 * The question about one queue.
 *
 * @param {string} queue with a long wait
 * @param {number|null} party who has its number already
 * @returns {string} below the fair's API address; its answer is a `Quieter` or null
 */
export function quieterThan(queue, party) {
  return `/quieter?${new URLSearchParams({ queue, ...(party === null ? {} : { party: String(party) }) })}`;
}

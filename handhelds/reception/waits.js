/** @file The waits of the queues, as long as what the page knows is new enough to lead anybody by it. */

/** @typedef {ReadonlyMap<string, import("client/guide.js").QueueGuide>} Waits by queue id */

/**
 * The waits that may be said now. The server tells new ones only when they have changed, so their age is the page's own knowledge's.
 *
 * @param {Pick<import("client/following.js").Following, "board"|"guide"|"status">} live
 * @param {number|null} now the fair's time, ms; null while it is unknown
 * @param {number} fresh_s the fair's limit, real seconds
 * @returns {Waits|null} null while they are not known, or too old
 */
export function freshWaits({ board, guide, status }, now, fresh_s) {
  if (status.state === "stale" || status.since === null || now === null || guide.at === null) return null;
  const age = (now - status.since) / (board.clocks.get(0)?.rate || 1);
  return age <= fresh_s * 1000 ? guide.queues : null;
}

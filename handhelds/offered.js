/** @file The offer that a party can accept now, found in the public board: shown on its own phone and at the reception. */

/** @typedef {import("client/page.js").FairQueue} FairQueue */

/**
 * @typedef {object} Advice an offer that can be accepted now
 * @property {number} id
 * @property {FairQueue} from where the party waits
 * @property {FairQueue} to the quieter queue
 * @property {number[]} booths that serve it
 * @property {import("client/guide.js").Band | null} band its wait there
 * @property {boolean} room whether the party may stand in one queue more and keep its place
 */

/**
 * @param {object} known
 * @param {import("client/board.js").Board} known.board
 * @param {import("client/guide.js").Guide} known.guide
 * @param {Pick<import("client/page.js").Fair, "queues"|"limits">} known.fair
 * @param {number} known.party
 * @param {number | null} known.now the fair's time, ms; null: unknown yet
 * @returns {Advice | null}
 */
export function adviceOf({ board, guide, fair, party, now }) {
  const offer = now === null ? null : board.openOffer(party, now);
  const from = offer && board.tickets.get(offer.ticket)?.queue;
  if (!offer || !from) return null;
  return {
    id: offer.id,
    from: queueOf(fair, from),
    to: queueOf(fair, offer.queue),
    booths: [...board.booths.values()].filter((b) => b.queue === offer.queue && b.state === "open").map((b) => b.id).sort((a, b) => a - b),
    band: guide.queues.get(offer.queue)?.band ?? null,
    room: board.ticketsOf(party).filter(({ state }) => state !== "finished" && state !== "cancelled").length < fair.limits.queues_per_party,
  };
}

/**
 * A queue by its id; one that the page's description does not know, because the server was renewed since, has its id for a name.
 *
 * @param {Pick<import("client/page.js").Fair, "queues">} fair
 * @param {string} id
 * @returns {FairQueue}
 */
export function queueOf(fair, id) {
  const unnamed = { id, kind: "", name: id, short: id, kana: "", english: id, detail: null, letter: null, talk_min: 0 };
  return fair.queues.find((queue) => queue.id === id) ?? unnamed;
}

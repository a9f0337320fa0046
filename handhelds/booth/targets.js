/** @file Where a party can be led from here: all queues in the map's order, each with what it takes. Pure. */

import { whom } from "./act.js";

/** Ticket states in which a party still has business with a queue: it takes no second ticket there. */
const JOINED = new Set(["waiting", "called", "serving", "absent", "held"]);

/**
 * One cell of the map.
 *
 * @typedef {object} Target
 * @property {import("client/page.js").FairQueue} queue
 * @property {"possible"|"here"|"joined"|"stopped"} kind possible, this booth's own, the party is in it already, 受付停止
 * @property {number} parties waiting there (組)
 * @property {number} persons waiting there (名)
 * @property {boolean} free whether nobody waits and a booth of it stands open and empty: すぐ
 * @property {boolean} staffed whether any booth of it is open
 */

/**
 * All queues, for one ticket.
 *
 * @param {import("client/board.js").Board} board
 * @param {readonly import("client/page.js").FairQueue[]} queues in the map's order
 * @param {import("client/board.js").Ticket|null} ticket whom to lead; null: only the state of the queues
 * @returns {Target[]}
 */
export function targets(board, queues, ticket) {
  const joined = new Set(
    ticket ? board.ticketsOf(ticket.party).filter(({ state }) => JOINED.has(state)).map(({ queue }) => queue) : [],
  );
  return queues.map((queue) => {
    const { parties, persons } = board.counts(queue.id);
    const booths = [...board.booths.values()].filter((booth) => booth.queue === queue.id && booth.state === "open");
    const free = parties === 0 && booths.some((booth) => booth.ticket === null);
    const stopped = ticket !== null && board.queues.get(queue.id)?.issuing === false;
    const kind = ticket?.queue === queue.id ? "here" : joined.has(queue.id) ? "joined" : stopped ? "stopped" : "possible";
    return { queue, kind, parties, persons, free, staffed: booths.length > 0 };
  });
}

/**
 * The request that leads a party to another queue: its place moves there, or, while the talk goes on here, it gets one more place.
 *
 * @param {import("client/board.js").Ticket} ticket
 * @param {number} size persons
 * @param {import("client/page.js").FairQueue} queue
 * @returns {import("./act.js").Act}
 */
export function leadAct(ticket, size, queue) {
  const on = whom(ticket, size);
  if (ticket.state === "serving") {
    return { key: "add", command: "issue", args: { party: ticket.party, queues: [queue.id] }, label: [`${queue.short}にも`, "並んでもらう"], on };
  }
  return { key: "transfer", command: "transfer", args: { ticket: ticket.id, queue: queue.id }, label: [`${queue.short}へ`, "案内する"], on };
}

/**
 * The frames of the live connection, read and written: msgpack, rows as arrays in a fixed field order.
 *
 * The order is the one of `live/wire.py`; tests/vectors/wire.json holds both to it.
 *
 * @module
 */

import { decode, decodeMulti, encode } from "@msgpack/msgpack";

/** The protocol this page speaks. */
export const PROTOCOL = 3;

/**
 * The tables in the order of folding, with the fields of their rows in the order of the wire.
 *
 * All times are integer milliseconds since the UNIX epoch in the fair's clock.
 */
export const FIELDS = Object.freeze({
  parties: ["id", "number", "size", "issued_at", "active", "tickets", "children", "inside", "origin", "corrected", "rev"],
  tickets: [
    "id", "party", "number", "queue", "state", "place", "booth", "issued_at", "called_at", "called_offset",
    "recalls", "recalled_at", "started_at", "ended_at", "away_at", "reason", "reserved", "corrected", "rev",
  ],
  queues: ["id", "issuing", "reserved_run", "rev"],
  booths: ["id", "queue", "state", "ticket", "since", "meeting", "checked_at", "helper_at", "rev"],
  clocks: ["id", "real", "fair", "rate", "rev"],
  offers: ["id", "party", "ticket", "queue", "state", "at", "until", "answered_at", "answer", "rev"],
  notices: ["id", "ja", "en", "at", "until", "rev"],
});

/** @typedef {keyof typeof FIELDS} TableName */

/** The names of the tables. */
export const TABLES = /** @type {TableName[]} */ (Object.keys(FIELDS));

/** @typedef {"waiting" | "called" | "serving" | "finished" | "absent" | "held" | "cancelled"} TicketState */

/**
 * @typedef {object} Party people who came together
 * @property {number} id
 * @property {string} number "105"; "" where every queue has its own series, and of a party that dropped in at a booth
 * @property {number} size in 名
 * @property {number} issued_at
 * @property {number | null} active the ticket of it that is called or serving now
 * @property {number[]} tickets
 * @property {number} children how many of its persons are children
 * @property {number} inside how many of its persons are in the hall now
 * @property {number | null} origin the party it was split from
 * @property {string | null} corrected the reason of its newest correction by the floor manager
 * @property {number} rev the offset of the event that last changed the row
 */

/**
 * @typedef {object} Ticket a party's place in one queue
 * @property {number} id
 * @property {number} party
 * @property {string} number "105" or "A12"; "" of a party that dropped in: never in line, never called
 * @property {string} queue
 * @property {TicketState} state
 * @property {number} place its order in the line: smaller first, ties by id
 * @property {number | null} booth
 * @property {number} issued_at
 * @property {number | null} called_at
 * @property {number | null} called_offset the offset of its present call: the order of calls
 * @property {number} recalls
 * @property {number | null} recalled_at
 * @property {number | null} started_at
 * @property {number | null} ended_at finished or cancelled
 * @property {number | null} away_at since when absent or held
 * @property {string | null} reason
 * @property {number | null} reserved the start of its slot, while it has a reserved place
 * @property {string | null} corrected the reason of its newest correction by the floor manager
 * @property {number} rev
 */

/**
 * @typedef {object} Queue
 * @property {string} id
 * @property {boolean} issuing
 * @property {number} reserved_run reserved places called in a row while others could have been called
 * @property {number} rev
 */

/**
 * @typedef {object} Booth
 * @property {number} id the booth's number
 * @property {string | null} queue null: a spare not in use
 * @property {"open" | "paused" | "closed"} state
 * @property {number | null} ticket the ticket called or serving here
 * @property {number} since
 * @property {number | null} meeting which meeting link an online booth has: the offset of the event that set it; the link itself is in no row
 * @property {number | null} checked_at when its consultant said that this link leads there
 * @property {number | null} helper_at since when it asks for the helper at the venue
 * @property {number} rev
 */

/**
 * @typedef {object} ClockRow fair now = fair + (real now - real) * rate
 * @property {number} id
 * @property {number} real
 * @property {number} fair
 * @property {number} rate
 * @property {number} rev
 */

/**
 * @typedef {object} Offer advice to a party: instead of waiting on with its ticket, or beside it, to visit a quieter queue
 * @property {number} id
 * @property {number} party
 * @property {number} ticket the waiting ticket
 * @property {string} queue the quieter queue
 * @property {"open" | "accepted" | "declined"} state an open one counts only while `Board.openOffer` gives it
 * @property {number} at
 * @property {number} until when it lapses
 * @property {number | null} answered_at
 * @property {"move" | "add" | "keep" | "not_now" | null} answer null: open, or taken back by who made it
 * @property {number} rev
 */

/**
 * @typedef {object} Notice an announcement to every screen
 * @property {number} id
 * @property {string} ja
 * @property {string | null} en
 * @property {number} at
 * @property {number | null} until null: until it is ended
 * @property {number} rev
 */

/**
 * @typedef {object} Tables
 * @property {Party[]} parties
 * @property {Ticket[]} tickets
 * @property {Queue[]} queues
 * @property {Booth[]} booths
 * @property {ClockRow[]} clocks
 * @property {Offer[]} offers
 * @property {Notice[]} notices
 */

/** @typedef {{epoch: number, offset: number}} Position a place in the journal */
/** @typedef {{type: "welcome", protocol: number, real_now: number, resume: "snapshot" | "backlog"}} Welcome */
/** @typedef {{type: "snapshot"} & Position & Tables} Snapshot the whole state */
/** @typedef {Position & Tables & {at: number, kind: string, undoes: number | null}} Change one event of the journal */
/** @typedef {{type: "event"} & Change} Event */
/** @typedef {{type: "beat"} & Position & {real_now: number, live: boolean}} Beat live false: the server lost its journal */
/**
 * @typedef {{type: "guide", at: number, queues: import("./guide.js").QueueGuide[], tickets: import("./guide.js").TicketGuide[]} & Position} GuideFrame
 *   the estimates, resting on the board at that position
 */
/** @typedef {Welcome | Snapshot | Event | GuideFrame | Beat} Frame */

/** How crowded a queue is, by the number on the wire. */
const LEVELS = Object.freeze(/** @type {const} */ (["quiet", "busy", "crowded", "closed"]));

/** A frame that is not of this protocol. */
export class WireError extends Error {}

/**
 * A frame as objects; tables a frame does not carry are empty lists.
 *
 * @param {Uint8Array} bytes
 * @returns {Frame}
 * @throws {WireError} where the bytes are not a frame of this protocol
 */
export function decodeFrame(bytes) {
  return frameOf(unpack(() => decode(bytes)));
}

/**
 * Frames that stand one after the other: what a page gets that asks instead of listening.
 *
 * @param {Uint8Array} bytes
 * @returns {Frame[]}
 * @throws {WireError} where the bytes are not frames of this protocol
 */
export function decodeFrames(bytes) {
  return unpack(() => [...decodeMulti(bytes)]).map(frameOf);
}

/**
 * @param {any} parts
 * @returns {Frame}
 */
function frameOf(parts) {
  if (!Array.isArray(parts)) throw new WireError("a frame that is not a list");
  switch (parts[0]) {
    case "welcome": {
      const [, protocol, real_now, resume] = parts;
      return { type: "welcome", protocol: whole(protocol), real_now: whole(real_now), resume };
    }
    case "snapshot": {
      const [, epoch, offset, tables] = parts;
      return { type: "snapshot", epoch: whole(epoch), offset: whole(offset), ...tablesOf(tables) };
    }
    case "event": {
      const [, epoch, offset, at, kind, tables, undoes] = parts;
      return { type: "event", epoch: whole(epoch), offset: whole(offset), at: whole(at), kind, ...tablesOf(tables), undoes };
    }
    case "guide": {
      const [, epoch, offset, at, queues, tickets] = parts;
      return { type: "guide", epoch: whole(epoch), offset: whole(offset), at: whole(at), queues: listOf(queues, queueGuide), tickets: listOf(tickets, ticketGuide) };
    }
    case "beat": {
      const [, epoch, offset, real_now, live] = parts;
      return { type: "beat", epoch: whole(epoch), offset: whole(offset), real_now: whole(real_now), live };
    }
    default:
      throw new WireError(`a frame of unknown kind: ${String(parts[0])}`);
  }
}

/**
 * The one frame a page sends: who it is and where it was.
 *
 * @param {Position | null} position null: it knows nothing yet
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeHello(position) {
  return encode(["hello", PROTOCOL, position ? position.epoch : null, position ? position.offset : 0]);
}

/**
 * @param {() => any} read
 * @returns {any}
 */
function unpack(read) {
  try {
    return read();
  } catch (error) {
    throw new WireError("bytes that are not msgpack", { cause: error });
  }
}

/**
 * @param {unknown} value
 * @returns {number}
 */
function whole(value) {
  if (!Number.isSafeInteger(value)) throw new WireError(`expected a whole number, got ${String(value)}`);
  return /** @type {number} */ (value);
}

/**
 * @param {unknown} packed {table: [row, …]}
 * @returns {Tables}
 */
function tablesOf(packed) {
  if (typeof packed !== "object" || packed === null) throw new WireError("a frame without tables");
  const tables = /** @type {Record<string, unknown>} */ (packed);
  /** @type {any} */
  const rows = {};
  for (const table of TABLES) {
    const lists = tables[table] ?? [];
    if (!Array.isArray(lists)) throw new WireError(`${table} that are not a list`);
    rows[table] = lists.map((values) => rowOf(table, values));
  }
  return rows;
}

/**
 * @param {TableName} table
 * @param {unknown} values
 * @returns {object}
 */
function rowOf(table, values) {
  const fields = FIELDS[table];
  if (!Array.isArray(values) || values.length !== fields.length) {
    throw new WireError(`a row of ${table} without its ${fields.length} values`);
  }
  return Object.fromEntries(fields.map((field, index) => [field, values[index]]));
}

/**
 * @template Row
 * @param {unknown} lists
 * @param {(values: any[]) => Row} row
 * @returns {Row[]}
 */
function listOf(lists, row) {
  if (!Array.isArray(lists) || !lists.every(Array.isArray)) throw new WireError("a guide without its lists");
  return lists.map(row);
}

/**
 * @param {any[]} values
 * @returns {import("./guide.js").QueueGuide}
 */
function queueGuide([id, ahead, booths, low, high, level]) {
  const word = LEVELS[level];
  if (word === undefined) throw new WireError(`a level that is unknown: ${String(level)}`);
  return { id: String(id), ahead: whole(ahead), booths: whole(booths), band: bandOf(low, high), level: word };
}

/**
 * @param {any[]} values
 * @returns {import("./guide.js").TicketGuide}
 */
function ticketGuide([id, ahead, low, high]) {
  return { id: whole(id), ahead: whole(ahead), band: bandOf(low, high) };
}

/**
 * @param {unknown} low
 * @param {unknown} high
 * @returns {import("./guide.js").Band | null}
 */
function bandOf(low, high) {
  return low === null ? null : { low: whole(low), high: whole(high) };
}

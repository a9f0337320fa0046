/**
 * A call in words: what is written beside a number, the sentence in Japanese and in English.
 *
 * @module
 */

/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/**
 * @typedef {object} Spoken
 * @property {string} number "105" or "A12"
 * @property {number} booth
 * @property {boolean} spare the booth is a spare (予備)
 * @property {boolean} online the consultant is not in the hall: one talks by the screen at the booth
 * @property {string} name full name of the queue's exhibitor
 * @property {string} short
 * @property {string | null} detail
 * @property {string} english the exhibitor in English
 * @property {string} ja 「番号札105番の方、3番ブース 札幌市へお越しください」
 * @property {string} come "Please come to booth 3, Sapporo."
 */

/**
 * What to write and say for a ticket that is or was called.
 *
 * @param {Fair} fair
 * @param {Ticket} ticket
 * @returns {Spoken}
 */
export function spoken(fair, ticket) {
  const booth = ticket.booth ?? 0;
  const place = fair.booths.find(({ number }) => number === booth);
  const queue = fair.queues.find(({ id }) => id === ticket.queue);
  const { name, short, english } = queue ?? { name: ticket.queue, short: ticket.queue, english: ticket.queue };
  return {
    number: ticket.number,
    booth,
    spare: place?.role === "spare",
    online: place?.online ?? false,
    name,
    short,
    detail: queue?.detail ?? null,
    english,
    ja: `番号札${ticket.number}番の方、${booth}番ブース ${name}へお越しください`,
    come: `Please come to booth ${booth}, ${english}.`,
  };
}

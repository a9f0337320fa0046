/** @file What the floor manager can do with one tap: commands with the words of their buttons. Pure. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Ticket} Ticket */
/** @typedef {import("client/board.js").Booth} Booth */
/** @typedef {import("client/page.js").FairBooth} FairBooth */

/**
 * @typedef {object} Act
 * @property {string} key names the act
 * @property {string} command of the HTTP API
 * @property {Record<string, unknown>} args
 * @property {string} label words of the button
 * @property {string} done what was done, for the undo bar
 * @property {Record<string, unknown>[]} [each] the same command for several: the arguments of each, instead of `args`
 */

/** @typedef {(queue: string) => string} NameOf short name of a queue */

/**
 * A spare serves a queue from now on.
 *
 * @param {number} booth
 * @param {string} queue
 * @param {NameOf} nameOf
 * @returns {Act}
 */
export function lend(booth, queue, nameOf) {
  return { key: "lend", command: "assign-booth", args: { booth, queue }, label: `${booth}番を開く`, done: `${booth}番を${nameOf(queue)}に開きました` };
}

/** A spare is free again. @param {number} booth @returns {Act} */
export function takeBack(booth) {
  return { key: "take-back", command: "assign-booth", args: { booth, queue: null }, label: "予備に戻す", done: `${booth}番を予備に戻しました` };
}

/** @param {number} booth @returns {Act} */
export function openBooth(booth) {
  return { key: "open", command: "open-booth", args: { booth }, label: `${booth}番を再開`, done: `${booth}番を再開しました` };
}

/** @param {number} booth @returns {Act} */
export function pauseBooth(booth) {
  return { key: "pause", command: "pause-booth", args: { booth }, label: `${booth}番を休止`, done: `${booth}番を休止にしました` };
}

/** @param {number} booth @param {string} number @returns {Act} */
export function recall(booth, number) {
  return { key: "recall", command: "recall", args: { booth }, label: "再呼出", done: `${number}番を再び呼びました` };
}

/** @param {number} booth @param {string} number @returns {Act} */
export function absent(booth, number) {
  return { key: "absent", command: "absent", args: { booth }, label: "不在・保留", done: `${number}番を不在にしました` };
}

/** @param {Ticket} ticket @returns {Act} */
export function restore(ticket) {
  return { key: "restore", command: "restore", args: { ticket: ticket.id }, label: "列に戻す", done: `${ticket.number}番を列に戻しました` };
}

/** @param {string} queue @param {NameOf} nameOf @returns {Act} */
export function stopIssuing(queue, nameOf) {
  return { key: "stop", command: "stop-issuing", args: { queue }, label: "発券を止める", done: `${nameOf(queue)}の発券を止めました` };
}

/** @param {string} queue @param {NameOf} nameOf @returns {Act} */
export function reopenIssuing(queue, nameOf) {
  return { key: "reopen", command: "reopen-issuing", args: { queue }, label: "発券を再開", done: `${nameOf(queue)}の発券を再開しました` };
}

/**
 * A waiting party is told of a quieter queue, as the house does it by itself: the same command, the same refusals.
 *
 * @param {Ticket} ticket
 * @param {string} queue
 * @param {NameOf} nameOf
 * @returns {Act}
 */
export function offer(ticket, queue, nameOf) {
  const name = nameOf(queue);
  return { key: `offer-${queue}`, command: "offer", args: { ticket: ticket.id, queue }, label: `${name}へ案内`, done: `${ticket.number}番に${name}をご案内しました` };
}

/** Every queue that still issues. @param {string[]} queues @returns {Act} */
export function stopAll(queues) {
  return { key: "stop-all", command: "stop-issuing", args: {}, each: queues.map((queue) => ({ queue })), label: `残り${queues.length}か所の発券を止める`, done: "" };
}

/** The helper has come to a booth that asked. @param {number} booth @returns {Act} */
export function helperCame(booth) {
  return { key: "helper-came", command: "helper-came", args: { booth }, label: "係が行きました", done: `${booth}番の係の呼び出しを終えました` };
}

/** Whoever still waits is called no more, and can be followed up. @param {number} parties @returns {Act} */
export function closeDay(parties) {
  return { key: "close-day", command: "close-day", args: {}, label: `残り${parties}組の受付を締める`, done: `${parties}組の受付を締めました` };
}

/** @param {number} booth @param {number} size @returns {Act} */
export function dropIn(booth, size) {
  return { key: `drop-in-${size}`, command: "drop-in", args: { booth, size }, label: `${size}名`, done: `${booth}番に飛び入り${size}名を数えました` };
}

/** @param {{id: number, ja: string}} notice @returns {Act} */
export function endNotice({ id }) {
  return { key: "end-notice", command: "end-notice", args: { notice: id }, label: "終わる", done: "お知らせを終えました" };
}

/**
 * The spare to open for a queue: its own, else that whose own queue waits least.
 *
 * @param {Board} board
 * @param {readonly FairBooth[]} booths as the fair lists them
 * @param {string} queue
 * @param {import("client/guide.js").Guide} guide
 * @returns {number|null} null: none is free
 */
export function spareFor(board, booths, queue, guide) {
  const free = booths.filter(({ number, role }) => role === "spare" && isFree(board.booths.get(number)));
  /** @param {FairBooth} spare */
  const rank = ({ home }) => (home === queue ? -1 : (guide.queues.get(home ?? "")?.band?.high ?? 0));
  return free.sort((a, b) => rank(a) - rank(b) || a.number - b.number)[0]?.number ?? null;
}

/** Whether a spare serves nobody. @param {Booth|undefined} booth */
export function isFree(booth) {
  return booth !== undefined && booth.queue === null && booth.ticket === null;
}

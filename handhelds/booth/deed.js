/** @file What an event did at a booth, in one sentence for the undo bar. Pure. */

/** @typedef {import("client/wire.js").Change} Change */

/**
 * The sentence of an event that can be taken back here.
 *
 * @param {Change} event
 * @param {number} booth booth number
 * @param {(queue: string) => string} nameOf short name of a queue
 * @returns {string|null} null: not of this booth, or nothing to take back
 */
export function deed(event, booth, nameOf) {
  if (!event.booths.some(({ id }) => id === booth)) return null;
  return sentence(event, nameOf);
}

/**
 * The sentence of an event, whichever booth it is of.
 *
 * @param {Change} event
 * @param {(queue: string) => string} nameOf short name of a queue
 * @returns {string|null} null: nothing to take back
 */
export function sentence(event, nameOf) {
  const ticket = event.tickets.find(({ state }) => state !== "finished") ?? event.tickets[0];
  const finished = event.tickets.find(({ state }) => state === "finished");
  const who = ticket ? `${ticket.number}番` : "";
  switch (event.kind) {
    case "called":
      return finished ? `${finished.number}番を終了し、${who}を呼びました` : `${who}を呼びました`;
    case "recalled":
      return `${who}を再び呼びました`;
    case "started":
      return `${who}の相談を始めました`;
    case "finished":
      return `${who}の相談を終えました`;
    case "marked_absent":
      return `${who}を不在にしました`;
    case "held":
      return `${who}を保留にしました`;
    case "restored":
      return `${who}を列に戻しました`;
    case "transferred":
      return ticket ? `${who}を${nameOf(ticket.queue)}へ案内しました` : null;
    case "issued":
      return ticket ? `${who}が${nameOf(ticket.queue)}にも並びました` : null;
    case "booth_paused":
      return "休止にしました";
    case "booth_opened":
      return "受付を再開しました";
    case "booth_closed":
      return "ブースを終了しました";
    case "meeting_checked":
      return "つながることを確かめました";
    case "helper_asked":
      return "会場の係を呼びました";
    case "helper_came":
      return "係の呼び出しを終えました";
    case "booth_assigned":
      return event.booths[0]?.queue ? `${nameOf(event.booths[0].queue)}の相談に使います` : "予備に戻しました";
    default:
      return null;
  }
}

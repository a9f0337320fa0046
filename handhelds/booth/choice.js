/** @file A number that is typed or tapped: which party is meant, and if it cannot be called here, why. Pure. */

import { whom } from "./act.js";

/** As many digits as a number may have. */
export const NUMBER_DIGITS = 4;

/**
 * What the typed digits mean.
 *
 * @typedef {object} Choice
 * @property {import("./line.js").Place[]} places the list, only those whose number begins so
 * @property {import("./line.js").Place|null} chosen the one whose number it is
 * @property {string} why a sentence, where the number is not one that can be called here
 */

/**
 * Add a digit as a keypad does.
 *
 * @param {string} typed
 * @param {string} digit
 * @returns {string} at most `NUMBER_DIGITS` digits, no leading zero
 */
export function type(typed, digit) {
  return (typed + digit).replace(/^0+/, "").slice(0, NUMBER_DIGITS);
}

/**
 * The digits of a number: "105" of 105, "12" of A12.
 *
 * @param {string} number
 * @returns {string}
 */
export function digits(number) {
  return number.replace(/\D/g, "");
}

/**
 * Find whom the digits mean.
 *
 * @param {string} typed
 * @param {import("./act.js").Situation} now
 * @param {import("client/board.js").Board} board
 * @param {(queue: string) => string} nameOf short name of a queue
 * @returns {Choice}
 */
export function choice(typed, now, board, nameOf) {
  if (typed === "") return { places: now.places, chosen: null, why: "" };
  const places = now.places.filter(({ ticket }) => digits(ticket.number).startsWith(typed));
  const meant = places.find(({ ticket }) => digits(ticket.number) === typed) ?? null;
  if (meant?.kind === "elsewhere") return { places, chosen: meant, why: `${meant.ticket.number}番はいま他のブースで相談中です` };
  if (meant || places.length > 0) return { places, chosen: meant, why: "" };
  return { places, chosen: null, why: whyNot(typed, now, board, nameOf) };
}

/**
 * @param {string} typed
 * @param {import("./act.js").Situation} now
 * @param {import("client/board.js").Board} board
 * @param {(queue: string) => string} nameOf
 * @returns {string}
 */
function whyNot(typed, now, board, nameOf) {
  const tickets = [...board.tickets.values()].filter(({ number }) => digits(number) === typed);
  const here = tickets.find(({ queue }) => queue === now.queue);
  const number = here?.number ?? tickets[0]?.number ?? typed;
  if (here?.state === "finished") return `${number}番は相談が終わっています`;
  if (here?.state === "cancelled") return `${number}番は取り消されています。受付で戻せます`;
  if (here) return `${number}番は${here.booth}番ブースで対応中です`;
  const waits = tickets.filter(({ state }) => state !== "finished" && state !== "cancelled").map(({ queue }) => nameOf(queue));
  if (waits.length > 0) return `${number}番は${waits.join("・")}にお並びです`;
  return tickets.length > 0 ? `${number}番はここに並んでいません` : `${number}番はありません`;
}

/**
 * The request that calls the chosen party, ending the talk in the same act where one goes on.
 *
 * @param {import("./line.js").Place|null} chosen
 * @param {import("./act.js").Situation} now
 * @returns {import("./act.js").Act|null} null where nobody is chosen, or the party is at another booth, or someone is called here
 */
export function callAct(chosen, now) {
  if (!chosen || chosen.kind === "elsewhere" || (now.state !== "idle" && now.state !== "serving")) return null;
  const finish = now.state === "serving";
  const number = chosen.ticket.number;
  return {
    key: "call",
    command: "call",
    args: finish ? { booth: now.booth, number, finish } : { booth: now.booth, number },
    label: finish ? ["終了して", `${number}番を呼ぶ`] : [`${number}番を呼ぶ`],
    on: `${chosen.size}名`,
  };
}

/**
 * What else can be done with a chosen party: back into the line, or out of it with its place kept.
 *
 * @param {import("./line.js").Place} chosen
 * @returns {import("./act.js").Act}
 */
export function keepAct(chosen) {
  const on = whom(chosen.ticket, chosen.size);
  const args = { ticket: chosen.ticket.id };
  if (chosen.kind === "away") return { key: "restore", command: "restore", args, label: ["順番に", "戻す"], on };
  return { key: "hold-chosen", command: "hold", args, label: ["保留"], on };
}

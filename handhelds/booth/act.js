/** @file Which act is the big button in which state, and which stand beside it. Pure: it reads a situation and gives a request. */

import { isChecked } from "../checked.js";
import { line, nextOf } from "./line.js";

/**
 * What stands at a booth now.
 *
 * @typedef {object} Situation
 * @property {"unknown"|"spare"|"closed"|"paused"|"idle"|"called"|"serving"} state unknown: before the first snapshot
 * @property {import("client/board.js").Booth|null} row
 * @property {number} booth booth number
 * @property {string|null} queue the queue it serves; null: a spare not in use
 * @property {import("client/board.js").Ticket|null} ticket the ticket called or serving here
 * @property {number} size persons of that ticket; 0 without one
 * @property {number} chairs extra chairs they need
 * @property {import("./line.js").Place[]} places the line of its queue; of a spare not in use, the line of its home queue
 * @property {import("./line.js").Place|null} next whom 次の方を呼ぶ would call
 * @property {boolean} spare whether it is a spare (予備)
 * @property {string|null} home the queue a spare belongs to
 * @property {boolean} unchecked whether it is online and its meeting link was not checked today, so that nobody can be called
 */

/**
 * A request with the words of its button.
 *
 * @typedef {object} Act
 * @property {string} key names the act: the same key in the same place means the same thing
 * @property {string} command command of the HTTP API
 * @property {Record<string, unknown>} args its arguments
 * @property {string[]} label words of the button; a second entry may stand on a second line
 * @property {string} on on whom it acts ("105番 2名"); empty where it acts on the booth
 */

/**
 * Read the board for one booth.
 *
 * @param {import("client/board.js").Board} board
 * @param {import("client/page.js").FairBooth} place the booth as the fair describes it
 * @param {import("./line.js").When} when
 * @returns {Situation}
 */
export function situation(board, place, when) {
  const row = board.booths.get(place.number);
  const ticket = row?.ticket == null ? null : (board.tickets.get(row.ticket) ?? null);
  const size = ticket ? board.party(ticket).size : 0;
  const places = line(board, row?.queue ?? place.home, place.seats, when);
  return {
    state: stateOf(row, ticket),
    row: row ?? null,
    booth: place.number,
    queue: row?.queue ?? null,
    ticket,
    size,
    chairs: Math.max(0, size - place.seats),
    places,
    next: nextOf(places),
    spare: place.role === "spare",
    home: place.home,
    unchecked: place.online && !isChecked(row, when.now, when.timezone),
  };
}

/**
 * @param {import("client/board.js").Booth|undefined} row
 * @param {import("client/board.js").Ticket|null} ticket
 * @returns {Situation["state"]}
 */
function stateOf(row, ticket) {
  if (!row) return "unknown";
  if (ticket?.state === "called" || ticket?.state === "serving") return ticket.state;
  if (row.queue === null) return "spare";
  return row.state === "open" ? "idle" : row.state;
}

/**
 * "105番 2名": on whom an act acts.
 *
 * @param {{number: string}} ticket
 * @param {number} size persons
 * @returns {string}
 */
export function whom(ticket, size) {
  return `${ticket.number}番 ${size}名`;
}

/**
 * The most likely next act.
 *
 * @param {Situation} now
 * @param {object} how
 * @param {boolean} how.live whether the board is up to date; a page that does not know may not call
 * @param {boolean} how.thenPause whether the booth pauses after this talk, so that nobody is called
 * @param {(queue: string) => string} how.nameOf short name of a queue
 * @returns {Act|null} null: nothing to press now
 */
export function mainAct(now, { live, thenPause, nameOf }) {
  const { booth } = now;
  const next = live && !now.unchecked ? now.next : null;
  switch (now.state) {
    case "spare":
      return now.home !== null && live ? assignAct(now, now.home, nameOf) : null;
    case "paused":
      return live && !now.unchecked ? act("open", "open-booth", { booth }, ["再開"]) : null;
    case "closed":
      return live && !now.unchecked ? act("open", "open-booth", { booth }, ["ブースを開ける"]) : null;
    case "idle":
      return next && { ...act("call-next", "call-next", { booth }, ["次の方を呼ぶ"]), on: whom(next.ticket, next.size) };
    case "called":
      return { ...act("start", "start", { booth }, ["相談開始"]), on: on(now) };
    case "serving":
      if (thenPause) return { ...act("finish", "finish", { booth }, ["終了して", "休止する"]), on: on(now) };
      if (!next) return { ...act("finish", "finish", { booth }, ["相談終了"]), on: on(now) };
      return {
        ...act("finish-call-next", "call-next", { booth, finish: true }, ["終了して", "次の方を呼ぶ"]),
        on: whom(next.ticket, next.size),
      };
    default:
      return null;
  }
}

/**
 * Put a spare to a queue.
 *
 * @param {Situation} now
 * @param {string} queue
 * @param {(queue: string) => string} nameOf
 * @returns {Act}
 */
export function assignAct({ booth }, queue, nameOf) {
  return { ...act("assign", "assign-booth", { booth, queue }, [`${nameOf(queue)}の`, "相談に使う"]), on: `${booth}番ブース` };
}

/**
 * Why there is nothing to press, in place of the big button.
 *
 * @param {Situation} now
 * @param {boolean} live
 * @returns {{title: string, detail: string}}
 */
export function restReason(now, live) {
  if (now.state === "unknown") return { title: "つないでいます", detail: "" };
  if (!live) return { title: "いまは呼べません", detail: "つながると、ここから呼べます" };
  if (now.unchecked) return { title: "接続確認がまだです", detail: "会議リンクを開き、「つながりました」を押すと、ここから呼べます" };
  if (now.state !== "idle") return { title: "お待ちください", detail: "" };
  const elsewhere = now.places.filter(({ kind }) => kind === "elsewhere").length;
  if (elsewhere) return { title: "いま呼べる方はいません", detail: `他ブース相談中 ${elsewhere}組` };
  return { title: "次の方を待っています", detail: "受付で発券されると、ここで呼べます" };
}

/** @typedef {"recall"|"absent"|"hold"|"finish"|"give-back"|"pause"|"close"} PlainAct an act that is one press */
/** @typedef {PlainAct|"transfer"|"choose"|"assign"} SideAct an act that stands beside the big button */

/**
 * One-press acts: the states in which they are possible, the command, the words.
 *
 * @type {Readonly<Record<PlainAct, {states: readonly Situation["state"][], command: string, label: string}>>}
 */
const PLAIN = Object.freeze({
  recall: { states: ["called"], command: "recall", label: "再呼出" },
  absent: { states: ["called"], command: "absent", label: "不在" },
  hold: { states: ["called"], command: "hold", label: "保留" },
  finish: { states: ["serving"], command: "finish", label: "相談終了" },
  "give-back": { states: ["idle", "paused"], command: "assign-booth", label: "予備に戻す" },
  pause: { states: ["idle"], command: "pause-booth", label: "休止" },
  close: { states: ["paused"], command: "close-booth", label: "終了" },
});

/**
 * The request behind an act that is one press.
 *
 * @param {PlainAct} name
 * @param {Situation} now
 * @returns {Act|null} null where the situation does not allow it
 */
export function plainAct(name, now) {
  const { states, command, label } = PLAIN[name];
  if (!states.includes(now.state) || (name === "give-back" && !now.spare)) return null;
  /** @type {Record<string, unknown>} */
  const args = name === "hold" ? { ticket: now.ticket?.id } : { booth: now.booth };
  if (name === "give-back") args.queue = null;
  return { ...act(name, command, args, [label]), on: on(now) };
}

/**
 * The acts beside the big one, in the order in which they stand. What is not possible is not shown.
 *
 * @param {Situation} now
 * @param {Act|null} main the big button's act
 * @param {boolean} live whether the board is up to date; without that nobody is called, led elsewhere or chosen
 * @returns {SideAct[]}
 */
export function sideActs(now, main, live) {
  const anyone = now.places.length > 0;
  const callable = anyone && !now.unchecked;
  /** @type {Partial<Record<Situation["state"], (SideAct|false)[]>>} */
  const acts = {
    spare: [live && "assign"],
    idle: [live && callable && "choose", live && anyone && "transfer", live && now.spare && "give-back"],
    called: [live && "recall", "absent", "hold", live && "transfer"],
    serving: [main?.key !== "finish" && "finish", live && callable && "choose", live && "transfer"],
    paused: [live && now.spare && "give-back"],
  };
  return (acts[now.state] ?? []).filter((name) => name !== false);
}

/**
 * The act apart, at the top: 休止 while the booth works, 終了 while it pauses.
 *
 * @param {Situation} now
 * @param {boolean} live
 * @returns {"pause"|"close"|null}
 */
export function apartAct(now, live) {
  if (!live) return null;
  if (now.state === "paused") return "close";
  return now.state === "idle" || now.state === "called" || now.state === "serving" ? "pause" : null;
}

/**
 * @param {string} key
 * @param {string} command
 * @param {Record<string, unknown>} args
 * @param {string[]} label
 * @returns {Act}
 */
function act(key, command, args, label) {
  return { key, command, args, label, on: "" };
}

/** @param {Situation} now */
function on(now) {
  return now.ticket ? whom(now.ticket, now.size) : "";
}

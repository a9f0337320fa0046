/** @file What needs an act of the floor manager now, gravest and oldest first, each with what is advised. Pure. */

import { formatElapsed, minutes } from "client/clock.js";
import { waitWords } from "client/words.js";
import { absent, helperCame, lend, openBooth, pauseBooth, recall, spareFor } from "./acts.js";
import { waitingNow } from "./hall.js";
import { longFrom } from "./talks.js";

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Booth} Booth */
/** @typedef {import("client/board.js").Ticket} Ticket */
/** @typedef {import("./acts.js").Act} Act */

/**
 * @typedef {object} Alarm
 * @property {string} key the same for as long as it is the same alarm
 * @property {number} grave 0: people stand there and nothing goes on; 1: soon so; 2: good to know
 * @property {number} since the fair's time, ms; 0 where it began at no moment
 * @property {import("client/icons.js").IconName} icon
 * @property {string} what
 * @property {string} detail since when, and how bad
 * @property {Act[]} acts at most two, the advised one last
 * @property {"announce"|"closing"} [leads] the panel where something can be done about it
 */

/**
 * @typedef {object} Scene what alarms are read from
 * @property {Board} board
 * @property {import("client/guide.js").Guide} guide
 * @property {Pick<import("client/page.js").Fair, "queues"|"booths"|"offers">} fair
 * @property {import("client/page.js").Watched} watched
 * @property {number} now the fair's time, ms
 * @property {(queue: string) => string} nameOf short name of a queue
 * @property {{label: string, seen: number}[]} silent screens that no longer listen: since when, real ms
 * @property {number} realNow ms
 * @property {string|null} advised the queue for which a spare is advised already, with a button and a reason of its own
 * @property {import("./closing.js").Step[]} steps of the end
 */

/** A booth where somebody could be called, and nobody is, is told after this, ms. */
export const IDLE_MS = 3 * 60_000;

/** So many crowded queues have an alarm of their own. */
const CROWDED_APART = 2;

/** From this share of the seats on it is said that they run out. */
export const SEATS_SHORT = 0.9;

/**
 * Every alarm.
 *
 * @param {Scene} scene
 * @returns {Alarm[]}
 */
export function alarmsOf(scene) {
  const alarms = [...closing(scene), ...seats(scene), ...silentScreens(scene), ...crowded(scene)];
  for (const queue of scene.fair.queues) alarms.push(...deserted(scene, queue.id));
  for (const booth of scene.board.booths.values()) {
    alarms.push(...helpWanted(scene, booth), ...unanswered(scene, booth), ...longTalk(scene, booth), ...idle(scene, booth));
  }
  return alarms.sort((a, b) => a.grave - b.grave || a.since - b.since);
}

/** People wait, and no booth serves them. @param {Scene} scene @param {string} queue @returns {Alarm[]} */
function deserted(scene, queue) {
  const { board, nameOf } = scene;
  const { parties, persons } = board.counts(queue);
  const serving = [...board.booths.values()].filter((booth) => booth.queue === queue);
  if (parties === 0 || serving.some(({ state, ticket }) => state === "open" || ticket !== null)) return [];
  const paused = serving[0];
  const spare = openSpare(scene, queue);
  const acts = [...(spare ? [spare] : []), ...(paused ? [openBooth(paused.id)] : [])];
  const since = Math.max(board.waiting(queue)[0].issued_at, paused?.since ?? 0);
  const detail = `お待ち ${parties}組 ${persons}名・${minutes(scene.now - since)}分`;
  return [{ key: `deserted-${queue}`, grave: 0, since, icon: "paused", what: `${nameOf(queue)} 対応するブースがありません`, detail, acts }];
}

/** Where the wait is long, the longest first; from the third on they are one alarm, for nobody reads sixteen. @param {Scene} scene @returns {Alarm[]} */
function crowded(scene) {
  const { board, guide, fair, nameOf, advised } = scene;
  const long = fair.queues
    .flatMap(({ id }) => guide.queues.get(id) ?? [])
    .filter(({ id, level }) => level === "crowded" && id !== advised && board.counts(id).parties > 0)
    .sort((a, b) => (b.band?.high ?? 0) - (a.band?.high ?? 0));
  const shown = long.length > CROWDED_APART + 1 ? CROWDED_APART : long.length;
  const rest = long.slice(shown);
  const alarms = long.slice(0, shown).map(({ id, band, booths }) => {
    const { parties, persons } = board.counts(id);
    const spare = advised === null ? openSpare(scene, id) : null;
    return crowdedAlarm(id, `${nameOf(id)} ${waitWords(band).ja}待ち`, `お待ち ${parties}組 ${persons}名・ブース ${booths}`, spare ? [spare] : []);
  });
  if (rest.length > 0) alarms.push(crowdedAlarm("rest", `ほか ${rest.length}か所も混雑`, rest.map(({ id }) => nameOf(id)).join("・"), []));
  return alarms;
}

/** @param {string} key @param {string} what @param {string} detail @param {Act[]} acts @returns {Alarm} */
function crowdedAlarm(key, what, detail, acts) {
  return { key: `crowded-${key}`, grave: 1, since: 0, icon: "alarm", what, detail, acts };
}

/** @param {Scene} scene @param {string} queue @returns {Act|null} */
function openSpare({ board, fair, guide, nameOf }, queue) {
  const spare = spareFor(board, fair.booths, queue, guide);
  return spare === null ? null : lend(spare, queue, nameOf);
}

/** The booth asks for the helper at the venue. @param {Scene} scene @param {Booth} booth @returns {Alarm[]} */
function helpWanted({ fair, now, nameOf }, booth) {
  if (booth.helper_at == null) return [];
  const place = fair.booths.find(({ number }) => number === booth.id);
  const queue = booth.queue ?? place?.home;
  return [{
    key: `help-${booth.id}`,
    grave: 0,
    since: booth.helper_at,
    icon: "help",
    what: `${booth.id}番 ${queue ? nameOf(queue) : "予備"} 会場の係を呼んでいます`,
    detail: `${minutes(now - booth.helper_at)}分前から${place?.online ? "・オンラインのブース" : ""}`,
    acts: [helperCame(booth.id)],
  }];
}

/** A call stands without a recall, or without an answer after it. @param {Scene} scene @param {Booth} booth @returns {Alarm[]} */
function unanswered({ board, watched, now }, booth) {
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  if (ticket?.state !== "called") return [];
  const called = ticket.called_at ?? now;
  const recalled = ticket.recalled_at;
  const late = recalled === null ? now - called >= watched.recall_by_ms : now - recalled >= watched.absent_after_ms;
  if (!late) return [];
  const two = [absent(booth.id, ticket.number), recall(booth.id, ticket.number)];
  return [{
    key: `unanswered-${ticket.id}-${ticket.recalls}`,
    grave: 0,
    since: called,
    icon: recalled === null ? "call" : "recall",
    what: `${ticket.number}番 ${booth.id}番ブース 応答なし`,
    detail: `呼び出しから ${formatElapsed(now - called)}・${recalled === null ? "再呼出はまだ" : `再呼出 ${ticket.recalls}回`}`,
    acts: recalled === null ? two : two.reverse(),
  }];
}

/** @param {Scene} scene @param {Booth} booth @returns {Alarm[]} */
function longTalk({ board, fair, watched, now, nameOf }, booth) {
  const ticket = booth.ticket === null ? null : board.tickets.get(booth.ticket);
  const queue = fair.queues.find(({ id }) => id === booth.queue);
  if (ticket?.state !== "serving" || ticket.started_at === null || !queue) return [];
  const talk = now - ticket.started_at;
  if (talk < longFrom(board, queue, watched.talk_cv)) return [];
  const { parties } = board.counts(queue.id);
  return [{
    key: `long-${ticket.id}`,
    grave: parties > 0 ? 1 : 2,
    since: ticket.started_at,
    icon: "serving",
    what: `${booth.id}番 ${nameOf(queue.id)} 相談が長くなっています`,
    detail: `${ticket.number ? `${ticket.number}番・` : ""}${minutes(talk)}分（いつもは約${queue.talk_min}分）・お待ち ${parties}組`,
    acts: [],
  }];
}

/** The booth is open, somebody could be called, and nobody does anything. @param {Scene} scene @param {Booth} booth @returns {Alarm[]} */
function idle({ board, now, nameOf }, booth) {
  if (booth.queue === null || booth.state !== "open" || booth.ticket !== null) return [];
  const free = board.waiting(booth.queue).filter((ticket) => !board.passedOver(ticket));
  if (free.length === 0) return [];
  const since = Math.max(booth.since, Math.min(...free.map(({ issued_at }) => issued_at)));
  if (now - since < IDLE_MS) return [];
  const what = `${booth.id}番 ${nameOf(booth.queue)} 呼び出しがありません`;
  const detail = `空いたまま ${minutes(now - since)}分・お待ち ${free.length}組`;
  return [{ key: `idle-${booth.id}`, grave: 0, since, icon: "free", what, detail, acts: [pauseBooth(booth.id)] }];
}

/** @param {Scene} scene @returns {Alarm[]} */
function seats({ board, watched }) {
  const { persons } = waitingNow(board);
  if (watched.seats === null || persons < watched.seats * SEATS_SHORT) return [];
  const full = persons >= watched.seats;
  return [{
    key: "seats",
    grave: 1,
    since: 0,
    icon: "person",
    what: full ? "お待ちの席が足りません" : "お待ちの席がもうすぐいっぱいです",
    detail: `お待ち ${persons}名 / ${watched.seats}席`,
    acts: [],
    leads: "announce",
  }];
}

/** A step of the end that was not announced yet. @param {Scene} scene @returns {Alarm[]} */
function closing({ steps }) {
  const due = steps.find(({ sentence }) => sentence !== null);
  if (!due) return [];
  const detail = "お知らせをまだ流していません";
  return [{ key: `closing-${due.key}`, grave: 0, since: due.at, icon: "notice", what: due.title, detail, acts: [], leads: "closing" }];
}

/** @param {Scene} scene @returns {Alarm[]} */
function silentScreens({ silent, realNow, now }) {
  return silent.map(({ label, seen }) => ({
    key: `silent-${label}`,
    grave: 1,
    since: now - (realNow - seen),
    icon: /** @type {const} */ ("stale"),
    what: `${label} 更新停止中`,
    detail: `${minutes(realNow - seen)}分前から届いていません`,
    acts: [],
  }));
}

/** @file The end of the day in three steps: what the house did by itself, and what is left to do. Pure. */

import { closeDay, stopAll } from "./acts.js";
import { leftOver } from "./hall.js";
import { closingSentences } from "./sentences.js";

/** @typedef {import("client/board.js").Board} Board */

/** @typedef {"warn"|"fit_only"|"stop"} Key */

/** The steps in their order. @type {readonly Key[]} */
const KEYS = Object.freeze(["warn", "fit_only", "stop"]);

/**
 * @typedef {object} Step
 * @property {Key} key
 * @property {number} at the fair's time, ms
 * @property {"later"|"now"|"done"} state
 * @property {string} title
 * @property {string[]} did what was done, by whom it was
 * @property {string[]} left what is left
 * @property {import("./acts.js").Act[]} acts
 * @property {import("./sentences.js").Sentence|null} sentence what is to be announced now
 */

/**
 * @param {object} parts
 * @param {Board} parts.board
 * @param {{warn: number, fit_only: number, stop: number}} parts.closing
 * @param {readonly {id: string, short: string}[]} parts.queues
 * @param {string} parts.ends "17:00"
 * @param {number} parts.now the fair's time, ms
 * @returns {Step[]}
 */
export function closingSteps({ board, closing, queues, ends, now }) {
  const sentences = closingSentences(ends);
  const issuing = queues.filter(({ id }) => board.queues.get(id)?.issuing ?? true);
  const stopped = queues.filter((queue) => !issuing.includes(queue));
  const waiting = leftOver(board).length;
  /** @param {Key} key */
  const announced = (key) => [...board.notices.values()].some(({ ja }) => ja === sentences[key].ja);
  const latest = [...KEYS].reverse().find((key) => now >= closing[key]);
  /** Whether it was announced; once the next step is there, its own announcement is the one to make. @param {Key} key */
  const word = (key) => {
    if (announced(key)) return { did: ["お知らせを流しました"], left: [] };
    return latest === undefined || KEYS.indexOf(key) >= KEYS.indexOf(latest) ? { did: [], left: ["お知らせを流す"] } : { did: [], left: [] };
  };
  return [
    step("warn", "終了を知らせる", word("warn"), []),
    step("fit_only", "終わりまでに間に合う相談だけ発券する", {
      did: [...word("fit_only").did, ...(stopped.length > 0 ? [`発券を止めた相談先 ${stopped.length}／${queues.length}：${list(stopped)}`] : [])],
      left: [...word("fit_only").left, ...(issuing.length > 0 ? [`発券中 ${issuing.length}。間に合わなくなると自動で止まります`] : [])],
    }, []),
    step("stop", "発券を終え、残った方を後日の連絡へ", {
      did: [...word("stop").did, ...(issuing.length === 0 ? ["すべての発券を止めました"] : [])],
      left: [...word("stop").left, ...(issuing.length > 0 ? [`発券中 ${issuing.length}：${list(issuing)}`] : []), ...(waiting > 0 ? [`お待ちの方 ${waiting}組`] : [])],
    }, issuing.length > 0 ? [stopAll(issuing.map(({ id }) => id))] : waiting > 0 ? [closeDay(waiting)] : []),
  ];

  /**
   * @param {Key} key
   * @param {string} title
   * @param {{did: string[], left: string[]}} what
   * @param {import("./acts.js").Act[]} acts
   * @returns {Step}
   */
  function step(key, title, { did, left }, acts) {
    const due = now >= closing[key];
    const state = !due ? "later" : left.length === 0 ? "done" : "now";
    return { key, at: closing[key], state, title, did, left, acts: due ? acts : [], sentence: key === latest && !announced(key) ? sentences[key] : null };
  }
}

/** @param {readonly {short: string}[]} queues */
function list(queues) {
  return queues.map(({ short }) => short).join("・");
}

/** @file How long a talk of a queue usually takes today, and from when on one is long. Pure. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Ticket} Ticket */

const MINUTE_MS = 60_000;

/** So many talks the expectation of the fair's file weighs. */
const PRIOR_TALKS = 8;

/**
 * Talks of a queue that somebody timed: not those counted afterwards.
 *
 * @param {Board} board
 * @param {string} queue
 * @returns {number[]} ms
 */
function timed(board, queue) {
  return [...board.tickets.values()].flatMap(({ queue: its, state, corrected, called_at, started_at, ended_at }) =>
    its === queue && state === "finished" && corrected === null && called_at !== null && started_at !== null && ended_at !== null
      ? [ended_at - started_at]
      : [],
  );
}

/**
 * From when on a talk is long: over the mean by two standard deviations, or twice as long as expected, whichever comes first.
 *
 * @param {Board} board
 * @param {{id: string, talk_min: number}} queue
 * @param {number} cv spread of a talk's length over its mean
 * @returns {number} ms
 */
export function longFrom(board, { id, talk_min }, cv) {
  const talks = timed(board, id);
  const expected = talk_min * MINUTE_MS;
  const mean = (PRIOR_TALKS * expected + talks.reduce((sum, ms) => sum + ms, 0)) / (PRIOR_TALKS + talks.length);
  return Math.min(mean * (1 + 2 * cv), 2 * expected);
}

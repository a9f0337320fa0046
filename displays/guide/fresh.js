/**
 * How long what the page knows of the waits may be shown, once it no longer hears the server.
 *
 * @module
 */

/** After so long a wait is no longer said, only when it was known, ms. */
export const RECENT_MS = 60_000;

/** @typedef {import("client/following.js").Status["state"]} State */

/**
 * Whether anybody may be sent anywhere by it.
 *
 * @param {State} state
 * @param {number} age of what the page knows, real ms
 * @param {number} freshS the fair's limit, seconds
 */
export function isFresh(state, age, freshS) {
  return state !== "stale" && age <= freshS * 1000;
}

/**
 * Whether the waits may still be said.
 *
 * @param {State} state
 * @param {number} age real ms
 */
export function isRecent(state, age) {
  return state !== "stale" || age <= RECENT_MS;
}

/**
 * A wait as a screen says it: an icon and a word for how crowded it is, and the band.
 *
 * @module
 */

import { waitWords } from "client/words.js";

/** @typedef {import("client/guide.js").Band} Band */

/** Up to so many minutes one is served at once. */
const AT_ONCE_MIN = 5;

/** A band that reaches so far has no room as one, min; and whoever reads it goes by its beginning. */
const WIDE_MIN = 100;

/** What stands where there is no wait. */
export const AT_ONCE = Object.freeze({ ja: "すぐご案内", en: "No waiting" });

/**
 * The band in words.
 *
 * @param {Band | null | undefined} band
 * @returns {{ja: string, en: string}}
 */
export function screenWait(band) {
  if (band && band.high <= AT_ONCE_MIN) return AT_ONCE;
  if (band && band.high >= WIDE_MIN && band.low > 0) return { ja: `約${band.low}分以上`, en: `over ${band.low} min` };
  return waitWords(band);
}

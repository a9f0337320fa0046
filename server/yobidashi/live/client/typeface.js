/**
 * Fetches the type for every word a page may ever show, while the server is there.
 *
 * The Japanese font comes in many slices, and a browser fetches a slice when one of its characters is first shown. 更新停止中 is
 * first shown when nothing can be fetched any more, and the first recall should not wait for its letters either.
 *
 * @module
 */

/** Families and weights of the pages. */
const FACES = [
  '400 1em "BIZ UDPGothic"',
  '700 1em "BIZ UDPGothic"',
  '400 1em "Yobidashi Digits"',
  '700 1em "Yobidashi Digits"',
  '700 1em "Yobidashi Numbers"',
];
/** Digits, letters and punctuation that any name or number may need. */
const LATIN = "0123456789:.,-–・()ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Fetches what these words need. A face that cannot be fetched is tried again when it is first shown.
 *
 * @param {readonly unknown[]} words strings, or objects and lists of them
 * @returns {Promise<void>} when everything is there, or has failed
 */
export async function fetchType(words) {
  const text = [...new Set(LATIN + JSON.stringify(words))].join("");
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face, text)));
}

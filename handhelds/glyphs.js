/** @file Fetches the shapes of words that a page will need when it can fetch nothing any more. */

/**
 * Load the parts of the font that hold a text's characters. The font comes in slices, and only those a page has shown are there;
 * without this, the words for "offline" would be the first that cannot be drawn in it.
 *
 * @param {400|700} weight
 * @param {...string} texts
 * @returns {Promise<void>} fulfilled when they are here, or cannot be had: the words are then drawn in the system's font
 */
export async function keepGlyphs(weight, ...texts) {
  await Promise.allSettled([document.fonts.load(`${weight} 16px "BIZ UDPGothic"`, texts.join(""))]);
}

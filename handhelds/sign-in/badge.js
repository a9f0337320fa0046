/** @file What a badge's QR code says: an address whose part after the # is the member's id and the badge's secret. */

/** @typedef {{id: string, secret: string}} Badge */

const BADGE = /#(s[0-9]{2,4})\.([A-Za-z0-9_-]{22,64})$/;

/**
 * Reads a scanned text. Whose address it is does not matter: a badge printed at the office is good in the hall.
 *
 * @param {string} text
 * @returns {Badge | null} null: this is no badge
 */
export function badgeIn(text) {
  const found = BADGE.exec(text.trim());
  return found && { id: /** @type {string} */ (found[1]), secret: /** @type {string} */ (found[2]) };
}

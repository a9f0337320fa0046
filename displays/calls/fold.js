/**
 * When there are more open calls than plates: how many of the last slots fold into a strip of small calls.
 *
 * @module
 */

/** Slots of a page of plates: 2 × 4, filled down the left column first. */
export const PLATES = 8;
/** How many calls the strip shows in the place of one plate. */
export const STRIP_PER_SLOT = 12;
/** How many slots may fold at most: the right column. */
const FOLD_MAX = 4;

/**
 * How many slots fold so that every open call is in sight.
 *
 * @param {number} open number of open calls
 * @returns {number} 0 to FOLD_MAX
 */
export function foldFor(open) {
  let fold = 0;
  if (open > PLATES) {
    do fold += 1;
    while (fold < FOLD_MAX && open - (PLATES - fold) > fold * STRIP_PER_SLOT);
  }
  return fold;
}

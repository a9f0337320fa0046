/**
 * The live board of the fair this page shows.
 *
 * @module
 */

import { Following } from "./following.js";
import { page } from "./page.js";

/** @typedef {import("./following.js").Status} Status */
/** @typedef {import("./following.js").Watcher} Watcher */

/**
 * Follows the page's fair from now on.
 *
 * @param {Watcher} watcher
 * @returns {Following} with `board`, `guide`, `clock` and `status`
 */
export function follow(watcher) {
  const url = new URL(page.live, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return new Following(url.href, watcher, {}, page.asked ? new URL(page.asked, location.href).href : null);
}

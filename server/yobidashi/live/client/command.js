/**
 * The commands of the fair this page shows.
 *
 * @module
 */

import { page } from "./page.js";
import { post } from "./post.js";

export { CommandError } from "./post.js";

/** @typedef {import("./wire.js").Change} Change */
/** @typedef {import("./post.js").Options} Options */

/**
 * Gives a command and waits for its answer, through bad network and a server that is away for a while.
 *
 * Nothing is stored: a page that is closed while it waits forgets the command.
 *
 * @param {string} name "issue", "call-next", …
 * @param {object} args
 * @param {Options} [options]
 * @returns {Promise<Change>} the event that the command made
 * @throws {import("./post.js").CommandError} where the server refuses it
 */
export function command(name, args, options) {
  return post(`${page.api}/${name}`, args, { csrf: page.csrf, ...options });
}

/**
 * Questions and requests about people and staff: JSON in, JSON out, once. What must survive a bad network is a command
 * (command.js); here the person waits in front of the page and is told.
 *
 * @module
 */

import { page } from "./page.js";
import { CommandError, commandId, headersOf, refusalOf } from "./post.js";

export { CommandError } from "./post.js";

/** How long an answer is waited for, ms. */
const ANSWER_MS = 15_000;

/** What is told where the network or the server does not answer. */
const NO_ANSWER = Object.freeze({
  code: "no_answer",
  ja: "つながりません。電波を確かめて、もう一度押してください。",
  en: "No answer. Check the network and try again.",
});

/**
 * Reads something. Nothing of it is kept by the browser.
 *
 * @param {string} path below the fair's API address, with a leading slash
 * @returns {Promise<any>}
 * @throws {CommandError} where it is refused, or nobody answers (`no_answer`)
 */
export function read(path) {
  return answerTo(path, { method: "GET" });
}

/**
 * Asks for something to be done. A request that is made again must be made with the id of the first, so that it acts once: give `id`.
 *
 * @param {string} path below the fair's API address, with a leading slash
 * @param {object} args
 * @param {string} [id] the command id; a new one where none is given
 * @returns {Promise<any>}
 * @throws {CommandError} where it is refused, or nobody answers (`no_answer`)
 */
export function ask(path, args, id = commandId()) {
  return answerTo(path, { method: "POST", headers: headersOf(page.csrf), body: JSON.stringify({ ...args, command_id: id }) });
}

/**
 * Sends a file.
 *
 * @param {string} path below the fair's API address, with a leading slash
 * @param {Blob} file
 * @param {string} type its media type
 * @returns {Promise<any>}
 * @throws {CommandError} where it is refused, or nobody answers (`no_answer`)
 */
export function send(path, file, type) {
  return answerTo(path, { method: "POST", headers: headersOf(page.csrf, type), body: file });
}

/**
 * @param {string} path
 * @param {RequestInit} request
 */
async function answerTo(path, request) {
  const response = await fetch(page.api + path, {
    ...request,
    cache: "no-store",
    redirect: "error", // a guest network's sign-in page is not an answer
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch(() => null);
  if (response === null) throw new CommandError(0, NO_ANSWER);
  const json = response.headers.get("content-type")?.startsWith("application/json");
  if (!response.ok) throw new CommandError(response.status, refusalOf(await response.text()));
  return json ? response.json() : response.blob();
}

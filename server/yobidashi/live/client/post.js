/**
 * Sends one command until it is answered: the same command id every time, so it acts once however often it is sent.
 *
 * @module
 */

/** @typedef {import("./wire.js").Change} Change */

/**
 * @typedef {object} Options
 * @property {string | null} [csrf] what shows that the command comes from a page of this sign-in
 * @property {(seconds: number) => void} [onPending] called every whole second, from the first, while there is no answer
 * @property {AbortSignal} [signal] gives up; whether the command has acted is then unknown
 */

/**
 * The times sending goes by, in ms.
 *
 * @typedef {object} Limits
 * @property {number} answer_ms an answer that takes longer is no longer waited for
 * @property {number} first_ms the first wait between two attempts; each is twice the one before
 * @property {number} longest_ms the longest
 */

/** @type {Readonly<Limits>} */
export const LIMITS = Object.freeze({ answer_ms: 5_000, first_ms: 500, longest_ms: 8_000 });

/** The server, or something before it, is away for the moment; anything else it answers is an answer. */
const AWAY = [502, 503, 504];

/** A command that was refused. Its message is the Japanese sentence. */
export class CommandError extends Error {
  /**
   * @param {number} status HTTP
   * @param {{code?: string, ja?: string, en?: string, detail?: Record<string, unknown>}} body
   */
  constructor(status, { code, ja, en, detail }) {
    super(ja ?? `受け付けられませんでした（${status}）。`);
    this.name = "CommandError";
    this.status = status;
    this.code = code ?? `http_${status}`;
    this.ja = this.message;
    this.en = en ?? `The server did not accept this (${status}).`;
    this.detail = detail ?? {};
  }
}

/**
 * A new command id: 22 characters, 128 random bits. Works on plain http in a local network too, where `randomUUID` is missing.
 *
 * @returns {string}
 */
export function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Posts one command and gives the event it made.
 *
 * It is sent again, with the same id, as long as the network fails, no answer comes in time, or the server is away. The waits between grow
 * to 8 s; when the network comes back it is sent at once.
 *
 * @param {string} url
 * @param {object} args
 * @param {Options} [options]
 * @param {Partial<Limits>} [limits]
 * @returns {Promise<Change>}
 * @throws {CommandError} where the server refuses it
 */
export async function post(url, args, { csrf, onPending, signal } = {}, limits = {}) {
  const { answer_ms, first_ms, longest_ms } = { ...LIMITS, ...limits };
  const body = JSON.stringify({ ...args, command_id: commandId() });
  const started = performance.now();
  const ticking = onPending && setInterval(() => onPending(Math.round((performance.now() - started) / 1000)), 1000);
  try {
    for (let wait = first_ms; ; wait = Math.min(2 * wait, longest_ms)) {
      const answer = await send(url, body, headersOf(csrf), signal, answer_ms);
      if (answer) return answer;
      await pause(wait, signal);
    }
  } finally {
    clearInterval(ticking);
  }
}

/**
 * One attempt.
 *
 * @param {string} url
 * @param {string} body
 * @param {Record<string, string>} headers
 * @param {AbortSignal | undefined} signal
 * @param {number} answer_ms
 * @returns {Promise<Change | null>} null: no answer, or none that can be trusted
 */
async function send(url, body, headers, signal, answer_ms) {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  const late = setTimeout(stop, answer_ms);
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      cache: "no-store",
      redirect: "error", // a guest network's sign-in page is not an answer
      signal: attempt.signal,
    });
    if (AWAY.includes(response.status)) return null;
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    throw new CommandError(response.status, refusalOf(text));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CommandError) throw error;
    return null;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener("abort", stop);
  }
}

/**
 * The headers of a POST: JSON, and the token of this sign-in where there is one.
 *
 * @param {string | null | undefined} csrf
 * @param {string} [type] the body's media type
 * @returns {Record<string, string>}
 */
export function headersOf(csrf, type = "application/json") {
  return csrf ? { "content-type": type, "x-csrf": csrf } : { "content-type": type };
}

/**
 * What a refusal says; something before the server may have answered in its own words.
 *
 * @param {string} text
 * @returns {{code?: string, ja?: string, en?: string, detail?: Record<string, unknown>}}
 */
export function refusalOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/**
 * Waits, but no longer than until the network is back.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  const network = typeof window === "undefined" ? null : window;
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      network?.removeEventListener("online", end);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    network?.addEventListener("online", end);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
  });
}

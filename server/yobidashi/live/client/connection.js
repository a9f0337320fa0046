/**
 * One page's connection to the server: opened, watched, and opened again, never two at once.
 *
 * It knows sockets, timers and close codes. What the frames mean, its receiver decides (following.js).
 *
 * @module
 */

import { Backoff } from "./backoff.js";
import { closing, problemOf } from "./closing.js";
import { Silence } from "./silence.js";
import { onWake } from "./wake.js";
import { decodeFrame, encodeHello, WireError } from "./wire.js";

/** @typedef {import("./closing.js").Problem} Problem */
/** @typedef {import("./wire.js").Frame} Frame */
/** @typedef {import("./wire.js").Position} Position */

/**
 * The times a connection goes by, in ms.
 *
 * @typedef {object} Limits
 * @property {number} silence_ms after this long without a frame the page no longer knows, and the socket is given up
 * @property {number} wake_ms a page that wakes up gives its socket up after this silence already; a beat comes every 3 s
 * @property {number} steady_ms after this long the connection counts as good, and the next waits start short
 * @property {number} look_ms how often the silence is looked at
 */

/** @type {Readonly<Limits>} */
export const LIMITS = Object.freeze({ silence_ms: 10_000, wake_ms: 4_000, steady_ms: 5_000, look_ms: 500 });

/**
 * @typedef {object} Receiver
 * @property {() => Position | null} position where the page is, for the hello; null: send everything
 * @property {() => void} forget the position is worth nothing any more
 * @property {(frame: Frame) => boolean} take false: the frame does not fit, connect anew
 * @property {() => void} lost the socket is gone; another will be opened
 * @property {() => void} silent nothing was heard for `silence_ms`
 * @property {(problem: Problem) => void} refused the server does not want this page; no socket will be opened again
 */

/** A binary websocket that stays open as well as it can. */
export class Connection {
  /** @type {string} */
  #url;
  /** @type {Receiver} */
  #receiver;
  /** @type {Limits} */
  #limits;
  #backoff = new Backoff();
  /** Since the last frame, over all sockets. */
  #unheard = new Silence();
  /** Since the present socket's last sign of life, its opening included. */
  #idle = new Silence();
  /** Since the present socket was opened. */
  #age = new Silence();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #return;
  /** @type {ReturnType<typeof setInterval>} */
  #looking;
  /** @type {() => void} */
  #stopWaking;
  #over = false;

  /**
   * Opens the first socket at once.
   *
   * @param {string} url ws:// or wss://
   * @param {Receiver} receiver
   * @param {Partial<Limits>} [limits]
   */
  constructor(url, receiver, limits = {}) {
    this.#url = url;
    this.#receiver = receiver;
    this.#limits = { ...LIMITS, ...limits };
    this.#looking = setInterval(() => this.#look(), this.#limits.look_ms);
    this.#stopWaking = onWake(() => this.check());
    this.#open();
  }

  /** For how many ms nothing was heard, over all sockets. */
  get unheard() {
    return this.#unheard.ms;
  }

  /** Something was heard by another way (polling.js): the page knows, though this has no socket. */
  heard() {
    this.#unheard.end();
  }

  /** Looks at the connection now: a page that was asleep must not wait for a timer. */
  check() {
    if (this.#over) return;
    this.#look();
    if (this.#socket && this.#idle.ms < this.#limits.wake_ms) return;
    this.#backoff.reset();
    this.#lose();
    this.#open();
  }

  /** Closes the socket and all timers, for good. */
  close() {
    this.#over = true;
    clearInterval(this.#looking);
    clearTimeout(this.#return);
    this.#stopWaking();
    this.#drop();
  }

  #open() {
    if (this.#over) return; // the receiver may close while it is being told something
    clearTimeout(this.#return);
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(encodeHello(this.#receiver.position()));
    socket.onmessage = (message) => this.#hear(message.data);
    socket.onclose = (close) => this.#closed(close.code);
    this.#socket = socket;
    this.#idle.end();
    this.#age.end();
  }

  /** @param {unknown} data */
  #hear(data) {
    this.#unheard.end();
    this.#idle.end();
    if (this.#age.ms >= this.#limits.steady_ms) this.#backoff.reset();
    const frame = this.#read(data);
    if (frame && this.#receiver.take(frame)) return;
    this.#lose();
    this.#comeBack();
  }

  /**
   * @param {unknown} data
   * @returns {Frame | null} null: not a frame of this protocol; what stands may be wrong, so everything is asked for anew
   */
  #read(data) {
    try {
      if (!(data instanceof ArrayBuffer)) throw new WireError("a frame that is not binary");
      return decodeFrame(new Uint8Array(data));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      console.error(error);
      this.#receiver.forget();
      return null;
    }
  }

  /** @param {number} code */
  #closed(code) {
    const next = closing(code);
    if (next === "stop") {
      this.close();
      this.#receiver.refused(problemOf(code));
      return;
    }
    if (next === "forget") this.#receiver.forget();
    // At once only from a connection that was good: servers that send a page to and fro must not keep it busy.
    const atOnce = next === "now" && this.#age.ms >= this.#limits.steady_ms;
    this.#lose();
    if (atOnce) this.#open();
    else this.#comeBack();
  }

  #look() {
    if (this.#unheard.ms >= this.#limits.silence_ms) this.#receiver.silent();
    if (!this.#socket || this.#idle.ms < this.#limits.silence_ms) return;
    this.#lose();
    this.#comeBack();
  }

  #comeBack() {
    if (this.#over) return;
    clearTimeout(this.#return);
    this.#return = setTimeout(() => this.#open(), this.#backoff.next());
  }

  #lose() {
    this.#drop();
    this.#receiver.lost();
  }

  /** Lets go of the present socket; whatever it still says is not heard. */
  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

/** @file Signing in, step by step: badge, PIN (chosen twice at its first use), in. Knows no page; remembers nothing. */

import { badgeIn } from "./badge.js";

export const PIN_LENGTH = 6;

/** @typedef {"badge" | "pin" | "choose" | "again" | "sending"} Step */
/** @typedef {{id: string, roles: string[], booth: number | null}} Member */
/** @typedef {{code?: string, ja: string, en: string}} Fault */

const NO_BADGE = Object.freeze({ ja: "これは名札のQRコードではありません。", en: "This code is not a badge." });

export class Entry {
  /**
   * @param {object} parts
   * @param {(path: string, args: object) => Promise<any>} parts.ask
   * @param {(member: Member) => void} parts.enter called when somebody is signed in
   * @param {() => void} parts.changed called when something is to be drawn
   */
  constructor({ ask, enter, changed }) {
    this.ask = ask;
    this.enter = enter;
    this.changed = changed;
    /** @type {Step} */
    this.step = "badge";
    /** @type {import("./badge.js").Badge | null} */
    this.badge = null;
    this.typed = "";
    this.chosen = "";
    /** Whether the server is asked about the badge: who knows the PIN types it at once, and no digit may be lost. */
    this.looking = false;
    /** @type {Fault | null} */
    this.fault = null;
  }

  /** Whether digits count now. */
  get typing() {
    return this.looking || this.step === "pin" || this.step === "choose" || this.step === "again";
  }

  /** A code was read. @param {string} text */
  async show(text) {
    if (this.step === "sending") return;
    const badge = badgeIn(text);
    if (!badge) return this.to("badge", NO_BADGE);
    // Held before the camera for a moment longer, a badge is read again: the digits typed meanwhile must stay.
    if (this.typing && this.badge?.id === badge.id && this.badge.secret === badge.secret) return;
    this.badge = badge;
    this.to("sending");
    this.looking = true;
    try {
      const { first } = await this.ask("/sign-in/badge", { badge });
      const typed = this.typed;
      this.looking = false;
      this.to(first ? "choose" : "pin");
      for (const digit of typed) this.press(digit);
    } catch (error) {
      this.looking = false;
      this.to("badge", faultOf(error));
    }
  }

  /** A digit was pressed. @param {string} digit */
  press(digit) {
    if (!this.typing || !/^[0-9]$/.test(digit) || this.typed.length === PIN_LENGTH) return;
    this.typed += digit;
    this.fault = null;
    this.changed();
    if (this.typed.length === PIN_LENGTH && !this.looking) void this.complete();
  }

  /** The last digit goes. */
  erase() {
    this.typed = this.typed.slice(0, -1);
    this.changed();
  }

  /** Another badge, from the beginning. */
  restart() {
    if (this.looking) return;
    this.badge = null;
    this.to("badge");
  }

  async complete() {
    const pin = this.typed;
    if (this.step === "choose") {
      this.chosen = pin;
      return this.to("again");
    }
    const first = this.step === "again";
    const path = first ? "/sign-in/first" : "/sign-in";
    const args = first ? { pin: this.chosen, again: pin } : { pin };
    this.to("sending");
    try {
      this.enter(await this.ask(path, { badge: this.badge, ...args }));
    } catch (error) {
      const fault = faultOf(error);
      this.chosen = "";
      this.to(first || fault.code === "pin_not_set" ? "choose" : "pin", fault);
    }
  }

  /**
   * @param {Step} step
   * @param {Fault | null} [fault]
   */
  to(step, fault = null) {
    this.step = step;
    this.typed = "";
    this.fault = fault;
    this.changed();
  }
}

/**
 * Where somebody goes after signing in: to the one page they work at, or to the start page.
 *
 * @param {Member} member
 * @returns {string} below the fair's pages
 */
export function firstPage({ roles, booth }) {
  const only = roles.length === 1 ? roles[0] : "";
  if ((only === "consultant" || only === "online") && booth !== null) return `/booths/${booth}`;
  return only === "reception" ? "/reception" : "/";
}

/** What a refusal says; anything else is a defect of ours. @param {unknown} error @returns {Fault} */
function faultOf(error) {
  if (!(error instanceof Error && "ja" in error)) throw error;
  const { code, ja, en } = /** @type {Error & Required<Fault>} */ (error);
  return { code, ja, en };
}

/**
 * How a new or recalled call draws attention: it blinks at 2 Hz for 3 s (blink.css), then it is steady.
 *
 * @module
 */

import { nothing } from "client/view.js";

/** @typedef {import("client/wire.js").Ticket} Ticket */

/**
 * Which of the two equal blink animations runs: the other one begins anew, the same one would not.
 *
 * @param {Ticket} ticket
 * @param {boolean} blinking
 */
export function blinkOf(ticket, blinking) {
  return blinking ? String(ticket.recalls % 2) : nothing;
}

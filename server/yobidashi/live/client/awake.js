/**
 * Keeps the screen on where the browser can (only on https or the machine itself).
 *
 * @module
 */

import { onWake } from "./wake.js";

/** Asks the browser not to dim the screen, now and whenever the page is seen again. */
export function keepAwake() {
  if (!("wakeLock" in navigator)) return;
  const ask = () => void navigator.wakeLock.request("screen").catch(() => {}); // refused: a kiosk's own setting must do
  onWake(ask);
  ask();
}

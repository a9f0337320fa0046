/** @file Whether visitors may be called to an online booth now. Pure. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const days = new Map();

/**
 * Whether an online booth's meeting link was checked on the day that it is now at the fair (queue/lua/lib/meetings.lua).
 *
 * @param {import("client/wire.js").Booth | undefined | null} booth
 * @param {number} now the fair's time, ms
 * @param {string} timezone of the fair
 * @returns {boolean}
 */
export function isChecked(booth, now, timezone) {
  return booth?.checked_at != null && dayOf(booth.checked_at, timezone) === dayOf(now, timezone);
}

/** @param {number} ms @param {string} timezone */
function dayOf(ms, timezone) {
  let format = days.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" });
    days.set(timezone, format);
  }
  return format.format(ms);
}

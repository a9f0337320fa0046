/**
 * @file The start page: writes the fair's dates as people read them, 2026年2月14日(土), and who is signed in. Everything else on it is
 * plain links.
 */

import { ask, read } from "client/ask.js";
import { page } from "client/page.js";

const format = new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("ja-JP", { weekday: "short", timeZone: "UTC" });

for (const time of document.querySelectorAll("time")) {
  const day = new Date(time.dateTime); // a date without a time is midnight UTC, so no zone can shift the day
  time.textContent = `${format.format(day)}（${weekday.format(day)}）`;
}

const name = document.getElementById("my-name");
if (name) {
  const me = await read("/me").catch(() => null);
  if (me?.name) name.textContent = me.name;
}

const signOut = /** @type {HTMLButtonElement | null} */ (document.getElementById("sign-out"));
signOut?.addEventListener("click", async () => {
  await ask("/sign-out", {}).catch(() => null); // where the sign-in is gone already, that is what was wanted
  location.replace(`${page.base}/sign-in`);
});
if (signOut) signOut.disabled = false; // a press before this module was here would have been lost

/** @file The start page: writes the fair's dates as people read them, 2026年2月14日(土). Everything else on it is plain links. */

const format = new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("ja-JP", { weekday: "short", timeZone: "UTC" });

for (const time of document.querySelectorAll("time")) {
  const day = new Date(time.dateTime); // a date without a time is midnight UTC, so no zone can shift the day
  time.textContent = `${format.format(day)}（${weekday.format(day)}）`;
}

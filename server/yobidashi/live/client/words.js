/**
 * The words on the pages: for every state its Japanese and English word and its icon, in one table each.
 *
 * One word for one thing, everywhere. Japanese comes first and larger, English beside or below.
 *
 * @module
 */

/** @typedef {import("./icons.js").IconName} IconName */
/** @typedef {import("./wire.js").Ticket} Ticket */
/** @typedef {import("./wire.js").Booth} Booth */

/**
 * @typedef {object} Word
 * @property {string} ja
 * @property {string} en
 * @property {IconName | null} icon null: the word stands alone
 */

/** A ticket: its states, and the two that follow from its surroundings (`soon`, `elsewhere`). */
export const ticketWords = Object.freeze({
  waiting: word("お待ち", "Waiting", null),
  soon: word("まもなく", "Soon", "soon"),
  called: word("呼び出し中", "Now calling", "call"),
  recalled: word("再呼出", "Called again", "recall"),
  absent: word("不在・保留", "Absent", "away"),
  held: word("不在・保留", "On hold", "away"),
  serving: word("相談中", "In consultation", "serving"),
  elsewhere: word("他ブース相談中", "At another booth", "serving"),
  finished: word("終了", "Finished", "done"),
  cancelled: word("取消", "Cancelled", "cancelled"),
});

/** How a ticket came to its place. The time of the slot follows `reserved`. */
export const placeWords = Object.freeze({
  reserved: word("予約", "Reserved", null),
});

/** A booth. */
export const boothWords = Object.freeze({
  free: word("空き", "Free", "free"),
  called: ticketWords.called,
  recalled: ticketWords.recalled,
  serving: ticketWords.serving,
  video: word("映像", "Video", "video"),
  paused: word("休止中", "Paused", "paused"),
  closed: word("休止中", "Closed", "paused"),
});

/** How full a queue is. */
export const crowdingWords = Object.freeze({
  quiet: word("空いています", "Quiet", "quiet"),
  some: word("やや混雑", "Some wait", "some"),
  crowded: word("混雑", "Long wait", "crowded"),
});

/** What a page says about its own connection and its commands. */
export const pageWords = Object.freeze({
  live: word("接続中", "Connected", null),
  connecting: word("つないでいます", "Connecting", "pending"),
  stale: word("更新停止中", "Not updating", "stale"),
  offline: word("オフライン", "Offline", "stale"),
  pending: word("送信待ち", "Not sent yet", "pending"),
});

/** The buttons of reception and booth. */
export const actWords = Object.freeze({
  callNext: word("次の方を呼ぶ", "Call next", null),
  start: word("相談開始", "Start", null),
  finish: word("相談終了", "Finish", "done"),
  finishAndCallNext: word("終了して次の方を呼ぶ", "Finish and call next", null),
  recall: word("再呼出", "Call again", "recall"),
  absent: word("不在・保留", "Absent, hold", "away"),
  hold: word("保留", "Hold", "away"),
  restore: word("順番に戻す", "Back in line", "undo"),
  callNumber: word("番号を指定して呼ぶ", "Call a number", null),
  transfer: word("他ブースへ案内", "To another booth", null),
  pause: word("休止", "Pause", "paused"),
  reopen: word("再開", "Reopen", "free"),
  close: word("終了", "Close", "paused"),
  undo: word("元に戻す", "Undo", "undo"),
  issue: word("発券", "Issue", null),
  cancel: word("取消", "Cancel", "close"),
  add: word("追加", "Add", "add"),
  search: word("番号を探す", "Find a number", "search"),
  erase: word("消す", "Clear", "close"),
  back: word("戻る", "Back", "back"),
});

/** Why a ticket is cancelled. */
export const reasonWords = Object.freeze({
  left: word("お帰りになった", "Left", null),
  no_answer: word("応答なし", "No answer", null),
  mistake: word("発券の誤り", "Issued by mistake", null),
  closed: word("閉場まで順番が来なかった", "Not served by the closing", null),
  other: word("その他", "Other", null),
});

/**
 * The word for a ticket.
 *
 * @param {Ticket} ticket
 * @param {{elsewhere?: boolean, soon?: boolean}} [around] elsewhere: its party is busy at another booth
 *   (`board.passedOver(ticket)`); soon: it is among the next one or two of its queue. Both count only while it waits.
 * @returns {Word}
 */
export function ticketWord(ticket, { elsewhere = false, soon = false } = {}) {
  if (ticket.state === "waiting") {
    if (elsewhere) return ticketWords.elsewhere;
    return soon ? ticketWords.soon : ticketWords.waiting;
  }
  if (ticket.state === "called" && ticket.recalls > 0) return ticketWords.recalled;
  return ticketWords[ticket.state];
}

/**
 * The word for a booth.
 *
 * @param {Booth} booth
 * @param {Ticket | null | undefined} ticket the ticket called or serving there: `board.tickets.get(booth.ticket)`
 * @returns {Word}
 */
export function boothWord(booth, ticket) {
  if (booth.ticket !== null && ticket) return ticketWord(ticket);
  if (booth.state === "paused") return boothWords.paused;
  if (booth.queue === null) return boothWords.video;
  return booth.state === "closed" ? boothWords.closed : boothWords.free;
}

/**
 * The word for how full a queue is.
 *
 * @param {number} minutes the wait to expect
 * @param {{quiet_min: number, crowded_min: number}} limits the fair's thresholds: quiet up to, crowded from
 * @returns {Word}
 */
export function crowdingWord(minutes, limits) {
  if (minutes <= limits.quiet_min) return crowdingWords.quiet;
  return minutes >= limits.crowded_min ? crowdingWords.crowded : crowdingWords.some;
}

/**
 * The word for a queue's level in the guide.
 *
 * @param {import("./guide.js").Level} level
 * @returns {Word}
 */
export function levelWord(level) {
  if (level === "closed") return boothWords.closed;
  return level === "busy" ? crowdingWords.some : crowdingWords[level];
}

/** From so many minutes on a wait is only said to be longer. */
const LONGEST_MIN = 60;

/**
 * A wait in words: always 約, always a band, never a promise.
 *
 * @param {import("./guide.js").Band | null | undefined} band
 * @returns {{ja: string, en: string}}
 */
export function waitWords(band) {
  if (!band) return { ja: "—", en: "—" };
  const { low, high } = band;
  if (high <= 5) return { ja: "すぐ", en: "no waiting" };
  if (low >= LONGEST_MIN) return { ja: `約${LONGEST_MIN}分以上`, en: `over ${LONGEST_MIN} min` };
  if (low === 0) return { ja: `約${high}分以内`, en: `within about ${high} min` };
  if (low === high) return { ja: `約${low}分`, en: `about ${low} min` };
  return { ja: `約${low}〜${high}分`, en: `about ${low}–${high} min` };
}

/**
 * @param {string} ja
 * @param {string} en
 * @param {IconName | null} icon
 * @returns {Word}
 */
function word(ja, en, icon) {
  return Object.freeze({ ja, en, icon });
}

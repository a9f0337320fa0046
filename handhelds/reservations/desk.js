/** @file The reservations as the staff's page holds them: what is listed, what is open, and every act on it. Names live in memory alone. */

import { CommandError } from "client/post.js";
import { Entry } from "../reservation/entry.js";

/** @typedef {import("../reservation/words.js").Wish} Wish */
/** @typedef {{adults: number, children: number}} Persons */
/** @typedef {"booked" | "arrived" | "cancelled"} State */
/** @typedef {{id: string, party: Persons, wishes: Wish[], state: State}} Booking nobody's name */
/** @typedef {Booking & {name: string, kana: string, code: string, novelty: number | null}} Row */
/** @typedef {{consent: string, given: boolean, version: string, at: number, by: string}} Decision */

/**
 * A reservation that was opened.
 *
 * @typedef {Booking & {code: string, answers: Record<string, string | string[] | boolean>, consents: Decision[], history: Decision[],
 *   made_by: string, made_at: number, changed_by: string, changed_at: number, novelty: number | null}} Opened
 */

/** @typedef {{line: number, column: string, ja: string, en: string}} RowFault */
/** @typedef {{rows: number, good: number, made: number, there: number, wrong: number, faults: RowFault[]}} Report */
/** @typedef {{ja: string, en: string}} Fault */
/** @typedef {"list" | "open" | "write" | "import" | "export"} View */
/** @typedef {{queue: string | null, slot: number | null, text: string}} Sought */

/** The media type under which a sheet is sent: the server looks at its content. */
const SHEET = "application/octet-stream";

const NOWHERE = Object.freeze({ queue: null, slot: null, text: "" });

export class Desk {
  /** @type {Booking[] | null} */
  bookings = null;
  /** What the rows are: of a queue, a slot, both, or what was searched for. @type {Sought} */
  sought = NOWHERE;
  /** What stands in the search field. */
  typed = "";
  /** Null while they are asked for. @type {Row[] | null} */
  rows = null;
  /** @type {View} */
  view = "list";
  /** @type {Opened | null} */
  open = null;
  /** The form, while one is written. @type {Entry | null} */
  entry = null;
  /** A sheet that was tried. @type {{file: File, report: Report} | null} */
  sheet = null;
  /** The consent whose withdrawal was begun. */
  withdrawing = "";
  /** @type {Fault | null} */
  fault = null;
  /** What was done, told once. */
  note = "";
  busy = false;

  /**
   * @param {object} parts
   * @param {import("client/page.js").Fair} parts.fair
   * @param {(path: string) => Promise<any>} parts.read
   * @param {(path: string, args: object, id?: string) => Promise<any>} parts.ask
   * @param {(path: string, file: Blob, type: string) => Promise<any>} parts.send
   * @param {(file: Blob, name: string) => void} parts.save hands a file to the browser
   * @param {() => void} parts.changed draws
   * @param {() => void} parts.refused called once the faults of a form are drawn
   */
  constructor({ fair, read, ask, send, save, changed, refused }) {
    this.fair = fair;
    this.calls = { read, ask, send, save };
    this.changed = changed;
    this.refused = refused;
  }

  /** Whether rows are listed. */
  get listed() {
    return this.sought !== NOWHERE;
  }

  /** How many parties reserved a queue, or a slot of the day. @param {{queue?: string, slot?: number}} place */
  count({ queue, slot }) {
    const here = (/** @type {Wish} */ wish) => (queue ?? wish.queue) === wish.queue && (slot ?? wish.slot) === wish.slot;
    return this.#standing().filter(({ wishes }) => wishes.some(here)).length;
  }

  /** All who come: parties and persons. */
  total() {
    const standing = this.#standing();
    return { parties: standing.length, persons: standing.reduce((sum, { party }) => sum + party.adults + party.children, 0) };
  }

  #standing() {
    return (this.bookings ?? []).filter(({ state }) => state !== "cancelled");
  }

  /** @param {View} view */
  go(view) {
    this.entry?.stop();
    Object.assign(this, { view, entry: null, sheet: null, withdrawing: "", fault: null, note: "" });
    if (view !== "open") this.open = null;
    this.changed();
  }

  /** Ask for the counts. */
  async load() {
    const answer = await this.calls.read("/bookings").catch(() => null);
    if (answer) this.bookings = answer.bookings;
    this.changed();
  }

  /** List a queue or a slot; the same again lets go of it. @param {{queue?: string, slot?: number}} place */
  choose({ queue, slot }) {
    const { sought } = this;
    const next = {
      queue: queue === undefined ? sought.queue : sought.queue === queue ? null : queue,
      slot: slot === undefined ? sought.slot : sought.slot === slot ? null : slot,
      text: "",
    };
    return this.#list(next.queue === null && next.slot === null ? NOWHERE : next);
  }

  /** @param {string} text a code, what a scanner typed, or the beginning of a name */
  search(text) {
    return this.#list(text.trim() === "" ? NOWHERE : { queue: null, slot: null, text: text.trim() });
  }

  /** List nothing. */
  clear() {
    return this.#list(NOWHERE);
  }

  /** List something else; an answer that comes after the next question is not shown. @param {Sought} sought */
  async #list(sought) {
    Object.assign(this, { sought, typed: sought.text, rows: null, fault: null, note: "" });
    if (this.view !== "list") this.go("list");
    this.changed();
    try {
      const rows = await this.#found(sought);
      if (this.sought === sought) this.rows = rows;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (this.sought === sought) Object.assign(this, { sought: NOWHERE, fault: error });
    }
    this.changed();
  }

  /** @param {Sought} sought @returns {Promise<Row[]>} */
  async #found({ queue, slot, text }) {
    if (text) return (await this.calls.ask("/reservations/search", { text })).reservations;
    if (queue === null && slot === null) return [];
    const place = new URLSearchParams({ ...(queue === null ? {} : { queue }), ...(slot === null ? {} : { slot: String(slot) }) });
    return (await this.calls.read(`/reservations?${place}`)).reservations;
  }

  /** @param {string} id */
  openOne(id) {
    return this.act(async () => {
      const open = await this.calls.read(`/reservations/${id}`);
      this.go("open");
      this.open = open;
      return "";
    });
  }

  /** Write a new reservation, or change the one that is open. */
  write() {
    const open = this.view === "open" ? this.open : null;
    this.go("write");
    this.open = open;
    const decided = Object.fromEntries((open?.consents ?? []).filter((each) => this.#current(each)).map((each) => [each.consent, each.given]));
    this.entry = new Entry({
      calls: this.calls,
      fair: this.fair,
      path: open ? `/reservations/${open.id}/change` : "/reservations",
      filled: open ? { party: open.party, wishes: open.wishes, answers: open.answers, consents: decided } : undefined,
      changed: this.changed,
      done: (answer) => this.#show(answer, open ? "変更しました" : "予約を登録しました"),
      refused: this.refused,
    });
    this.entry.start();
    this.changed();
  }

  /** Whether a decision answers the present text. @param {Decision} decision */
  #current({ consent, version }) {
    return this.fair.consents.some((each) => each.key === consent && each.version === version);
  }

  /** @param {Opened} opened @param {string} note */
  #show(opened, note) {
    this.go("open");
    Object.assign(this, { open: opened, note });
    void this.#again();
  }

  cancel() {
    return this.#onOpen("cancel", {}, "取り消しました。お答えは消去しました");
  }

  /** @param {string} consent @param {string} why */
  withdraw(consent, why) {
    return this.#onOpen("withdraw", { consent, why }, "同意を取り消しました");
  }

  /** @param {string} what @param {object} args @param {string} note */
  #onOpen(what, args, note) {
    const { open } = this;
    if (!open) return Promise.resolve();
    return this.act(async () => {
      this.open = await this.calls.ask(`/reservations/${open.id}/${what}`, args);
      this.withdrawing = "";
      void this.#again();
      return note;
    });
  }

  /** Ask anew for what is listed and counted. */
  async #again() {
    const { sought } = this;
    await this.load();
    const rows = await this.#found(sought).catch(() => null);
    if (rows && this.sought === sought) this.rows = rows;
    this.changed();
  }

  /** Try a sheet without booking anything. @param {File} file */
  tryOut(file) {
    this.sheet = null;
    return this.act(async () => {
      this.sheet = { file, report: await this.calls.send("/reservations/import?mode=check", file, SHEET) };
      return "";
    });
  }

  /** Book the sheet that was tried. @param {"all" | "good"} mode */
  takeIn(mode) {
    const { sheet } = this;
    if (!sheet) return Promise.resolve();
    return this.act(async () => {
      const report = await this.calls.send(`/reservations/import?mode=${mode}`, sheet.file, SHEET);
      this.sheet = report.made === 0 && report.wrong > 0 ? { file: sheet.file, report } : null; // another was first
      void this.#again();
      return report.made > 0 ? `${report.made}組の予約を登録しました` : "";
    });
  }

  /** @param {string} why @param {"csv" | "xlsx"} form */
  takeOut(why, form) {
    return this.act(async () => {
      this.calls.save(await this.calls.ask("/reservations/export", { why, form }), `reservations.${form}`);
      return "書き出しました。監査記録に残りました";
    });
  }

  /** Do one thing at a time; what it gives is told. @param {() => Promise<string>} what */
  async act(what) {
    if (this.busy) return;
    Object.assign(this, { busy: true, fault: null, note: "" });
    this.changed();
    try {
      this.note = await what();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.fault = error;
    } finally {
      this.busy = false;
      this.changed();
    }
  }
}


/** @file The register as the page holds it: what is shown, what is chosen, and every act on it. Names live in memory alone. */

import { CommandError, commandId } from "client/post.js";

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {string} name
 * @property {string} kana
 * @property {string[]} roles
 * @property {number | null} booth
 * @property {string} first "2026-02-14"
 * @property {string} last
 * @property {string} state
 * @property {number} locked_until ms
 */

/** @typedef {{ja: string, en: string, detail?: Record<string, unknown>}} Fault */
/** @typedef {{person: string, kana: string, roles: string[], booth: number | null, first: string, last: string}} Written */
/** @typedef {"list" | "member" | "write" | "import"} View */

export class Register {
  /**
   * @param {object} parts
   * @param {(path: string) => Promise<any>} parts.read
   * @param {(path: string, args: object, id?: string) => Promise<any>} parts.ask
   * @param {(path: string, file: Blob, type: string) => Promise<any>} parts.send
   * @param {(file: Blob) => void} parts.save hands a file to the browser
   * @param {() => void} parts.changed
   */
  constructor({ read, ask, send, save, changed }) {
    this.calls = { read, ask, send, save };
    this.changed = changed;
    /** @type {Member[] | null} */
    this.members = null;
    /** @type {View} */
    this.view = "list";
    /** The member that is open. */
    this.open = "";
    /** Members chosen for printing. @type {Set<string>} */
    this.chosen = new Set();
    /** A badge that was made just now, shown until something else is opened. @type {{id: string, badge: string} | null} */
    this.badge = null;
    /** @type {Fault | null} */
    this.fault = null;
    /** What was done, told once. */
    this.note = "";
    this.busy = false;
    /** One id for one form, however often it is sent. */
    this.formId = commandId();
  }

  /** The member that is open. */
  get member() {
    return this.members?.find(({ id }) => id === this.open) ?? null;
  }

  /** @param {View} view @param {string} [id] */
  go(view, id = "") {
    Object.assign(this, { view, open: id, badge: null, fault: null, note: "", formId: commandId() });
    this.changed();
  }

  /** @param {string} id */
  choose(id) {
    if (!this.chosen.delete(id)) this.chosen.add(id);
    this.changed();
  }

  /** Chooses everybody, or nobody where everybody is. */
  chooseAll() {
    const ids = this.members?.map(({ id }) => id) ?? [];
    this.chosen = new Set(this.chosen.size === ids.length ? [] : ids);
    this.changed();
  }

  load() {
    return this.act(async () => undefined);
  }

  /** @param {Written} written */
  write(written) {
    const path = this.open ? `/staff/${this.open}/change` : "/staff";
    return this.act(async () => {
      const { ids } = await this.calls.ask(path, written, this.formId);
      const id = this.open || ids[0];
      Object.assign(this, { view: "member", open: id });
      return `${written.person}さんを${ids ? "登録" : "変更"}しました`;
    });
  }

  /** @param {File} file */
  takeIn(file) {
    return this.act(async () => {
      const { ids } = await this.calls.send(`/staff/import?command_id=${this.formId}`, file, "application/octet-stream");
      this.view = "list";
      this.chosen = new Set(ids);
      return `${ids.length}名を登録しました`;
    });
  }

  renewBadge() {
    return this.act(async () => {
      this.badge = await this.calls.ask(`/staff/${this.open}/badge`, {});
      return "";
    });
  }

  printBadges() {
    return this.act(async () => {
      this.calls.save(await this.calls.ask("/staff/badges", { members: [...this.chosen] }));
      const count = this.chosen.size;
      this.chosen = new Set();
      return `${count}名分の新しい名札を作りました。前の名札は使えません`;
    });
  }

  /** @param {"revoke" | "unlock" | "sign-out"} what @param {string} note */
  actOn(what, note) {
    return this.act(async () => {
      await this.calls.ask(`/staff/${this.open}/${what}`, {});
      this.badge = null;
      return note;
    });
  }

  /**
   * Does something, then reads the register anew.
   *
   * @param {() => Promise<string | undefined>} work gives what is told afterwards
   */
  async act(work) {
    if (this.busy) return;
    Object.assign(this, { busy: true, fault: null, note: "" });
    this.changed();
    try {
      this.note = (await work()) ?? "";
      this.formId = commandId();
      this.members = (await this.calls.read("/staff")).members;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.fault = { ja: error.ja, en: error.en, detail: error.detail };
    }
    this.busy = false;
    this.changed();
  }
}

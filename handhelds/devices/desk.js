/** @file The devices as the page holds them, and the invitation that is open. */

import { CommandError } from "client/post.js";

/**
 * @typedef {object} Device
 * @property {string} id
 * @property {"handheld" | "screen"} kind
 * @property {string} label
 * @property {string} by id of who invited it
 * @property {number} at when it was enrolled, ms
 * @property {number} until
 * @property {number} seen when it was last heard of, ms, to the minute; 0: never
 * @property {boolean} revoked
 * @property {boolean} here whether it is this one
 */

/** @typedef {{url: string, code: string, until: number}} Invitation */

/** How often the list is read anew, so that one sees a device come in, ms. */
export const READ_MS = 5_000;

export class Desk {
  /**
   * @param {object} parts
   * @param {(path: string) => Promise<any>} parts.read
   * @param {(path: string, args: object) => Promise<any>} parts.ask
   * @param {() => void} parts.changed
   */
  constructor({ read, ask, changed }) {
    this.calls = { read, ask };
    this.changed = changed;
    /** @type {Device[] | null} */
    this.devices = null;
    /** @type {"handheld" | "screen"} */
    this.kind = "handheld";
    this.label = "";
    /** @type {Invitation | null} */
    this.invitation = null;
    /** @type {{ja: string, en: string} | null} */
    this.fault = null;
    this.busy = false;
  }

  /** @param {"handheld" | "screen"} kind */
  choose(kind) {
    this.kind = kind;
    this.changed();
  }

  invite() {
    return this.act(async () => {
      this.invitation = await this.calls.ask("/devices/invite", { kind: this.kind, label: this.label });
    });
  }

  close() {
    Object.assign(this, { invitation: null, label: "" });
    this.changed();
  }

  /** @param {string} id */
  revoke(id) {
    return this.act(() => this.calls.ask(`/devices/${id}/revoke`, {}));
  }

  /** Reads the list; a page that cannot keeps what it has. */
  async load() {
    try {
      this.devices = (await this.calls.read("/devices")).devices;
      this.changed();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  }

  /** @param {() => Promise<unknown>} work */
  async act(work) {
    if (this.busy) return;
    Object.assign(this, { busy: true, fault: null });
    this.changed();
    try {
      await work();
      await this.load();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.fault = error.code === "invalid_arguments" ? NO_LABEL : { ja: error.ja, en: error.en };
    }
    this.busy = false;
    this.changed();
  }
}

const NO_LABEL = Object.freeze({ ja: "置き場所の名前を20文字までで入れてください。", en: "Say where it stands, in at most 20 letters." });

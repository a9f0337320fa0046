/** @file One act at a time: what a press sends, what it waits for, and the rest after it. Knows neither page nor network. */

/** How long the big button rests after a press and after it changes its meaning, ms: a double tap is over by then. */
export const REST_MS = 600;

/** An answer this quick is not worth a 送信待ち, ms. */
export const PATIENCE_MS = 700;

/** How long a refusal stays in sight, ms; the next press takes it away sooner. */
export const REFUSAL_MS = 8_000;

/** @typedef {import("./act.js").Act} Act */
/** @typedef {{epoch: number, offset: number}} Position */

/**
 * Presses of one page.
 *
 * @template {object} [A=Act] what is pressed
 */
export class Press {
  /** The act that was sent and not answered. @type {{act: A, since: number}|null} */
  pending = null;

  /** The act that was refused, with the server's sentence. @type {{act: A, ja: string, en: string}|null} */
  failed = null;

  /** The event of the last answer. @type {Position|null} */
  #answered = null;

  /** How far the board has come; null where it is not up to date. @type {Position|null} */
  #shown = null;

  #restsUntil = 0;

  /** @type {(act: A) => Promise<Position>} */
  #send;

  /** @type {() => void} */
  #onChange;

  /**
   * @param {(act: A) => Promise<Position>} send gives the event, or rejects with the server's refusal
   * @param {() => void} onChange called whenever something here changes
   */
  constructor(send, onChange) {
    this.#send = send;
    this.#onChange = onChange;
  }

  /** Whether a press would do nothing now: one is on its way, or the page rests. */
  get busy() {
    return this.pending !== null || this.#behind || Date.now() < this.#restsUntil;
  }

  /** Whether the board does not show yet what was answered: a press would be made on old knowledge. */
  get #behind() {
    const [answered, shown] = [this.#answered, this.#shown];
    return answered !== null && shown !== null && shown.epoch === answered.epoch && shown.offset < answered.offset;
  }

  /** Seconds since the pending act was sent, or null while there is none worth telling. */
  get waitingSeconds() {
    if (!this.pending) return null;
    const waited = Date.now() - this.pending.since;
    return waited < PATIENCE_MS ? null : Math.floor(waited / 1000);
  }

  /**
   * Send an act, unless the page is busy.
   *
   * @param {A} act
   * @param {{rested?: boolean}} [how] rested: it need not wait for the rest, only for what is on its way
   * @returns {Promise<boolean>} whether it was done; a refusal is kept in `failed`
   */
  async act(act, { rested = false } = {}) {
    if (rested ? this.pending !== null : this.busy) return false;
    this.failed = null;
    this.pending = { act, since: Date.now() };
    setTimeout(this.#onChange, PATIENCE_MS);
    this.rest();
    try {
      const { epoch, offset } = await this.#send(act);
      this.#answered = { epoch, offset };
      return true;
    } catch (error) {
      this.#refused(act, error);
      return false;
    } finally {
      this.pending = null;
      this.rest();
    }
  }

  /** Take no press for `REST_MS`. */
  rest() {
    this.#restsUntil = Date.now() + REST_MS;
    setTimeout(this.#onChange, REST_MS + 1);
    this.#onChange();
  }

  /**
   * Hear how far the board has come.
   *
   * @param {Position|null} shown null: it is not up to date, so it is not waited for
   */
  heard(shown) {
    this.#shown = shown;
  }

  /** Take the refusal away. */
  forgive() {
    this.failed = null;
    this.#onChange();
  }

  /**
   * @param {A} act
   * @param {unknown} error
   */
  #refused(act, error) {
    const { ja, en } = /** @type {{ja?: string, en?: string}} */ (error ?? {});
    const failed = { act, ja: ja ?? "送れませんでした。もう一度押してください", en: en ?? "Not sent. Please press again." };
    this.failed = failed;
    setTimeout(() => {
      if (this.failed === failed) this.forgive();
    }, REFUSAL_MS);
  }
}

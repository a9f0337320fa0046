/** @file Which queues a party wishes for, in which order, and at what time. */

/** @typedef {import("client/page.js").FairReservation} FairReservation */
/** @typedef {{queue: string, slot: number}} Wish */

/** Wishes ①, ②, ③: each a queue and one of its slots, no queue and no time twice. */
export class Wishes {
  /** The wishes made, in their order. @type {Wish[]} */
  made = [];
  /** The queue whose slots are shown, where a queue is chosen and its time is not. @type {string | null} */
  queue = null;
  /** Which wish is being made, from 0; null while none is. @type {number | null} */
  open = 0;
  /** Places left by queue and slot; a queue that is absent is not known yet. @type {Record<string, Record<string, number>>} */
  places = {};

  /** @param {FairReservation} reservation @param {Wish[]} [made] */
  constructor(reservation, made = []) {
    this.reservation = reservation;
    this.made = made.map((wish) => ({ ...wish }));
    this.open = made.length === 0 ? 0 : null;
  }

  /** Whether another wish can be made. */
  get more() {
    return this.made.length < this.reservation.wishes;
  }

  /** Begin a wish, or begin one of them again. @param {number} at from 0 */
  begin(at) {
    this.open = at;
    this.queue = this.made[at]?.queue ?? null;
  }

  /** No wish after all; what was wished for before stays. */
  leave() {
    this.open = this.queue = null;
  }

  /** Go back from the slots to the queues. */
  otherQueue() {
    this.queue = null;
  }

  /** @param {string} queue */
  chooseQueue(queue) {
    if (this.queueClosed(queue) === null) this.queue = queue;
  }

  /** The wish is made with its time; the page goes on to what is asked next. @param {number} slot */
  chooseSlot(slot) {
    if (this.queue === null || this.open === null || this.slotClosed(this.queue, slot) !== null) return;
    this.made.splice(this.open, 1, { queue: this.queue, slot });
    this.leave();
  }

  /** Take a wish out; those after it move up. @param {number} at from 0 */
  drop(at) {
    this.made.splice(at, 1);
    this.leave();
    if (this.made.length === 0) this.begin(0);
  }

  /**
   * Why a queue cannot be chosen for the open wish.
   *
   * @param {string} queue
   * @returns {"none" | "taken" | "full" | null} none: it takes no reservations; taken: by another wish
   */
  queueClosed(queue) {
    if (!this.reservation.capacity[queue]) return "none";
    if (this.made.some((wish, at) => at !== this.open && wish.queue === queue)) return "taken";
    return this.reservation.slots.every((slot) => this.left(queue, slot) === 0) ? "full" : null;
  }

  /**
   * Why a slot cannot be chosen for the open wish.
   *
   * @param {string} queue
   * @param {number} slot
   * @returns {"taken" | "full" | null}
   */
  slotClosed(queue, slot) {
    if (this.made.some((wish, at) => at !== this.open && wish.slot === slot)) return "taken";
    return this.left(queue, slot) === 0 ? "full" : null;
  }

  /** Places left; null while they are not known. @param {string} queue @param {number} slot @returns {number | null} */
  left(queue, slot) {
    return this.places[queue]?.[slot] ?? null;
  }
}

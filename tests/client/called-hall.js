/**
 * A hall in which time passes only when told, and calls stay open until they are closed: for whatever shows calls.
 *
 * @module
 */

/** The hall; `shown` is a stage or an overlay. */
export class CalledHall {
  now = 0;
  /** @type {Map<number, import("../../displays/calls/stage.js").Call>} */
  open = new Map();
  /** @type {number[]} every announced piece of news, in order */
  announced = [];

  constructor(shown) {
    this.shown = shown;
  }

  call(...offsets) {
    for (const offset of offsets) this.open.set(offset, { offset, ticket: offset, recalls: 0, news: offset, late: false });
    return this.show();
  }

  late(...offsets) {
    for (const offset of offsets) this.open.set(offset, { offset, ticket: offset, recalls: 0, news: offset, late: true });
    return this.show();
  }

  recall(offset, news) {
    const call = this.open.get(offset);
    this.open.set(offset, { ...call, recalls: call.recalls + 1, news });
    return this.show();
  }

  close(...offsets) {
    for (const offset of offsets) this.open.delete(offset);
    return this.show();
  }

  /** Lets time pass as a page does: from change to change. */
  pass(ms) {
    const end = this.now + ms;
    for (let next; (next = this.shown.nextChange(this.now) ?? Infinity) <= end; ) {
      this.now = next;
      this.show();
    }
    this.now = end;
    return this.show();
  }

  show(live = true) {
    this.announced.push(...this.shown.update([...this.open.values()], this.now, live).map((call) => call.news));
    return this;
  }
}

/** @file What the receptionist has chosen for the party in front of the desk: how many persons, and which queues. */

/** The persons and queues of the next ticket. Nothing is preset: a preset size is a wrong size sooner or later. */
export class Choice {
  /** @type {number|null} persons (名) */
  size = null;
  /** @type {Set<string>} queue ids, in the order they were touched */
  queues = new Set();

  /** @param {number} limit how many queues one party may take at once */
  constructor(limit) {
    this.limit = limit;
  }

  /** Choose a queue, or let go of it. Beyond the limit nothing changes. @param {string} queue */
  toggle(queue) {
    if (!this.queues.delete(queue) && this.queues.size < this.limit) this.queues.add(queue);
  }

  /** Forget everything, for the next party. */
  clear() {
    this.size = null;
    this.queues.clear();
  }

  /** Whether as many queues are chosen as one party may take. */
  get full() {
    return this.queues.size >= this.limit;
  }

  /**
   * What is still missing before a ticket can be issued, as a sentence for the receptionist.
   *
   * @param {Map<string, {issuing: boolean}>} rows the board's queues
   * @param {(queue: string) => string} name a queue's short name
   * @returns {string|null} null when nothing is missing
   */
  missing(rows, name) {
    if (this.size === null && this.queues.size === 0) return "人数と相談先を選んでください";
    return this.missingQueues(rows, name) ?? (this.size === null ? "人数を選んでください" : null);
  }

  /**
   * What is still missing among the queues, or in the way of them.
   *
   * @param {Map<string, {issuing: boolean}>} rows the board's queues
   * @param {(queue: string) => string} name a queue's short name
   * @returns {string|null} null when nothing is missing
   */
  missingQueues(rows, name) {
    const stopped = [...this.queues].find((queue) => rows.get(queue)?.issuing === false);
    if (stopped !== undefined) return `${name(stopped)}は受付停止です。外してください`;
    return this.queues.size === 0 ? "相談先を選んでください" : null;
  }
}

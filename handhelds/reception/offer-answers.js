/** @file What a party before the desk answers to the offer it has: the same four answers as on its own phone, with undo. */

/** @typedef {import("client/wire.js").Change} Change */
/** @typedef {import("../offered.js").Advice} Advice */

/** The answers of a party, said by the receptionist. */
export class OfferAnswers {
  #desk;
  #send;

  /** @param {import("./desk.js").Desk} desk @param {(name: string, args: Record<string, unknown>) => Promise<Change>} send */
  constructor(desk, send) {
    this.#desk = desk;
    this.#send = send;
  }

  /** It goes to the quieter queue: beside the old place, or instead of it. @param {Advice} advice @param {"add"|"move"} how @param {string} number */
  accept({ id, from, to }, how, number) {
    const done = how === "add" ? `に${to.short}を追加しました` : `を${from.short}から${to.short}へ移しました`;
    return this.#answer("accept-offer", { offer: id, how }, `${number}番 ${to.short}のご案内`, `${number}番${done}`);
  }

  /** It stays: for good with this ticket, or for now. @param {Advice} advice @param {"keep"|"not_now"} answer @param {string} number */
  decline({ id, to }, answer, number) {
    const said = answer === "keep" ? "このまま待つ" : "あとで";
    return this.#answer("decline-offer", { offer: id, answer }, `${number}番 ${to.short}のご案内`, `${number}番 ${said}`);
  }

  /** @param {string} name @param {Record<string, unknown>} args @param {string} label @param {string} done */
  #answer(name, args, label, done) {
    return this.#desk.sending.run(name, label, () => this.#send(name, args), (event) => this.#desk.undo.offer(event, done));
  }
}

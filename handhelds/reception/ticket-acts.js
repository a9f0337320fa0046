/** @file The acts on one ticket of a party that was found: each is sent at once, and can be taken back. */

/** @typedef {import("client/wire.js").Change} Change */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** Views from which an act on a ticket leads back to the search. */
const ACTED_IN = /** @type {import("./desk.js").View[]} */ (["actions", "reasons", "transfer"]);

/** What is done with one ticket. */
export class TicketActs {
  #desk;
  #send;
  #name;

  /**
   * @param {import("./desk.js").Desk} desk
   * @param {(name: string, args: Record<string, unknown>) => Promise<Change>} send
   * @param {(queue: string) => string} name a queue's short name
   */
  constructor(desk, send, name) {
    this.#desk = desk;
    this.#send = send;
    this.#name = name;
  }

  /** 保留. @param {Ticket} ticket */
  hold(ticket) {
    return this.#act(ticket, "hold", {}, "保留", "を保留しました");
  }

  /** 順番に戻す: back into the line, at its old place. @param {Ticket} ticket */
  restore(ticket) {
    return this.#act(ticket, "restore", {}, "順番に戻す", "を順番に戻しました");
  }

  /** 取消, with its reason. @param {Ticket} ticket @param {string} reason */
  cancel(ticket, reason) {
    return this.#act(ticket, "cancel", { reason }, "取消", "を取り消しました");
  }

  /** 他の相談先へ. @param {Ticket} ticket @param {string} queue */
  transfer(ticket, queue) {
    return this.#act(ticket, "transfer", { queue }, "他の相談先へ", `から${this.#name(queue)}へ移しました`);
  }

  /** @param {Ticket} ticket @param {string} name @param {object} args @param {string} label @param {string} done */
  #act(ticket, name, args, label, done) {
    const desk = this.#desk;
    const who = `${ticket.number}番 ${this.#name(ticket.queue)}`;
    const send = () => this.#send(name, { ticket: ticket.id, ...args });
    return desk.sending.run(name, `${who} ${label}`, send, (event) => {
      desk.undo.offer(event, `${who}${done}`);
      desk.ticket = null;
      if (ACTED_IN.includes(desk.view)) desk.show("search");
    });
  }
}

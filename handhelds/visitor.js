/** @file A party's own page on its own phone: its number, and how long it still waits in each queue. */

import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { html, render } from "client/view.js";
import { ticketWord, waitWords } from "client/words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("visitor"));
const NAME = new Map(fair.queues.map((queue) => [queue.id, queue.name]));
const own = page.visit?.party ?? 0;

const live = follow({ onChange: draw, onGuide: draw, onStatus: draw });

function draw() {
  const { board, guide, status } = live;
  const tickets = board.ticketsOf(own);
  render(
    html`<main>
      <h1>${board.parties.get(own)?.number ?? tickets[0]?.number ?? "—"}</h1>
      ${status.problem ? html`<p role="alert">${status.problem.ja}</p>` : status.state === "stale" ? html`<p role="alert">更新停止中</p>` : ""}
      <ul>
        ${tickets.map((ticket) => html`<li data-state=${ticket.state}>
          ${NAME.get(ticket.queue)} ${ticketWord(ticket).ja}
          ${ticket.state === "waiting" ? waitWords(guide.tickets.get(ticket.id)?.band).ja : ""}
        </li>`)}
      </ul>
    </main>`,
    root,
  );
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { client } from "./pages.js";

const { Board } = await client("board.js");
const { now, cases, notices } = JSON.parse(readFileSync(new URL("../vectors/offers.json", import.meta.url), "utf8"));

/** A board with nothing but these rows. */
function board(rows) {
  const made = new Board();
  made.load({ epoch: 1, offset: 1, ...rows });
  return made;
}

test("which offers can be accepted is what Python says", () => {
  assert.ok(cases.length > 0);
  for (const { name, tickets, offers, open, of_party_1: own } of cases) {
    const made = board({ tickets, offers });
    assert.deepEqual(made.openOffers(now).map((offer) => offer.id), open, name);
    assert.equal(made.openOffer(1, now)?.id ?? null, own, name);
  }
});

test("which notices are in force is what Python says", () => {
  assert.deepEqual(board({ notices: notices.rows }).noticesNow(now).map((notice) => notice.id), notices.in_force);
});

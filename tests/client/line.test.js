import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { client, party, ticket } from "./pages.js";

const { Board } = await client("board.js");
const vectors = JSON.parse(readFileSync(new URL("../vectors/line.json", import.meta.url), "utf8"));

/** The board of a vector: who stands in the line, by [id, reserved, busy] in the order of their places. */
function boardOf({ stands, run }) {
  const made = new Board();
  made.load({
    epoch: 1,
    offset: 1,
    tickets: stands.map(([id, reserved], place) => ticket(id, { place, reserved })),
    parties: stands.map(([id, , busy]) => party(id, { active: busy ? 900 : null })),
    queues: [{ id: "sapporo", issuing: true, reserved_run: run, rev: 1 }],
  });
  return made;
}

test("a line stands here in the order in which the server calls", () => {
  assert.ok(vectors.length > 0);
  for (const vector of vectors) {
    const { name, now, in_a_row, expect } = vector;
    assert.deepEqual(boardOf(vector).line("sapporo", now, in_a_row).map(({ id }) => id), expect, name);
  }
});

test("a line is made anew and leaves the places as they are", () => {
  const vector = vectors.find(({ name }) => name === "from its slot on it goes first");
  const { now, in_a_row, expect } = vector;
  const made = boardOf(vector);
  made.line("sapporo", now, in_a_row);
  assert.deepEqual(made.waiting("sapporo").map(({ id }) => id), [1, 2, 3]);
  assert.deepEqual(made.line("sapporo", now, in_a_row).map(({ id }) => id), expect);
  assert.deepEqual(made.line("sapporo", now - 1, in_a_row).map(({ id }) => id), [1, 2, 3]);
});

test("a queue nobody waits in has no line", () => {
  assert.deepEqual(new Board().line("sapporo", 0, 2), []);
});

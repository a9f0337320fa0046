import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACTS, remedy } from "../../handhelds/reception/acts.js";

const TICKETS = readFileSync(new URL("../../server/yobidashi/queue/tickets.py", import.meta.url), "utf8");

/** The states from which the server's table of transitions allows an act. */
function statesFor(act) {
  const entry = TICKETS.split(`"${act}": MappingProxyType(`)[1].split("}")[0];
  return [...entry.matchAll(/State\.(\w+): State/g)].map(([, state]) => state.toLowerCase()).sort();
}

test("exactly the acts that the server allows in a state are shown for it", () => {
  for (const act of ["hold", "restore", "transfer", "cancel"]) {
    const shown = Object.keys(ACTS).filter((state) => ACTS[state].includes(act)).sort();
    assert.deepEqual(shown, statesFor(act), act);
  }
});

test("a refusal nobody thought of has a remedy too", () => {
  assert.match(remedy("never_heard_of"), /進行管理者/);
  assert.equal(remedy("issuing_stopped"), null);
});

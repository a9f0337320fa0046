/**
 * The page's side of these tests: the modules under test, and the rows they are given.
 *
 * @module
 */

const CLIENT = new URL("../../server/yobidashi/live/client/", import.meta.url);

/** A module of the browser's half, by its file name. */
export function client(name) {
  return import(new URL(name, CLIENT).href);
}

/** A ticket that waits, except for what is said. */
export function ticket(id, changes = {}) {
  return {
    id, party: id, number: String(100 + id), queue: "sapporo", state: "waiting", place: id, booth: null, issued_at: 0,
    called_at: null, called_offset: null, recalls: 0, recalled_at: null, started_at: null, ended_at: null,
    away_at: null, reason: null, reserved: null, corrected: null, rev: id, ...changes,
  };
}

/** A party of two with one ticket, except for what is said. */
export function party(id, changes = {}) {
  const { size = 2 } = changes;
  return {
    id, number: String(100 + id), size, issued_at: 0, active: null, tickets: [id], children: 0, inside: size, origin: null,
    corrected: null, rev: id, ...changes,
  };
}

/** Rows as they travel: {table: [object, …]} → {table: [[value, …], …]}. */
export function packed(fields, tables) {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => fields[table].map((field) => row[field]))]),
  );
}

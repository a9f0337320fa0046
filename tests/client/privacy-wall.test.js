import assert from "node:assert/strict";
import { test } from "node:test";
import { Wall } from "../../handhelds/privacy/wall.js";

test("a field's time is the fair's, wherever the browser is", () => {
  const tokyo = new Wall("Asia/Tokyo");
  const noon = Date.UTC(2026, 1, 14, 3, 0);
  assert.equal(tokyo.field(noon), "2026-02-14T12:00");
  assert.equal(tokyo.moment("2026-02-14T12:00"), noon);
  assert.equal(tokyo.field(Date.UTC(2026, 1, 13, 15, 0)), "2026-02-14T00:00");
});

test("every hour of a year comes back, also where clocks are put forward", () => {
  for (const zone of ["Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"]) {
    const wall = new Wall(zone);
    for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 5 * 3_600_000) {
      const back = wall.moment(wall.field(ms));
      assert.equal(wall.field(back), wall.field(ms), `${zone} ${new Date(ms).toISOString()}`);
    }
  }
});

test("what is no time is none", () => {
  assert.ok(Number.isNaN(new Wall("Asia/Tokyo").moment("")));
  assert.ok(Number.isNaN(new Wall("Asia/Tokyo").moment("tomorrow")));
});

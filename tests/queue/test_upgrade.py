"""A day that the first version ever landed has begun, as that version's own code wrote it: it goes on under this one.

`tests/vectors/first-day.json` holds its keys, name by name, from the middle of such a day.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from queue_rules import SLUG, command, rules
from serving import run
from small_fair import Fair, ticket
from yobidashi.fair import load_fair
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import SCHEMA, Keys
from yobidashi.queue.store import Store

FIRST_DAY: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "first-day.json").read_text("utf-8")
)
KEPT_ID = "kept-command-id-0002"
"""A command id whose answer stands among the keys: it called somebody to booth 1."""


def put_first_day(redis: Redis, prefix: str) -> None:
    """Write the keys of the first version's day, as they are."""
    for name, key in FIRST_DAY.items():
        at, value = f"{prefix}:{{{SLUG}}}:{name}", key["value"]
        match key["type"]:
            case "hash":
                redis.hset(at, mapping=value)
            case "string":
                redis.set(at, value)
            case "zset":
                redis.zadd(at, dict.fromkeys(value, 0))
            case "stream":
                for id_, event in value:
                    redis.xadd(at, {"event": event}, id=id_)


@pytest.fixture
def first_day(redis_url: str, prefix: str, store: Store, journal: Journal) -> Fair:
    with Redis.from_url(redis_url) as redis:
        put_first_day(redis, prefix)
    return Fair(store, journal)


def stored(table: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in FIRST_DAY[table]["value"].values()]


async def test_the_first_version_s_day_is_opened_with_every_count_as_it_was(first_day: Fair, journal: Journal) -> None:
    await first_day.store.found(SLUG, rules())
    board = await first_day.board()
    assert FIRST_DAY["meta"]["value"]["schema"] == "1"
    assert Counter(str(t.state) for t in board.tickets.values()) == Counter(t["state"] for t in stored("tickets"))
    assert sum(p.size for p in board.parties.values()) == sum(p["size"] for p in stored("parties"))
    assert sum(p.inside for p in board.parties.values()) == sum(p["size"] for p in stored("parties"))
    assert {b.id: b.ticket for b in board.booths.values()} == {b["id"]: b.get("ticket") for b in stored("booths")}
    assert {q.id for q in board.queues.values() if not q.issuing} == {"c"}
    assert board.offset == int(FIRST_DAY["meta"]["value"]["offset"])
    assert await first_day.folded() == board


async def test_numbers_lines_and_answers_go_on_from_where_that_version_was(first_day: Fair) -> None:
    await first_day.store.found(SLUG, rules())
    again = await first_day.store.run(SLUG, command("call-next", KEPT_ID, booth=1))
    assert ticket(again).booth == 1
    assert (await first_day.board()).offset == int(FIRST_DAY["meta"]["value"]["offset"])  # it did not act twice
    in_line = [member.split(":") for member in FIRST_DAY["lines"]["value"]]
    free = {p["id"] for p in stored("parties") if p.get("active") is None}
    party_of = {t["id"]: t["party"] for t in stored("tickets")}
    first = next(int(id_) for queue, _, id_ in in_line if queue == "c" and party_of[int(id_)] in free)
    before = await first_day.board()
    if before.booths[4].ticket is not None:
        await first_day.do("absent" if before.tickets[before.booths[4].ticket].state == "called" else "finish", booth=4)
    assert ticket(await first_day.do("call-next", booth=4)).id == first
    issued = await first_day.do("issue", size=2, queues=["a", "b"])
    assert ticket(issued).number == str(int(FIRST_DAY["meta"]["value"]["number"]) + 1)
    await first_day.do("split", party=ticket(issued).party, persons=1, tickets=[ticket(issued).id])
    assert await first_day.folded() == await first_day.board()


async def test_a_booth_goes_on_with_whom_that_version_called(first_day: Fair) -> None:
    await first_day.store.found(SLUG, rules())
    board = await first_day.board()
    at_1 = board.booths[1].ticket
    assert at_1 is not None
    await first_day.do("finish", booth=1)
    after: Board = await first_day.board()
    assert after.tickets[at_1].state == "finished"
    assert after.parties[after.tickets[at_1].party].active is None


async def test_what_a_newer_version_has_written_is_left_alone(fair: Fair, redis_url: str, prefix: str) -> None:
    issued = await fair.do("issue", size=1, queues=["a"])
    with Redis.from_url(redis_url) as redis:
        redis.hset(Keys(prefix, SLUG).meta, "schema", SCHEMA + 1)
        with pytest.raises(Refusal) as told:
            await fair.store.found(SLUG, rules())
        assert told.value.code == "newer_schema"
        assert f"schema {SCHEMA + 1}; this program knows up to {SCHEMA}" in told.value.sentence("en")
        assert (await fair.refused("call-next", booth=1)).code == "newer_schema"
        assert redis.hget(Keys(prefix, SLUG).meta, "schema") == str(SCHEMA + 1).encode()
        redis.hset(Keys(prefix, SLUG).meta, "schema", SCHEMA)
    assert ticket(await fair.do("call-next", booth=1)).id == ticket(issued).id  # the refusal was not remembered


def test_a_server_does_not_start_on_what_a_newer_version_has_written(redis_url: str, prefix: str) -> None:
    with Redis.from_url(redis_url) as redis:
        meta = Keys(prefix, load_fair(SAMPLE_FAIR).slug).meta
        redis.hset(meta, mapping={"epoch": 1, "offset": 1, "schema": SCHEMA + 1})
    told = run("serve", "--demonstration", "--port", "0", REDIS_URL=redis_url, YOBIDASHI_PREFIX=prefix)
    assert (told.returncode, told.stdout) == (1, "")
    assert "A newer version has used this data" in told.stderr
    assert "プログラムを更新してください" in told.stderr

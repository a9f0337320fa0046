"""The audit record: every entry stands, in one chain, whoever writes at the same moment, and nothing goes unseen."""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from appending import append
from forked import outcomes
from yobidashi.fair import Fair
from yobidashi.people.auditing import audit as audits
from yobidashi.people.auditing.anchors import Anchor, Anchors
from yobidashi.people.auditing.audit import RECORDS_MAX, Audit, Entry
from yobidashi.people.auditing.trail import SHOWN_MAX, Sought, Trail, Verdict
from yobidashi.people.keyring import Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

AT = 1_771_032_600_000
SLUG = "sapporo-2026"


def entry(act: str = "read-card", **more: Any) -> Entry:
    usual: dict[str, Any] = {"at": AT, "who": "s07", "act": act, "device": "d" * 22, "on": "card:a"}
    return Entry(**(usual | more))


@pytest.fixture
def slug(sample: Fair) -> str:
    return sample.slug


@pytest_asyncio.fixture
async def trail(people: PeopleStore) -> AsyncIterator[Trail]:
    """The record of `audit`, to read."""
    yield Trail(people, people.keyring)


@pytest.fixture
def redis(redis_url: str) -> Any:
    with Redis.from_url(redis_url) as redis:
        yield redis


async def anchored(audit: Audit, people: PeopleStore, slug: str) -> Anchor:
    """Let the anchor be written down, as a server does when it ends."""
    await audit.close()
    anchor = Anchors(people.keyring.folder).read(slug)
    assert anchor is not None
    return anchor


def test_an_entry_is_read_as_it_was_written() -> None:
    for one in (
        entry(records=("card:a", "card:b"), fields=("name",), why="忘れ物の連絡のため\n「至急」"),
        Entry(at=1, who="visitor", act="reserve"),
    ):
        assert Entry.from_json(one.to_json()) == one
        assert "\n" not in one.to_json()
    for text in ("[]", "{}", '{"at":1}', '{"at":1,"who":"a","act":"b","name":"見本"}', "1", ""):
        with pytest.raises((ValueError, TypeError, AttributeError)):
            Entry.from_json(text)


async def test_entries_stand_in_order_and_the_record_is_whole(audit: Audit, trail: Trail, slug: str) -> None:
    assert (await trail.verify(slug)).whole
    for number in range(5):
        await audit.write(slug, entry(on=f"card:{number}"))
    found = [(each.n, each.entry.on) async for each in trail.all(slug)]
    assert found == [(number + 1, f"card:{number}") for number in range(5)]
    back = [each.n async for each in trail.newest(slug)]
    assert back == [5, 4, 3, 2, 1]
    assert [each.n async for each in trail.newest(slug, 3)] == [2, 1]
    verdict = await trail.verify(slug)
    assert verdict.whole
    assert verdict.entries == 5
    assert verdict.head


async def test_a_moment_is_one_round_trip_and_more_than_a_page_is_read(audit: Audit, trail: Trail, slug: str) -> None:
    await asyncio.gather(*(audit.write(slug, entry(on=f"ticket:{i}")) for i in range(2_500)))
    assert len({each.entry.on async for each in trail.all(slug)}) == 2_500
    assert (await trail.verify(slug)).entries == 2_500


async def test_what_concerns_many_records_is_several_entries(audit: Audit, trail: Trail, slug: str) -> None:
    places = tuple(f"card:{number:05}" for number in range(2 * RECORDS_MAX + 1))
    await audit.write(slug, entry(records=places))
    parts = [each.entry async for each in trail.all(slug)]
    assert [len(part.records) for part in parts] == [RECORDS_MAX, RECORDS_MAX, 1]
    assert tuple(place for part in parts for place in part.records) == places


async def test_processes_that_write_at_once_make_one_chain(
    redis_url: str, prefix: str, people: PeopleStore, trail: Trail
) -> None:
    arguments = (redis_url, prefix, people.keyring.folder, SLUG)
    writers = [(*arguments, f"s{number:02}", 200) for number in range(3)]
    assert await asyncio.to_thread(outcomes, append, *writers) == [0, 0, 0]
    entries = [each.entry async for each in trail.all(SLUG)]
    for number in range(3):
        mine = [one.on for one in entries if one.who == f"s{number:02}"]
        assert mine == [f"ticket:{i}" for i in range(200)]
    verdict = await trail.verify(SLUG)
    assert verdict.whole
    assert verdict.entries == verdict.anchored == 600


def test_the_sample_fair_is_the_one_the_processes_write_for(slug: str) -> None:
    assert slug == SLUG


CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "at": lambda value: value["at"] + 1,
    "who": lambda value: "s08",
    "act": lambda value: "read-fair",
    "device": lambda value: "e" * 22,
    "on": lambda value: "card:z",
    "records": lambda value: value["records"][1:],
    "fields": lambda value: [],
    "why": lambda value: "",
}


@pytest.mark.parametrize("field", list(CHANGES))
async def test_a_changed_field_is_found(
    field: str, audit: Audit, trail: Trail, slug: str, redis: Any, prefix: str
) -> None:
    for number in range(3):
        await audit.write(slug, entry(on=f"card:{number}", records=("card:a", "card:b"), fields=("name",), why="確認"))
    text = [each.text async for each in trail.all(slug)][1]
    value = json.loads(text)
    await rewritten(redis, prefix, slug, 2, json.dumps(value | {field: CHANGES[field](value)}))
    assert (await trail.verify(slug)).broken_at == 2


async def rewritten(redis: Any, prefix: str, slug: str, n: int, text: str | None, mac: str | None = None) -> None:
    """Put an entry's text or chain value in place of the old one, or take the entry out: as who writes to Redis could."""
    key = PeopleKeys(prefix, slug).named("audit")
    entries = redis.xrange(key)
    redis.delete(key)
    for id_, fields in entries:
        mine = int(id_.partition(b"-")[0]) == n
        if mine and text is None and mac is None:
            continue
        content = fields | ({b"entry": text} if mine and text else {}) | ({b"mac": mac} if mine and mac else {})
        redis.xadd(key, content, id_)


async def test_taking_out_inserting_and_swapping_are_found(
    audit: Audit, trail: Trail, slug: str, redis: Any, prefix: str
) -> None:
    for number in range(4):
        await audit.write(slug, entry(on=f"card:{number}"))
    key = PeopleKeys(prefix, slug).named("audit")
    entries = redis.xrange(key)
    texts = [fields[b"entry"].decode() for _, fields in entries]

    async def broken(order: list[tuple[bytes, Any]]) -> int | None:
        redis.delete(key)
        for id_, fields in order:
            redis.xadd(key, fields, id_)
        return (await trail.verify(slug)).broken_at

    assert await broken(entries) is None
    assert await broken([entries[0], *entries[2:]]) == 2
    assert await broken(entries[1:]) == 1
    assert await broken([*entries[:2], (b"2-1", entries[2][1]), *entries[2:]]) == 3
    swapped = [(entries[1][0], entries[2][1]), (entries[2][0], entries[1][1])]
    assert await broken([entries[0], *swapped, entries[3]]) == 2
    assert await broken(entries) is None
    await rewritten(redis, prefix, slug, 3, texts[2], "0" * 64)
    assert (await trail.verify(slug)).broken_at == 3


async def test_a_record_cut_at_its_end_is_found_though_its_head_was_made_to_match(
    audit: Audit, trail: Trail, slug: str, redis: Any, prefix: str, people: PeopleStore
) -> None:
    for number in range(4):
        await audit.write(slug, entry(on=f"card:{number}"))
    keys = PeopleKeys(prefix, slug)
    before = [(each.n, each.mac) async for each in trail.all(slug)]
    assert (await anchored(audit, people, slug)).n == 4
    redis.xdel(keys.named("audit"), "4-0")
    assert (await trail.verify(slug)).broken_at == 4
    redis.hset(keys.named("audit-head"), mapping={"n": before[2][0], "mac": before[2][1]})
    verdict = await trail.verify(slug)
    assert verdict.broken_at == 4
    assert verdict.why == "there were 4 entries, and there are 3"
    redis.delete(keys.named("audit"), keys.named("audit-head"))
    assert (await trail.verify(slug)).broken_at == 1


async def test_an_end_that_was_cut_stays_found_when_others_are_written_over_it(
    audit: Audit, trail: Trail, slug: str, redis: Any, prefix: str, people: PeopleStore
) -> None:
    for number in range(3):
        await audit.write(slug, entry(on=f"card:{number}"))
    first = (await trail.find(slug, lambda _: True))[0][-1].mac
    anchor = await anchored(audit, people, slug)
    keys = PeopleKeys(prefix, slug)
    redis.delete(keys.named("audit"))  # a stream that was emptied takes old numbers again
    redis.xadd(keys.named("audit"), {"entry": entry(on="card:0").to_json(), "mac": first}, "1-0")
    redis.hset(keys.named("audit-head"), mapping={"n": 1, "mac": first})
    later = Audit(people, people.keyring, audit.now)
    for number in range(5):
        await later.write(slug, entry(on=f"ticket:{number}"))
    assert await anchored(later, people, slug) == anchor  # it does not move on, and stays the proof
    verdict = await trail.verify(slug)
    assert verdict.broken_at == 3
    assert verdict.anchored == 3


async def test_a_head_that_names_an_earlier_entry_stops_all_writing(
    audit: Audit, trail: Trail, slug: str, redis: Any, prefix: str, people: PeopleStore
) -> None:
    for number in range(3):
        await audit.write(slug, entry(on=f"card:{number}"))
    first = (await trail.find(slug, lambda _: True))[0][-1].mac
    redis.hset(PeopleKeys(prefix, slug).named("audit-head"), mapping={"n": 1, "mac": first})
    verdict = await trail.verify(slug)
    assert verdict == Verdict(3, verdict.head, verdict.anchored, 3, "the head names an earlier entry")
    with pytest.raises(Refusal) as refusal:
        await audit.write(slug, entry())
    assert refusal.value.code == "redis_refused"


async def test_a_missing_key_is_not_replaced(
    audit: Audit, trail: Trail, slug: str, people: PeopleStore, tmp_path: Path
) -> None:
    await audit.write(slug, entry())
    people.keyring.path(slug, "audit").unlink()
    with pytest.raises(Refusal, match="audit_locked"):
        await trail.verify(slug)
    with pytest.raises(Refusal, match="audit_locked"):
        await Audit(people, people.keyring, audit.now).write(slug, entry())
    assert not people.keyring.path(slug, "audit").exists()


async def test_a_new_process_goes_on_where_the_record_is(
    audit: Audit, trail: Trail, slug: str, people: PeopleStore
) -> None:
    await audit.write(slug, entry())
    later = Audit(people, people.keyring, audit.now)
    await later.write(slug, entry())
    await audit.write(slug, entry())
    await later.close()
    assert (await trail.verify(slug)).entries == 3


async def test_without_files_there_is_no_anchor_and_the_chain_holds_all_the_same(
    people: PeopleStore, slug: str, tmp_path: Path
) -> None:
    keyring = Keyring(tmp_path / "none", "A" * 44)
    audit = Audit(people, keyring, lambda: AT)
    await audit.write(slug, entry())
    await audit.close()
    verdict = await Trail(people, keyring).verify(slug)
    assert verdict.whole
    assert verdict.anchored is None
    assert not (tmp_path / "none").exists()


async def test_a_folder_that_cannot_be_written_stops_nobody(
    audit: Audit, trail: Trail, slug: str, people: PeopleStore, caplog: pytest.LogCaptureFixture
) -> None:
    Anchors(people.keyring.folder).path(slug).mkdir()
    await audit.write(slug, entry())
    await audit.close()
    assert "the anchor" in caplog.text
    assert len([each async for each in trail.all(slug)]) == 1


async def test_too_many_that_wait_are_refused(audit: Audit, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits, "PENDING_MAX", 3)
    outcomes = await asyncio.gather(*(audit.write(slug, entry()) for _ in range(5)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None)] * 3 + [Refusal] * 2


async def test_whoever_goes_away_leaves_the_entry_and_the_others(audit: Audit, trail: Trail, slug: str) -> None:
    writing = [asyncio.create_task(audit.write(slug, entry(on=f"card:{i}"))) for i in range(3)]
    await asyncio.wait(writing, timeout=0)  # one turn of the loop: all three wait now
    writing[1].cancel()
    await asyncio.gather(writing[0], writing[2])
    assert [each.entry.on async for each in trail.all(slug)] == ["card:0", "card:1", "card:2"]


async def test_the_viewer_finds_by_day_person_device_act_and_object(
    audit: Audit, trail: Trail, sample: Fair, slug: str
) -> None:
    day = 86_400_000
    for one in (
        entry(),
        entry(at=AT + day, who="s08"),
        entry(device="x" * 22, on="", records=("card:b",)),
        entry(act="issue", on="party:3"),
    ):
        await audit.write(slug, one)

    async def numbers(**sought: Any) -> list[int]:
        found, further = await trail.find(slug, Sought(**sought).test(sample.timezone))
        assert further is None
        return [each.n for each in found]

    assert await numbers() == [4, 3, 2, 1]
    assert await numbers(day=dt.date(2026, 2, 14)) == [4, 3, 1]
    assert await numbers(day=dt.date(2026, 2, 15)) == [2]
    assert await numbers(who="s08") == [2]
    assert await numbers(device="x" * 22) == [3]
    assert await numbers(act="issue") == [4]
    assert await numbers(on="card:b") == [3]
    assert await numbers(on="party") == [4]
    assert await numbers(who="s08", act="issue") == []


async def test_the_viewer_goes_on_where_it_stopped(audit: Audit, trail: Trail, sample: Fair, slug: str) -> None:
    await asyncio.gather(*(audit.write(slug, entry()) for _ in range(SHOWN_MAX + 20)))
    fits = Sought().test(sample.timezone)
    first, further = await trail.find(slug, fits)
    assert (len(first), further) == (SHOWN_MAX, 21)
    rest, further = await trail.find(slug, fits, further)
    assert (len(rest), rest[-1].n, further) == (20, 1, None)


def test_an_anchor_never_goes_back(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "keys")
    assert anchors.read("fair") is None
    for n in (3, 9, 4):
        anchors.advance("fair", Anchor(n, str(n) * 64))
    assert anchors.read("fair") == Anchor(9, "9" * 64)
    anchors.path("fair").write_text("[]")
    with pytest.raises(ValueError, match="no anchor"):
        anchors.read("fair")

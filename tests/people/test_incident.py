"""Incidents: what a device or a member saw, and who saw a record, from the audit record alone and in time."""

import asyncio
import datetime as dt
import os
import time
from typing import Any

import pytest

from yobidashi.fair import Fair
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.auditing.days import audit_days
from yobidashi.people.auditing.trail import Trail
from yobidashi.people.protection.incident import DAY_MS, DAYS_MAX, TIMELINE_SHOWN, Findings, Question, investigate
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

AT = 1_771_032_600_000
PHONE, TABLET = "p" * 22, "t" * 22


@pytest.fixture
def trail(people: PeopleStore) -> Trail:
    return Trail(people, people.keyring)


async def seen(trail: Trail, fair: Fair, **asked: Any) -> Findings:
    return await investigate(trail, fair.slug, Question(**({"begins": AT, "ends": AT + DAY_MS} | asked)))


async def written(audit: Audit, fair: Fair, *entries: Entry) -> None:
    for entry in entries:
        await audit.write(fair.slug, entry)


ENTRIES = int(os.environ.get("AUDIT_ENTRIES", "3000"))
"""Entries of the long record; `AUDIT_ENTRIES=50000` measures a busy fair's."""


async def test_what_a_device_and_a_member_saw(audit: Audit, trail: Trail, sample: Fair) -> None:
    await written(
        audit,
        sample,
        Entry(at=AT, who="s07", act="search-people", device=PHONE, records=("card:a", "card:b"), fields=("name",)),
        Entry(at=AT + 1, who="s07", act="read-card", device=PHONE, on="card:a", fields=("name", "phone")),
        Entry(at=AT + 2, who="s07", act="read-card", device=TABLET, on="card:c"),
        Entry(at=AT + 3, who="s08", act="read-card", device=PHONE, on="card:d"),
        Entry(at=AT + 4, who="s07", act="call-next", device=PHONE, on="booth:3"),
        Entry(at=AT - 1, who="s07", act="read-card", device=PHONE, on="card:early"),
    )
    device = await seen(trail, sample, device=PHONE)
    assert (device.looked, device.entries) == (6, 4)
    assert set(device.records) == {"card:a", "card:b", "card:d"}
    assert device.of_kind("card") == 3
    first = device.records["card:a"]
    assert (first.first, first.last, first.times) == (AT, AT + 1, 2)
    assert (first.fields, first.acts) == ({"name", "phone"}, {"search-people", "read-card"})
    assert device.fields == {"name", "phone"}
    assert [chained.n for chained in device.timeline] == [5, 4, 2, 1]
    assert set(device.viewers) == {("s07", PHONE), ("s08", PHONE)}
    member = await seen(trail, sample, who="s07")
    assert set(member.records) == {"card:a", "card:b", "card:c"}
    both = await seen(trail, sample, who="s07", device=TABLET)
    assert set(both.records) == {"card:c"}
    assert (await seen(trail, sample, who="s0")).entries == 0
    assert (await seen(trail, sample, who="s07", begins=AT + 2, ends=AT + 2)).entries == 1


async def test_who_saw_a_persons_record(audit: Audit, trail: Trail, sample: Fair) -> None:
    await written(
        audit,
        sample,
        Entry(at=AT, who="s07", act="search-people", device=PHONE, records=("card:a", "card:b")),
        Entry(at=AT + 9, who="s08", act="write-card", device=TABLET, on="card:a", fields=("phone",)),
        Entry(at=AT + 10, who="visitor", act="own-card", on="card:a"),
        Entry(at=AT + 11, who="s08", act="read-card", device=TABLET, on="card:ab"),
    )
    found = await seen(trail, sample, record="card:a")
    assert set(found.records) == {"card:a"}
    assert set(found.viewers) == {("s07", PHONE), ("s08", TABLET), ("visitor", "")}
    assert found.viewers["s08", TABLET].fields == {"phone"}
    assert found.entries == 3


async def test_a_reason_that_names_an_id_is_no_sighting(audit: Audit, trail: Trail, sample: Fair) -> None:
    await written(audit, sample, Entry(at=AT, who="s08", act="read-card", on="card:a", why='"s07" に頼まれて'))
    assert (await seen(trail, sample, who="s07")).entries == 0


def test_a_question_that_covers_too_much_is_refused() -> None:
    Question(begins=0, ends=DAYS_MAX * DAY_MS)
    for begins, ends in ((0, DAYS_MAX * DAY_MS + 1), (5, 4)):
        with pytest.raises(Refusal, match="investigation_too_long"):
            Question(begins=begins, ends=ends)


async def test_a_long_record_is_answered_page_by_page(
    audit: Audit, trail: Trail, sample: Fair, capsys: pytest.CaptureFixture[str]
) -> None:
    places = tuple(f"card:{number:022}" for number in range(20))
    for block in range(0, ENTRIES, 1_000):
        await asyncio.gather(
            *(
                audit.write(
                    sample.slug,
                    Entry(at=AT + i, who=f"s{i % 70:02}", act="search-people", device=PHONE, records=places),
                )
                for i in range(block, block + 1_000)
            )
        )
    begun = time.monotonic()
    found = await seen(trail, sample, device=PHONE)
    answered = time.monotonic()
    assert (await trail.verify(sample.slug)).whole
    with capsys.disabled():
        print(f"\n{ENTRIES} entries: answered {answered - begun:.1f} s, proved {time.monotonic() - answered:.1f} s")
    assert (found.looked, found.entries, len(found.records)) == (ENTRIES, ENTRIES, 20)
    assert len(found.timeline) == TIMELINE_SHOWN


async def test_days_are_counted_in_the_fairs_zone(audit: Audit, trail: Trail, sample: Fair) -> None:
    midnight = round(dt.datetime(2026, 2, 15, tzinfo=sample.timezone).timestamp() * 1000)
    await written(
        audit,
        sample,
        Entry(at=midnight - 1, who="s01", act="issue"),
        Entry(at=midnight, who="s02", act="issue"),
        Entry(at=midnight + 1, who="s01", act="issue"),
        Entry(at=midnight + 2, who="visitor", act="own-card"),
    )
    role = {"s01": "chief", "s02": "reception"}
    first, second = await audit_days(trail, sample.slug, sample.timezone, lambda who: role.get(who, who))
    assert (first.date, first.entries, first.first.n, first.last.n) == (dt.date(2026, 2, 14), 1, 1, 1)
    assert (second.date, second.entries, second.first.n, second.last.n) == (dt.date(2026, 2, 15), 3, 2, 4)
    assert second.counts == {("issue", "reception"): 1, ("issue", "chief"): 1, ("own-card", "visitor"): 1}
    assert second.first.mac != second.last.mac

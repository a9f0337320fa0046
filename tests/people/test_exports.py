"""Exports: two persons, one recipient, consenters only, one file, once, and nothing of it left in Redis."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from redis import Redis

from consent_samples import BOTH, card, decision, names, reservation, table
from yobidashi.fair import Fair
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.consenters import consenters, field_words, file_sheets
from yobidashi.people.protection.exports import Export, Exports, Freeze, RecordKind
from yobidashi.people.sheets.table import decrypt_xlsx, encrypt_xlsx, write_workbook
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

ASKED: Mapping[str, Any] = {
    "recipient": "city",
    "purpose": "移住相談の続き",
    "reason": "フェア後の連絡",
    "kinds": ["reservation", "card"],
    "by": "s01",
    "at": 1_771_050_000_000,
}
FILE: Mapping[str, Any] = {
    "made_at": 1_771_050_100_000,
    "persons": 3,
    "records": 2,
    "bytes": 9_000,
    "sha256": "a" * 64,
    "file": "teikyo-1.xlsx",
}


@pytest.fixture
def exports(people: PeopleStore) -> Exports:
    return Exports(people)


def new_id() -> str:
    return secrets.token_hex(16)


async def refused(code: str, awaited: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await awaited
    assert refusal.value.code == code
    assert "—" not in refusal.value.sentence("ja") + refusal.value.sentence("en")
    return refusal.value


async def test_one_asks_another_approves_and_the_file_leaves_once(exports: Exports, sample: Fair) -> None:
    slug, command = sample.slug, new_id()
    asked = await exports.request(slug, command, **ASKED)
    assert (asked.number, asked.state, asked.by) == (1, "requested", "s01")
    assert await exports.request(slug, command, **ASKED) == asked  # sent again: asked once
    await refused("export_state", exports.made(slug, 1, "s01", **FILE))
    await refused("four_eyes", exports.decide(slug, 1, "approved", "s01", 5))
    approved = await exports.decide(slug, 1, "approved", "s02", 5)
    assert (approved.state, approved.decided_by, approved.decided_at) == ("approved", "s02", 5)
    assert await exports.decide(slug, 1, "approved", "s02", 6) == approved
    await refused("export_state", exports.decide(slug, 1, "refused", "s03", 6))
    await refused("export_not_yours", exports.made(slug, 1, "s02", **FILE))
    made = await exports.made(slug, 1, "s01", **FILE)
    assert (made.state, made.persons, made.sha256) == ("made", 3, "a" * 64)
    told = await refused("export_state", exports.made(slug, 1, "s01", **FILE))
    assert told.sentence("ja") == "提供番号1はいま「提供済み」のため、この操作はできません。"
    assert await exports.one(slug, 1) == made


async def test_what_was_refused_is_never_made(exports: Exports, sample: Fair) -> None:
    await exports.request(sample.slug, new_id(), **ASKED)
    assert (await exports.decide(sample.slug, 1, "refused", "s02", 5)).state == "refused"
    await refused("export_state", exports.made(sample.slug, 1, "s01", **FILE))
    await refused("unknown_export", exports.made(sample.slug, 9, "s01", **FILE))
    await refused("unknown_export", exports.decide(sample.slug, 9, "approved", "s01", 5))
    await refused("unknown_export", exports.one(sample.slug, 9))


async def test_a_freeze_stops_every_step_until_it_is_lifted(exports: Exports, sample: Fair) -> None:
    slug = sample.slug
    for _ in range(2):
        await exports.request(slug, new_id(), **ASKED)
    await exports.decide(slug, 1, "approved", "s02", 5)
    freeze = Freeze(by="s05", at=7, reason="端末の紛失")
    assert await exports.freeze(slug, freeze)
    assert not await exports.freeze(slug, Freeze(by="s06", at=8, reason="二度目"))
    assert (await exports.all(slug))[1] == freeze
    told = await refused("exports_frozen", exports.made(slug, 1, "s01", **FILE))
    assert "端末の紛失" in told.sentence("ja")
    await refused("exports_frozen", exports.decide(slug, 2, "approved", "s02", 9))
    await refused("exports_frozen", exports.request(slug, new_id(), **ASKED))
    assert (await exports.decide(slug, 2, "refused", "s02", 9)).state == "refused"  # saying no is always possible
    assert await exports.freeze(slug, None)
    assert not await exports.freeze(slug, None)
    assert (await exports.made(slug, 1, "s01", **FILE)).state == "made"


async def test_many_at_once_get_numbers_of_their_own_and_one_file_leaves(exports: Exports, sample: Fair) -> None:
    slug = sample.slug
    asked = await asyncio.gather(*(exports.request(slug, new_id(), **ASKED) for _ in range(20)))
    assert sorted(export.number for export in asked) == list(range(1, 21))
    await exports.decide(slug, 4, "approved", "s02", 5)
    outcomes = await asyncio.gather(*(exports.made(slug, 4, "s01", **FILE) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(outcome, Export) for outcome in outcomes) == 1
    assert [export.number for export in (await exports.all(slug))[0]] == list(range(20, 0, -1))


async def test_the_password_is_the_approvers_and_stands_nowhere(
    exports: Exports, sample: Fair, redis_url: str, prefix: str
) -> None:
    first = await exports.request(sample.slug, new_id(), **ASKED)
    second = await exports.request(sample.slug, new_id(), **ASKED)
    password = await exports.password(sample.slug, first)
    assert len(password.replace("-", "")) == 16
    assert password == await exports.password(sample.slug, await exports.decide(sample.slug, 1, "approved", "s02", 5))
    assert password != await exports.password(sample.slug, second)
    with Redis.from_url(redis_url) as redis:
        assert password.encode() not in b"".join(
            redis.hgetall(PeopleKeys(prefix, sample.slug).named("exports")).values()
        )


def test_only_a_standing_yes_to_this_recipient_counts() -> None:
    cards = {
        "yes": card(decision(True, 1), name="はい"),
        "no": card(decision(False, 1), name="いいえ"),
        "other": card(decision(True, 1, "furusato"), name="別の提供先"),
        "none": card(name="未回答"),
        "withdrawn": card(decision(True, 1), decision(False, 2), name="撤回"),
        "again": card(decision(True, 1), decision(False, 2), decision(True, 3), name="再同意"),
    }
    assert names(consenters("city", BOTH, {}, cards)) == ["はい", "再同意"]
    assert names(consenters("furusato", BOTH, {}, cards)) == ["別の提供先"]
    assert names(consenters("nobody", BOTH, {}, cards)) == []


def test_a_reservation_and_its_card_are_one_party_and_the_newest_decision_holds() -> None:
    reservations = {"r1": reservation(decision(True, 1))}
    (party,) = consenters("city", BOTH, reservations, {"c1": card(decision(True, 2), reservation="r1")})
    assert party.places == ("reservation:r1", "card:c1")
    assert party.answers == {"name": "見本 カード", "mail": "yoyaku@example.invalid", "themes": ["housing"]}
    assert (party.adults, party.children) == (1, 0)
    withdrawn = {"c1": card(decision(True, 1), decision(False, 5), reservation="r1")}
    alone: tuple[tuple[RecordKind, ...], ...] = (("reservation",), ("card",))
    for kinds in (BOTH, *alone):
        assert consenters("city", kinds, reservations, withdrawn) == []
    later = {"r1": reservation(decision(True, 1), decision(False, 9))}
    assert consenters("city", ("card",), later, {"c1": card(decision(True, 2), reservation="r1")}) == []


def test_only_the_kinds_asked_for_leave_and_nothing_of_what_was_cancelled() -> None:
    reservations = {"r1": reservation(decision(True, 1)), "r2": reservation(decision(True, 1), answers={})}
    cards = {"c1": card(decision(True, 2), reservation="r1"), "c2": card(decision(True, 3), name="当日")}
    (only,) = consenters("city", ("reservation",), reservations, cards)
    assert (only.places, only.answers["name"], only.adults) == (("reservation:r1",), "見本 予約", 2)
    assert names(consenters("city", ("card",), reservations, cards)) == ["見本 カード", "当日"]
    swept = {"c3": card(decision(True, 2), reservation="gone")}
    assert names(consenters("city", BOTH, {}, swept)) == ["見本 カード"]


def test_the_file_opens_with_its_password_only_and_says_what_people_read(sample: Fair) -> None:
    parties = consenters("city", BOTH, {"r1": reservation(decision(True, 1_771_032_600_000), name="=1+1")}, {})
    sheets = file_sheets(sample, parties)
    locked = encrypt_xlsx(write_workbook(sheets), "ABCD-EFGH-JKLM-NPQR")
    for other in ("ABCD-EFGH-JKLM-NPQS", "abcd-efgh-jklm-npqr"):
        with pytest.raises(ValueError, match="another"):
            decrypt_xlsx(locked, other)
    assert b"yoyaku" not in locked
    with open_workbook(decrypt_xlsx(locked, "ABCD-EFGH-JKLM-NPQR")) as book:
        assert book.sheetnames == ["名簿", "連絡先"]
        listed, contacts = (table(book[name]) for name in book.sheetnames)
    assert contacts[0]["メールアドレス"] == "yoyaku@example.invalid"
    assert "メールアドレス" not in listed[0]
    assert listed[0]["番号"] == contacts[0]["番号"] == "1"
    assert listed[0]["大人"] == "2"
    assert listed[0]["同意した日時"] == "2026-02-14 10:30"
    told = {*listed[0], *contacts[0]} - {"番号", "同意文の版"}
    assert told == set(field_words(sample))
    (name,) = [word for heading, word in contacts[0].items() if "1+1" in word]
    assert name.startswith(("'", "="))  # a text cell, not a formula: test_sheets.py


class open_workbook:  # noqa: N801 - a context manager that is used like a function
    def __init__(self, content: bytes) -> None:
        import io

        self.book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)

    def __enter__(self) -> Any:
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.close()

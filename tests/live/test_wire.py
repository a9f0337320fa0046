"""The wire: every row and frame there and back, garbage refused, and the vectors that the browser's half reads too."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yobidashi.live.board import Board
from yobidashi.live.guide import Band, Guide, Level, QueueGuide, TicketGuide
from yobidashi.live.wire import (
    PROTOCOL,
    BadFrame,
    Beat,
    Hello,
    Told,
    decode_frame,
    decode_frames,
    decode_hello,
    encode_beat,
    encode_event,
    encode_guide,
    encode_hello,
    encode_snapshot,
    encode_welcome,
)
from yobidashi.queue.events import Event
from yobidashi.queue.rows import TABLES, Booth, Clock, Notice, Offer, Party, Queue, Ticket, row_object
from yobidashi.queue.tickets import BoothState, OfferState, State

VECTORS = Path(__file__).parent.parent / "vectors"
AT = 1_771_032_600_000  # 2026-02-14 10:30 in Tokyo

WAITING = Ticket(id=1, party=1, number="105", queue="sapporo", state=State.WAITING, place=AT, issued_at=AT, rev=2)
CALLED = replace(
    WAITING,
    state=State.CALLED,
    booth=7,
    called_at=AT + 60_000,
    called_offset=3,
    recalls=1,
    recalled_at=AT + 90_000,
    reserved=AT,
    rev=4,
)
PARTY = Party(id=1, number="105", size=2, issued_at=AT, tickets=(1,), children=1, inside=2, rev=2)
BOARD = Board(
    AT,
    2,
    {1: PARTY},
    {1: WAITING},
    {"sapporo": Queue(id="sapporo", issuing=True, reserved_run=0, rev=1)},
    {
        7: Booth(id=7, queue="sapporo", state=BoothState.OPEN, since=AT, rev=1),
        30: Booth(id=30, state=BoothState.PAUSED, since=AT, meeting=1, checked_at=AT, helper_at=AT + 1, rev=1),
    },
    {0: Clock(id=0, real=0, fair=0, rate=1, rev=1)},
    notices={1: Notice(id=1, ja="ただいま満席です", at=AT, rev=2)},
)
OFFER = Offer(id=1, party=1, ticket=1, queue="ebetsu", state=OfferState.OPEN, at=AT, until=AT + 600_000, rev=8)
EVENTS = [
    Event(
        AT,
        3,
        AT + 60_000,
        "called",
        {
            "parties": (replace(PARTY, active=1, rev=3),),
            "tickets": (replace(CALLED, recalls=0, recalled_at=None, rev=3),),
            "queues": (Queue(id="sapporo", issuing=True, reserved_run=1, rev=3),),
            "booths": (Booth(id=7, queue="sapporo", state=BoothState.OPEN, ticket=1, since=AT + 60_000, rev=3),),
        },
    ),
    Event(AT, 4, AT + 90_000, "recalled", {"tickets": (CALLED,), "parties": (replace(PARTY, active=1, rev=4),)}),
    Event(
        AT,
        5,
        AT + 92_000,
        "undone",
        {
            "tickets": (replace(CALLED, recalls=0, recalled_at=None, rev=5),),
            "parties": (replace(PARTY, active=1, rev=5),),
        },
        undoes=4,
    ),
    Event(AT, 6, AT + 95_000, "clock_set", {"clocks": (Clock(id=0, real=AT, fair=AT + 95_000, rate=2.5, rev=6),)}),
    Event(
        AT,
        7,
        AT + 96_000,
        "split",
        {
            "parties": (
                replace(PARTY, active=1, size=1, inside=1, children=0, rev=7),
                Party(id=2, number="106", size=1, issued_at=AT, tickets=(), children=1, inside=1, origin=1, rev=7),
            ),
        },
    ),
    Event(AT, 8, AT + 97_000, "offered", {"offers": (OFFER,)}),
    Event(
        AT,
        9,
        AT + 98_000,
        "offer_declined",
        {"offers": (replace(OFFER, state=OfferState.DECLINED, answered_at=AT + 98_000, answer="not_now", rev=9),)},
    ),
    Event(
        AT,
        10,
        AT + 99_000,
        "corrected",
        {
            "parties": (replace(PARTY, size=3, inside=3, corrected="counted_wrong", rev=10),),
            "tickets": (replace(CALLED, corrected="wrong_button", rev=10),),
        },
    ),
    Event(
        AT,
        11,
        AT + 100_000,
        "notice_ended",
        {"notices": (Notice(id=1, ja="満席です", en="Full & closed", at=AT, until=AT + 100_000, rev=11),)},
    ),
]


GUIDE = Guide(
    AT + 101_000,
    {
        "sapporo": QueueGuide("sapporo", 4, 2, 1_234_567, Band(20, 25), Level.BUSY),
        "ebetsu": QueueGuide("ebetsu", 0, 1, 0, Band(0, 5), Level.QUIET),
        "otaru": QueueGuide("otaru", 9, 1, 3_000_000, Band(45, 60), Level.CROWDED),
        "nanporo": QueueGuide("nanporo", 1, 0, None, None, Level.CLOSED),
    },
    {1: TicketGuide(1, 0, 100_000, Band(0, 5)), 2: TicketGuide(2, 0, None, None)},
)


def _minutes(band: Band | None) -> dict[str, int] | None:
    return None if band is None else {"low": band.low_min, "high": band.high_min}


def _guide_object(guide: Guide) -> dict[str, Any]:
    queues = [
        {"id": q.id, "ahead": q.ahead, "booths": q.booths, "band": _minutes(q.band), "level": q.level.name.lower()}
        for q in guide.queues.values()
    ]
    tickets = [{"id": t.id, "ahead": t.ahead, "band": _minutes(t.band)} for t in guide.tickets.values()]
    return {"type": "guide", "epoch": AT, "offset": 11, "at": guide.at, "queues": queues, "tickets": tickets}


def _objects(board: Board) -> dict[str, Any]:
    return {name: [row_object(name, row) for row in rows] for name, rows in board.rows().items()}


def vectors() -> list[dict[str, Any]]:
    """Every kind of frame with what a page must make of it."""
    snapshot = {"type": "snapshot", "epoch": BOARD.epoch, "offset": BOARD.offset, **_objects(BOARD)}
    beat = {"type": "beat", "epoch": AT, "offset": 6, "real_now": AT, "live": False}
    welcome = {"type": "welcome", "protocol": PROTOCOL, "real_now": AT, "resume": "backlog"}
    frames = [
        ("welcome", encode_welcome(AT, "backlog"), welcome),
        ("snapshot", encode_snapshot(BOARD), snapshot),
        ("beat", encode_beat(AT, 6, AT, live=False), beat),
        ("guide", encode_guide(AT, 11, GUIDE), _guide_object(GUIDE)),
        *((f"event {event.kind}", encode_event(event), {"type": "event"} | event.to_object()) for event in EVENTS),
    ]
    return [{"name": name, "hex": data.hex(), "expect": expect} for name, data, expect in frames]


def fold() -> dict[str, Any]:
    """A snapshot, events upon it, and the board that must result."""
    board = Board(BOARD.epoch, BOARD.offset, *(dict(BOARD.table(name)) for name in TABLES))
    for event in EVENTS:
        board.apply(event)
    result = {"epoch": board.epoch, "offset": board.offset, **_objects(board)}
    return {
        "snapshot": encode_snapshot(BOARD).hex(),
        "events": [encode_event(e).hex() for e in EVENTS],
        "result": result,
    }


@pytest.mark.parametrize(("name", "made"), [("wire", vectors), ("fold", fold)])
def test_the_vectors_are_what_python_says(name: str, made: Any) -> None:
    """The committed files are read by the browser's tests; after a change of the wire, write them anew:

    python tests/live/test_wire.py
    """
    assert json.loads((VECTORS / f"{name}.json").read_text()) == json.loads(json.dumps(made()))


def test_frames_there_and_back() -> None:
    assert decode_frame(encode_snapshot(BOARD)) == BOARD
    for event in EVENTS:
        assert decode_frame(encode_event(event)) == event
    assert decode_frame(encode_beat(AT, 6, 9, live=True)) == Beat(AT, 6, 9, live=True)
    assert decode_hello(encode_hello(AT, 57)) == Hello(PROTOCOL, AT, 57)


def test_a_guide_is_told_without_its_means() -> None:
    told = decode_frame(encode_guide(AT, 11, GUIDE))
    assert isinstance(told, Told)
    assert (told.epoch, told.offset, told.guide.at) == (AT, 11, GUIDE.at)
    assert told.guide.queues == {id_: replace(queue, mean_ms=None) for id_, queue in GUIDE.queues.items()}
    assert told.guide.tickets == {id_: replace(ticket, mean_ms=None) for id_, ticket in GUIDE.tickets.items()}


def test_frames_one_after_the_other() -> None:
    frames = [encode_snapshot(BOARD), *map(encode_event, EVENTS), encode_beat(AT, 6, 9, live=True)]
    assert decode_frames(b"".join(frames)) == [BOARD, *EVENTS, Beat(AT, 6, 9, live=True)]


@given(st.binary(max_size=80))
def test_garbage_is_refused_with_a_sentence(data: bytes) -> None:
    try:
        hello = decode_hello(data)
    except BadFrame as error:
        assert "expected" in str(error)
    else:
        assert decode_hello(encode_hello(hello.epoch, hello.offset)).offset == hello.offset


@pytest.mark.parametrize(
    "value",
    [b"\x94\xa5hello\x01\xc0\xff", b"\x94\xa5hello\x01\xc0\xc3", b"\x93\xa5hello\x01\xc0", b"\x94\xa3hey\x01\xc0\x00"],
)
def test_a_hello_of_the_wrong_kind_is_refused(value: bytes) -> None:
    with pytest.raises(BadFrame):
        decode_hello(value)


def test_a_frame_of_another_kind_is_refused() -> None:
    with pytest.raises(BadFrame):
        decode_frame(encode_hello(None, 0))


if __name__ == "__main__":
    VECTORS.mkdir(exist_ok=True)
    for stem, content in (("wire", vectors()), ("fold", fold())):
        (VECTORS / f"{stem}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")

"""The frames that pass between the hub and a page: msgpack arrays, rows as lists in the order of `FIELDS`.

From a page, once: ``["hello", PROTOCOL, epoch | nil, offset]``. From the hub: ``welcome``, ``snapshot``, ``event``, ``guide``,
``beat``.
Nothing personal ever stands in a frame (invariant 6); everything in it may hang on the wall.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import msgpack

from yobidashi.live.board import Board
from yobidashi.live.guide import Band, Guide, Level, QueueGuide, TicketGuide
from yobidashi.queue.events import Event
from yobidashi.queue.rows import FIELDS, TABLES, Row, row_from, row_values

PROTOCOL: Final = 3
"""Version of the frames; a page of another version is told to reload."""

HELLO_MAX_BYTES: Final = 64
"""A hello is about 25 bytes; whatever is longer is not one."""

BEAT_S: Final = 3.0
"""Seconds between two beats. A page calls itself stale after `STALE_S` without any frame."""

STALE_S: Final = 10.0
"""Seconds without a frame after which a screen says 更新停止中 (FAIR, rules of the floor)."""

_U64_MAX: Final = 2**53 - 1  # what a page can hold exactly


class BadFrame(ValueError):
    """A frame that is not what the protocol says; the text says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Where a page says it is: the protocol it speaks and, unless it is new, its position."""

    protocol: int
    epoch: int | None
    offset: int


def _pack(value: Any) -> bytes:
    packed: bytes = msgpack.packb(value, use_bin_type=True)
    return packed


def encode_hello(epoch: int | None, offset: int) -> bytes:
    """Make a page's hello."""
    return _pack(["hello", PROTOCOL, epoch, offset])


def decode_hello(frame: bytes) -> Hello:
    """Read a page's hello. Raises `BadFrame` for anything else."""
    if len(frame) > HELLO_MAX_BYTES:
        raise BadFrame(f"expected a hello of at most {HELLO_MAX_BYTES} bytes, got {len(frame)} bytes")
    try:
        value = msgpack.unpackb(frame, max_str_len=16, max_array_len=4, max_map_len=0, max_bin_len=0, max_ext_len=0)
    except Exception as error:  # msgpack raises a family of unrelated classes for garbage
        raise BadFrame(f"expected a msgpack array, got {type(error).__name__}") from None
    if not isinstance(value, list) or len(value) != 4 or value[0] != "hello":
        raise BadFrame('expected ["hello", protocol, epoch, offset]')
    _, protocol, epoch, offset = value
    if not _is_count(protocol) or not _is_count(offset) or not (epoch is None or _is_count(epoch)):
        raise BadFrame("expected whole numbers from 0 to 2^53 for protocol, epoch and offset")
    return Hello(protocol, epoch, offset)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _U64_MAX


def encode_welcome(real_now: int, follows: Literal["snapshot", "backlog"]) -> bytes:
    """Make the first frame of every session: Redis's time in ms, and what comes next."""
    return _pack(["welcome", PROTOCOL, real_now, follows])


def encode_snapshot(board: Board) -> bytes:
    """Make the whole board as one frame."""
    tables = {name: [row_values(name, row) for row in rows] for name, rows in board.rows().items()}
    return _pack(["snapshot", board.epoch, board.offset, tables])


def encode_event(event: Event) -> bytes:
    """Make one event as one frame; tables that it does not change are left out."""
    tables = {name: [row_values(name, row) for row in rows] for name, rows in event.changes.items()}
    return _pack(["event", event.epoch, event.offset, event.at, event.kind, tables, event.undoes])


def encode_beat(epoch: int, offset: int, real_now: int, *, live: bool) -> bytes:
    """Make a beat: where the hub is, Redis's time in ms, and whether the hub still hears Redis."""
    return _pack(["beat", epoch, offset, real_now, live])


def encode_guide(epoch: int, offset: int, guide: Guide) -> bytes:
    """Make the estimates of one moment as one frame; they rest on the board at ``offset``. Means stay with the server."""
    return _pack(["guide", epoch, offset, guide.at, *guide_rows(guide)])


def guide_rows(guide: Guide) -> tuple[list[list[Any]], list[list[Any]]]:
    """Give what a guide tells of queues and of tickets: two that tell the same are one to a page."""
    return (
        [[q.id, q.ahead, q.booths, *_ends(q.band), int(q.level)] for q in guide.queues.values()],
        [[t.id, t.ahead, *_ends(t.band)] for t in guide.tickets.values()],
    )


def _ends(band: Band | None) -> tuple[int, int] | tuple[None, None]:
    return (None, None) if band is None else (band.low_min, band.high_min)


@dataclass(frozen=True, slots=True)
class Told:
    """A guide as a page hears it: its means are not told, so they are None. It rests on the board at (epoch, offset)."""

    epoch: int
    offset: int
    guide: Guide


@dataclass(frozen=True, slots=True)
class Beat:
    """A beat, or a welcome (which has no position)."""

    epoch: int | None
    offset: int
    real_now: int
    live: bool


def decode_frame(frame: bytes) -> Board | Event | Told | Beat:
    """Read a frame of the hub, as a page does: a snapshot gives a `Board`. For Python clients and tests."""
    return _frame(msgpack.unpackb(frame, strict_map_key=False))


def _frame(value: Any) -> Board | Event | Told | Beat:
    match value:
        case ["welcome", int(), int() as real_now, str()]:
            return Beat(None, 0, real_now, live=True)
        case ["beat", int() as epoch, int() as offset, int() as real_now, bool() as live]:
            return Beat(epoch, offset, real_now, live)
        case ["snapshot", int() as epoch, int() as offset, dict() as tables]:
            board = Board(epoch, offset)
            for name, rows in _rows(tables).items():
                board.put(name, rows)
            return board
        case ["event", int() as epoch, int() as offset, int() as at, str() as kind, dict() as tables, undoes]:
            return Event(epoch, offset, at, kind, _rows(tables), undoes)
        case ["guide", int() as epoch, int() as offset, int() as at, list() as queues, list() as tickets]:
            return Told(epoch, offset, _guide(at, queues, tickets))
        case _:
            raise BadFrame("expected welcome, snapshot, event, guide or beat")


def decode_frames(frames: bytes) -> list[Board | Event | Told | Beat]:
    """Read frames that stand one after the other, as a page gets them that asks again and again (`web/visitors/visits.py`)."""
    unpacker = msgpack.Unpacker(strict_map_key=False, max_buffer_size=0)
    unpacker.feed(frames)
    return [_frame(value) for value in unpacker]


def _guide(at: int, queues: list[list[Any]], tickets: list[list[Any]]) -> Guide:
    return Guide(
        at,
        {
            id_: QueueGuide(id_, n, booths, None, _band(low, high), Level(level))
            for id_, n, booths, low, high, level in queues
        },
        {id_: TicketGuide(id_, n, None, _band(low, high)) for id_, n, low, high in tickets},
    )


def _band(low: int | None, high: int | None) -> Band | None:
    return None if low is None or high is None else Band(low, high)


def _rows(tables: dict[str, list[list[Any]]]) -> dict[str, tuple[Row, ...]]:
    return {
        name: tuple(row_from(name, dict(zip(FIELDS[name], row, strict=True))) for row in tables[name])
        for name in TABLES
        if name in tables
    }

"""Every key of a fair in Redis, and the one order in which scripts receive them.

All keys of a fair share the hash tag ``{slug}``, so a fair lives in one slot of a cluster (invariant 8). Every script is
given every key it may touch: nothing is built inside Lua.

| key | type | holds |
|---|---|---|
| meta | hash | epoch, offset (top of the journal), counters of ids and numbers, schema |
| rules | string | JSON: what the scripts need of `fair.toml` |
| parties, tickets, queues, booths, clocks, offers, notices | hash | id → row as JSON |
| lines | sorted set, all scores 0 | ``queue:place:ticket`` of every waiting ticket, in calling order |
| numbers | hash | number → party id |
| undo | hash | offset → rows before the event, for the last `UNDO_KEPT` events |
| journal | stream | id ``offset-0`` → the event as JSON, at most `JOURNAL_KEPT` |
| cards | hash | card id → ``{adults, children, booking?, party?, arrived?}``: complete, every consent decided; at most `CARDS_MAX` |
| holders | hash | party id → card id |
| bookings | hash | booking id → ``{wishes: [{queue, slot}], adults, children, state}``, state booked, arrived or cancelled |
| reserved | sorted set, all scores 0 | ``queue:slot:place:ticket`` of every waiting ticket with a reserved place, in calling order |
| offered | hash | party id → its newest offer's id |
| links | hash | token of a visit's link → party id |
| linked | hash | party id → the token of its visit's link, made once |
| answer | string with TTL | the first answer to one command id |

Ids of cards and bookings, and tokens of links, are random (22 characters of base64url); who stands behind them is not in these keys (invariant 6).
"""

from functools import lru_cache
from typing import Final

ANSWER_TTL_S: Final = 43_200
"""How long an answer is remembered: longer than any fair's day lasts."""

JOURNAL_KEPT: Final = 100_000
"""Events kept in the journal; a day of the sample fair has about 4,000."""

UNDO_KEPT: Final = 256
"""Events whose rows-before are kept. Older than ten seconds they are of no use."""

CARDS_MAX: Final = 20_000
"""Reception cards that one fair takes: twice the parties, for cards may be filled in and never come to the desk."""

OFFERS_MAX: Final = 5_000
"""Offers of one fair: half an offer a party."""

NOTICES_MAX: Final = 500
"""Announcements of one fair; a day has a dozen."""

NOTICES_AT_ONCE: Final = 3
"""Announcements in force at once: more than a screen could show in letters that can be read."""

SCHEMA: Final = 3
"""Version of the rows and keys, stored in meta.

Rows of an earlier version are read for good, in the journal too: what they lack is added as they are read, in one place in each
language (`queue/rows.py` `row_from`, `grown` in `queue/lua/lib/fair.lua`), and they are written whole at their next change.
2: a party has children, inside (lacking: all are inside) and origin; a ticket has reserved; a queue has reserved_run.
3: offers, notices and links stand beside them; a party and a ticket may be corrected.
"""

NAMES: Final = (
    "meta",
    "rules",
    "parties",
    "tickets",
    "queues",
    "booths",
    "clocks",
    "offers",
    "notices",
    "lines",
    "numbers",
    "undo",
    "journal",
    "cards",
    "holders",
    "bookings",
    "reserved",
    "offered",
    "links",
    "linked",
)
"""The fair's keys in the order of KEYS[1..20]; KEYS[21] is the answer of the command."""


KEYS_KEPT: Final = 4_096
"""Fairs whose keys a process remembers."""


class Keys:
    """The keys of one fair: ``prefix:{slug}:name``."""

    def __init__(self, prefix: str, slug: str) -> None:
        """Name the fair's keys. ``prefix`` sets deployments (and tests) apart that share a Redis."""
        self._root = f"{prefix}:{{{slug}}}:"
        self.fair: tuple[str, ...] = tuple(self._root + name for name in NAMES)
        self.journal = self._root + "journal"
        self.meta = self._root + "meta"

    def named(self, name: str) -> str:
        """Give one of the keys by its name in `NAMES`."""
        return self.fair[NAMES.index(name)]

    def answer(self, command_id: str) -> str:
        """Give the key that remembers the answer to ``command_id``."""
        return f"{self._root}answer:{command_id}"


@lru_cache(maxsize=KEYS_KEPT)
def keys_of(prefix: str, slug: str) -> Keys:
    """Give the keys of one fair, made once: every command needs them."""
    return Keys(prefix, slug)

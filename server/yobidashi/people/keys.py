"""Every key in Redis that holds people's data or the record of who touched them, and the order scripts receive them in.

They share the fair's hash tag, so a fair stays in one slot. What is personal is sealed (`vault.py`); what stands here openly
says which reservation has which slot, and names nobody.

| key | type | holds |
|---|---|---|
| vault | hash | ``current`` → version; ``key:<version>`` and ``ids`` → wrapped data keys; ``closed`` → why nothing is kept any more |
| records | hash | place (``kind:id``) → sealed record |
| cards, holders, bookings | hash | see queue/keys.py: what the queue may know |
| slots | hash | ``queue@slot`` → how many bookings it has |
| links | hash | SHA-256 of a private link's token → place |
| audit | stream | id ``n-0`` → entry and its chain value |
| audit-head | hash | ``n`` and ``mac`` of the newest entry |
| exports | hash | number → JSON of a request for an export, its approval, its file's SHA-256 |
| disposal | hash | step → JSON: how far the destruction has come |
| novelty | hash | ``given`` → how many gifts were handed out |
| backups | hash | id → JSON: a backup that was made of the fair (protection/backups.py) |
| answer | string with TTL | what a command id was answered, where it is not a record's own id |
| tries:<keyed hash of an address> | string with TTL | what was sent from a network address of late |
| tries:visit-<party> | string with TTL | what was asked by the link of a party's visit of late |
"""

from typing import Final

from yobidashi.queue.keys import Keys

NAMES: Final = (
    "vault",
    "records",
    "cards",
    "holders",
    "bookings",
    "slots",
    "links",
    "audit",
    "audit-head",
    "exports",
    "disposal",
    "novelty",
)
"""The keys in the order of KEYS[1..12]; what a script needs beside them follows."""

_OF_THE_QUEUE: Final = frozenset({"cards", "holders", "bookings"})


class PeopleKeys:
    """The keys of one fair's people: ``prefix:{slug}:people:name``."""

    def __init__(self, prefix: str, slug: str) -> None:
        """Name the keys; ``prefix`` as in queue/keys.py."""
        self._root = f"{prefix}:{{{slug}}}:people:"
        queue = Keys(prefix, slug)
        self.backups = self._root + "backups"
        self.fair: tuple[str, ...] = tuple(
            queue.named(name) if name in _OF_THE_QUEUE else self._root + name for name in NAMES
        )

    def named(self, name: str) -> str:
        """Give one of the keys by its name in `NAMES`."""
        return self.fair[NAMES.index(name)]

    def answer(self, command_id: str) -> str:
        """Give the key that remembers what ``command_id`` was answered."""
        return f"{self._root}answer:{command_id}"

    def tries_from(self, sender: str) -> str:
        """Give the key that counts what came from a network address, itself named by ``Vault.id_for``, or by a visit's link."""
        return f"{self._root}tries:{sender}"

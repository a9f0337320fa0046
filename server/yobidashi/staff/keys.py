"""Every key in Redis about staff and devices, and the one order in which scripts receive them.

They share the fair's hash tag. Nothing here names anybody: names are sealed among the people's records (``staff:s07``), and
of every secret (badge, device, invitation, session) only its SHA-256 stands here, of a PIN its Argon2 hash.

| key | type | holds |
|---|---|---|
| members | hash | id → row as JSON: roles, booth, validity, badge, PIN, generation, failures |
| devices | hash | id → row as JSON: kind, label, secret, who invited it, until when |
| seen | hash | id of a device → when it was last heard of, ms |
| invitations | hash | id → JSON: a device that may be enrolled, for ten minutes |
| owner | string with TTL | SHA-256 of the link that makes the first chief, and the command that used it |
| vault, records | | see people/keys.py: where names are sealed |
| session:<SHA-256> | hash with TTL | a sign-in: member, device, generation, end |
| tries:device:<id>, tries:address:<hash>, tries:enrol:<hash> | string with TTL | sign-ins and enrolments that failed of late |
| answer:<command id> | string with TTL | which members a command made |
"""

import hashlib
from typing import Final

from yobidashi.people.keys import PeopleKeys

NAMES: Final = ("members", "devices", "seen", "invitations", "owner", "vault", "records")
"""The keys in the order of KEYS[1..7]; what a script needs beside them follows."""

_OF_PEOPLE: Final = frozenset({"vault", "records"})


class StaffKeys:
    """The keys of one fair's staff: ``prefix:{slug}:staff:name``."""

    def __init__(self, prefix: str, slug: str) -> None:
        """Name the keys; ``prefix`` as in queue/keys.py."""
        self._root = f"{prefix}:{{{slug}}}:staff:"
        people = PeopleKeys(prefix, slug)
        self.fair: tuple[str, ...] = tuple(
            people.named(name) if name in _OF_PEOPLE else self._root + name for name in NAMES
        )

    def named(self, name: str) -> str:
        """Give one of the keys by its name in `NAMES`."""
        return self.fair[NAMES.index(name)]

    def session(self, digest: str) -> str:
        """Give the key of a sign-in by the SHA-256 of its token."""
        return f"{self._root}session:{digest}"

    def tries_of_device(self, device: str) -> str:
        """Give the key that counts a device's failed sign-ins."""
        return f"{self._root}tries:device:{device}"

    def tries_from(self, address: str) -> str:
        """Give the key that counts the sign-ins that failed from a network address."""
        return f"{self._root}tries:address:{_disguised(address)}"

    def enrolments_from(self, address: str) -> str:
        """Give the key that counts the enrolments that failed from a network address."""
        return f"{self._root}tries:enrol:{_disguised(address)}"

    def answer(self, command_id: str) -> str:
        """Give the key that remembers what ``command_id`` made."""
        return f"{self._root}answer:{command_id}"


def _disguised(address: str) -> str:
    """Give what stands for a network address for the minutes that tries are counted; the address itself is kept nowhere."""
    return hashlib.sha256(address.encode()).hexdigest()[:32]

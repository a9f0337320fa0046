"""A fair whose people are canaries: every word they give stands nowhere else, and can be searched for."""

import secrets
from pathlib import Path
from typing import Any

from real import Client, RealServer
from reservation_samples import reservation_form
from yobidashi.fair import Fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.canaries import markers

QUEUE = "sapporo"
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ"


class Canary:
    """A made-up person whose every word stands nowhere else."""

    def __init__(self) -> None:
        word = secrets.token_hex(6)
        self.name = f"見本 {word}"
        self.kana = "".join(secrets.choice(KANA) for _ in range(14))
        self.mail = f"{word[::-1]}x@example.jp"
        self.phone = f"090{secrets.randbelow(10**8):08d}"
        self.detail = f"くわしく {secrets.token_hex(6)}"

    @property
    def answers(self) -> dict[str, Any]:
        """What the person answers."""
        return {"name": self.name, "kana": self.kana, "mail": self.mail, "phone": self.phone, "detail": self.detail}

    @property
    def words(self) -> list[bytes]:
        """What must be found nowhere, in the spellings in which a program may write it."""
        plain = [self.name.split()[1], self.kana, self.mail.split("@")[0], self.phone, self.detail.split()[1]]
        return [
            spelling
            for word in plain
            for spelling in (word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape"))
        ]


class Hall:
    """The server, its fair, and everybody who was ever there."""

    def __init__(self, server: RealServer, fair: Fair, data: Path) -> None:
        self.server = server
        self.fair = fair
        self.data = data
        self.canaries: list[Canary] = []
        self.frames: list[bytes] = []
        self.visitor: Client
        self.reception: Client
        self.officer: Client

    def canary(self) -> Canary:
        """Somebody new."""
        self.canaries.append(Canary())
        return self.canaries[-1]

    def form(self, canary: Canary) -> dict[str, Any]:
        """The reservation form as that person fills it in."""
        field = next(field.key for field in self.fair.form.fields if field.kind == "long") if self.fair.form else ""
        answers: dict[str, Any] = {key: value for key, value in canary.answers.items() if key != "detail"}
        answers[field] = canary.detail
        return reservation_form(self.fair, Wish(QUEUE, self.fair.slots(QUEUE)[0]), **answers)

    @property
    def words(self) -> list[bytes]:
        """Everything that must be found nowhere."""
        planted = markers(Keyring(self.server.keys).key(self.fair.slug, "audit"))
        return [word.encode() for word in planted] + [word for canary in self.canaries for word in canary.words]

"""Every refusal of the system: stable code, HTTP status, and a sentence in Japanese and in English.

The words in braces are filled from the refusal's detail. A script or a parser names the code; nothing else writes a
sentence for a person.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from yobidashi.queue.sentences.floor import FLOOR
from yobidashi.queue.sentences.people import PEOPLE
from yobidashi.queue.sentences.protection import PROTECTION
from yobidashi.queue.sentences.requests import REQUESTS
from yobidashi.queue.sentences.sentence import Sentence
from yobidashi.queue.sentences.server import SERVER
from yobidashi.queue.sentences.staff import STAFF

TABLES: Final = (FLOOR, STAFF, PEOPLE, PROTECTION, REQUESTS, SERVER)
"""By subject."""

CODES: Final[Mapping[str, Sentence]] = MappingProxyType(
    {code: told for table in TABLES for code, told in table.items()}
)
"""Code → sentence. A code stands in one table alone."""

_STATES_JA: Final = MappingProxyType(
    {
        "waiting": "お待ち",
        "called": "呼び出し中",
        "serving": "相談中",
        "finished": "終了",
        "absent": "不在",
        "held": "保留",
        "cancelled": "取消",
    },
)


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


class Refusal(Exception):
    """A command or request that is not done, with its code; the sentences come from `CODES`."""

    def __init__(self, code: str, detail: Mapping[str, Any] | None = None) -> None:
        """Refuse with ``code`` (a key of `CODES`) and what its sentence needs."""
        self.code = code
        self.detail: dict[str, Any] = dict(detail or {})
        super().__init__(f"{code}: {self.sentence('en')}")

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return CODES[self.code].status

    def sentence(self, language: str) -> str:
        """Give the sentence in ``ja`` or ``en``."""
        words = _Blank(self.detail)
        words.setdefault("queue_name", self.detail.get("queue", "—"))
        words["state_ja"] = _STATES_JA.get(str(self.detail.get("state")), "—")
        template: str = getattr(CODES[self.code], language)
        return template.format_map(words)

    def to_object(self) -> dict[str, Any]:
        """Give the refusal as the HTTP API answers it."""
        return {"code": self.code, "ja": self.sentence("ja"), "en": self.sentence("en"), "detail": self.detail}

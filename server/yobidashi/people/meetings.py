"""The links of online booths' meetings: whoever has one can walk into the talk, so it is sealed like what people wrote.

The queue knows which link stands by a number (``meeting`` of the booth's row) and whether it was checked, never the link. A
demonstration has no vault: its links are made up, each time the same, and what somebody types there is dropped.
"""

from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import SplitResult, urlsplit

from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

KIND: Final = "meeting"
"""Kind of the sealed record; its id is the booth's number."""

LINK_MAX: Final = 500
"""Characters of a meeting link; those of the usual services have at most 300."""

LETTERS: Final = frozenset(map(chr, range(0x21, 0x7F)))
"""What stands in an address: the visible characters of ASCII. Others are written with %."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A link, with the number by which the queue knows it."""

    number: int
    link: str


class Meetings(Protocol):
    """Where the links of every fair stand."""

    async def put(self, slug: str, booth: int, meeting: int, link: str) -> None:
        """Keep a booth's link as the one with the number ``meeting``. Raises `Refusal`."""

    async def get(self, slug: str, booth: int, meeting: int) -> Meeting | None:
        """Give the booth's link, if it is the one with this number or a newer one: a board may be a moment behind."""


class SealedMeetings:
    """The links of real fairs, in their vaults."""

    def __init__(self, store: PeopleStore) -> None:
        """Seal them in ``store``."""
        self._store = store

    async def put(self, slug: str, booth: int, meeting: int, link: str) -> None:
        """Seal the link. Raises `Refusal` as `PeopleStore.put`."""
        await self._store.put(slug, f"{KIND}:{booth}", {"meeting": meeting, "link": link})

    async def get(self, slug: str, booth: int, meeting: int) -> Meeting | None:
        """Open the link. Raises `Refusal` as `PeopleStore.vault`."""
        record = await self._store.get(slug, f"{KIND}:{booth}")
        if record is None or record["meeting"] < meeting:
            return None
        return Meeting(record["meeting"], record["link"])


class MadeUpMeetings:
    """The links of demonstrations: nobody's, so that nothing of anybody is kept where there is neither key nor sign-in."""

    async def put(self, slug: str, booth: int, meeting: int, link: str) -> None:
        """Drop it."""

    async def get(self, slug: str, booth: int, meeting: int) -> Meeting | None:
        """Make the booth's link up; the host is one that is set aside for examples."""
        return Meeting(meeting, f"https://example.com/{slug}/booth-{booth}")


def checked_link(typed: str) -> str:
    """Give a meeting link that was typed or pasted, without the blanks around it. Raises `Refusal` (``invalid_link``)."""
    link = typed.strip()
    why = _fault(link)
    if why:
        raise Refusal("invalid_link", {"why_ja": why[0], "why": why[1]})
    return link


def _fault(link: str) -> tuple[str, str] | None:
    """Give what is wrong with a link, in Japanese and English; None: nothing. The link itself stands in no sentence."""
    if not link:
        return "リンクを貼り付けてください", "paste the link"
    if len(link) > LINK_MAX:
        return f"{LINK_MAX}文字までです", f"at most {LINK_MAX} characters"
    if not set(link) <= LETTERS:
        return (
            "空白や日本語が混じっています。リンクだけを貼り付けてください",
            "it has blanks or other letters; paste the link alone",
        )
    parts = _parts(link)
    if parts is None or parts.scheme.lower() != "https":
        return "https:// で始まるリンクにしてください", "it must begin with https://"
    if parts.username is not None or parts.password is not None:
        return (
            "「@」の前に名前やパスワードのあるリンクは使えません",
            "a link with a name or password before an @ is not taken",
        )
    if "." not in (parts.hostname or "").strip("."):
        return "会議サービスの名前（例 meet.example.com）がありません", "the name of the meeting service is missing"
    return None


def _parts(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018  # reads it: a port that is none is found only here
    except ValueError:
        return None
    return parts

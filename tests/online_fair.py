"""The sample fair with consultants online at some booths, and the parties that are called to them."""

import secrets
from pathlib import Path
from typing import Any, Final

from fair_text import FairText
from real import Client, RealServer
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store

ONLINE: Final = 2
QUEUE: Final = "otaru"
"""A main booth whose consultant is online, and its queue."""

ANOTHER: Final = 3
ANOTHERS_QUEUE: Final = "iwamizawa"
"""A second one."""

ON_SITE: Final = 1
ON_SITES_QUEUE: Final = "sapporo"


def online_fair(folder: Path) -> Path:
    """Write the fair."""
    text = FairText.without_specification()
    for number in (ONLINE, ANOTHER):
        text.set(f"number = {number}", "online", "true")
    return text.write(folder)


class Arrivals:
    """Parties of a real server, each with its card, its number and its link."""

    def __init__(self, server: RealServer, redis_url: str) -> None:
        """Enter cards beside ``server`` on its Redis."""
        self._server = server
        self._store = Store(Pipeline(masters.connect(redis_url)), server.prefix)

    async def close(self) -> None:
        """Give the connection back."""
        await self._store.close()

    async def party(self, *queues: str) -> dict[str, Any]:
        """Receive a party; gives its id, number, ticket and link's token."""
        reception = await self._server.as_role("reception")
        card = secrets.token_urlsafe(16)
        await self._store.enter_card(self._server.fair, card, 1, 0, None)
        event = await reception.command("issue", card=card, queues=list(queues))
        party = event["parties"][0]
        link = await reception.post(f"/parties/{party['id']}/link")
        return {
            "id": party["id"],
            "number": party["number"],
            "ticket": event["tickets"][0]["id"],
            "token": link["token"],
        }


async def checked(client: Client, booth: int, link: str) -> None:
    """Set a booth's link and say that it leads there."""
    event = await client.post(f"/booths/{booth}/meeting", link=link)
    await client.command("check-meeting", booth=booth, meeting=event["booths"][0]["meeting"])


async def open_online(client: Client, booth: int, link: str) -> None:
    """Set, check and open."""
    await checked(client, booth, link)
    await client.command("open-booth", booth=booth)

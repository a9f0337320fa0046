"""A real fair that is to come, with somebody everywhere: reserved, with a card, called, at a booth, in the register, on record.

Every text that people can write is the same for all of them: plainly made up, or what an attacker would write.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from future_fair import future_fair
from real import Client, RealServer, real_server
from yobidashi.fair import Fair, load_fair

BOOTH: Final = 1
QUEUE: Final = "sapporo"
"""The booth where somebody is called, and its queue."""

ONLINE: Final = 30
"""A booth whose consultants are not in the hall."""

DAYS: Final = {"first": "2020-01-01", "last": "2099-12-31"}
LABEL_MAX: Final = 20


@dataclass
class PeopledFair:
    """The server, and what a test must know to find what is there."""

    server: RealServer
    fair: Fair
    text: str
    """What stands in every field of free text, cut to what fits."""
    reservation: dict[str, Any]
    """As its visitor's page shows it: token, code."""
    card: dict[str, Any]
    """As its visitor's page shows it: token, code."""
    visit: dict[str, Any]
    """The link of a party that waits: token, url."""
    consultant: Client
    reception: Client
    privacy: Client

    def page(self, route: str) -> str:
        """Give the address of a page, with the tokens of those who are here."""
        known = {
            "/c/{token}": self.card["token"],
            "/r/{token}": self.reservation["token"],
            "/t/{token}": self.visit["token"],
        }
        for start, token in known.items():
            if route.startswith(start):
                return route.replace("{token}", str(token))
        return route.replace("{booth:int}", str(ONLINE if route.endswith("/meeting") else BOOTH))


def answers(fair: Fair, stage: str, text: str) -> dict[str, Any]:
    """Answer every question of a form, each text with ``text``."""
    given: dict[str, Any] = {}
    for field in fair.public(demonstration=False)["form"]["fields"]:
        if stage not in field["on"]:
            continue
        match field["kind"]:
            case "text" | "long":
                given[field["key"]] = text[: field["max"] or None]
            case "kana":
                given[field["key"]] = "みほん たろう"
            case "mail":
                given[field["key"]] = "taro@example.jp"
            case "phone":
                given[field["key"]] = "090-0000-0000"
            case "choice":
                given[field["key"]] = field["options"][0]["key"]
            case "choices":
                given[field["key"]] = [field["options"][0]["key"]]
            case "queues":
                given[field["key"]] = [QUEUE]
            case _:
                given[field["key"]] = True
    return given


def form(fair: Fair, stage: str, text: str) -> dict[str, Any]:
    """Fill in a whole form."""
    consents = {consent["key"]: True for consent in fair.public(demonstration=False)["consents"]}
    filled = {"party": {"adults": 2, "children": 1}, "answers": answers(fair, stage, text), "consents": consents}
    if stage == "reservation":
        slot = fair.slots(QUEUE)[0]
        return filled | {"wishes": [{"queue": QUEUE, "slot": slot}]}
    return filled


@asynccontextmanager
async def peopled_fair(redis_url: str | None, folder: Path, text: str, label: str = "") -> AsyncIterator[PeopledFair]:
    """Serve a fair with somebody everywhere, and ``text`` in every field; devices are called ``label`` where that is too long."""
    label = label or text[:LABEL_MAX]
    path = future_fair(folder, online=ONLINE, sapporo=20)
    fair = load_fair(path)
    async with real_server(redis_url=redis_url, fair=path) as server:
        visitor, consultant = await server.client(), await server.as_role("consultant", BOOTH)
        reception, privacy = await server.as_role("reception"), await server.as_role("privacy")
        reservation = await visitor.post("/own-reservations", **form(fair, "reservation", text))
        card = await visitor.post("/own-cards", **form(fair, "card", text))
        await server.chief.post("/staff", person=text[:40], roles=["guide"], **DAYS)
        await server.chief.post("/devices/invite", kind="screen", label=label)
        await server.device("screen", label)
        for code in (reservation["code"], card["code"]):
            party = await receive(reception, code, fair, text)
        visit = await reception.post(f"/parties/{party}/link")
        await consultant.command("call-next", booth=BOOTH)
        await server.chief.post(f"/booths/{ONLINE}/meeting", link="https://meet.example.com/a")
        await server.chief.command("ask-helper", booth=ONLINE)
        yield PeopledFair(server, fair, text, reservation, card, visit, consultant, reception, privacy)


async def receive(reception: Client, code: str, fair: Fair, text: str) -> int:
    """Receive the party that shows a code: its card is made where it has reserved, and its number issued. Gives its id."""
    (found,) = (await reception.post("/arrivals/find", text=code))["found"]
    card = found["card"]
    if card is None:
        card = (await reception.post("/cards", reservation=found["reservation"], **form(fair, "card", text)))["id"]
    issued = await reception.command("issue", card=card, queues=[QUEUE])
    party: int = issued["parties"][0]["id"]
    return party

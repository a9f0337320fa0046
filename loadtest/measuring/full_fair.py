"""The sample fair in the middle of its day: held today, noon now, booths open, parties in every state.

Guidance has something to say of it, and its snapshot is as large as the sixth fair's at noon.
"""

import asyncio
import datetime as dt
import re
import secrets
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from measuring.served import Served, command
from yobidashi.fair import load_fair
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.rows import Ticket

RECALLING_BOOTH: Final = 1
"""Whose called party is called again and again: a real event of about 160 bytes that leaves the fair as it was."""

DEADLINE_DAYS: Final = 60

QUEUES_A_PARTY: Final = 6
VISITS: Final = 2
KEPT: Final = 100
COMING_AT_ONCE: Final = 64


def fair_of_today(folder: Path, slug: str = "sapporo-2026") -> Path:
    """Write the sample fair as one that is held today, in a time zone where it is noon now."""
    ahead = 12 - dt.datetime.now(dt.UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    today = dt.datetime.now(ZoneInfo(zone)).date()
    text = re.sub(r"(?m)^specification = .*\n", "", SAMPLE_FAIR.read_text(encoding="utf-8"))
    values = {
        "slug": f'"{slug}"',
        "date": today,
        "timezone": f'"{zone}"',
        "manual_due": today,
        "contract_ends": today + dt.timedelta(DEADLINE_DAYS),
        "deletion_deadline": today + dt.timedelta(DEADLINE_DAYS),
    }
    for key, value in values.items():
        text = re.sub(rf"(?m)^{key} = [^#\n]*", f"{key} = {value} ", text, count=1)
    path = folder / f"{slug}.toml"
    path.write_text(text, encoding="utf-8")
    load_fair(path)  # raises where the sample fair has become one that this cannot change
    return path


async def fill(served: Served, parties: int) -> None:
    """Let so many parties come, each in two queues; every fourth is called, half of those have begun to talk."""
    store = served.store()
    fair = load_fair(served.fair_file)
    queues = [queue.id for queue in fair.queues]
    booths = [booth.number for booth in fair.booths if booth.queue is not None and not booth.online]
    try:
        for number in range(parties):
            card = secrets.token_urlsafe(16)
            await store.enter_card(served.fair, card, 2, 0)
            wishes = (queues[number % len(queues)], queues[(number + 5) % len(queues)])
            await store.run(served.fair, command("issue", card=card, queues=wishes))
        for index, booth in enumerate(booths[: max(1, parties // 4)]):
            await store.run(served.fair, command("call-next", booth=booth))
            if index % 2 and booth != RECALLING_BOOTH:
                await store.run(served.fair, command("start", booth=booth))
    finally:
        await store.close()


async def issue_tickets(served: Served, until: int) -> int:
    """Issue tickets until the fair has had so many, or a party's fewer; all but every `KEPT`th party give them up again at once.

    So the fair has many tickets, and no more waiting than a hall holds. Each party takes tickets `VISITS` times: numbers have
    four digits. Gives how many tickets there are.
    """
    store = served.store()
    queues = [queue.id for queue in load_fair(served.fair_file).queues][:QUEUES_A_PARTY]

    async def visit(stays: bool, **who: object) -> tuple[int, int]:
        event = await store.run(served.fair, command("issue", queues=queues, **who))
        tickets = [row for row in event.changes["tickets"] if isinstance(row, Ticket)]
        for ticket in () if stays else tickets:
            await store.run(served.fair, command("cancel", ticket=ticket.id, reason="left"))
        return tickets[0].party, tickets[-1].id

    async def come(number: int) -> int:
        card = secrets.token_urlsafe(16)
        await store.enter_card(served.fair, card, 2, 0)
        party, newest = await visit(stays=False, card=card)
        for _ in range(1, VISITS):
            _, newest = await visit(stays=number % KEPT == 0, party=party)
        return newest

    a_party = VISITS * len(queues)
    try:
        newest = await come(1)
        while (parties := min(COMING_AT_ONCE, (until - newest) // a_party)) > 0:
            newest = max(await asyncio.gather(*map(come, range(newest, newest + parties))))
    finally:
        await store.close()
    return newest

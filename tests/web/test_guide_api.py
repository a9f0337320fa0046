"""Where it is quieter, asked over HTTP of a real server: by the reception, before a party gets its ticket."""

import json
from typing import Any, Final

import pytest
import pytest_asyncio

from running import RunningServer

OPENS: Final = 1_771_032_600_000
"""10:30 of the sample fair's day in Tokyo, ms."""


@pytest_asyncio.fixture
async def busy(server: RunningServer) -> tuple[RunningServer, int]:
    """A fair where Sapporo's line is long, and the last party in it. Its clock stands, so that the house offers nothing by itself."""
    await server.command("set-clock", at=OPENS, rate=0)
    for _ in range(4):
        event = await server.command("issue", size=1, queues=["sapporo"])
    while (guide := await server.get("/guide")) and (guide["epoch"], guide["offset"]) < (
        event["epoch"],
        event["offset"],
    ):
        pass
    return server, event["parties"][0]["id"]


async def test_who_would_wait_long_is_led_to_a_quieter_queue(busy: tuple[RunningServer, int]) -> None:
    server, _ = busy
    found: Any = await server.get("/quieter?queue=sapporo")
    guide = {queue["id"]: queue for queue in (await server.get("/guide"))["queues"]}
    assert set(found) == {"queue", "saves_min"}
    assert found["queue"] != "sapporo"
    assert guide[found["queue"]]["band"] == {"low_min": 0, "high_min": 5}
    assert found["saves_min"] % 5 == 0
    saves_min = (guide["sapporo"]["mean_ms"] - guide[found["queue"]]["mean_ms"]) / 60_000
    assert 5 <= found["saves_min"] <= saves_min


async def test_nobody_is_led_to_where_it_has_been(busy: tuple[RunningServer, int]) -> None:
    server, party = busy
    led: set[str] = set()
    while len(led) < 3:
        found = await server.get(f"/quieter?queue=sapporo&party={party}")
        assert found["queue"] not in led
        led.add(found["queue"])
        event = await server.command("issue", party=party, queues=[found["queue"]])
        while (await server.get("/board"))["offset"] < event["offset"]:
            pass


async def test_a_short_wait_leads_nowhere(busy: tuple[RunningServer, int]) -> None:
    server, _ = busy
    assert await server.get("/quieter?queue=ebetsu") is None


async def test_nobody_is_led_anywhere_once_no_talk_fits_before_the_end(busy: tuple[RunningServer, int]) -> None:
    server, _ = busy
    event = await server.command("set-clock", at=OPENS + 12 * 60 * 60_000, rate=1)
    while (await server.get("/guide"))["at"] < event["at"] or await server.get("/quieter?queue=sapporo"):
        pass
    assert await server.get("/quieter?queue=sapporo") is None


async def test_each_waiting_party_is_told_with_where_it_may_be_led(busy: tuple[RunningServer, int]) -> None:
    server, _ = busy
    leads = (await server.get("/leads?queue=sapporo"))["leads"]
    board = await server.get("/board")
    assert [lead["ticket"] for lead in leads] == [ticket["id"] for ticket in board["tickets"]]
    assert [lead["why"] for lead in leads] == ["near_front", "near_front", None, None]
    choices = leads[3]["to"]
    assert len(choices) == 3
    event = await server.command("offer", ticket=leads[3]["ticket"], queue=choices[0]["queue"])
    while (await server.get("/board"))["offset"] < event["offset"]:
        pass
    assert (await server.get("/leads?queue=sapporo"))["leads"][3] == {
        "ticket": leads[3]["ticket"],
        "why": "asked_before",
        "to": [],
    }


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [("", 422, "invalid_arguments"), ("?queue=nowhere", 404, "unknown_queue")],
)
async def test_leads_are_told_of_a_queue_that_is_there(
    server: RunningServer, question: str, status: int, code: str
) -> None:
    async with server.http.get(f"{server.api}/leads{question}") as response:
        assert (response.status, (await response.json())["code"]) == (status, code)


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("", 422, "invalid_arguments"),
        ("?queue=", 404, "unknown_queue"),
        ("?queue=nowhere", 404, "unknown_queue"),
        ("?queue=" + "x" * 5_000, 404, "unknown_queue"),
        ("?queue=sapporo&party=", 422, "invalid_arguments"),
        ("?queue=sapporo&party=-1", 422, "invalid_arguments"),
        ("?queue=sapporo&party=99999999999999999999", 422, "invalid_arguments"),
        ("?queue=sapporo&party=0", 404, "unknown_party"),
        ("?queue=sapporo&party=4000", 404, "unknown_party"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(
    server: RunningServer, question: str, status: int, code: str
) -> None:
    async with server.http.get(f"{server.api}/quieter{question}") as response:
        text = await response.text()
    refusal = json.loads(text)
    assert (response.status, refusal["code"]) == (status, code)
    assert refusal["ja"]
    assert refusal["en"]
    assert len(text) < 1_000

"""The link of a visit on a real Redis: one for each party, found by its token alone, gone with the demonstration's day."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from queue_rules import SLUG
from small_fair import Cards, Fair
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.links import Links
from yobidashi.queue.pipeline import Pipeline


@pytest_asyncio.fixture
async def links(fair: Fair, cards: Cards, redis_url: str) -> AsyncIterator[Links]:
    """Links beside the store of the fair."""
    pipeline = Pipeline(masters.connect(redis_url))
    yield Links(pipeline, cards.keys.meta.partition(":{")[0])
    await pipeline.close()


async def test_a_link_is_made_once_and_leads_back(fair: Fair, links: Links) -> None:
    for _ in range(2):
        await fair.do("issue", size=1, queues=["a"])
    before = await fair.board()
    tokens = await asyncio.gather(*(links.of(SLUG, 1) for _ in range(20)))
    assert len(set(tokens)) == 1
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", tokens[0])
    assert await links.party(SLUG, tokens[0]) == 1
    other = await links.of(SLUG, 2)
    assert other != tokens[0]
    assert await links.party(SLUG, other) == 2
    assert await fair.board() == before, "a link is no event"


@pytest.mark.parametrize("token", ["", "1", "A" * 22, "A" * 21 + "!", "A" * 23])
async def test_no_other_token_leads_anywhere(fair: Fair, links: Links, token: str) -> None:
    await fair.do("issue", size=1, queues=["a"])
    await links.of(SLUG, 1)
    assert await links.party(SLUG, token) is None


async def test_who_is_not_there_or_dropped_in_has_no_link(fair: Fair, links: Links) -> None:
    with pytest.raises(Refusal, match="unknown_party"):
        await links.of(SLUG, 1)
    await fair.do("drop-in", booth=1, size=1)
    with pytest.raises(Refusal, match="unknown_party"):
        await links.of(SLUG, 1)
    with pytest.raises(Refusal, match="unknown_party"):
        await links.of("nowhere", 1)


async def test_a_new_day_of_a_demonstration_knows_no_old_link(fair: Fair, links: Links) -> None:
    await fair.do("issue", size=1, queues=["a"])
    token = await links.of(SLUG, 1)
    await fair.do("reset")
    assert await links.party(SLUG, token) is None
    await fair.do("issue", size=1, queues=["a"])
    assert await links.of(SLUG, 1) != token

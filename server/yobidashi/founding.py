"""Before the doors open: every fair stands in Redis, or the server says in one sentence why it cannot serve it."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from yobidashi.fair import Fair
from yobidashi.people.keyring import Keyring, KeyUnusable
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.settings import Settings
from yobidashi.staff.register import Register
from yobidashi.staff.store import StaffStore

FAIRS_AT_ONCE: Final = 64
"""Fairs that are founded at the same time: with many, one after the other would wait for Redis's disk for minutes."""


def found_all(settings: Settings, fairs: Sequence[Fair]) -> str | None:
    """Found every fair of ``fairs``; give the sentence of what stands against it, or None.

    A Redis that does not answer is no reason not to start: pages are served, say 更新停止中, and go on when it is back.
    """
    return asyncio.run(_found_all(settings, fairs))


async def _found_all(settings: Settings, fairs: Sequence[Fair]) -> str | None:
    assert settings.redis_url is not None
    pipeline = Pipeline(masters.connect(settings.redis_url), settings.replicas)
    store = Store(pipeline, settings.key_prefix)
    try:
        people = PeopleStore(pipeline, settings.key_prefix, Keyring(settings.keys, settings.key))
        for some in _some(fairs):
            await asyncio.gather(*(store.found(fair.slug, fair.rules(settings.demonstration)) for fair in some))
            if not settings.demonstration:
                await asyncio.gather(*(_make_vault(people, fair.slug) for fair in some))
    except Refusal as refusal:
        away = refusal.status == 503 and refusal.code not in ("vault_locked", "newer_schema")
        return None if away else f"{refusal.sentence('ja')} {refusal.sentence('en')}"
    except (KeyUnusable, OSError) as fault:
        return str(fault)
    finally:
        await store.close()
    return None


async def _make_vault(people: PeopleStore, slug: str) -> None:
    try:
        await people.make_vault(slug)
    except Refusal as refusal:
        if refusal.code != "vault_closed":  # destroyed after the fair: its counts can still be looked at
            raise


def first_links(settings: Settings, fairs: Sequence[Fair]) -> dict[str, str]:
    """Give, by slug, the token of the link that makes a fair's first chief, for every fair whose register is empty.

    A demonstration has no register. While Redis is away nobody can tell: then there is none, and the next start gives it.
    """
    return {} if settings.demonstration else asyncio.run(_first_links(settings, fairs))


async def _first_links(settings: Settings, fairs: Sequence[Fair]) -> dict[str, str]:
    assert settings.redis_url is not None
    pipeline = Pipeline(masters.connect(settings.redis_url), settings.replicas)
    people = PeopleStore(pipeline, settings.key_prefix, Keyring(settings.keys, settings.key))
    register = Register(StaffStore(pipeline, settings.key_prefix, people))
    try:
        tokens: list[tuple[str, str | None]] = []
        for some in _some(fairs):
            slugs = [fair.slug for fair in some]
            tokens += zip(slugs, await asyncio.gather(*map(register.invite_owner, slugs)), strict=True)
    except Refusal:
        return {}
    finally:
        await pipeline.close()
    return {slug: token for slug, token in tokens if token is not None}


def _some(fairs: Sequence[Fair]) -> Iterator[Sequence[Fair]]:
    return (fairs[first : first + FAIRS_AT_ONCE] for first in range(0, len(fairs), FAIRS_AT_ONCE))

"""A deployment with people in it, whose data are to end."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.auditing.trail import Trail
from yobidashi.people.keyring import Keyring, wrapping_files
from yobidashi.people.keys import NAMES, PeopleKeys
from yobidashi.people.protection.disposal import Application, Disposal
from yobidashi.people.protection.disposal_steps import DisposalSteps
from yobidashi.people.protection.inventory import Places
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import Pipeline

SLUG = "fair"
PREFIX = "yobi"
MANY = 300
"""Reception cards in it."""


class House:
    """One deployment with people in it."""

    def __init__(self, url: str, tmp_path: Path, data: Path | None, backups: tuple[Path, ...] = ()) -> None:
        self.url = url
        self.keyring = Keyring(tmp_path / "keys")
        self.data = data
        self.client = masters.connect(url)
        self.pipeline = Pipeline(self.client)
        self.store = PeopleStore(self.pipeline, PREFIX, self.keyring)
        self.storehouse = Storehouse(self.client, PREFIX)
        self.places = Places(data, backups)
        self.steps = DisposalSteps(self.store, self.storehouse, self.places)
        self.disposal = Disposal(self.store, self.steps, lambda: 5)
        self.audit = Audit(self.store, self.keyring, lambda: 5)
        self.keys = PeopleKeys(PREFIX, SLUG)

    async def fill(self) -> None:
        """People come, are found, are changed and go."""
        await self.store.make_vault(SLUG)
        await asyncio.gather(
            *(self.store.put(SLUG, f"card:{i}", {"answers": {"name": f"見本 {i}"}}) for i in range(MANY)),
            *(self.store.put(SLUG, f"reservation:{i}", {"answers": {"name": f"予約 {i}"}}) for i in range(20)),
            self.store.put(SLUG, "staff:s01", {"name": "見本 係"}),
        )
        await self.store.remove(SLUG, ["reservation:0"])
        await self.audit.write(SLUG, Entry(at=1, who="s01", act="read-card", records=("card:1",)))
        with Redis.from_url(self.url) as redis:
            redis.hset(self.keys.named("cards"), "c1", json.dumps({"adults": 2, "children": 0, "party": 7}))
            redis.hset(self.keys.named("holders"), "7", "c1")
            redis.hset(self.keys.named("links"), "0" * 64, "card:1")
            redis.hset(self.keys.named("slots"), "sapporo@1", "3")
            redis.hset(self.keys.named("bookings"), "b1", json.dumps({"adults": 2, "children": 0, "state": "arrived"}))
            redis.set(self.keys.answer("a" * 22), "answered")
            redis.set(Keys(PREFIX, SLUG).named("rules"), "{}")

    async def approve(self) -> None:
        """Two persons agree."""
        await self.disposal.apply(SLUG, Application(by="s01", at=1, reason="契約の終了"))
        await self.disposal.approve(SLUG, "s02")

    async def run(self) -> Any:
        """Carry out what is left."""
        while (state := await self.disposal.step(SLUG, "s01")).next:
            pass
        return state

    async def check_gone(self) -> None:
        """Nothing of people is left, and what names nobody is."""
        with Redis.from_url(self.url) as redis:
            left = {name for name in NAMES if redis.exists(self.keys.named(name))}
            assert left == {"vault", "cards", "bookings", "slots", "audit", "audit-head", "disposal"}
            assert redis.hkeys(self.keys.named("vault")) == [b"closed"]
            assert json.loads(redis.hget(self.keys.named("cards"), "c1") or b"") == {"adults": 2, "children": 0}
            assert not redis.exists(self.keys.answer("a" * 22))
            assert redis.exists(Keys(PREFIX, SLUG).named("rules"))
        assert wrapping_files(self.keyring.folder, SLUG) == []
        assert not (self.keyring.folder / f"{SLUG}.disposal.pieces").exists()
        assert (await Trail(self.store, self.keyring).verify(SLUG)).whole
        for attempt in (self.store.vault(SLUG), self.store.put(SLUG, "card:1", {}), self.store.make_vault(SLUG)):
            with pytest.raises(Refusal, match="vault_closed"):
                await attempt

"""The vault and the sealed records in Redis: nothing opens elsewhere, nothing is written with a key that is gone."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Redis

from yobidashi.fair import Fair
from yobidashi.people.keyring import Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.canaries import CANARIES, markers
from yobidashi.people.store import PeopleStore
from yobidashi.people.vault import Vault, VaultFault, new_key, unwrap, wrap
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline

VAULT = Vault("fair", {1: new_key(), 2: new_key()}, 2, new_key())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.text(max_size=30))
def test_what_is_sealed_opens_at_its_place(value: Any, record: str) -> None:
    place = f"card:{record}"
    assert VAULT.open(place, VAULT.seal(place, value)) == value


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_anywhere_is_noticed(at: int, by: int) -> None:
    sealed = bytearray(VAULT.seal("card:a", {"name": "見本 太郎"}))
    sealed[at % len(sealed)] ^= by
    with pytest.raises(VaultFault):
        VAULT.open("card:a", bytes(sealed))


def test_nothing_opens_at_another_place_in_another_fair_or_cut_short() -> None:
    sealed = VAULT.seal("card:a", "見本")
    other = Vault("other", VAULT.keys, VAULT.current, VAULT.ids)
    for vault, place, bytes_ in (
        (VAULT, "card:b", sealed),
        (other, "card:a", sealed),
        *((VAULT, "card:a", sealed[:length]) for length in range(len(sealed))),
    ):
        with pytest.raises(VaultFault) as fault:
            vault.open(place, bytes_)
        assert "見本" not in str(fault.value)


def test_the_same_words_are_never_sealed_the_same() -> None:
    assert len({VAULT.seal("card:a", "見本") for _ in range(100)}) == 100


def test_ids_come_from_command_ids_and_kinds_and_no_one_without_the_key_can_tell() -> None:
    other = Vault("fair", VAULT.keys, 2, new_key())
    ids = {vault.id_for(kind, command) for vault in (VAULT, other) for kind in ("card", "link") for command in "ab"}
    assert len(ids) == 8
    assert all(len(each) == 22 for each in ids)
    assert VAULT.id_for("card", "a") == VAULT.id_for("card", "a")


def test_a_data_key_unwraps_for_its_fair_and_name_only() -> None:
    wrapping, key = new_key(), new_key()
    wrapped = wrap(wrapping, "fair", "key:1", key)
    assert unwrap(wrapping, "fair", "key:1", wrapped) == key
    for other, slug, name, content in (
        (new_key(), "fair", "key:1", wrapped),
        (wrapping, "other", "key:1", wrapped),
        (wrapping, "fair", "key:2", wrapped),
        (wrapping, "fair", "key:1", wrapped[:20]),
        (wrapping, "fair", "key:1", b""),
    ):
        with pytest.raises(VaultFault):
            unwrap(other, slug, name, content)


async def test_records_stand_sealed_in_redis_and_come_back_whole(
    people: PeopleStore, sample: Fair, redis_url: str, prefix: str
) -> None:
    slug = sample.slug
    assert await people.put(slug, "card:a", {"name": "見本 太郎"})
    assert await people.put(slug, "card:b", {"name": "見本 花子"})
    assert not await people.put(slug, "card:a", {}, only="new")
    assert not await people.put(slug, "card:c", {}, only="old")
    assert await people.get(slug, "card:a") == {"name": "見本 太郎"}
    assert await people.get_many(slug, ["card:c", "card:b"]) == [None, {"name": "見本 花子"}]
    assert await people.get_many(slug, []) == []
    assert set(await people.all(slug, "card")) == {"a", "b"}
    assert await people.all(slug, "car") == {}
    with Redis.from_url(redis_url) as redis:
        stored = redis.hgetall(PeopleKeys(prefix, slug).named("records"))
    assert all("見本".encode() not in sealed and b"name" not in sealed for sealed in stored.values())
    assert await people.remove(slug, ["card:a", "card:x"]) == 1
    assert await people.remove(slug, []) == 0
    assert await people.get(slug, "card:a") is None


async def test_a_record_that_was_moved_or_changed_is_told_without_its_words(
    people: PeopleStore, sample: Fair, redis_url: str, prefix: str
) -> None:
    slug, key = sample.slug, PeopleKeys(prefix, sample.slug).named("records")
    await people.put(slug, "card:a", {"name": "見本 太郎"})
    with Redis.from_url(redis_url) as redis:
        redis.hset(key, "card:b", redis.hget(key, "card:a"))
    with pytest.raises(Refusal) as refusal:
        await people.get(slug, "card:b")
    assert refusal.value.code == "record_damaged"
    assert refusal.value.detail == {"place": "card:b"}


async def test_every_vault_has_its_canaries_and_their_words_are_written_nowhere(
    people: PeopleStore, sample: Fair, redis_url: str, prefix: str, tmp_path: Path
) -> None:
    planted = await people.all(sample.slug, "canary")
    words = markers(people.keyring.key(sample.slug, "audit"))
    assert len(words) == len(set(words)) == len(planted) == CANARIES
    assert all(word in json.dumps(planted[str(i)]) for i, word in enumerate(words, 1))
    again = dict(planted)
    await people.make_vault(sample.slug)  # the next start plants nothing anew
    assert await people.all(sample.slug, "canary") == again
    with Redis.from_url(redis_url) as redis:
        raw = b"".join(redis.hvals(PeopleKeys(prefix, sample.slug).named("records")))
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / "keys").iterdir())
    assert not any(word.encode() in raw + on_disk for word in words)


async def test_two_servers_that_found_a_fair_together_share_one_vault(
    redis_url: str, prefix: str, tmp_path: Path
) -> None:
    pipes = [Pipeline(masters.connect(redis_url)) for _ in range(2)]
    stores = [PeopleStore(pipe, prefix, Keyring(tmp_path)) for pipe in pipes]
    try:
        first, second = [await store.make_vault("fair") for store in stores]
        assert first == second
    finally:
        for pipe in pipes:
            await pipe.close()


async def test_without_its_key_a_vault_stays_shut_and_is_not_made_anew(
    people: PeopleStore, sample: Fair, redis_url: str, prefix: str, tmp_path: Path
) -> None:
    pipe = Pipeline(masters.connect(redis_url))
    other = PeopleStore(pipe, prefix, Keyring(tmp_path / "elsewhere"))
    try:
        for attempt in (other.make_vault, other.vault):
            with pytest.raises(Refusal) as refusal:
                await attempt(sample.slug)
            assert refusal.value.code == "vault_locked"
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        other.keyring.path(sample.slug, "wrap").write_text("no key")
        with pytest.raises(Refusal) as refusal:
            await other.vault(sample.slug)
        assert refusal.value.code == "vault_locked"
        other.keyring.path(sample.slug, "wrap").unlink()
        other.keyring.make(sample.slug, "wrap")  # a key, but another one
        with pytest.raises(Refusal) as refusal:
            await other.get(sample.slug, "card:a")
        assert refusal.value.code == "vault_locked"
    finally:
        await pipe.close()


async def test_a_fair_that_never_had_a_vault_keeps_nobody(people: PeopleStore) -> None:
    with pytest.raises(Refusal) as refusal:
        await people.put("elsewhere", "card:a", {})
    assert refusal.value.code == "vault_closed"

"""A sealed file: only its passphrase opens it, and only whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yobidashi.upkeep.sealing import CHUNK, TAG, SealBroken, seal, unseal

PASSPHRASE = "見本の合言葉は長いほどよい"
LARGE = bytes(range(256)) * (CHUNK // 256) * 2 + b"end"
HEAD = 19 + 1 + 16 + 7


@pytest.mark.parametrize("plain", [b"", b"x", LARGE, LARGE[:CHUNK], LARGE[: 2 * CHUNK]])
def test_what_was_sealed_comes_out_as_it_was(plain: bytes) -> None:
    sealed = seal(plain, PASSPHRASE)
    assert unseal(sealed, PASSPHRASE) == plain
    assert plain[:16] not in sealed or len(plain) < 16


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="Another passphrase"):
        unseal(seal(b"x", PASSPHRASE), PASSPHRASE + "!")


@given(st.integers(min_value=19, max_value=HEAD + 1 + TAG - 1))
@settings(max_examples=12)
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(SMALL)
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), PASSPHRASE)


SMALL = seal(b"x", PASSPHRASE)


def test_a_file_that_was_cut_off_between_two_chunks_or_whose_chunks_changed_places_does_not_open() -> None:
    sealed = seal(LARGE, PASSPHRASE)
    first, second = HEAD, HEAD + CHUNK + TAG
    third = second + CHUNK + TAG
    swapped = sealed[:first] + sealed[second:third] + sealed[first:second] + sealed[third:]
    for broken in (sealed[:third], sealed[:second], swapped, sealed[:first] + sealed[second:], sealed + b"\0"):
        with pytest.raises(SealBroken):
            unseal(broken, PASSPHRASE)


def test_what_is_no_backup_is_told_at_once_and_asks_for_no_memory() -> None:
    for other in (b"", b"PK\x03\x04", SMALL[:19] + b"\xff" + SMALL[20:]):
        with pytest.raises(SealBroken, match="no backup"):
            unseal(other, PASSPHRASE)


def test_a_short_passphrase_seals_nothing() -> None:
    with pytest.raises(ValueError, match="12 characters or more"):
        seal(b"x", "short")

"""PINs: which may be chosen, and what is kept of one."""

import asyncio

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from yobidashi.queue.errors import Refusal
from yobidashi.staff.pins import MEMORY_KIB, ROUNDS, WAITING_MAX, Pins, check_new_pin, is_simple


@pytest.mark.parametrize(
    "pin",
    [
        *("000000", "999999", "121212", "112112", "123456", "456789", "890123", "987654", "321098", "123123", "112233"),
        *("998877", "777778"),
    ],
)
def test_a_pin_that_others_try_first_is_simple(pin: str) -> None:
    assert is_simple(pin)
    with pytest.raises(Refusal) as refused:
        check_new_pin(pin, pin)
    assert refused.value.code == "pin_too_simple"


@pytest.mark.parametrize("pin", ["264813", "100829", "123457", "135790", "112234", "902165"])
def test_other_pins_are_not(pin: str) -> None:
    check_new_pin(pin, pin)


@given(st.integers(0, 999_999))
def test_most_pins_may_be_chosen(number: int) -> None:
    pin = f"{number:06d}"
    assert is_simple(pin) == is_simple(pin[::-1]), "a row is one from either end"


@given(st.integers(0, 999_999), st.integers(1, 9))
def test_a_pin_is_as_simple_as_the_same_steps_from_another_digit(number: int, by: int) -> None:
    pin = f"{number:06d}"
    assert is_simple("".join(str((int(digit) + by) % 10) for digit in pin)) == is_simple(pin)


def test_no_more_than_a_few_pins_are_forbidden() -> None:
    """Of those that begin with 0; by the rule above, of all."""
    assert sum(is_simple(f"{number:06d}") for number in range(100_000)) < 500


def test_two_different_pins_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        check_new_pin("264813", "264814")
    assert refused.value.code == "pins_differ"


async def test_a_pin_is_right_only_with_its_badge() -> None:
    pins = Pins()
    kept = await pins.hash("264813", "badge-a")
    assert kept.startswith(f"$argon2id$v=19$m={MEMORY_KIB},t={ROUNDS},p=1$")
    assert "264813" not in kept
    assert await pins.verify(kept, "264813", "badge-a")
    assert not await pins.verify(kept, "264814", "badge-a")
    assert not await pins.verify(kept, "264813", "badge-b")


async def test_where_nothing_is_kept_no_pin_is_right() -> None:
    pins = Pins()
    assert not await pins.verify(None, "264813", "badge")
    assert not await pins.verify("no hash at all", "264813", "badge")


async def test_only_so_many_may_wait() -> None:
    pins = Pins()
    kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("quickly compared")
    tries = [asyncio.create_task(pins.verify(kept, "264813", "badge")) for _ in range(WAITING_MAX + 5)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    refused = [answer.code for answer in answers if isinstance(answer, Refusal)]
    assert refused == ["overloaded"] * 5
    assert answers.count(False) == WAITING_MAX

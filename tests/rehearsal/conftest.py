"""The sample fair for simulated days, and the days that several tests look at."""

from collections.abc import Callable

import pytest

from yobidashi.fair import Fair, load_fair
from yobidashi.fairfile.tables import DayModel
from yobidashi.guide.model import Model, model_of
from yobidashi.places import SAMPLE_FAIR
from yobidashi.rehearsal.day import play_day
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.policies import Policy

PERSONS = 349


@pytest.fixture(scope="session")
def sapporo() -> Fair:
    return load_fair(SAMPLE_FAIR)


@pytest.fixture(scope="session")
def day(sapporo: Fair) -> DayModel:
    assert sapporo.day is not None
    return sapporo.day


@pytest.fixture(scope="session")
def model(sapporo: Fair) -> Model:
    return model_of(sapporo)


@pytest.fixture(scope="session")
def played(sapporo: Fair, day: DayModel, model: Model) -> Callable[[Policy, int], Hall]:
    """Give a way to play a day; each is played once for all tests."""
    halls: dict[tuple[str, int], Hall] = {}

    def play(policy: Policy, seed: int) -> Hall:
        if (policy.name, seed) not in halls:
            halls[policy.name, seed] = play_day(sapporo, day, model, policy, PERSONS, seed)
        return halls[policy.name, seed]

    return play

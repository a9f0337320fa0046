"""People's data under test: a vault of its own for each test, on the run's Redis, with the sample fair's form."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from future_fair import future_fair
from yobidashi.fair import Fair, load_fair
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.keyring import Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline


@pytest.fixture(scope="session")
def sample() -> Fair:
    """The sample fair."""
    return load_fair(SAMPLE_FAIR)


@pytest_asyncio.fixture
async def people(redis_url: str, prefix: str, tmp_path: Path, sample: Fair) -> AsyncIterator[PeopleStore]:
    """A store of people whose vault for the sample fair stands open."""
    pipeline = Pipeline(masters.connect(redis_url))
    people = PeopleStore(pipeline, prefix, Keyring(tmp_path / "keys"))
    await people.make_vault(sample.slug)
    yield people
    await pipeline.close()


@pytest_asyncio.fixture
async def audit(people: PeopleStore) -> AsyncIterator[Audit]:
    """The audit record of `people`, at a fixed time."""
    audit = Audit(people, people.keyring, lambda: 1_771_032_600_000)
    yield audit
    await audit.close()


@pytest.fixture
def entries(redis_url: str, prefix: str, sample: Fair) -> Callable[[], list[Entry]]:
    """What stands in the audit record of the sample fair now, oldest first."""

    def read() -> list[Entry]:
        with Redis.from_url(redis_url) as redis:
            stream = redis.xrange(PeopleKeys(prefix, sample.slug).named("audit"))
        return [Entry.from_json(fields[b"entry"].decode()) for _, fields in stream]

    return read


@pytest.fixture(scope="session")
def future(tmp_path_factory: pytest.TempPathFactory) -> Fair:
    """A fair whose reservations are open."""
    return load_fair(future_fair(tmp_path_factory.mktemp("future"), sapporo=2, otaru=1))


@pytest_asyncio.fixture
async def book(people: PeopleStore, future: Fair) -> Reservations:
    """The reservations of that fair."""
    await people.make_vault(future.slug)
    return Reservations(people, {future.slug: future})

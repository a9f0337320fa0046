"""The order in which workers get the test files."""

import pytest

from slowest_first import SECONDS, TESTS, slowest_first


@pytest.mark.parametrize("path", SECONDS)
def test_a_slow_file_is_there(path: str) -> None:
    assert (TESTS / path).is_file()


def test_the_slowest_begins_and_quick_ones_stay_as_they_are(request: pytest.FixtureRequest) -> None:
    quick = ["test_wheel.py", "test_cli.py", "people/test_pins.py"]
    slow = sorted(SECONDS, key=lambda path: SECONDS[path])
    mixed = [quick[0], *slow, *quick[1:]]
    modules = [pytest.Module.from_parent(request.session, path=TESTS / path) for path in mixed]
    ordered = [node.path.relative_to(TESTS).as_posix() for node in slowest_first(modules)]
    seconds = [SECONDS[path] for path in ordered[: -len(quick)]]
    assert seconds == sorted(SECONDS.values(), reverse=True)
    assert ordered[-len(quick) :] == quick

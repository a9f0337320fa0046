"""Where Redis is, as `REDIS_URL` says it."""

import pytest

from yobidashi.queue.address import NODES_MAX, Kind, read


def test_one_redis_is_redis_pys_own_address() -> None:
    for text in ("redis://localhost:6379/0", "rediss://u:p@host/1", "unix:///tmp/a%20b.sock"):
        assert (read(text).kind, read(text).url) == (Kind.ONE, text)


def test_sentinels_and_the_service_they_know() -> None:
    found = read("redis+sentinel://a,[::1]:5000/fair")
    assert (found.kind, found.nodes, found.service) == (Kind.SENTINEL, (("a", 26379), ("::1", 5000)), "fair")
    assert (found.tls, found.username, found.password) == (False, None, None)


def test_a_cluster_by_some_of_its_nodes_over_tls() -> None:
    found = read("rediss+cluster://fair:s%40fe@a:7000,b")
    assert (found.kind, found.nodes, found.tls) == (Kind.CLUSTER, (("a", 7000), ("b", 6379)), True)
    assert (found.username, found.password) == ("fair", "s@fe")
    assert "s@fe" not in repr(found)


def test_sentinels_may_have_a_password_of_their_own() -> None:
    found = read("redis+sentinel://:inner@a/fair?sentinel_password=outer")
    assert (found.password, found.sentinel_login) == ("inner", {"password": "outer"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost:6379",
        "http://localhost",
        "redis+sentinel://a:26379",
        "redis+sentinel://a/fair?colour=red",
        "redis+cluster://a/0",
        "redis+cluster://a,,b",
        "redis+cluster://a:70000",
        "redis+cluster://" + ",".join("a" * (NODES_MAX + 1)),
    ],
)
def test_anything_else_is_told_what_it_should_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"like redis://|at most"):
        read(text)

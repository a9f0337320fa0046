"""The pings of all sockets: each once a round, spread over it, and none after it was removed."""

from collections import Counter

from yobidashi.live.pings import BEATS, Pings


class Socket:
    """What is pinged: it counts."""

    def __init__(self) -> None:
        self.heard = 0

    def ping(self) -> None:
        self.heard += 1


def test_each_is_pinged_once_a_round_and_no_beat_has_more_than_its_share() -> None:
    pings, sockets = Pings(), [Socket() for _ in range(3 * BEATS)]
    beats = [pings.add(socket) for socket in sockets]
    assert set(Counter(beats).values()) == {3}
    for beat in range(BEATS):
        pings.beat(beat)
    assert {socket.heard for socket in sockets} == {1}


def test_one_that_left_is_pinged_no_more_even_where_its_neighbour_s_ping_removes_it() -> None:
    pings, gone, last = Pings(), Socket(), Socket()
    pings.remove(gone, pings.add(gone))

    class Leaver(Socket):
        def ping(self) -> None:
            super().ping()
            pings.remove(self, beat)

    leaver = Leaver()
    beat = pings.add(leaver)
    pings.add(last)
    for _ in range(2):
        for each in range(BEATS):
            pings.beat(each)
    assert (gone.heard, leaver.heard, last.heard) == (0, 1, 2)

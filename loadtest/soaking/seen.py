"""What a screen of the soak has seen: it folds what it hears by the rule of every page, and counts what it must never see."""

from yobidashi.live.board import Board
from yobidashi.queue.events import Event


class Seen:
    """A board, the news that made it, and what was wrong with them."""

    def __init__(self) -> None:
        self.board = Board()
        self.snapshots = 0
        self.wrong: list[str] = []
        """Events that did not follow on one connection, and calls that were news twice."""
        self.calls: set[tuple[int, int]] = set()
        """(epoch, offset) of each call that was news."""
        self._told = (0, 0)
        """(epoch, offset) up to which everything was told. After a server that was ahead comes one that lags behind, with the same
        events once more: they are no news to anybody, as in `following.js`."""

    def forget(self) -> None:
        """Come back without a position: a server does not know this one yet, because it lags behind."""
        self.board = Board()

    def hear(self, frame: object) -> None:
        """Take a decoded frame; only boards and events change anything."""
        match frame:
            case Board() as board:
                self.board = board
                self.snapshots += 1
                self._told = max(self._told, (board.epoch, board.offset))
            case Event() as event:
                self._take(event)

    def _take(self, event: Event) -> None:
        mine, its = (self.board.epoch, self.board.offset), (event.epoch, event.offset)
        if its == (mine[0], mine[1] + 1):
            self.board.apply(event)
        elif its[0] != mine[0] or its[1] > mine[1]:
            self.wrong.append(f"had {mine[0]}/{mine[1]}, was sent {its[0]}/{its[1]}")
            return
        if its <= self._told:
            return
        self._told = its
        if event.kind == "called":
            if its in self.calls:
                self.wrong.append(f"the call {its[0]}/{its[1]} came twice as news")
            self.calls.add(its)

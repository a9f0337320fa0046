"""The booths: call, wait, recall, mark absent, talk, finish; one consultant each, with the booth's own tablet."""

import itertools
import threading
from typing import Any

from locust import task

from crowd.device import Device
from crowd.present import Present
from crowd.visitors import SILENT

REACTION_S = (1.0, 6.0)
"""Seconds until a consultant who sees somebody in line presses the button."""

RECALL_S = 75.0
"""Seconds after a call without an answer until it is repeated."""

ABSENT_S = 60.0
"""Seconds after the recall until the party is marked absent."""

AT_ONCE = 0.3
"""Part of the talks after which the next party is called in the same act."""

SPREAD = (0.5, 1.5)
"""How walks and talks vary about their mean."""

_numbers = itertools.count()
_lock = threading.Lock()


class Booth(Present):
    """One consultant."""

    number = 0

    def on_start(self) -> None:
        """Take the next booth; it is in the middle of whatever it does, so that not all call at once."""
        booths = self.hall.fair["booths"]
        with _lock:
            self.number = booths[next(_numbers) % len(booths)]["number"]
        self.arrive("consultant", "handheld", self.number).open_page(f"/booth/{self.number}", "/booth")
        self.hall.wait_for_doors()
        if self.hall.shape.parties:
            self.hall.wait(self.hall.dice.uniform(0, self.hall.shape.walk_s + self.hall.shape.talk_s))

    @task
    def serve(self) -> None:
        """Serve whoever can be called."""
        hall, device = self.hall, self.device
        assert device is not None
        hall.wait_until(lambda: self._sees_somebody(device), device)
        hall.wait(hall.dice.uniform(*REACTION_S))
        called = None if hall.over else device.tap("booth", "call-next", booth=self.number)
        while called is not None and self._goes_on():
            called = self._meet(device)

    def _goes_on(self) -> bool:
        return not self.hall.over

    def _sees_somebody(self, device: Device) -> bool:
        board = device.follower.board
        booth = board.booths.get(self.number)
        if booth is None or booth.state != "open" or booth.ticket is not None or booth.queue is None:
            return False
        return any(not board.passed_over(ticket) for ticket in board.waiting(booth.queue))

    def _meet(self, device: Device) -> dict[str, Any] | None:
        """Receive who was called; gives the next call where it was made in the same act as the end."""
        hall = self.hall
        dice, shape = hall.dice, hall.shape
        if dice.random() < SILENT:
            hall.wait(RECALL_S)
            device.tap("booth", "recall", booth=self.number)
            if dice.random() < 0.5:
                hall.wait(ABSENT_S)
                device.tap("booth", "absent", booth=self.number)
                return None
        hall.wait(shape.walk_s * dice.uniform(*SPREAD))
        if not self._goes_on() or device.tap("booth", "start", booth=self.number) is None:
            return None
        hall.wait(shape.talk_s * dice.uniform(*SPREAD))
        if not self._goes_on():
            return None
        if dice.random() < AT_ONCE and self._has_line(device):
            return device.tap("booth", "call-next", booth=self.number, finish=True)
        device.tap("booth", "finish", booth=self.number)
        return None

    def _has_line(self, device: Device) -> bool:
        board = device.follower.board
        queue = board.booths[self.number].queue
        return queue is not None and any(not board.passed_over(ticket) for ticket in board.waiting(queue))

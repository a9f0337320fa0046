"""The reception: a card where people sign in, a number, and the QR code of the party's own page."""

from dataclasses import replace

from locust import task

from crowd.present import Present

DESK_S = (5.0, 15.0)
"""Seconds that a party stands at a desk."""

LOOK_S = 0.2
"""Seconds, of ours, between two looks at whether somebody has come."""


class Reception(Present):
    """One receptionist with a phone."""

    def on_start(self) -> None:
        """Open the page, and follow the fair on it."""
        self.arrive("reception", "handheld").open_page("/reception", "/reception")

    @task
    def receive(self) -> None:
        """Receive the next party, if one stands there."""
        hall = self.hall
        assert self.device is not None
        visitor = None if hall.over else hall.next_visitor()
        if visitor is None:
            self.device.changed.wait(LOOK_S)
            self.device.changed.clear()
            return
        issuing = {queue.id for queue in self.device.follower.board.queues.values() if queue.issuing}
        open_ = tuple(queue for queue in visitor.queues if queue in issuing or not issuing)
        if open_:
            hall.receive(self.device, replace(visitor, queues=open_))
        hall.wait(hall.dice.uniform(*DESK_S))

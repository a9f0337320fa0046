"""The floor manager: opens spares where the lines are long, answers for those who stand before the desk, looks at the numbers."""

from locust import task

from crowd.device import Device
from crowd.present import Present

ROUND_S = 60.0
"""Seconds between two rounds through the hall."""

LONG = 2
"""Parties in line, for each open booth, from which a queue gets a spare."""


class FloorManager(Present):
    """Who walks through the hall with a tablet."""

    def on_start(self) -> None:
        """Open the page, and follow the fair on it."""
        self.arrive("floor", "handheld").open_page("/floor", "/floor")
        self.hall.wait_for_doors()

    @task
    def go_round(self) -> None:
        """Make one round."""
        hall, device = self.hall, self.device
        assert device is not None
        if not hall.over and device.follower.board.epoch:
            device.read(f"{device.api}/counts", "counts")
            self._restore(device)
            self._place_spares(device)
        hall.wait_until(lambda: False, device, ROUND_S)

    def _restore(self, device: Device) -> None:
        """Put who has come back to the head of the line."""
        for ticket in list(device.follower.board.tickets.values()):
            if ticket.state == "absent" and not self.hall.over:
                device.tap("floor", "restore", ticket=ticket.id)

    def _place_spares(self, device: Device) -> None:
        """Give every spare that nobody needs where it is to the longest line; where none is long, to its own."""
        board = device.follower.board
        homes = {booth["number"]: booth["home"] for booth in self.hall.fair["booths"] if booth["role"] == "spare"}
        lines = {queue: len(board.waiting(queue)) for queue in board.queues}
        booths = {queue: sum(b.queue == queue for b in board.booths.values()) for queue in board.queues}
        for booth in [board.booths[number] for number in homes]:
            if self.hall.over or booth.ticket is not None or booth.state != "open":
                continue
            if booth.queue is not None and lines[booth.queue]:
                continue
            longest = max(lines, key=lambda queue: lines[queue] / (booths[queue] or 0.5))
            wanted = longest if lines[longest] >= LONG * max(booths[longest], 1) else homes[booth.id]
            if wanted and wanted != booth.queue and device.tap("floor", "assign-booth", booth=booth.id, queue=wanted):
                booths[wanted] += 1

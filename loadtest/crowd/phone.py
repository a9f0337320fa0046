"""Visitors' phones: the page behind the QR code with all that it loads, its socket or its questions, and the party's own answers."""

import queue
import re
from typing import Any

from locust import task

from crowd.device import Device
from crowd.hall import ENDED, Link
from crowd.present import Present
from crowd.shapes import POLLING

LOADS = re.compile(rb'(?:href|src)="(/[^"]+)"')
"""What a page names that a browser loads with it."""

ASKS_S = 4.0
"""Seconds, of ours, between two questions of a page without a socket (`every_ms` of client/polling.js)."""

ACCEPTS = 0.5
"""Part of the offers that are accepted."""

LOOK_S = 1.0


def touches(event: Any, party: int) -> bool:
    """Say whether an event changes a row of a party's; thousands of phones ask this of every event."""
    rows = (*event.changes.get("tickets", ()), *event.changes.get("offers", ()))
    return any(row.party == party for row in rows)


class Phone(Present):
    """One phone. It opens the next page that the reception gives out, and keeps it open until its party's last ticket has ended."""

    @task
    def visit(self) -> None:
        """Live one party's visit, as far as its phone sees it."""
        hall = self.hall
        try:
            link = hall.links.get(timeout=LOOK_S)
        except queue.Empty:
            return
        own = f"/api/fairs/{hall.fair['slug']}/visits/{link.token}"
        self.device = device = hall.device("visitor", "phone", live=f"{own}/live")
        device.looks_at = lambda event: touches(event, link.party)
        if link.fresh:
            self._open(device, link)
        if hall.dice.random() < POLLING:
            self._ask(device, link, own)
        else:
            device.follow()
            while not hall.over and not self._ended(device, link):
                hall.wait_until(lambda: self._ended(device, link) or self._has_offer(device, link), device)
                self._answer(device, link, own)
        if not hall.over:
            device.leave()

    def _open(self, device: Device, link: Link) -> None:
        page = device.open_page(f"/t/{link.token}", "/t/…") or b""
        for path in dict.fromkeys(LOADS.findall(page)):
            device.open_page(path.decode(), "what /t/… loads")

    def _ask(self, device: Device, link: Link, own: str) -> None:
        """Ask for the frames again and again, as a page does that gets no socket."""
        while not self.hall.over and not self._ended(device, link):
            board = device.follower.board
            frames = device.open_page(f"{own}/board?epoch={board.epoch}&offset={board.offset}", "visits/…/board")
            if frames:
                device.follower.take_all(frames)
            self._answer(device, link, own)
            device.changed.clear()
            device.changed.wait(ASKS_S)

    def _has_offer(self, device: Device, link: Link) -> bool:
        """Say whether an offer stands that has no answer yet. Whether it has lapsed, the server says."""
        return any(o.party == link.party and o.state == "open" for o in device.follower.board.offers.values())

    def _answer(self, device: Device, link: Link, own: str) -> None:
        for offer in list(device.follower.board.offers.values()):
            if offer.party != link.party or offer.state != "open" or self.hall.over:
                continue
            if self.hall.dice.random() < ACCEPTS:
                device.tap("phone", "accept-offer", path=f"{own}/accept-offer", offer=offer.id, how="move")
            else:
                device.tap("phone", "decline-offer", path=f"{own}/decline-offer", offer=offer.id, answer="keep")

    def _ended(self, device: Device, link: Link) -> bool:
        board = device.follower.board
        party = board.parties.get(link.party)
        return party is not None and all(board.tickets[ticket].state in ENDED for ticket in party.tickets)

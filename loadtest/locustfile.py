"""The crowd of a fair, for Locust: `locust --headless --crowd burst`; without `--headless` on Locust's page.

Without `--host` it starts a server of its own: a demonstration, or with `--signed-in` a fair of today at which everybody signs in.
The exit status is 1 where an objective is missed. loadtest/README.md tells all shapes.
"""

import json
import time
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from locust import LoadTestShape, User, events
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

from crowd.asking import Answer, Asking
from crowd.booth import Booth
from crowd.crew import Crew
from crowd.flooding import Flooding
from crowd.floor import FloorManager
from crowd.hall import SETTLE_S, Hall
from crowd.ledger import audit
from crowd.phone import Phone
from crowd.reception import Reception
from crowd.report import objectives, report
from crowd.screen import Screen
from crowd.server import Served, serving
from crowd.shapes import RECEPTIONS, SCREENS, SHAPES, scaled

SPAWN_PER_S: Final = 100.0

LEAD_MAX_S: Final = 90.0
"""Seconds within which everybody must have taken their place; then the doors open all the same."""


@events.init_command_line_parser.add_listener
def options(parser: LocustArgumentParser) -> None:
    """Say what can be asked for."""
    words = "; ".join(f"{shape.name}: {shape.says}" for shape in SHAPES.values()).replace("%", "%%")
    parser.add_argument("--crowd", choices=sorted(SHAPES), default="burst", help=words)
    parser.add_argument("--signed-in", action="store_true", help="not a demonstration: a fair of today, with sign-in")
    parser.add_argument("--seconds", type=float, default=None, help="play only so long")
    parser.add_argument("--rate", type=float, default=None, help="how many times quicker than in the hall")
    parser.add_argument("--size", type=float, default=1.0, help="part of the people who are in the hall already")
    parser.add_argument("--server-processes", type=int, default=1, help="processes of the server that is started")
    parser.add_argument("--set-up", default="", help="with --host and --signed-in: the token of the printed link")
    parser.add_argument(
        "--objective", action="append", default=[], help="changes one, like call_p95_ms=200; may be repeated"
    )
    parser.add_argument("--screen", type=Path, default=None, help="a file for a screen's address and cookies, as JSON")
    parser.add_argument("--write", type=Path, default=None, help="a file for the figures, as JSON")


@events.init.add_listener
def begin(environment: Environment, **_: Any) -> None:
    """Start the server where none is named, let the crew in, and say how many of each there are."""
    asked = environment.parsed_options
    assert asked is not None
    shape = scaled(SHAPES[asked.crowd], seconds=asked.seconds, size=asked.size, rate=asked.rate)
    ends = ExitStack()
    events.quit.add_listener(lambda exit_code, **_: ends.close())
    served = _served(environment, asked, ends)
    server = (served.host, served.port)
    told = _tell(environment)
    crew = _crew(server, served.token)
    if asked.screen:
        one = crew.take("screen")
        cookies = one.cookies if one else {}
        asked.screen.write_text(json.dumps({"url": environment.host, "cookies": cookies}), "utf-8")
    counts = {Screen: SCREENS, Reception: RECEPTIONS, Booth: 0, FloorManager: 1, Phone: shape.phones}
    fair = Asking(server, "198.19.1.1").get("/api/fairs").json["fairs"][0]
    counts[Booth] = len(fair["booths"])
    for kind, count in counts.items():
        kind.fixed_count = count
    flooding = Flooding(server, ends) if shape.flood else None
    environment.hall_for = lambda: Hall(server, shape, crew, told, flooding=flooding)  # type: ignore[attr-defined]


def _served(environment: Environment, asked: Namespace, ends: ExitStack) -> Served:
    """Give the server that is named, or start one."""
    if not environment.host:
        served = ends.enter_context(serving(signed_in=asked.signed_in, processes=asked.server_processes))
        environment.host = f"http://{served.host}:{served.port}"
        return served
    if asked.signed_in and not asked.set_up:
        raise SystemExit(
            "A crew signs in at --host with the link that the server prints at its first start: name it with --set-up."
        )
    parts = urlsplit(environment.host)
    return Served(parts.hostname or "127.0.0.1", parts.port or 80, asked.set_up)


def _crew(server: tuple[str, int], token: str) -> Crew:
    """Let everybody in who works at the fair; without a token it is a demonstration, where nobody signs in."""
    crew = Crew()
    if token:
        addresses = iter(f"198.19.0.{i}" for i in range(1, 255))
        counts = {"reception": RECEPTIONS, "floor": 1, "screen": SCREENS}
        crew.come_in(lambda: Asking(server, next(addresses)), token, counts)
    return crew


@events.test_start.add_listener
def start(environment: Environment, **_: Any) -> None:
    """Let in those who wait already; the day begins when they do."""
    hall: Hall = environment.hall_for()  # type: ignore[attr-defined]
    environment.hall = hall  # type: ignore[attr-defined]

    def tell(kind: str, ms: float) -> None:
        environment.events.request.fire(
            request_type="LIVE", name=f"call → {kind}", response_time=ms, response_length=0, exception=None, context={}
        )

    hall.ledger.told = tell
    hall.prepare()


@events.test_stop.add_listener
def judge(environment: Environment, **_: Any) -> None:
    """Hold what was heard and answered against the journal, print the report, and set the exit status."""
    hall: Hall = environment.hall  # type: ignore[attr-defined]
    asked = environment.parsed_options
    assert asked is not None
    for device in hall.devices:
        device.leave()
    if hall.flooding:
        hall.flooding.end()
    screens = [device.follower for device in hall.devices if device.kind == "screen"]
    found = audit(hall.ledger, hall.journal(), screens)
    kind = "signed in" if asked.signed_in else "demonstration"
    played = f"{hall.shape.name}, {kind}, {hall.shape.seconds:.0f} s, {SCREENS} screens, {hall.shape.phones} phones"
    told = report(played, hall.ledger, found, objectives(asked.objective), hall.floods)
    print("\n".join(told.lines()), flush=True)
    if asked.write:
        calls = [[tap.ticket, tap.wall_ms, tap.answered_s * 1e3] for tap in hall.ledger.taps.values()]
        flood = hall.flooding.answers if hall.flooding else {}
        told.write(asked.write, {"taps": calls, "refusals": hall.ledger.refusals, "flood": flood})
    environment.process_exit_code = 1 if told.missed else 0


class Crowd(LoadTestShape):
    """Everybody comes at once; when the time is over nobody taps any more, and the run ends once every screen shows all."""

    def __init__(self) -> None:
        super().__init__()
        self._since = 0.0

    def reset_time(self) -> None:
        """Begin anew: on Locust's page one run follows another."""
        super().reset_time()
        if self.runner is not None:
            self.runner.environment.hall = None  # type: ignore[attr-defined]

    def tick(self) -> tuple[int, float, list[type[User]] | None] | None:
        """Say how many there are; None ends the run."""
        assert self.runner is not None
        hall: Hall | None = getattr(self.runner.environment, "hall", None)
        now = time.perf_counter()
        if hall is None:
            self._since = now  # whoever is named below is made by `start`, which Locust calls next
        elif not hall.is_open:
            waiting = SCREENS + RECEPTIONS + 1 + Booth.fixed_count + (hall.shape.phones if hall.shape.parties else 0)
            if hall.ready(waiting) or now - self._since > LEAD_MAX_S:
                self.runner.environment.stats.reset_all()
                hall.open()
        elif not hall.over:
            if hall.is_done():
                self._since = now
                hall.close()
        elif hall.settled() or now - self._since > SETTLE_S:
            return None
        kinds: list[type[User]] = [Screen, FloorManager, Reception, Booth, Phone]
        return sum(kind.fixed_count for kind in kinds), SPAWN_PER_S, kinds


def _tell(environment: Environment) -> Any:
    def tell(method: str, name: str, answer: Answer | None, seconds: float) -> None:
        failed = answer is None or answer.status >= 500
        environment.events.request.fire(
            request_type=method,
            name=name,
            response_time=seconds * 1e3,
            response_length=len(answer.body) if answer else 0,
            exception=ConnectionError(f"{answer.code if answer else 'no answer'}") if failed else None,
            context={},
        )

    return tell

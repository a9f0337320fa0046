"""Figures that answer "is the fair well?", in the format that Prometheus reads. They name fairs, queues and devices, and nobody.

What is counted as it happens stands in `Figures`; what a board, a hub or the sockets can tell at any moment is read when it is
asked for (`_Standing`). Every label's values are bounded: by the fairs served, their queues, the codes of `queue/errors.py`, and
the devices a fair may enrol. The names are this room's promise to `docker/grafana/` and to whoever watches; a test holds them.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from yobidashi.guide.forecasts import Accuracy
from yobidashi.live.hub import Hub
from yobidashi.queue.events import Event
from yobidashi.queue.tickets import State
from yobidashi.upkeep.pulse import Pulse
from yobidashi.web.sockets import OpenSockets

TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Bounds of the histograms' steps: a call should be on the screens in 0.5 s."""

CALLS: Final = frozenset({"called", "recalled"})


class Figures:
    """The figures of one process."""

    def __init__(
        self,
        hubs: Mapping[str, Hub],
        sockets: OpenSockets,
        pulse: Pulse,
        accuracy: Callable[[str], Accuracy],
        real_now: Callable[[], int],
    ) -> None:
        """Tell of ``hubs``, ``sockets`` and ``pulse``, and how right the estimates were; ``real_now`` is Redis's time in ms."""
        self._hubs = hubs
        self._real_now = real_now
        self.registry = CollectorRegistry()
        self._commands = Counter(
            "yobidashi_commands",
            "Commands of the queue, by what became of them: done, or the code of the refusal",
            ("fair", "command", "outcome"),
            registry=self.registry,
        )
        self._command_s = Histogram(
            "yobidashi_command_seconds",
            "From a command's arrival at the store to its answer",
            ("fair",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._call_s = Histogram(
            "yobidashi_call_to_sockets_seconds",
            "From the moment at which Redis wrote a call to the moment at which it was written to every socket of this process",
            ("fair",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._limited = Counter(
            "yobidashi_limited",
            "Requests and sockets that were refused because there were too many: device, address, sockets",
            ("limit",),
            registry=self.registry,
        )
        for slug in hubs:  # a histogram that is there from the start shows its first call
            self._call_s.labels(slug)
            self._command_s.labels(slug)
        self.registry.register(_Standing(hubs, sockets, pulse, accuracy))
        ProcessCollector(registry=self.registry)

    def command(self, slug: str, name: str, outcome: str, seconds: float) -> None:
        """Count a command."""
        self._commands.labels(slug, name, outcome).inc()
        self._command_s.labels(slug).observe(seconds)

    def told(self, slug: str, event: Event) -> None:
        """Measure how long an event took that has just been written to the sockets; only calls are measured."""
        clock = self._hubs[slug].board.clocks.get(0)
        if event.kind not in CALLS or (clock is not None and clock.rate <= 0):
            return
        at = event.at if clock is None else clock.real + (event.at - clock.fair) / clock.rate
        self._call_s.labels(slug).observe(max(0.0, (self._real_now() - at) / 1000))

    def limited(self, limit: str) -> None:
        """Count something that was refused."""
        self._limited.labels(limit).inc()

    def text(self) -> bytes:
        """Give everything as Prometheus reads it."""
        return generate_latest(self.registry)


class _Standing(Collector):
    """What stands at the moment it is asked for."""

    def __init__(
        self, hubs: Mapping[str, Hub], sockets: OpenSockets, pulse: Pulse, accuracy: Callable[[str], Accuracy]
    ) -> None:
        self._hubs = hubs
        self._sockets = sockets
        self._pulse = pulse
        self._accuracy = accuracy

    def collect(self) -> Iterator[Metric]:
        """Give every gauge."""
        yield from self._of_hubs()
        yield from self._of_boards()
        yield from self._of_sockets()
        yield from self._of_redis()
        yield from self._of_estimates()

    def _of_hubs(self) -> Iterator[Metric]:
        live = GaugeMetricFamily(
            "yobidashi_live", "1: Redis is heard and the pages may believe what they show", labels=("fair",)
        )
        stalled = GaugeMetricFamily(
            "yobidashi_stalled_readers", "Sockets that read too slowly at the moment", labels=("fair",)
        )
        dropped = CounterMetricFamily(
            "yobidashi_dropped_readers", "Sockets that were given up because they did not read", labels=("fair",)
        )
        for slug, hub in self._hubs.items():
            live.add_metric((slug,), float(hub.live))
            stalled.add_metric((slug,), hub.stalled)
            dropped.add_metric((slug,), hub.dropped)
        yield from (live, stalled, dropped)

    def _of_boards(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily("yobidashi_waiting", "Parties in line", labels=("fair", "queue"))
        tickets = GaugeMetricFamily("yobidashi_tickets", "Tickets of the day, by state", labels=("fair", "state"))
        for slug, hub in self._hubs.items():
            for queue in hub.board.queues:
                waiting.add_metric((slug, queue), len(hub.board.waiting(queue)))
            states = Tally(ticket.state for ticket in hub.board.tickets.values())
            for state in State:
                tickets.add_metric((slug, str(state)), states[state])
        yield from (waiting, tickets)

    def _of_sockets(self) -> Iterator[Metric]:
        sockets = GaugeMetricFamily("yobidashi_sockets", "Open sockets, by who listens", labels=("fair", "kind"))
        trips = GaugeMetricFamily(
            "yobidashi_screen_round_trip_seconds",
            "From this process to an enrolled screen and back",
            labels=("fair", "device"),
        )
        for (slug, kind), count in sorted(self._sockets.count().items()):
            sockets.add_metric((slug, kind), count)
        for (slug, device), seconds in sorted(self._sockets.screens().items()):
            trips.add_metric((slug, device), seconds)
        yield from (sockets, trips)

    def _of_redis(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("yobidashi_redis_up", "1: Redis answered at the last look", float(self._pulse.answers))
        trip = GaugeMetricFamily("yobidashi_redis_round_trip_seconds", "How long Redis took at the last look")
        if self._pulse.round_trip_s is not None:
            trip.add_metric((), self._pulse.round_trip_s)
        events = GaugeMetricFamily(
            "yobidashi_journal_lag_events",
            "Events in the journal that this process has not shown yet",
            labels=("fair",),
        )
        seconds = GaugeMetricFamily(
            "yobidashi_journal_lag_seconds", "For how long it has been behind", labels=("fair",)
        )
        for slug, lag in self._pulse.lags.items():
            events.add_metric((slug,), lag.events)
            seconds.add_metric((slug,), lag.seconds())
        yield from (trip, events, seconds)

    def _of_estimates(self) -> Iterator[Metric]:
        error = GaugeMetricFamily(
            "yobidashi_estimate_error_seconds",
            "Mean error of the estimated waits of the day, without sign",
            labels=("fair",),
        )
        inside = GaugeMetricFamily(
            "yobidashi_estimate_coverage", "Share of waits that lay within their band", labels=("fair",)
        )
        for slug in self._hubs:
            figures = self._accuracy(slug).estimate
            if figures.mean_error_ms is not None:
                error.add_metric((slug,), figures.mean_error_ms / 1000)
            if figures.coverage is not None:
                inside.add_metric((slug,), figures.coverage)
        yield from (error, inside)

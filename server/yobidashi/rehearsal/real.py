"""One day through the real server: by HTTP and websockets as people would, its journal checked as those of simulated days are."""

from typing import Final

from rich.console import Console

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.forecasts import Forecasts
from yobidashi.guide.model import model_of
from yobidashi.rehearsal.fairness import REASONS, fairness_of
from yobidashi.replay.client import Client
from yobidashi.replay.command import checks_of
from yobidashi.replay.day import DAYS
from yobidashi.replay.figures import figures_of
from yobidashi.replay.play import Played, play
from yobidashi.replay.table import print_report

DAY: Final = "r6"
"""The day that is played: the sixth fair."""

SCREENS: Final = 4
"""Screens that watch and are asked what they saw."""


async def play_real(fair: Fair, url: str, seed: int) -> Played:
    """Play the day on a demonstration fair, which is emptied first. Raises what `replay.play` raises."""
    async with Client(url) as client:
        return await play(client, fair.slug, DAYS[DAY], 0.0, SCREENS, seed, reset=True)


def print_real(console: Console, fair: Fair, played: Played) -> bool:
    """Print the day's report, its fairness and its forecasts; gives whether everything holds."""
    checks = checks_of(played)
    print_report(console, played.fair, figures_of(played.events), checks)
    fairness = fairness_of(played.events, fair.calling.reserved_in_a_row)
    reasons = (
        ", ".join(f"{REASONS[name][1]} {count}" for name, count in sorted(fairness.overtakings.items())) or "nobody"
    )
    console.print(f"\nCalled before an earlier number: {reasons}. By no rule: {len(fairness.wrong)}.")
    for sentence in fairness.wrong:
        console.print(sentence)
    forecasts = Forecasts(model_of(fair))
    for event in played.events:
        forecasts.take(event)
    told = forecasts.figures().estimate
    if told.mean_error_ms is not None:
        error = told.mean_error_ms / MINUTE_MS
        console.print(
            f"{told.count} forecasts, {error:.1f} min wrong on average, {told.coverage or 0:.0%} within their band."
        )
    return not fairness.wrong and all(check.holds for check in checks)

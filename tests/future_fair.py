"""The sample fair on a day to come: its reservations are open now, whatever today is."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from fair_text import FairText


def noon_zone() -> str:
    """Give a time zone where it is between noon and one o'clock now: the day has begun there, and is not over."""
    ahead = 12 - dt.datetime.now(dt.UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def future_fair(
    folder: Path,
    *,
    days: int = 30,
    opens: int = -1,
    closes: int = 29,
    timezone: str = "Asia/Tokyo",
    slug: str = "sapporo-2026",
    online: int | None = None,
    **queue_places: int,
) -> Path:
    """Write a fair that is held in ``days`` days; reservations open and close that many days from today.

    The consultants of booth ``online`` are not in the hall. ``queue_places`` are places per slot of queues, by id.
    """
    today = dt.datetime.now(ZoneInfo(timezone)).date()
    text = FairText.without_specification()
    text.set("[fair]", "date", str(today + dt.timedelta(days)))
    text.set("[fair]", "slug", f'"{slug}"')
    text.set("[fair]", "timezone", f'"{timezone}"')
    text.set("[fair]", "manual_due", str(min(today, today + dt.timedelta(days))))
    for key in ("contract_ends", "deletion_deadline"):
        text.set("[fair]", key, str(today + dt.timedelta(days + 60)))
    text.set("[reservation]", "opens", str(today + dt.timedelta(opens)))
    text.set("[reservation]", "closes", str(today + dt.timedelta(closes)))
    if online is not None:
        text.set(f"number = {online}", "online", "true")
    for queue, places in queue_places.items():
        text.set(f'id = "{queue}"', "reserved_per_slot", str(places))
    return text.write(folder)

"""One sample of every document; its persons are made up."""

import datetime as dt
from zoneinfo import ZoneInfo

from yobidashi.printing.badges import Badge, Badges

TOKYO = ZoneInfo("Asia/Tokyo")
MADE_AT = dt.datetime(2026, 2, 10, 9, 0, 5, 123, tzinfo=TOKYO)
FAIR = "北海道さっぽろ圏移住フェア"

BADGE = Badge(
    badge_id="B-0007",
    name="見本 太郎",
    roles=("統括責任者", "進行管理者"),
    booth=None,
    valid_from=dt.date(2026, 2, 13),
    valid_until=dt.date(2026, 2, 14),
    url="https://fair.example/sign-in#AbCdEfGhIjKlMnOpQrStUv",
)
BADGES = Badges(fair=FAIR, english="Hokkaido Sapporo Area Relocation Fair", badges=(BADGE,), made_at=MADE_AT)

"""What the specification fixes: names, dates, the twelve municipalities, the figures of the earlier fairs, the minimums."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

BASICS = "基本事項"
"""Where the specification describes the fair, before its numbered clauses."""
SETTLERS_AND_LIVING = "5⑴イ(ｱ)(ｲ)"
RESERVATION = "5⑴イ(ｳ)"
SEATS = "5⑴エ(ｲ)"
MANUAL = "5⑴オ"
CARD = "5⑵ウ"
GOAL = "8"
SECRECY = "9⑴"
DISPOSAL = "特記事項13"


class Municipality(NamedTuple):
    """One of the twelve, as the specification lists it."""

    name: str
    kana: str
    code: str
    english: str


MUNICIPALITIES = (
    Municipality("札幌市", "さっぽろし", "011002", "Sapporo"),
    Municipality("小樽市", "おたるし", "012033", "Otaru"),
    Municipality("岩見沢市", "いわみざわし", "012106", "Iwamizawa"),
    Municipality("江別市", "えべつし", "012173", "Ebetsu"),
    Municipality("千歳市", "ちとせし", "012246", "Chitose"),
    Municipality("恵庭市", "えにわし", "012319", "Eniwa"),
    Municipality("北広島市", "きたひろしまし", "012343", "Kitahiroshima"),
    Municipality("石狩市", "いしかりし", "012351", "Ishikari"),
    Municipality("当別町", "とうべつちょう", "013030", "Tobetsu"),
    Municipality("新篠津村", "しんしのつむら", "013048", "Shinshinotsu"),
    Municipality("南幌町", "なんぽろちょう", "014231", "Nanporo"),
    Municipality("長沼町", "ながぬまちょう", "014281", "Naganuma"),
)
"""In the order in which they are always shown."""

BY_NAME = {municipality.name: municipality for municipality in MUNICIPALITIES}
WITHOUT_SETTLER = ("恵庭市", "新篠津村")
HOST = "札幌市"
CO_HOST = "公益社団法人ふるさと回帰・移住交流推進機構"
NAME = "北海道さっぽろ圏移住フェア"
EDITION = "令和７年度"
DATE = dt.date(2026, 2, 14)
OPENS = dt.time(10, 30)
CLOSES = dt.time(17, 0)
TIMEZONE = "Asia/Tokyo"
VENUE = "東京交通会館 12階 カトレアサロンA"
MANUAL_DUE = dt.date(2026, 1, 5)
CONTRACT_ENDS = dt.date(2026, 3, 31)
PERSONS_MIN = 200
QUEUES_MIN = 18
SETTLERS_MIN = 3
YEARS_MIN = 1
BOOTHS_MIN = 30
SPARES_MIN = 12
SEATS_MIN = 2


class Earlier(NamedTuple):
    """An earlier fair's figures; None where nobody has one."""

    starts: dt.date
    ends: dt.date | None
    online: bool
    persons: int | None
    consultations: int | None


HISTORY = (
    Earlier(dt.date(2020, 1, 18), None, online=False, persons=159, consultations=469),
    Earlier(dt.date(2021, 2, 12), dt.date(2021, 2, 14), online=True, persons=416, consultations=None),
    Earlier(dt.date(2022, 1, 15), None, online=True, persons=80, consultations=None),
    Earlier(dt.date(2023, 1, 14), None, online=False, persons=200, consultations=341),
    Earlier(dt.date(2024, 1, 20), None, online=False, persons=181, consultations=369),
    Earlier(dt.date(2025, 2, 15), None, online=False, persons=349, consultations=556),
)

"""Ways to run the same day: what visitors are told, where spares stand, whether somebody is led elsewhere."""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Spares(StrEnum):
    """What spares (予備) are used for."""

    UNUSED = "unused"  # only the main booths are open
    HOME = "home"  # each serves the queue it belongs to, all day
    POOL = "pool"  # each goes where `guide/spares.py` says, for as long as it says so


class Advice(StrEnum):
    """Who is led to a quieter booth."""

    NONE = "none"
    SPREAD = "spread"  # as `guide/offers.py` says
    HERD = "herd"  # everybody who waits long hears of the one quietest queue: what goes wrong without spreading


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One way to run the day.

    ``shown``: visitors see each queue's wait when they choose. ``advice_age_min``: how old everything is that visitors and
    guide are told, in minutes. ``spares_from_min``: minutes after the opening from which spares are used at all.
    ``extra``: further booths that serve a queue all day, as one more consultant would make possible.
    """

    name: str
    ja: str
    en: str
    shown: bool = True
    spares: Spares = Spares.UNUSED
    advice: Advice = Advice.NONE
    advice_age_min: int = 0
    spares_from_min: int = 0
    extra: tuple[str, ...] = ()


PAPER: Final = Policy(name="paper", ja="紙の列", en="Paper lines, main booths", shown=False)
TICKETS: Final = Policy(name="tickets", ja="整理券と待ち時間の表示", en="Tickets and shown waits")
FIXED: Final = Policy(name="fixed", ja="＋ 予備は固定", en="+ spares fixed to their queues", spares=Spares.HOME)
OFFERS: Final = Policy(
    name="offers", ja="予備は固定＋ご案内", en="Fixed spares + offers", spares=Spares.HOME, advice=Advice.SPREAD
)
POOL: Final = Policy(
    name="pool", ja="予備を混む所へ＋ご案内", en="Spare pool + offers", spares=Spares.POOL, advice=Advice.SPREAD
)

AGED: Final = tuple(
    replace(
        OFFERS,
        name=f"{name}-{age}",
        ja=f"{ja}（{age}分前の見込み）",
        en=f"{en}, {age} min old",
        advice=advice,
        advice_age_min=age,
    )
    for name, ja, en, advice in (
        ("spread", "分けてご案内", "Fixed spares + offers, spread", Advice.SPREAD),
        ("herd", "全員に同じご案内", "Fixed spares + the same advice for all", Advice.HERD),
    )
    for age in (0, 5, 15)
)
"""Offers with advice that is stale on purpose, and with advice that is the same for everybody: why they are spread and fresh."""

AS_RUN: Final = POOL
"""How the fair is meant to be run; what-ifs change one thing in it."""

POLICIES: Final = MappingProxyType({policy.name: policy for policy in (PAPER, TICKETS, FIXED, OFFERS, POOL)})
"""The policies that are compared, from the least to the most, by name."""

ADVICE: Final = MappingProxyType({policy.name: policy for policy in (FIXED, *AGED)})
"""The same fair without offers and with advice of different age, by name."""


def what_ifs(busiest: str, name: str, spares_from_min: int) -> tuple[Policy, ...]:
    """Give the changes that a rehearsal looks into, each one thing about `AS_RUN`.

    Spares opened only so many minutes after the opening, one more booth for the busiest queue, nobody led elsewhere, and
    spares that stay at home.
    """
    return (
        replace(
            AS_RUN,
            name="late-spares",
            ja="予備を13時に開く",
            en="Spares opened at 13:00 only",
            spares_from_min=spares_from_min,
        ),
        replace(
            AS_RUN,
            name="one-more",
            ja=f"{name}の相談員を一組ふやす",
            en=f"One more booth with consultants for {busiest}",
            extra=(busiest,),
        ),
        replace(AS_RUN, name="no-offers", ja="ご案内をしない", en="Spare pool without offers", advice=Advice.NONE),
        replace(OFFERS, name="fixed-spares", ja="予備を動かさない", en="Spares fixed to their queues, with offers"),
    )

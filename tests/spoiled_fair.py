"""Ways to spoil the sample fair, one for each general rule and more, with the faults that each must lead to."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fair_text import FairText

Place = tuple[str, str]
"""Table and key where the fault is to be reported; no key: the table's heading."""


@dataclass(frozen=True)
class Case:
    """A way to spoil the sample fair, and all faults it must lead to."""

    spoil: Callable[[FairText], object]
    faults: dict[str, Place]


def queue(name: str) -> str:
    return f'id = "{name}"'


def booth(number: int) -> str:
    return f"number = {number}"


def case(code: str, spoil: Callable[[FairText], object], table: str, key: str = "", **others: Place) -> object:
    return pytest.param(Case(spoil, {code: (table, key), **others}), id=code)


HOST, CO_HOST = 'role = "host"', 'role = "co-host"'
R6, R2 = "starts = 2025-02-15", "starts = 2021-02-12"

CITY, FURUSATO = 'key = "city"', 'key = "furusato"'
TO_FURUSATO = (FURUSATO, "recipient")
WHOLE_FILE = ("", "")
THIRTY_FIRST = ("[[booths]]", "number = 31", "plan = { x = 26, y = 12, w = 2.2, h = 2 }")
KIDS = 'id = "kids"'
A = '{ key = "a", ja = "あ", en = "a" }'
CHOICE = ("[[form.fields]]", 'key = "x"', 'ja = "問"', 'en = "Question"', 'kind = "choice"', 'on = ["card"]')


def field(key: str) -> str:
    return f'key = "{key}"'


def fields_of(text: FairText) -> list[str]:
    headings = [i for i, line in enumerate(text.lines) if line == "[[form.fields]]"]
    return [text.lines[i + 1] for i in headings]


def drop_form(text: FairText) -> None:
    for each in fields_of(text):
        text.drop(each)
    text.drop("[form]")


def short_day(text: FairText) -> None:
    """Three hours, in which no slot of four fits."""
    text.set("[fair]", "closes", '"13:30"').drop("[closing]").drop("[day]").set("[reservation]", "slot_min", "240")


def without_plan_but_one(text: FairText) -> None:
    """No plan, and yet a booth that has a place on it."""
    text.drop("[plan]").drop(KIDS)
    for number in set(range(1, 31)) - {7}:
        text.take_out(booth(number), "plan")


def two_landmarks(text: FairText) -> None:
    text.add("[[plan.landmarks]]", KIDS, 'ja = "掲示"', 'en = "Board"', "x = 25", "y = 12", "w = 4", "h = 2")


QUEUES = [
    *("sapporo", "otaru", "iwamizawa", "ebetsu", "chitose", "eniwa", "kitahiroshima", "ishikari", "tobetsu"),
    *("shinshinotsu", "nanporo", "naganuma", "settler-a", "settler-b", "settler-c", "living", "jobs", "bus"),
]

GENERAL = [
    case("opens_before_closes", lambda t: t.set("[fair]", "closes", '"10:30"'), "[fair]", "closes"),
    case("closing_order", lambda t: t.set("[closing]", "fit_only", '"15:59"'), "[closing]", "fit_only"),
    case("closing_order", lambda t: t.set("[closing]", "stop", '"17:01"'), "[closing]", "stop"),
    case("closing_order", lambda t: t.set("[closing]", "warn", '"10:29"'), "[closing]", "warn"),
    case("dates_order", lambda t: t.set("[fair]", "manual_due", "2026-02-15"), "[fair]", "manual_due"),
    case("dates_order", lambda t: t.set("[fair]", "contract_ends", "2026-02-13"), "[fair]", "contract_ends"),
    case("dates_order", lambda t: t.set("[fair]", "deletion_deadline", "2026-02-13"), "[fair]", "deletion_deadline"),
    case(
        "one_host",
        lambda t: t.set(CO_HOST, "role", '"host"'),
        'name = "公益社団法人ふるさと回帰・移住交流推進機構"',
        "role",
    ),
    case("one_host", lambda t: t.set(HOST, "role", '"co-host"'), "[[fair.hosts]]"),
    case(
        "one_host",
        lambda t: t.set(CO_HOST, "name", '"札幌市"'),
        CO_HOST,
        "name",
        consent_recipient=TO_FURUSATO,
        consent_names_recipient=(CITY, "en"),
    ),
    case("japanese_first", lambda t: t.set("[fair]", "languages", '["en", "ja"]'), "[fair]", "languages"),
    case("history_order", lambda t: t.set(R6, "starts", "2024-01-20"), 'edition = "令和６年度"', "starts"),
    case("history_order", lambda t: t.set(R6, "starts", "2026-02-14"), "starts = 2026-02-14", "starts"),
    case("history_order", lambda t: t.set(R2, "ends", "2021-02-11"), R2, "ends"),
    case("duplicate_skip", lambda t: t.set("[tickets]", "skip", "[4, 9, 4]"), "[tickets]", "skip"),
    case("calling_order", lambda t: t.set("[calling]", "recall_by_s", "59"), "[calling]", "recall_by_s"),
    case("crowding_order", lambda t: t.set("[crowding]", "crowded_min", "8"), "[crowding]", "crowded_min"),
    case("offers_order", lambda t: t.set("[offers]", "to_min", "12"), "[offers]", "to_min"),
    case("shares_sum", lambda t: t.set("[day]", "party_size_pct", "[55, 32, 9]"), "[day]", "party_size_pct"),
    case("arrivals_cover_day", lambda t: t.set("[day]", "arrivals_pct", "[60, 40]"), "[day]", "arrivals_pct"),
    case("arrivals_cover_day", lambda t: t.set("[fair]", "opens", '"10:29"'), "[day]", "arrivals_pct"),
    case("demand_total", lambda t: [t.set(queue(q), "demand", "0") for q in QUEUES], queue("sapporo"), "demand"),
    case("duplicate_queue_name", lambda t: t.set(queue("jobs"), "name", '"暮らし相談"'), queue("jobs"), "name"),
    case("duplicate_queue_short", lambda t: t.set(queue("jobs"), "short", '"暮らし"'), queue("jobs"), "short"),
    case("duplicate_queue_letter", lambda t: t.set(queue("jobs"), "letter", '"A"'), queue("jobs"), "letter"),
    case("duplicate_code", lambda t: t.set(queue("otaru"), "code", '"011002"'), queue("otaru"), "code"),
    case("code_check_digit", lambda t: t.set(queue("otaru"), "code", '"012034"'), queue("otaru"), "code"),
    case(
        "letter_missing",
        lambda t: t.set("[tickets]", "series", '"queue"').take_out(queue("bus"), "letter"),
        queue("bus"),
    ),
    case("settler_profile", lambda t: t.take_out(queue("settler-c"), "settler"), queue("settler-c")),
    case(
        "settler_profile",
        lambda t: t.set(queue("bus"), "settler", '{ municipality = "otaru", years = 1, family = "x", job = "y" }'),
        queue("bus"),
        "settler",
    ),
    case(
        "unknown_municipality",
        lambda t: t.set(queue("settler-c"), "settler", '{ municipality = "bus", years = 1, family = "x", job = "y" }'),
        queue("settler-c"),
        "settler",
    ),
    case("near_queue", lambda t: t.set(queue("bus"), "near", '["jobs", "job"]'), queue("bus"), "near"),
    case("near_queue", lambda t: t.set(queue("bus"), "near", '["bus"]'), queue("bus"), "near"),
    case("duplicate_booth_number", lambda t: t.set(booth(30), "number", "29"), 'home = "naganuma"', "number"),
    case("booth_role", lambda t: t.set(booth(1), "home", '"sapporo"'), booth(1), "home"),
    case("booth_role", lambda t: t.set(booth(30), "queue", '"sapporo"'), booth(30), "queue"),
    case(
        "booth_role",
        lambda t: t.take_out(booth(18), "queue").add(*THIRTY_FIRST, 'role = "main"', 'queue = "bus"'),
        booth(18),
    ),
    case("unknown_queue", lambda t: t.set(booth(30), "home", '"nagamuna"'), booth(30), "home"),
    case("queue_without_booth", lambda t: t.drop(booth(18)), queue("bus")),
    case("title_too_wide", lambda t: t.set("[fair]", "name", f'"{"名" * 21}"'), "[fair]", "name"),
    case("short_too_wide", lambda t: t.set(queue("bus"), "short", '"バスのお仕事相"'), queue("bus"), "short"),
    case("name_too_wide", lambda t: t.set(queue("bus"), "name", '"バスのお仕事相談所"'), queue("bus"), "name"),
    case("card_too_wide", lambda t: t.set(queue("bus"), "detail", '"運転士・整備士"'), queue("bus"), "detail"),
    case("english_too_wide", lambda t: t.set(queue("bus"), "english", '"Bus driving jobs"'), queue("bus"), "english"),
    case(
        "plate_too_wide",
        lambda t: t.set(queue("sapporo"), "detail", '"北の大地のいちばん"'),
        queue("sapporo"),
        "detail",
    ),
    case(
        "duplicate_queue_id",
        lambda t: (
            t.take_out(queue("jobs"), "near")
            .take_out(queue("bus"), "near")
            .set(queue("jobs"), "id", '"bus"')
            .set('queue = "jobs"', "queue", '"bus"')
        ),
        'name = "バスのお仕事相談"',
        "id",
    ),
    case("reservation_days", lambda t: t.set("[reservation]", "closes", "2026-02-15"), "[reservation]", "closes"),
    case("reservation_days", lambda t: t.set("[reservation]", "opens", "2026-02-14"), "[reservation]", "opens"),
    case("slot_fits_day", short_day, "[reservation]", "slot_min"),
    case("reservation_wishes", lambda t: t.set("[tickets]", "queues_per_party", "2"), "[reservation]", "wishes"),
    case(
        "reservation_wishes",
        lambda t: [t.set(queue(q), "reserved_per_slot", "0") for q in QUEUES[2:]],
        "[reservation]",
        "wishes",
    ),
    case("reservation_form", drop_form, "[reservation]"),
    case("reservation_form", lambda t: t.set(field("name"), "required", '["card"]'), "[form]"),
    case("reserved_without_reservation", lambda t: t.drop("[reservation]"), "[novelty]"),
    case(
        "reserved_without_reservation",
        lambda t: t.drop("[reservation]").drop("[novelty]").set(queue("bus"), "reserved_per_slot", "0"),
        queue("bus"),
        "reserved_per_slot",
    ),
    case("duplicate_field_key", lambda t: t.set(field("phone"), "key", '"mail"'), 'kind = "phone"', "key"),
    case("duplicate_option_key", lambda t: t.add(*CHOICE, f"options = [{A}, {A}]"), field("x"), "options"),
    case("field_options", lambda t: t.add(*CHOICE, f"options = [{A}]"), field("x"), "options"),
    case("field_options", lambda t: t.add(*CHOICE), field("x")),
    case("field_options", lambda t: t.set(field("mail"), "options", f"[{A}]"), field("mail"), "options"),
    case("field_max", lambda t: t.set(field("licence"), "max", "5"), field("licence"), "max"),
    case(
        "autocomplete_typed", lambda t: t.set(field("online"), "autocomplete", '"off"'), field("online"), "autocomplete"
    ),
    case("required_where_asked", lambda t: t.set(field("mail"), "required", '["card"]'), field("mail"), "required"),
    case("required_where_asked", lambda t: t.set(field("when"), "on", '["card", "card"]'), field("when"), "on"),
    case("name_with_kana", lambda t: t.drop(field("kana")), field("name"), "on"),
    case("name_with_kana", lambda t: t.drop(field("name")), field("kana"), "on", reservation_form=("[form]", "")),
    case(
        "name_with_kana",
        lambda t: t.set(field("kana"), "on", '["card"]').set(field("kana"), "required", '["card"]'),
        field("name"),
        "on",
    ),
    case("name_with_kana", lambda t: t.set(field("mail"), "kind", '"kana"'), field("mail")),
    case("brief_without_contact", lambda t: t.set(field("content"), "contact", "true"), field("content"), "brief"),
    case(
        "brief_without_contact",
        lambda t: t.set(field("phone"), "brief", "true").set(field("phone"), "contact", "false"),
        field("phone"),
        "brief",
    ),
    case(
        "brief_without_contact",
        lambda t: t.set(field("content"), "autocomplete", '"street-address"'),
        field("content"),
        "brief",
    ),
    case(
        "duplicate_consent_key",
        lambda t: t.set(FURUSATO, "key", '"city"'),
        'recipient = "公益社団法人ふるさと回帰・移住交流推進機構"',
        "key",
    ),
    case(
        "consent_recipient",
        lambda t: t.set(CITY, "recipient", '"札幌"'),
        CITY,
        "recipient",
        consent_per_host=(HOST, ""),
    ),
    case("consent_per_host", lambda t: t.drop(FURUSATO), CO_HOST),
    case(
        "consent_per_host",
        lambda t: t.add(
            "[[consents]]",
            'key = "again"',
            'recipient = "札幌市"',
            'version = "1"',
            'purpose = "x"',
            'ja = "札幌市に提供"',
            'en = "to the City of Sapporo"',
        ),
        field("again"),
        "recipient",
    ),
    case("consent_names_recipient", lambda t: t.set(CITY, "ja", '"市に提供しますか。"'), CITY, "ja"),
    case("consent_names_recipient", lambda t: t.set(CITY, "en", '"To the city?"'), CITY, "en"),
    case("answers_need_consent", lambda t: t.drop("[privacy]"), "[form]"),
    case("answers_need_consent", lambda t: t.drop(CITY).drop(FURUSATO), "[form]"),
    case("plan_place", lambda t: t.take_out(booth(30), "plan"), booth(30)),
    case("plan_place", without_plan_but_one, booth(7), "plan"),
    case("plan_inside", lambda t: t.set(booth(12), "plan", "{ x = 28, y = 0.6, w = 2.2, h = 2 }"), booth(12), "plan"),
    case("plan_inside", lambda t: t.set(KIDS, "y", "16.1"), KIDS),
    case("plan_overlap", lambda t: t.set(booth(8), "plan", "{ x = 15, y = 0.6, w = 2.2, h = 2 }"), booth(8), "plan"),
    case("plan_overlap", lambda t: t.set(KIDS, "y", "13"), KIDS),
    case("duplicate_place", lambda t: t.set(KIDS, "id", '"seats"'), 'ja = "キッズスペース"', "id"),
    case("duplicate_place", two_landmarks, 'ja = "掲示"', "id"),
    case(
        "plan_legible", lambda t: t.set(booth(9), "plan", "{ x = 19.8, y = 0.6, w = 2.2, h = 1.3 }"), booth(9), "plan"
    ),
    case("plan_legible", lambda t: t.set(KIDS, "w", "9"), KIDS),
    case("video_missing", lambda t: t.add("[video]", 'file = "pr.mp4"'), "[video]", "file"),
    case("deletion_day_known", lambda t: t.take_out("[fair]", "deletion_deadline"), "[fair]"),
]

"""Ways to fall below each minimum of the sample fair's specification, with the faults that each must lead to."""

from collections.abc import Callable

from fair_text import FairText
from spoiled_fair import (
    CITY,
    CO_HOST,
    FURUSATO,
    R2,
    R6,
    THIRTY_FIRST,
    TO_FURUSATO,
    WHOLE_FILE,
    booth,
    case,
    field,
    fields_of,
    queue,
)

PROFILE = '{{ municipality = "{}", years = {}, family = "{}", job = "{}" }}'
SETTLER_C = (queue("settler-c"), "settler")
QUEUES_AT, BOOTHS_AT = ("[[queues]]", ""), ("[[booths]]", "")


def settler_c(
    municipality: str = "naganuma", years: float = 8, family: str = "夫婦", job: str = "農業"
) -> Callable[[FairText], object]:
    profile = PROFILE.format(municipality, years, family, job)
    return lambda t: t.set(queue("settler-c"), "settler", profile)


SAPPORO_R7 = [
    case("r7_name", lambda t: t.set("[fair]", "name", '"北海道移住フェア"'), "[fair]", "name"),
    case("r7_name", lambda t: t.set("[fair]", "edition", '"令和８年度"'), "[fair]", "edition"),
    case("r7_date", lambda t: t.set("[fair]", "date", "2026-02-15"), "[fair]", "date"),
    case("r7_hours", lambda t: t.set("[fair]", "opens", '"10:31"'), "[fair]", "opens"),
    case("r7_hours", lambda t: t.set("[fair]", "closes", '"17:00"').set("[fair]", "timezone", '"Asia/Seoul"'), "[fair]", "timezone"),
    case("r7_venue", lambda t: t.set("[fair]", "venue", '"東京交通会館"'), "[fair]", "venue"),
    case("r7_hosts", lambda t: t.set(CO_HOST, "name", '"ふるさと回帰・移住交流推進機構"'), CO_HOST, "name",
         consent_recipient=TO_FURUSATO, consent_per_host=(CO_HOST, "")),
    case("r7_hosts", lambda t: t.drop(CO_HOST), "[[fair.hosts]]", consent_recipient=TO_FURUSATO),
    case("r7_contract_ends", lambda t: t.take_out("[fair]", "contract_ends"), "[fair]"),
    case("r7_contract_ends", lambda t: t.set("[fair]", "contract_ends", "2026-04-01"), "[fair]", "contract_ends"),
    case("r7_deletion_deadline", lambda t: t.set("[fair]", "deletion_deadline", "2026-04-01"), "[fair]", "deletion_deadline"),
    case("r7_manual_due", lambda t: t.set("[fair]", "manual_due", "2026-01-06"), "[fair]", "manual_due"),
    case("r7_manual_due", lambda t: t.take_out("[fair]", "manual_due"), "[fair]"),
    case("r7_goal", lambda t: t.set("[goal]", "persons", "199"), "[goal]", "persons"),
    case("r7_history", lambda t: t.set(R6, "persons", "348"), R6, "persons"),
    case("r7_history", lambda t: t.set(R2, "consultations", "0"), R2, "consultations"),
    case("r7_history", lambda t: t.take_out(R2, "online"), R2),
    case("r7_history", lambda t: t.drop(R6), "[[history]]"),
    case(
        "r7_queues",
        lambda t: (
            t.drop(queue("bus"))
            .take_out(queue("jobs"), "near")
            .set(booth(18), "role", '"spare"')
            .take_out(booth(18), "queue")
        ),
        *QUEUES_AT,
        r7_bus=QUEUES_AT,
    ),
    case("r7_municipalities", lambda t: t.swap(queue("tobetsu"), queue("nanporo")), queue("nanporo"), "name"),
    case("r7_municipalities", lambda t: t.set(queue("tobetsu"), "name", '"当別村"'), queue("tobetsu"), "name"),
    case("r7_municipalities", lambda t: t.set(queue("living"), "kind", '"municipality"'), queue("living"), "name",
         r7_living=QUEUES_AT, r7_spare_per_municipality=(queue("living"), "")),
    case("r7_municipalities", lambda t: t.set(queue("tobetsu"), "kind", '"living"'), queue("ishikari")),
    case("r7_municipalities", lambda t: t.set(queue("sapporo"), "kind", '"living"'), *QUEUES_AT,
         unknown_municipality=(queue("settler-a"), "settler")),
    case("r7_municipality_kana", lambda t: t.set(queue("tobetsu"), "kana", '"とうべつまち"'), queue("tobetsu"), "kana"),
    case("r7_municipality_code", lambda t: t.set(queue("tobetsu"), "code", '"013031"'), queue("tobetsu"), "code"),
    case("r7_municipality_code", lambda t: t.take_out(queue("tobetsu"), "code"), queue("tobetsu")),
    case("r7_municipality_english", lambda t: t.set(queue("tobetsu"), "english", '"Toubetsu"'), queue("tobetsu"), "english"),
    case("r7_settlers", lambda t: t.set(queue("settler-c"), "kind", '"living"').take_out(*SETTLER_C), *QUEUES_AT),
    case("r7_settler_years", settler_c(years=0.9), *SETTLER_C),
    case("r7_settler_from", settler_c("eniwa"), *SETTLER_C),
    case("r7_settler_from", settler_c("shinshinotsu"), *SETTLER_C),
    case("r7_settler_municipality", settler_c("chitose"), *SETTLER_C),
    case("r7_settler_family", settler_c(family=" 夫婦と 子ども".strip()), *SETTLER_C),
    case("r7_settler_job", settler_c(job="会社員(空港関連)"), *SETTLER_C),
    case("r7_living", lambda t: t.set(queue("living"), "kind", '"jobs"'), *QUEUES_AT),
    case("r7_jobs", lambda t: t.set(queue("jobs"), "kind", '"living"'), *QUEUES_AT),
    case("r7_bus", lambda t: t.set(queue("bus"), "kind", '"jobs"'), *QUEUES_AT),
    case("r7_bus", lambda t: t.add("[[queues]]", 'id = "bus-2"', 'kind = "bus"', 'name = "バス2"', 'short = "バス2"',
         'kana = "ばすに"', 'english = "Bus 2"', "talk_min = 22", *THIRTY_FIRST, 'role = "main"', 'queue = "bus-2"'), queue("bus-2"), "kind"),
    case("r7_booths", lambda t: t.drop(booth(30)), *BOOTHS_AT, r7_spares=BOOTHS_AT,
         r7_spare_per_municipality=(queue("naganuma"), "")),
    case("r7_main_per_queue", lambda t: t.add(*THIRTY_FIRST, 'role = "main"', 'queue = "bus"'),
         booth(31), "queue"),
    case("r7_main_per_queue", lambda t: t.set(booth(18), "role", '"spare"').take_out(booth(18), "queue"), queue("bus")),
    case("r7_spares", lambda t: t.add("[[queues]]", 'id = "bus-2"', 'kind = "jobs"', 'name = "仕事2"', 'short = "仕事2"',
         'kana = "しごとに"', 'english = "Jobs 2"', "talk_min = 22").set(booth(30), "role", '"main"')
         .set(booth(30), "queue", '"bus-2"').take_out(booth(30), "home"), *BOOTHS_AT,
         r7_spare_per_municipality=(queue("naganuma"), "")),
    case("r7_spare_per_municipality", lambda t: t.set(booth(30), "home", '"sapporo"'), queue("naganuma")),
    case("r7_seats", lambda t: t.set(booth(7), "seats", "1"), booth(7), "seats"),
    case("r7_seats", lambda t: t.set(booth(7), "consultants", "1"), booth(7), "consultants"),
    case("r7_reservation", lambda t: t.drop("[novelty]"), *WHOLE_FILE),
    case("r7_reservation", lambda t: t.drop("[novelty]").drop("[reservation]"), *WHOLE_FILE),
    case("r7_brief", lambda t: [t.take_out(each, "brief") for each in fields_of(t) if '"reservation"' in t.lines[t.line(each, "on") - 1] and t.has(each, "brief")], "[form]"),
    case("r7_card", lambda t: t.set(field("name"), "required", '["reservation"]'), "[form]"),
    case("r7_consents", lambda t: t.drop(CITY).drop(FURUSATO), *WHOLE_FILE, answers_need_consent=("[form]", "")),
]  # fmt: skip

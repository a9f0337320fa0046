"""The fair as the rest of the package reads it, and the sample fair's own facts."""

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from fair_text import FairText
from yobidashi.fair import Fair, FairInvalid, load_fair, load_fairs
from yobidashi.fairfile.sapporo_r7.facts import HISTORY, MUNICIPALITIES
from yobidashi.places import SAMPLE_FAIR


@pytest.fixture(scope="module")
def fair() -> Fair:
    return load_fair(SAMPLE_FAIR)


def test_facts_of_the_sample_fair(fair: Fair) -> None:
    assert (fair.slug, fair.name, fair.edition) == ("sapporo-2026", "北海道さっぽろ圏移住フェア", "令和７年度")
    assert fair.date == dt.date(2026, 2, 14)
    assert fair.date.strftime("%A") == "Saturday"
    assert fair.manual_due == fair.date - dt.timedelta(days=40)
    assert [queue.kind for queue in fair.queues] == [
        *["municipality"] * 12,
        *["settler"] * 3,
        *("living", "jobs", "bus"),
    ]
    assert [(q.name, q.kana, q.code, q.english) for q in fair.queues[:12]] == [tuple(each) for each in MUNICIPALITIES]
    assert sum(queue.demand for queue in fair.queues) == 103
    assert fair.goal is not None
    assert fair.goal.persons == 200


def test_booths_stand_in_the_order_of_the_map(fair: Fair) -> None:
    """18 main booths in the order of the queues, then 12 spares in the order of the municipalities."""
    assert [booth.number for booth in fair.booths] == list(range(1, 31))
    assert [booth.queue for booth in fair.booths[:18]] == [queue.id for queue in fair.queues]
    assert [booth.home for booth in fair.booths[18:]] == [queue.id for queue in fair.queues[:12]]
    assert {booth.role for booth in fair.booths[:18]} == {"main"}
    assert {booth.role for booth in fair.booths[18:]} == {"spare"}


def test_unknown_figures_are_none_never_zero(fair: Fair) -> None:
    figures = [(past.persons, past.consultations) for past in fair.history]
    assert figures == [(159, 469), (416, None), (80, None), (200, 341), (181, 369), (349, 556)]
    assert len(HISTORY) == 6


def test_settlers_carry_no_names(fair: Fair) -> None:
    """A profile says where, since when, family and job; there is no key for a person's name."""
    profiles = [queue.settler for queue in fair.queues if queue.settler is not None]
    assert len(profiles) == 3
    assert set(type(profiles[0]).model_fields) == {"municipality", "years", "family", "job"}
    assert fair.queue("settler-b").detail == "千歳市・子育て"


def test_at_gives_the_epoch_in_the_fairs_own_zone(fair: Fair) -> None:
    assert fair.at(fair.opens) == 1_771_032_600_000
    assert fair.at(dt.time(13, 20)) - fair.at(fair.opens) == (2 * 60 + 50) * 60_000
    at = dt.datetime.fromtimestamp(fair.at(fair.closes) / 1000, dt.UTC)
    assert at == dt.datetime(2026, 2, 14, 8, 0, tzinfo=dt.UTC)


def test_lookups(fair: Fair) -> None:
    assert fair.queue("bus").name == "バスのお仕事相談"
    assert fair.booth(30).home == "naganuma"
    with pytest.raises(KeyError):
        fair.queue("nowhere")
    with pytest.raises(KeyError):
        fair.booth(31)


def test_limits(fair: Fair) -> None:
    assert fair.limits._asdict() == {
        "largest_party": 20,
        "queues_per_party": 6,
        "undo_s": 10,
        "recall_s": 60,
        "reserved_in_a_row": 2,
        "grace_min": 10,
    }


def test_public_description(fair: Fair) -> None:
    public = fair.public(demonstration=True)
    assert json.loads(json.dumps(public)) == public
    queues, booths, plan = public.pop("queues"), public.pop("booths"), public.pop("plan")
    for key in ("reservation", "novelty", "form", "consents", "privacy"):
        assert public.pop(key), key
    assert public == {
        "slug": "sapporo-2026",
        "name": "北海道さっぽろ圏移住フェア",
        "english": "Hokkaido Sapporo Area Relocation Fair",
        "edition": "令和７年度",
        "date": "2026-02-14",
        "opens": "10:30",
        "closes": "17:00",
        "timezone": "Asia/Tokyo",
        "venue": "東京交通会館 12階 カトレアサロンA",
        "languages": ["ja", "en"],
        "demonstration": True,
        "series": "party",
        "limits": fair.limits._asdict(),
        "crowding": {"quiet_min": 8, "crowded_min": 25},
        "offers": {"from_min": 12, "to_min": 8, "margin_min": 5, "not_within": 2, "fresh_s": 15},
        "video": None,
    }
    assert set(plan["booths"]) == {str(number) for number in range(1, 31)}
    assert queues[13] == {
        "id": "settler-b",
        "kind": "settler",
        "name": "先輩移住者B",
        "short": "先輩移住者B",
        "kana": "せんぱいいじゅうしゃびー",
        "english": "Settler B",
        "detail": "千歳市・子育て",
        "letter": "P",
        "talk_min": 22,
        "demand": 2,
        "near": list(fair.queue("settler-b").near or ()),
    }
    assert (len(queues), len(booths)) == (18, 30)
    assert booths[0] == {"number": 1, "role": "main", "queue": "sapporo", "home": None, "online": False, "seats": 2}
    assert booths[29] == {"number": 30, "role": "spare", "queue": None, "home": "naganuma", "online": False, "seats": 2}


def test_the_plan_as_pages_draw_it(fair: Fair) -> None:
    plan = fair.public(demonstration=True)["plan"]
    assert (plan["width"], plan["height"]) == (30, 19)
    assert plan["booths"]["19"] == {"x": 15, "y": 5.6, "w": 2.2, "h": 2}
    entrance, reception, seats, kids = plan["places"]
    assert entrance == {
        "id": "entrance",
        "ja": "出入口",
        "en": "Entrance",
        "x": 22,
        "y": 18,
        "w": 5,
        "h": 1,
        "looks": "up",
    }
    assert (reception["id"], seats["id"], kids["ja"]) == ("reception", "seats", "キッズスペース")
    assert seats["looks"] == "right", "away from the nearest wall"


def test_whither_one_looks_may_be_said(tmp_path: Path) -> None:
    text = FairText.sample().set('id = "kids"', "looks", '"down"')
    assert load_fair(text.write(tmp_path)).public(demonstration=True)["plan"]["places"][3]["looks"] == "down"


def test_a_video_has_its_address_and_type(tmp_path: Path) -> None:
    text = FairText.sample().add("[video]", 'file = "移住 PR.MP4"')
    (tmp_path / "移住 PR.MP4").write_bytes(b"")
    video = load_fair(text.write(tmp_path)).public(demonstration=True)["video"]
    assert video == {"url": "/video/sapporo-2026", "type": "video/mp4"}


@pytest.mark.parametrize(
    "name", ["../pr.mp4", "films/pr.mp4", "films\\\\pr.mp4", ".mp4", ".pr.mp4", "pr.mov", "pr.mp4\\n"]
)
def test_a_video_is_a_file_beside_the_fairs_own(name: str, tmp_path: Path) -> None:
    text = FairText.sample().add("[video]", f'file = "{name}"')
    with pytest.raises(FairInvalid) as caught:
        load_fair(text.write(tmp_path))
    assert [fault.code for fault in caught.value.faults] == ["bad_form"]


def test_what_pages_draw_forms_from(fair: Fair) -> None:
    public = fair.public(demonstration=False)
    reservation, form, privacy = public["reservation"], public["form"], public["privacy"]
    assert (reservation["opens"], reservation["closes"]) == ("2025-12-15", "2026-02-13")
    assert (reservation["slot_min"], reservation["wishes"]) == (30, 3)
    assert reservation["slots"] == list(fair.slots("bus"))
    assert reservation["capacity"] == {queue.id: 1 for queue in fair.queues}
    assert public["novelty"] == {"name": "さっぽろ圏の特産品", "english": "A gift from the Sapporo area", "stock": 150}
    assert form["fields"][0] == {
        "key": "name",
        "ja": "お名前",
        "en": "Name",
        "kind": "text",
        "on": ["reservation", "card"],
        "required": ["reservation", "card"],
        "options": [],
        "max": 40,
        "brief": False,
        "contact": True,
        "hint_ja": None,
        "hint_en": None,
        "autocomplete": "name",
    }
    assert [consent["recipient"] for consent in public["consents"]] == [host.name for host in fair.hosts]
    assert privacy["kept_until"] == "2026-03-31"


def test_fields_of_the_sample_form(fair: Fair) -> None:
    """What the specification's forms ask, and only what a booth may read goes to the booth."""
    assert fair.form is not None
    reservation = [field.key for field in fair.form.asked("reservation")]
    card = [field.key for field in fair.form.asked("card")]
    assert reservation == [
        *("name", "kana", "mail", "phone", "residence", "age", "themes", "content", "when", "family"),
        *("work", "licence", "heard", "online", "needs", "language"),
    ]
    assert card == [
        *("name", "kana", "residence", "age", "companions", "interests", "themes", "when", "heard"),
        *("first_time", "needs", "language"),
    ]
    typed = [field.key for field in fair.form.asked("card") if field.kind in ("text", "kana", "mail", "phone", "long")]
    assert typed == ["name", "kana"]
    assert [field.key for field in fair.form.fields if field.contact] == ["name", "kana", "mail", "phone"]


def test_slots_run_from_opening_to_closing(fair: Fair) -> None:
    slots = fair.slots("sapporo")
    assert (slots[0], slots[-1] + 30 * 60_000) == (fair.at(fair.opens), fair.at(fair.closes))
    assert {later - earlier for earlier, later in pairwise(slots)} == {30 * 60_000}
    assert len(slots) == 13
    with pytest.raises(KeyError):
        fair.slots("nowhere")


def test_slots_and_places_as_the_file_says(tmp_path: Path) -> None:
    """The last slot ends at closing or before; 0 closes a queue; places are the main booths unless a figure stands there."""
    text = FairText.without_specification().set("[reservation]", "slot_min", "60")
    text.set('id = "bus"', "reserved_per_slot", "0").set('id = "jobs"', "reserved_per_slot", "4")
    text.add(
        "[[booths]]", "number = 31", 'role = "main"', 'queue = "otaru"', "plan = { x = 26, y = 12, w = 2.2, h = 2 }"
    )
    fair = load_fair(text.write(tmp_path))
    assert len(fair.slots("sapporo")) == 6
    assert fair.slots("sapporo")[-1] == fair.at(dt.time(15, 30))
    assert fair.slots("bus") == ()
    places = {queue: fair.slot_capacity(queue) for queue in ("sapporo", "otaru", "jobs", "bus")}
    assert places == {"sapporo": 1, "otaru": 2, "jobs": 4, "bus": 0}
    fair = load_fair(text.set("[reservation]", "per_slot", "7").write(tmp_path))
    assert [fair.slot_capacity(queue) for queue in ("otaru", "jobs", "bus")] == [7, 4, 0]


def test_reservations_are_taken_from_day_to_day_and_never_after_the_fair(tmp_path: Path) -> None:
    fair = load_fair(SAMPLE_FAIR)
    midnight = dt.timezone(dt.timedelta(hours=9))
    first = dt.datetime(2025, 12, 15, tzinfo=midnight).timestamp() * 1000
    end = dt.datetime(2026, 2, 14, tzinfo=midnight).timestamp() * 1000
    assert fair.reservation_period() == (first, end)
    text = FairText.sample().set("[reservation]", "closes", "2026-02-14")
    assert load_fair(text.write(tmp_path)).reservation_period() == (first, fair.at(fair.closes))


def test_public_description_tells_no_profile(fair: Fair) -> None:
    """The settlers' jobs and years are for the checker; pages are told the detail only."""
    written = json.dumps(fair.public(demonstration=False), ensure_ascii=False)
    assert "空港関連" not in written
    assert '"demonstration": false' in written


def test_the_scripts_are_told_which_booths_are_online(tmp_path: Path) -> None:
    text = FairText.without_specification().set("number = 2", "online", "true")
    booths = load_fair(text.write(tmp_path)).rules(demonstration=False)["booths"]
    assert {number for number, booth in booths.items() if booth.get("online")} == {"2"}


def test_rules_for_the_scripts(fair: Fair) -> None:
    rules = fair.rules(demonstration=False)
    assert json.loads(json.dumps(rules)) == rules
    queues, booths = rules.pop("queues"), rules.pop("booths")
    assert rules == {
        "series": "party",
        "first": 1,
        "skip": [4, 9, 42, 49, 110, 119],
        "largest_party": 20,
        "queues_per_party": 6,
        "undo_ms": 10_000,
        "parties_max": 9999,
        "tickets_max": 100_000,
        "demonstration": False,
        "cards_needed": True,
        "grace_ms": 600_000,
        "closes_ms": fair.at(dt.time(17, 0)),
        "utc_offset_ms": 9 * 3_600_000,
        "reserved_in_a_row": 2,
    }
    assert queues["sapporo"] == {"letter": "A"}
    assert len(queues) == 18
    assert booths["1"] == {"role": "main", "queue": "sapporo"}
    assert booths["19"] == {"role": "spare", "home": "sapporo"}
    assert len(booths) == 30


def test_what_is_not_set_is_absent_from_the_rules(tmp_path: Path) -> None:
    text = FairText.without_specification().take_out('id = "bus"', "letter").take_out("number = 30", "home")
    rules = load_fair(text.write(tmp_path)).rules(demonstration=True)
    assert rules["queues"]["bus"] == {}
    assert rules["booths"]["30"] == {"role": "spare"}
    assert rules["demonstration"] is True


def test_a_fair_is_frozen_and_equal_to_itself_read_again(fair: Fair) -> None:
    fair.queue("bus")
    assert load_fair(SAMPLE_FAIR) == fair
    with pytest.raises(ValidationError):
        fair.slug = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        fair.queues[0].name = "other"  # type: ignore[misc]


def test_the_smallest_fair(tmp_path: Path) -> None:
    """Another organiser needs [fair], one queue and one booth; the rest has defaults."""
    path = tmp_path / "fair.toml"
    path.write_text(
        """
[fair]
slug = "tokyo-2027"
name = "移住フェア"
kana = "いじゅうふぇあ"
english = "Relocation Fair"
edition = "第1回"
date = 2027-05-01
opens = "10:00"
closes = "16:00"
timezone = "Asia/Tokyo"
venue = "会場"
[[fair.hosts]]
role = "host"
name = "主催者"
[[queues]]
id = "a"
kind = "living"
name = "暮らし"
short = "暮らし"
kana = "くらし"
english = "Living"
talk_min = 20
[[booths]]
number = 1
role = "main"
queue = "a"
""",
        "utf-8",
    )
    fair = load_fair(path)
    assert fair.specification is None
    assert fair.goal is None
    assert fair.closing is None
    assert (fair.tickets.series, fair.tickets.undo_s, fair.crowding.quiet_min) == ("party", 10, 8)
    assert fair.booths[0].seats == 2
    assert (fair.slots("a"), fair.slot_capacity("a"), fair.reservation_period()) == ((), 0, None)
    public = fair.public(demonstration=False)
    assert [public[key] for key in ("reservation", "novelty", "form", "consents", "privacy")] == [
        None,
        None,
        None,
        [],
        None,
    ]


def test_load_refuses_with_every_fault(tmp_path: Path) -> None:
    text = FairText.sample().set("[tickets]", "undo_s", "0").set("number = 7", "seats", "1")
    with pytest.raises(FairInvalid) as caught:
        load_fair(text.write(tmp_path))
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [
        ("out_of_range", text.line("[tickets]", "undo_s")),
        ("r7_seats", text.line("number = 7", "seats")),
    ]
    said = str(caught.value).splitlines()
    assert len(said) == 2
    assert said[0].startswith(f"{tmp_path}/fair.toml:{text.line('[tickets]', 'undo_s')}: tickets.undo_s [out_of_range]")


def test_fairs_served_together_need_slugs_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = FairText.sample().write(tmp_path / "a")
    other = FairText.sample().set("[fair]", "slug", '"sapporo-2027"')
    assert [fair.slug for fair in load_fairs([one, other.write(tmp_path / "b")])] == ["sapporo-2026", "sapporo-2027"]
    same = FairText.sample()
    with pytest.raises(FairInvalid) as caught:
        load_fairs([one, same.write(tmp_path / "b")])
    (fault,) = caught.value.faults
    assert (fault.code, fault.file.parent.name, fault.line) == ("duplicate_slug", "b", same.line("[fair]", "slug"))

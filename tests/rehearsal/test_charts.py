"""Charts are SVG that stands by itself: everything drawn lies inside, and what people wrote stays text."""

import re
from xml.etree import ElementTree

import pytest

from yobidashi.rehearsal.charts import WIDTH, Bar, bars, course

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_values() -> None:
    chart = ElementTree.fromstring(bars([Bar("a", 10), Bar("b", 40), Bar("c", 0)]))  # noqa: S314 (our own words)
    first, second, third = (float(rect.attrib["width"]) for rect in chart.iter(f"{SVG}rect"))
    assert second == pytest.approx(4 * first, abs=0.2)
    assert third == 0


def test_a_chart_of_nothing_is_a_chart() -> None:
    ElementTree.fromstring(bars([Bar("a", 0)]))  # noqa: S314 (our own words)
    ElementTree.fromstring(course([""], [0.0], [0.0], unit="名"))  # noqa: S314 (our own words)


def test_a_course_stays_inside_and_shows_its_limit() -> None:
    text = course(["11:00", "", "12:00"], [3, 9, 4], [8, 20, 9], unit="名", mark=48, mark_words="待ち席 48")
    chart = ElementTree.fromstring(text)  # noqa: S314 (our own words)
    height = float(chart.attrib["viewBox"].split()[3])
    for x, y in re.findall(r"(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)", text):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= height
    assert "待ち席 48" in [node.text for node in chart.iter(f"{SVG}text")]


def test_words_stay_words() -> None:
    chart = ElementTree.fromstring(bars([Bar("<b>&", 1, words='"')]))  # noqa: S314 (our own words)
    assert [node.text for node in chart.iter(f"{SVG}text")] == ["<b>&", '"']

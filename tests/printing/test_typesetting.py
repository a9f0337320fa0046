"""From a document to its PDF: words stay words, the same document gives the same bytes, and bounds hold."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import BADGE, BADGES, MADE_AT
from printed import Printed, blankless
from yobidashi.printing import typesetting
from yobidashi.printing.badges import Badges
from yobidashi.printing.typesetting import PrintFault, pdf


def with_fair(words: str) -> Badges:
    return dataclasses.replace(BADGES, badges=(dataclasses.replace(BADGE, name="—"),), fair=words)


@pytest.mark.parametrize(
    "words",
    [
        '#panic("x")',
        "*太字* _斜体_",
        "$ x^2 $",
        "\\ \\u{41}",
        "<label> @ref",
        "= 見出し",
        "`code` // /* */",
        '"]}',
        "#{",
        "~ -- ...",
    ],
)
def test_what_a_person_wrote_stands_as_written(words: str) -> None:
    assert blankless(words) in Printed(pdf(with_fair(words))).text


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.text("#[]{}()*_$`<>@=\\\"'/~-+.\r\n\t\ud800\u202e", max_size=20)
)
def test_nothing_a_person_can_write_stops_the_typesetter(words: str) -> None:
    assert pdf(with_fair(words)).startswith(b"%PDF-1.7")


def test_control_and_turning_characters_are_shown_as_replaced() -> None:
    assert "見〓本〓" in Printed(pdf(with_fair("見\x07本\u202e"))).text


def test_the_date_of_the_pdf_is_the_documents_own() -> None:
    assert b"/CreationDate(D:20260210000005Z)" in pdf(BADGES)
    later = pdf(dataclasses.replace(BADGES, made_at=MADE_AT + dt.timedelta(seconds=1)))
    assert b"/CreationDate(D:20260210000006Z)" in later


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        pdf(dataclasses.replace(BADGES, made_at=MADE_AT.replace(tzinfo=None)))


@dataclass(frozen=True)
class Loose:
    """A document whose template or data are as a test wants them."""

    template: ClassVar[str] = "badges"

    content: Mapping[str, Any]
    made_at: dt.datetime = MADE_AT

    def data(self) -> Mapping[str, Any]:
        return self.content


def test_too_much_is_refused_before_it_is_set() -> None:
    with pytest.raises(PrintFault, match="more than"):
        pdf(Loose({"fair": "長" * typesetting.DATA_MAX_BYTES}))


def test_a_fault_says_what_is_the_matter_and_nothing_of_the_document() -> None:
    with pytest.raises(PrintFault) as caught:
        pdf(Loose({"name": "見本 太郎"}))
    assert str(caught.value).startswith("badges: ")
    assert "見本" not in str(caught.value)
    assert caught.value.__cause__ is None

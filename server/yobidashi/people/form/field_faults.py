"""What can be wrong with one field of a form: stable code, and a sentence in Japanese and in English that stands beside it.

A fault names the field and what is asked, never what was written: faults travel through answers, logs and error sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from yobidashi.queue.errors import Refusal

FAULTS_SHOWN: Final = 60
"""Faults told of one form: more than the fields of the longest."""

SENTENCES: Final = MappingProxyType(
    {
        "missing": ("お答えください。", "Please answer this."),
        "no_decision": (
            "「同意する」か「同意しない」を選んでください。",
            "Choose whether you agree or not; both are fine.",
        ),
        "wrong_type": ("読み取れない形です。入力し直してください。", "This cannot be read. Please enter it again."),
        "unknown_field": (
            "この様式にない項目です。ページを読み込み直してください。",
            "There is no such field. Reload the page.",
        ),
        "too_long": ("{limit}字以内で入力してください。", "Use at most {limit} characters."),
        "bad_character": (
            "使えない文字があります。入力し直してください。",
            "There are characters that cannot be used. Please enter it again.",
        ),
        "bad_kana": ("ひらがな・カタカナで入力してください。", "Write it in hiragana or katakana."),
        "bad_mail": (
            "メールアドレスの形を確かめてください（例 taro@example.jp）。",
            "Check the address, such as taro@example.jp.",
        ),
        "bad_phone": (
            "電話番号は市外局番から10〜11桁で、海外の番号は + から入力してください。",
            "Give 10 or 11 digits with the area code; begin a number abroad with +.",
        ),
        "unknown_option": ("選択肢から選んでください。", "Choose one of the answers."),
        "unknown_queue": ("この一覧から選んでください。", "Choose from the list."),
        "no_person": ("人数を入れてください。", "Say how many you are."),
        "too_many_persons": ("一組は{limit}名までです。", "A party has at most {limit} persons."),
        "too_many_wishes": ("ご希望は{limit}件までです。", "At most {limit} wishes can be made."),
        "no_reservations": (
            "ここは予約を受けていません。ほかをお選びください。",
            "This takes no reservations. Choose another.",
        ),
        "unknown_slot": ("時間をお選びください。", "Choose a time."),
        "queue_twice": ("同じ相談先が二度選ばれています。", "The same queue is chosen twice."),
        "slot_twice": (
            "同じ時間にほかの相談先を選んでいます。時間を変えてください。",
            "Another wish has the same time. Change one of them.",
        ),
    }
)
"""The words in braces are bounds, filled from the fault."""


class Unfit(Exception):
    """A value that its field does not take; `code` is one of `SENTENCES`."""

    def __init__(self, code: str, limit: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field at fault: where (``answers.mail``, ``party``, ``wishes.0.slot``, ``consents.city``) and why."""

    field: str
    code: str
    limit: int | None = None

    def to_object(self) -> dict[str, str]:
        """Give the fault as the HTTP API answers it."""
        ja, en = SENTENCES[self.code]
        return {
            "field": self.field,
            "code": self.code,
            "ja": ja.format(limit=self.limit),
            "en": en.format(limit=self.limit),
        }


def refuse(faults: Sequence[FieldFault]) -> None:
    """Refuse a form that has faults, with all of them at once.

    Raises:
        Refusal: ``invalid_answers``, unless there are none.
    """
    if faults:
        raise Refusal(
            "invalid_answers",
            {"count": len(faults), "faults": [fault.to_object() for fault in faults[:FAULTS_SHOWN]]},
        )

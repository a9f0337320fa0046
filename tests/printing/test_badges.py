"""Staff badges: what stands on them, eight on a sheet, and a QR code that the pages' own reader reads."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
import typst

from documents import BADGE, BADGES
from printed import Printed
from yobidashi.printing.badges import BADGES_MAX, NAME_MAX, Badge
from yobidashi.printing.typesetting import pdf, typesetter_arguments

if TYPE_CHECKING:
    from opening import OpenPage

READ_QR_CODES = """async pictures => {
  const { default: read } = await import('qr/decode.js');
  const found = [];
  for (const picture of pictures) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    found.push(read(context.getImageData(0, 0, image.width, image.height)));
  }
  return found;
}"""


def test_a_badge_says_who_what_where_and_until_when() -> None:
    badge = dataclasses.replace(BADGE, roles=("相談員",), booth=3)
    text = Printed(pdf(dataclasses.replace(BADGES, badges=(badge,)))).text
    for words in ("北海道さっぽろ圏移住フェア", "見本太郎", "相談員", "3番ブース", "B-0007"):
        assert words in text
    assert "有効2026年2月13日（金）〜2月14日（土）" in text
    assert "個人情報の持ち出し禁止・紛失時はただちに統括責任者へ" in text


def test_a_badge_of_one_day_and_one_over_the_turn_of_the_year() -> None:
    new_year = dt.date(2027, 1, 1)
    one = dataclasses.replace(BADGE, valid_from=new_year, valid_until=new_year)
    two = dataclasses.replace(BADGE, valid_from=dt.date(2026, 12, 31), valid_until=new_year)
    text = Printed(pdf(dataclasses.replace(BADGES, badges=(one, two)))).text
    assert "有効2027年1月1日（金）のみ" in text
    assert "有効2026年12月31日（木）〜2027年1月1日（金）" in text


def test_eight_badges_on_a_sheet_in_their_order() -> None:
    badges = tuple(dataclasses.replace(BADGE, badge_id=f"B-{n:04d}") for n in range(17))
    pages = Printed(pdf(dataclasses.replace(BADGES, badges=badges))).pages
    assert [page.count("見本太郎") for page in pages] == [8, 8, 1]
    assert [page.index(f"B-{n:04d}") for n in range(8) for page in pages[:1]] == sorted(
        pages[0].index(f"B-{n:04d}") for n in range(8)
    )


@pytest.mark.parametrize("name", ["見本" * (NAME_MAX // 2), "W" * NAME_MAX, "Mihon-Taro " * 3 + "見本", "太郎"])
def test_no_name_is_shortened(name: str) -> None:
    text = Printed(pdf(dataclasses.replace(BADGES, badges=(dataclasses.replace(BADGE, name=name),)))).text
    assert name.replace(" ", "") in text


@pytest.mark.parametrize("badges", [(), (BADGE,) * (BADGES_MAX + 1), (dataclasses.replace(BADGE, name="長" * 41),)])
def test_bounds(badges: tuple[Badge, ...]) -> None:
    with pytest.raises(ValueError, match=r"at most|1 to"):
        dataclasses.replace(BADGES, badges=badges)


async def test_the_pages_own_reader_reads_its_qr_code(open_page: OpenPage) -> None:
    urls = [BADGE.url, f"http://192.0.2.7:8000/fairs/sapporo-2026/sign-in#{'x' * 86}"]
    pictures = []
    for url in urls:
        sheet = dataclasses.replace(BADGES, badges=(dataclasses.replace(BADGE, url=url),))
        picture = typst.compile(**typesetter_arguments(sheet), format="png", ppi=150)
        pictures.append("data:image/png;base64," + base64.b64encode(picture).decode())
    page = await open_page("/", 390, 844)
    assert await page.evaluate(READ_QR_CODES, pictures) == urls

"""The report of `yobidashi check`: what a city officer reads."""

import io
from pathlib import Path

from fair_text import FairText
from yobidashi.check import FAULTS_SHOWN, check
from yobidashi.fairfile.examination import GENERAL_RULES
from yobidashi.fairfile.specification import SPECIFICATIONS
from yobidashi.places import SAMPLE_FAIR


def report(*paths: Path) -> tuple[int, str]:
    out = io.StringIO()
    return check(list(paths), out), out.getvalue()


def test_good_fair_names_every_rule_with_its_clause() -> None:
    status, said = report(SAMPLE_FAIR)
    assert status == 0
    lines = [" ".join(line.split()) for line in said.splitlines()]
    special = SPECIFICATIONS["sapporo-r7"]
    replaced = {rule.instead_of for rule in special}
    for rule in (*GENERAL_RULES, *special):
        line = " ".join(f"✓ {rule.clause} {rule.asks.ja} {rule.asks.en}".split())
        assert (line in lines) == (rule.code not in replaced), line
    assert "✗" not in said
    assert "相談先 18・ブース 30（メイン 18・予備 12）" in said
    assert "2026-02-14（土） 10:30–17:00" in said
    assert "✓ 不備はありません。このフェアは開けます。 No faults; this fair can be served." in lines


def test_fair_of_another_organiser_is_spared_the_citys_minimums(tmp_path: Path) -> None:
    status, said = report(FairText.without_specification().drop("number = 30").write(tmp_path))
    assert status == 0
    assert "仕様書" not in said


def test_bad_fair_says_line_rule_and_what_to_do(tmp_path: Path) -> None:
    text = FairText.sample().set("number = 7", "seats", "1").set('id = "bus"', "kana", '"バス"')
    status, said = report(text.write(tmp_path))
    assert status == 1
    lines = [" ".join(line.split()) for line in said.splitlines()]
    seats, kana = text.line("number = 7", "seats"), text.line('id = "bus"', "kana")
    assert f"1. {kana} 行目 line {kana} queues[18].kana bad_form" in lines
    assert f"2. {seats} 行目 line {seats} booths[7].seats 仕様書 5⑴エ(ｲ) r7_seats" in lines
    assert "→ 相談者の席 2 以上にしてください。いまは 1 です。" in lines
    assert "Make it at least 2 seats; it is 1." in lines
    assert "✗ 5⑴エ(ｲ) メインのブースは相談者 2 席・相談員 2 席 main booths seat 2 visitors and 2 consultants" in lines
    assert "✗ 表・キー・値の形と範囲が正しい tables, keys, forms and bounds of values" in lines
    assert any(line.startswith("✗ 不備が 2 件あります。") for line in lines)
    assert "✓ 不備はありません" not in said


def test_rule_that_cannot_be_judged_is_neither_held_nor_broken(tmp_path: Path) -> None:
    status, said = report(FairText.sample().set("[fair]", "opens", '"10h30"').write(tmp_path))
    assert status == 1
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert "– 開場は閉場より前 the fair opens before it closes" in lines
    assert any(line.startswith("– は、下の不備を直すと確かめられます。") for line in lines)


def test_nothing_from_the_file_reaches_the_terminal_unescaped(tmp_path: Path) -> None:
    text = FairText.sample().set("[fair]", "name", r'"\u001B[2Jx[bold]\u202E"').set("[fair]", r'"\u001B[31m"', "1")
    status, said = report(text.write(tmp_path))
    assert status == 1
    assert not {"\x1b", "\u202e"} & set(said)
    assert "[bold]" in said


def test_more_faults_than_one_reads_are_counted(tmp_path: Path) -> None:
    text = FairText.sample().add("[extra]").add(*[f"key-{i} = 1" for i in range(3)])
    for i in range(FAULTS_SHOWN + 20):
        text.set("[fair]", f"zz{i}", "1")
    status, said = report(text.write(tmp_path))
    assert status == 1
    assert f"{FAULTS_SHOWN}. " in said
    assert f"{FAULTS_SHOWN + 1}. " not in said
    assert "ほか 21 件 and 21 more" in said


def test_several_files_each_get_their_report(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[fair\n", "utf-8")
    status, said = report(SAMPLE_FAIR, broken, tmp_path / "none.toml")
    assert status == 1
    assert said.count("✓ 不備はありません") == 1
    assert said.count("✗ 不備が 1 件あります") == 2
    assert "表の見出しが閉じていません" in said
    assert "none.toml がありません" in said

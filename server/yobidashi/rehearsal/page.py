"""The report as one page of HTML that needs nothing else: it can be sent, kept, and opened years later."""

from html import escape
from typing import Final

from yobidashi.printing.rehearsal_report import Answer, Part, RehearsalReport, TablePart, Words
from yobidashi.printing.written import moment

STYLE: Final = """
* { box-sizing: border-box; }
body { margin: 0; background: #F1F3F5; color: #0D1117; font: 16px/1.5 "BIZ UDPGothic", "Noto Sans JP", "Hiragino Sans",
  "Yu Gothic UI", sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px 64px; }
h1 { font-size: 30px; margin: 0; line-height: 1.2; }
h2 { font-size: 20px; margin: 0 0 8px; }
.en { color: #3B4652; font-size: 14px; font-weight: 400; }
h2 .en { margin-left: 10px; }
p { margin: 4px 0 12px; }
header { border-bottom: 2px solid #0D1117; padding-bottom: 16px; margin-bottom: 24px; }
section { background: #FFF; padding: 20px; margin-bottom: 24px; overflow-x: auto; }
.answers { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 16px; margin-bottom: 24px; }
.answers div { background: #FFF; padding: 16px 20px; }
.answers strong { display: block; font-size: 34px; line-height: 1.25; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 7px 10px; border-bottom: 1px solid #C3CBD4; text-align: right; vertical-align: bottom; }
th { border-bottom: 2px solid #0D1117; line-height: 1.25; font-size: 14px; }
th .en, td .en { display: block; }
th:first-child, td:first-child { text-align: left; }
tr.strong td { font-weight: 700; background: #F1F3F5; }
svg { display: block; width: 100%; height: auto; }
li { margin-bottom: 8px; }
@media print { body { background: #FFF; } section, .answers div { padding: 8px 0; break-inside: avoid; } }
"""


def page(report: RehearsalReport) -> str:
    """Give the whole page."""
    title = escape(f"予行の報告 — {report.fair}")
    parts = "".join(map(_part, report.parts))
    assumptions = "".join(f"<li>{_beside(words)}</li>" for words in report.assumptions)
    return f"""<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header>
<p>{escape(report.fair)} <span class="en" lang="en">{escape(report.english)}</span></p>
<h1>予行の報告</h1>
<p class="en" lang="en">Rehearsal: what to expect of the day</p>
<p>{_beside(report.basis)}</p>
<p class="en">{escape(moment(report.made_at))}</p>
</header>
<div class="answers">{"".join(map(_answer, report.answers))}</div>
{parts}
<section>
<h2>置いた仮定<span class="en" lang="en">What was assumed</span></h2>
<ul>{assumptions}</ul>
</section>
</main>
</body>
</html>
"""


def _answer(answer: Answer) -> str:
    return f"<div>{_beside(answer.about)}<strong>{escape(answer.figure)}</strong>{_beside(answer.meant)}</div>"


def _part(part: Part) -> str:
    title = f'<h2>{escape(part.title.ja)}<span class="en" lang="en">{escape(part.title.en)}</span></h2>'
    note = f"<p>{_beside(part.note)}</p>" if part.note else ""
    return f"<section>{title}{note}{_table(part) if isinstance(part, TablePart) else part.svg}</section>\n"


def _table(part: TablePart) -> str:
    heads = "".join(f'<th scope="col">{_beside(head)}</th>' for head in part.heads)
    rows = "".join(
        f"<tr{' class=strong' if i == part.strong else ''}>{''.join(map(_cell, row))}</tr>"
        for i, row in enumerate(part.rows)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(words: str) -> str:
    ja, _, english = words.partition("\n")
    return f"<td>{_beside(Words(ja, english))}</td>"


def _beside(words: Words) -> str:
    english = f' <span class="en" lang="en">{escape(words.en)}</span>' if words.en else ""
    return f"{escape(words.ja)}{english}"

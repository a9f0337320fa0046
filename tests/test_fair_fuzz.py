"""Spoilt files and wild values: whatever stands there, faults in words and never a traceback."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fair_text import FairText, assert_sound
from yobidashi.fairfile.examination import examine
from yobidashi.fairfile.shape import fitted

SAMPLE = "\n".join(FairText.sample().lines)

JUNK = [
    "",
    "1",
    "-1",
    "nan",
    '"x"',
    "[]",
    "[[1]]",
    "{}",
    "{ a = 1 }",
    "true",
    "2026-02-14",
    "10:30:00",
    '"\\u0000"',
    '"' + "長" * 300 + '"',
]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_spoilt_files_never_raise(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Lines lost, doubled, swapped or filled with junk: always faults with a line and a sentence, or a fair."""
    random = Random(seed)
    lines = SAMPLE.split("\n")
    for _ in range(random.randint(1, 4)):
        i, j = random.randrange(len(lines)), random.randrange(len(lines))
        act = random.randrange(5)
        if act == 0:
            del lines[i]
        elif act == 1:
            lines.insert(i, lines[j])
        elif act == 2:
            lines[i], lines[j] = lines[j], lines[i]
        elif act == 3:
            lines[i] = lines[i].split("=")[0] + "= " + random.choice(JUNK)
        else:
            at = random.randrange(len(lines[i]) + 1)
            lines[i] = lines[i][:at] + random.choice("[]{}\"'=#\\.,\0\r札") + lines[i][at + random.randint(0, 1) :]
    path = tmp_path_factory.mktemp("spoilt") / "fair.toml"
    path.write_bytes("\n".join(lines).encode())
    examination = examine(path)
    assert (examination.document is None) == bool(examination.faults)
    assert all(1 <= fault.line <= len(lines) + 1 for fault in examination.faults)
    assert_sound(examination.faults)


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
TABLES = [
    *("fair", "goal", "history", "tickets", "calling", "closing", "day", "queues", "booths", "zzz"),
    *("reservation", "novelty", "form", "consents", "privacy"),
]
KEYS = [
    "id",
    "kind",
    "settler",
    "municipality",
    "number",
    "role",
    "hosts",
    "opens",
    "skip",
    "queue",
    "timezone",
    "é",
    "fields",
    "options",
    "on",
    "ja",
]


@settings(deadline=None, max_examples=80)
@given(
    st.dictionaries(
        st.sampled_from(TABLES),
        WILD
        | st.dictionaries(st.sampled_from(KEYS), WILD)
        | st.lists(st.dictionaries(st.sampled_from(KEYS), WILD), max_size=3),
    )
)
def test_wild_values_never_raise(values: dict[str, Any]) -> None:
    """Whatever stands where a table, key or value should: misfits in words, and a draft that can be judged."""
    _, misfits = fitted(values)
    assert misfits
    assert all(misfit.finding.expected.ja and misfit.finding.came.ja for misfit in misfits)

"""The sample fair on a day whose noon is now, so that it is open, and its guidance at work, whatever the clock says."""

import datetime as dt
import re
from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).resolve().parents[2] / "fair.toml"
NOON: Final = 12
KEPT_DAYS: Final = 60
"""Until the contract ends and personal data must be gone."""


def fair_of_today(folder: Path) -> Path:
    """Write the fair into ``folder``: held today, in the time zone where it is between noon and one o'clock now."""
    ahead = NOON - dt.datetime.now(dt.UTC).hour
    today = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=ahead)).date()
    later = today + dt.timedelta(KEPT_DAYS)
    text = SAMPLE.read_text("utf-8")
    # No `specification`: that day is the city's, and this one is not.
    text = re.sub(r"^specification = .*\n", "", text, flags=re.MULTILINE)
    values = {
        "date": str(today),
        "manual_due": str(today),
        "contract_ends": str(later),
        "deletion_deadline": str(later),
        "timezone": f'"Etc/GMT{-ahead:+d}"' if ahead else '"Etc/GMT"',
    }
    for key, value in values.items():
        text, found = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
        assert found == 1, f"the sample fair has no {key}"
    text = re.sub(r"(?ms)^(\[reservation\].*?^opens = )\S+", rf"\g<1>{today}", text, count=1)
    text = re.sub(r"(?ms)^(\[reservation\].*?^closes = )\S+", rf"\g<1>{today}", text, count=1)
    path = folder / "fair.toml"
    path.write_text(text, "utf-8")
    return path

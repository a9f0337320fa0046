"""The sample fair as text to spoil: set, add or take out one key of one table, and say on which line it then stands."""

from collections.abc import Callable, Iterable
from pathlib import Path

from yobidashi.fairfile.faults import Fault
from yobidashi.places import SAMPLE_FAIR


class FairText:
    """Lines of a fair's file. A table is named by its heading, or by one of its lines where there are several."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    @classmethod
    def sample(cls) -> "FairText":
        """The sample fair, as it is."""
        return cls(SAMPLE_FAIR.read_text("utf-8"))

    @classmethod
    def without_specification(cls) -> "FairText":
        """The sample fair as another organiser's: judged by the general rules only."""
        return cls.sample().take_out("[fair]", "specification")

    def set(self, table: str, key: str, value: str) -> "FairText":
        """Write `key = value` where the key stands, or at the end of the table."""
        start, end = self._span(table)
        at = self._key(start, end, key)
        if at is None:
            self.lines.insert(end, f"{key} = {value}")
        else:
            self.lines[at] = f"{key} = {value}"
        return self

    def take_out(self, table: str, key: str) -> "FairText":
        """Delete a key's line."""
        at = self._key(*self._span(table), key)
        assert at is not None, f"{table} has no {key}"
        del self.lines[at]
        return self

    def has(self, table: str, key: str) -> bool:
        """Tell whether a table has a key."""
        return self._key(*self._span(table), key) is not None

    def drop(self, table: str) -> "FairText":
        """Delete a whole table."""
        start, end = self._span(table)
        del self.lines[start:end]
        return self

    def add(self, *lines: str) -> "FairText":
        """Write lines at the end of the file."""
        self.lines += ["", *lines]
        return self

    def swap(self, one: str, other: str) -> "FairText":
        """Let two tables of one length change places."""
        first, second = self._span(one), self._span(other)
        here, there = self.lines[slice(*first)], self.lines[slice(*second)]
        self.lines[slice(*second)] = here
        self.lines[slice(*first)] = there
        return self

    def line(self, table: str, key: str = "") -> int:
        """Line number, from 1, of a key or, without one, of its table's heading; 1 without a table."""
        if not table:
            return 1
        start, end = self._span(table)
        at = self._key(start, end, key) if key else start
        assert at is not None, f"{table} has no {key}"
        return at + 1

    def write(self, folder: Path) -> Path:
        """Write the file into a folder."""
        path = folder / "fair.toml"
        path.write_text("\n".join(self.lines), "utf-8")
        return path

    def _span(self, table: str) -> tuple[int, int]:
        """First line of a table, its heading, and the first after its last key."""
        found = next((i for i, line in enumerate(self.lines) if line.split("#")[0].strip() == table), None)
        assert found is not None, f"no line {table}"
        start = found
        while not self.lines[start].startswith("["):
            start -= 1
        end = start + 1
        while end < len(self.lines) and "=" in self.lines[end].split("#")[0]:
            end += 1
        return start, end

    def _key(self, start: int, end: int, key: str) -> int | None:
        return next((i for i in range(start, end) if self.lines[i].split("=")[0].strip() == key), None)


Spoil = Callable[[FairText], FairText]


def assert_sound(faults: Iterable[Fault]) -> None:
    """Every sentence is there, in both languages, and one line."""
    for fault in faults:
        assert fault.ja
        assert fault.en
        assert fault.expected.ja
        assert fault.came.ja
        assert fault.en.isprintable()
        assert "\n" not in fault.ja
        assert "Traceback" not in str(fault)

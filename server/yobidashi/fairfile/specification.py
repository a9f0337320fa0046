"""The specifications a fair can name: whose minimums it is judged by beside the general rules.

A fair of another organiser names none. A new one is a folder like `sapporo_r7`, a line here and its name in
`tables.FairTable`.
"""

from yobidashi.fairfile.rule import Rule
from yobidashi.fairfile.sapporo_r7 import booths, fair, queues, visitors

SPECIFICATIONS: dict[str, tuple[Rule, ...]] = {
    "sapporo-r7": (*fair.RULES, *queues.RULES, *booths.RULES, *visitors.RULES),
}
"""The rules of each, in the order of the report."""

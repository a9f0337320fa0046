"""Canaries: made-up records among the people's, with words that stand nowhere else, so that a leak can be looked for.

They are sealed and kept like everybody's record. Their words are made of the fair's audit key, which is outside Redis and
outlives the destruction of the data: they need not be written down anywhere, and can be searched for years later. Whoever
finds one of these words in a file, a log or a backup has found personal data that left the vault.
"""

import hashlib
import hmac
from typing import Any, Final

CANARIES: Final = 3
"""Made-up records of one fair."""

KIND: Final = "canary"
MARKER_BYTES: Final = 12


def markers(audit_key: bytes) -> tuple[str, ...]:
    """Give the words of a fair's canaries, one each: 24 letters and digits that mean nothing."""
    return tuple(
        hmac.new(audit_key, f"canary {number}".encode(), hashlib.sha256).hexdigest()[: 2 * MARKER_BYTES]
        for number in range(1, CANARIES + 1)
    )


def canaries(audit_key: bytes) -> dict[str, dict[str, Any]]:
    """Give the canaries' records by their places. They are nobody: no list, search or export shows their kind."""
    return {
        f"{KIND}:{number}": {
            "answers": {"name": f"見本 {marker}", "mail": f"{marker}@example.invalid", "phone": marker}
        }
        for number, marker in enumerate(markers(audit_key), 1)
    }

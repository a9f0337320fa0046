"""Secrets that stand for somebody: made at random, given out once, kept as their SHA-256 alone."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

BADGE_BYTES: Final = 16
SESSION_BYTES: Final = 32

MEMBER_ID: Final = r"s[0-9]{2,4}"
DEVICE_ID: Final = r"[A-Za-z0-9_-]{22}"
SECRET: Final = r"[A-Za-z0-9_-]{22,64}"  # noqa: S105 - how one is written, not one

_DEVICE_COOKIE: Final = re.compile(f"({DEVICE_ID})\\.({SECRET})")
_SESSION_COOKIE: Final = re.compile(SECRET)


def new_badge() -> str:
    """Give a badge's secret: 128 bits as 22 characters."""
    return secrets.token_urlsafe(BADGE_BYTES)


def new_session() -> str:
    """Give a sign-in's token: 256 bits as 43 characters."""
    return secrets.token_urlsafe(SESSION_BYTES)


def digest(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256. Secrets are long and random, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_of(secret: str) -> str:
    """Give what a page proves itself with: made of the cookie's secret, which a page itself cannot read."""
    return urlsafe_b64encode(hashlib.sha256(b"csrf" + secret.encode()).digest()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class DeviceToken:
    """What an enrolled device shows: its id and its secret."""

    id: str
    secret: str

    def cookie(self) -> str:
        """Give the cookie's value."""
        return f"{self.id}.{self.secret}"

    @classmethod
    def from_cookie(cls, value: str | None) -> "DeviceToken | None":
        """Read a cookie; None for anything that is none."""
        found = _DEVICE_COOKIE.fullmatch(value or "")
        return cls(found[1], found[2]) if found else None


def session_from_cookie(value: str | None) -> str | None:
    """Read a sign-in's token from its cookie; None for anything that is none."""
    return value if value and _SESSION_COOKIE.fullmatch(value) else None


def device_cookie(slug: str) -> str:
    """Name the device's cookie of a fair.

    Without ``__Host-``: that prefix needs TLS, which a hall's own network does not have.
    """
    return f"yobi-device-{slug}"


def session_cookie(slug: str) -> str:
    """Name the sign-in's cookie of a fair."""
    return f"yobi-session-{slug}"

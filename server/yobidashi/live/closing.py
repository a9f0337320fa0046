"""Why a socket is closed. The code's range says whether the page should come back: 4000–4499 yes, 4500–4999 no."""

from dataclasses import dataclass
from typing import Final

REASON_MAX_BYTES: Final = 123
"""RFC 6455: a control frame holds 125 bytes, two of them the code."""


def cut(reason: str) -> bytes:
    """Give as much of a reason as a close frame holds, in whole characters."""
    return reason.encode()[:REASON_MAX_BYTES].decode(errors="ignore").encode()


@dataclass(frozen=True, slots=True)
class Closing:
    """A close code with its word and sentence."""

    code: int
    word: str
    sentence: str

    def reason(self, detail: str = "") -> str:
        """Give the text of the close frame, cut to what fits."""
        return cut(f"{self.word}: {detail or self.sentence}").decode()


BEHIND: Final = Closing(4000, "behind", "this page read too slowly; come back and catch up")
RESTARTING: Final = Closing(4001, "restarting", "the server restarts or is not ready yet; come back")
AHEAD: Final = Closing(4002, "ahead", "this position is not known here yet; come back without one")
FULL: Final = Closing(4003, "full", "too many pages are connected; come back later")
HELLO_TIMEOUT: Final = Closing(4004, "hello_timeout", "no hello came in time; come back")
LEAVING: Final = Closing(4005, "leaving", "this server ends, another one serves; come back at once")
BAD_FRAME: Final = Closing(4500, "bad_frame", "after the hello a page sends nothing")
BAD_HELLO: Final = Closing(4501, "bad_hello", "this is not a hello")
UNSUPPORTED_PROTOCOL: Final = Closing(4502, "unsupported_protocol", "reload the page to get this server's version")
UNKNOWN_FAIR: Final = Closing(4503, "unknown_fair", "there is no such fair here")
NOT_SIGNED_IN: Final = Closing(4504, "not_signed_in", "sign in, then open the page anew")
NOT_ALLOWED: Final = Closing(4505, "not_allowed", "this is not among what your role may see")
FOREIGN_ORIGIN: Final = Closing(4506, "foreign_origin", "only pages of this server may listen")
UNKNOWN_LINK: Final = Closing(4507, "unknown_link", "this page's link is not known here")

COMES_BACK_BELOW: Final = 4500
"""Codes from here on mean: do not come back by yourself."""

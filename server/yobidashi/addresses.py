"""What the server says when it is ready: where its pages are, for this machine and for the handhelds in the hall."""

import contextlib
import fcntl
import io
import ipaddress
import socket
import struct
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

import segno

MOST_LAN_ADDRESSES = 4
"""Addresses shown; a laptop with containers has many more, and nobody reads them."""
OUTSIDE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737). A UDP socket "connected" to it sends nothing; it only tells the default route."""
GET_INTERFACE_ADDRESS = 0x8915
"""Linux's ioctl SIOCGIFADDR."""


class Named(Protocol):
    """What the list tells of a fair."""

    @property
    def slug(self) -> str:
        """The fair's part of its pages' addresses."""

    @property
    def name(self) -> str:
        """The fair's name in Japanese."""


def page_list(
    host: str,
    port: int,
    fairs: Sequence[Named],
    booths: Sequence[Sequence[int]],
    *,
    first_links: Mapping[str, str] | None = None,
    demonstration: bool = False,
    terminal: bool = False,
) -> str:
    """The friendly list: every fair's pages, and where the server is open to the hall its addresses and a QR code.

    Args:
        host: the address the server listens on.
        port: the port it listens on.
        fairs: the fairs served, in order; a single one needs no slug in its addresses.
        booths: the booth numbers of each fair.
        first_links: by slug, the token of the link that makes a fair's first chief, where it has none yet.
        demonstration: whether everybody may set the fairs' clocks and empty them.
        terminal: whether colours can be said, which makes the QR code readable on a light background too.
    """
    hall = lan_addresses() if is_open(host) else []
    own = f"http://{_in_url(host if not is_wildcard(host) else '127.0.0.1')}:{port}"
    lines = ["", "  呼出 Yobidashi"]
    for fair, numbers in zip(fairs, booths, strict=True):
        base = own if len(fairs) == 1 else f"{own}/fairs/{fair.slug}"
        lines += ["", f"  {fair.name}"]
        lines += [_row("はじめのページ", "Start", f"{base}/")]
        lines += [_row("受付", "Reception", f"{base}/reception")]
        if numbers:
            last = f" … /booths/{max(numbers)}" if len(numbers) > 1 else ""
            lines += [_row("ブース", "Booths", f"{base}/booths/{min(numbers)}{last}")]
        lines += [_row("進行管理", "Floor", f"{base}/floor")]
        lines += [_row("呼出画面", "Calls", f"{base}/calls"), _row("案内画面", "Guide", f"{base}/guide")]
    if is_open(host):
        if not is_wildcard(host):
            hall = [host]
        lines += ["", "  会場のスマートフォンから  From handhelds in the hall"]
        lines += [f"    http://{_in_url(address)}:{port}/" for address in hall] or [
            "    (no network: 回線がありません)"
        ]
        if hall:
            lines += ["", *_qr_code(f"http://{_in_url(hall[0])}:{port}/", terminal=terminal)]
    address = f"http://{_in_url(hall[0])}:{port}" if hall else own
    for fair in fairs:
        if token := (first_links or {}).get(fair.slug):
            base = address if len(fairs) == 1 else f"{address}/fairs/{fair.slug}"
            lines += _first_link(fair.name, f"{base}/set-up#{token}", terminal=terminal)
    if demonstration:
        lines += [
            "",
            "  練習用です。番号は本物ではありません。  A demonstration: anybody can set its clock and empty it.",
        ]
    lines += ["", "  止めるには Ctrl-C。列はそのまま残ります。  Ctrl-C stops it; every queue stays as it is.", ""]
    return "\n".join(lines)


def _first_link(fair: str, address: str, *, terminal: bool) -> list[str]:
    return [
        "",
        f"  {fair}：はじめの統括責任者を登録してください。このリンクは1回だけ、60分以内に使えます。",
        "  Make the first chief of this fair. This link works once, within 60 minutes:",
        f"    {address}",
        "",
        *(_qr_code(address, terminal=terminal) if terminal else []),
    ]


def is_wildcard(host: str) -> bool:
    """Whether `host` stands for every address of this machine."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_unspecified
    return False


def is_open(host: str) -> bool:
    """Whether others on the network can reach a server on `host`."""
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(host).is_loopback
    return host != "localhost"


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks, the default route's first; a hall without internet has none such."""
    found: list[str] = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(OUTSIDE)
        found.append(probe.getsockname()[0])
    if sys.platform == "linux":
        found += _interface_addresses()
    else:
        with contextlib.suppress(OSError):
            found += socket.gethostbyname_ex(socket.gethostname())[2]
    useful = [address for address in dict.fromkeys(found) if not _only_here(address)]
    return useful[:MOST_LAN_ADDRESSES]


def _interface_addresses() -> list[str]:
    addresses = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # an interface without an IPv4 address
                answer = fcntl.ioctl(probe, GET_INTERFACE_ADDRESS, struct.pack("256s", name.encode()[:15]))
                addresses.append(socket.inet_ntoa(answer[20:24]))
    return addresses


def _only_here(address: str) -> bool:
    found = ipaddress.ip_address(address)
    return found.is_loopback or found.is_link_local or found.is_unspecified


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _row(japanese: str, english: str, address: str) -> str:
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in japanese)
    return f"    {japanese}{' ' * (16 - width)}{english:<11}{address}"


def _qr_code(text: str, *, terminal: bool) -> list[str]:
    drawn = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(drawn, border=2, compact=True)
    rows = drawn.getvalue().splitlines()
    # White on black whatever the terminal's own colours are: scanners dislike a code that is inverted.
    return [f"    \x1b[40;97m{row}\x1b[0m" for row in rows] if terminal else [f"    {row}" for row in rows]

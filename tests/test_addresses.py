"""The friendly list that a starting server prints."""

import ipaddress
from dataclasses import dataclass

import pytest

from yobidashi.addresses import MOST_LAN_ADDRESSES, is_open, lan_addresses, page_list


@dataclass(frozen=True)
class Fair:
    slug: str
    name: str


SAPPORO = Fair("sapporo-2026", "北海道さっぽろ圏移住フェア")
OTARU = Fair("otaru", "小樽フェア")
BOOTHS = range(1, 31)


def test_one_fair_needs_no_slug() -> None:
    shown = page_list("127.0.0.1", 8000, [SAPPORO], [BOOTHS])
    assert "北海道さっぽろ圏移住フェア" in shown
    for path in ("/", "/reception", "/booths/1 … /booths/30", "/floor", "/calls"):
        assert f"http://127.0.0.1:8000{path}\n" in shown
    assert "handhelds" not in shown
    assert "▄" not in shown, "no QR code for an address that only this machine has"


def test_several_fairs_have_their_slugs() -> None:
    shown = page_list("127.0.0.1", 8000, [SAPPORO, OTARU], [BOOTHS, [7]])
    assert "http://127.0.0.1:8000/fairs/sapporo-2026/calls\n" in shown
    assert "http://127.0.0.1:8000/fairs/otaru/booths/7\n" in shown


def test_the_columns_stand_below_each_other_in_a_terminal() -> None:
    rows = [line for line in page_list("127.0.0.1", 8000, [SAPPORO], [BOOTHS]).splitlines() if "http" in line]
    # A Japanese letter is two columns wide.
    columns = {len(row[: row.index("http")]) + sum(letter >= "　" for letter in row) for row in rows}
    assert len(columns) == 1


def test_an_open_server_names_its_address_in_the_hall_with_a_qr_code() -> None:
    shown = page_list("192.0.2.7", 8000, [SAPPORO], [BOOTHS])
    assert "From handhelds in the hall" in shown
    assert "    http://192.0.2.7:8000/\n" in shown
    assert "▄" in shown
    assert "\x1b" not in shown
    assert "\x1b[40;97m" in page_list("192.0.2.7", 8000, [SAPPORO], [BOOTHS], terminal=True)


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert "http://[2001:db8::7]:8000/calls" in page_list("2001:db8::7", 8000, [SAPPORO], [BOOTHS])
    assert "http://[::1]:8000/calls" in page_list("::1", 8000, [SAPPORO], [BOOTHS])


@pytest.mark.parametrize(
    ("host", "opens"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("::", True), ("hall.local", True)],  # noqa: S104
)
def test_what_opens_a_server_to_the_network(host: str, opens: bool) -> None:
    assert is_open(host) is opens


def test_lan_addresses_are_others_ways_to_this_machine() -> None:
    found = lan_addresses()
    assert len(found) <= MOST_LAN_ADDRESSES
    assert len(set(found)) == len(found)
    assert not any(ipaddress.ip_address(address).is_loopback for address in found)


def test_a_fair_without_a_chief_has_a_link_under_the_address_that_others_reach() -> None:
    shown = page_list("192.0.2.7", 8000, [SAPPORO, OTARU], [BOOTHS, [7]], first_links={"otaru": "secret"})
    assert "http://192.0.2.7:8000/fairs/otaru/set-up#secret\n" in shown
    assert "sapporo-2026/set-up" not in shown
    alone = page_list("127.0.0.1", 8000, [SAPPORO], [BOOTHS], first_links={"sapporo-2026": "secret"})
    assert "http://127.0.0.1:8000/set-up#secret\n" in alone
    assert "▄" not in alone
    assert "▄" in page_list(
        "127.0.0.1", 8000, [SAPPORO], [BOOTHS], first_links={"sapporo-2026": "secret"}, terminal=True
    )

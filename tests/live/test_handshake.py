"""How a connection becomes a websocket, or why not."""

from http import HTTPStatus

import pytest

from yobidashi.live.handshake import NoHandshake, agreed, key_of, refused, subprotocols_of

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="  # of RFC 6455, section 1.3
HEADERS = [(b"sec-websocket-version", b"13"), (b"sec-websocket-key", KEY)]


def test_the_answer_to_the_standard_s_own_example() -> None:
    assert key_of("GET", "1.1", HEADERS) == KEY
    answer = agreed(KEY, [(b"date", b"today")])
    assert answer.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert answer.endswith(b"\r\ndate: today\r\n\r\n")


@pytest.mark.parametrize(
    ("method", "version", "headers", "status"),
    [
        ("POST", "1.1", HEADERS, HTTPStatus.BAD_REQUEST),
        ("GET", "1.0", HEADERS, HTTPStatus.BAD_REQUEST),
        ("GET", "1.1", HEADERS[1:], HTTPStatus.UPGRADE_REQUIRED),
        ("GET", "1.1", [(b"sec-websocket-version", b"8"), HEADERS[1]], HTTPStatus.UPGRADE_REQUIRED),
        ("GET", "1.1", HEADERS[:1], HTTPStatus.BAD_REQUEST),
        ("GET", "1.1", [*HEADERS, HEADERS[1]], HTTPStatus.BAD_REQUEST),
        ("GET", "1.1", [HEADERS[0], (b"sec-websocket-key", b"dG9vIHNob3J0")], HTTPStatus.BAD_REQUEST),
        ("GET", "1.1", [HEADERS[0], (b"sec-websocket-key", b"no base64 at all!!!!!!==")], HTTPStatus.BAD_REQUEST),
    ],
)
def test_a_request_that_cannot_become_one(
    method: str, version: str, headers: list[tuple[bytes, bytes]], status: HTTPStatus
) -> None:
    with pytest.raises(NoHandshake) as caught:
        key_of(method, version, headers)
    assert caught.value.status is status


def test_an_answer_that_leaves_it_at_http_says_its_own_length_and_ends_the_connection() -> None:
    answer = refused(429, [(b"content-length", b"999"), (b"retry-after", b"7")], b"later")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"HTTP/1.1 429 Too Many Requests",
        b"retry-after: 7",
        b"content-length: 5",
        b"connection: close",
    ]
    assert body == b"later"


def test_what_is_offered_to_be_spoken() -> None:
    assert subprotocols_of([(b"sec-websocket-protocol", b"a, b"), (b"sec-websocket-protocol", b"c")]) == ["a", "b", "c"]

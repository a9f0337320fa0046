"""The opening of a websocket (RFC 6455, section 4.2): whether a request may become one, the scope and the answer that make it one."""

import binascii
import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

Headers = Iterable[tuple[bytes, bytes]]

VERSION: Final = b"13"
KEY_BYTES: Final = 16
"""Of a client's key, before it was written in base64."""

_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class NoHandshake(ValueError):
    """The request cannot become a websocket; it is answered by ``status``."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        """Answer with ``status``, and say why."""
        super().__init__(why)
        self.status = status


def key_of(method: str, http_version: str, headers: Headers) -> bytes:
    """Give the key of an opening request, whose headers have lower-case names. Raises `NoHandshake`.

    That it asks for an upgrade to a websocket, the caller has seen.
    """
    if method != "GET" or http_version != "1.1":
        raise NoHandshake(HTTPStatus.BAD_REQUEST, "a websocket is opened by GET and HTTP/1.1")
    versions = [value for name, value in headers if name == b"sec-websocket-version"]
    if versions != [VERSION]:
        raise NoHandshake(HTTPStatus.UPGRADE_REQUIRED, "this server speaks version 13 of the protocol")
    keys = [value for name, value in headers if name == b"sec-websocket-key"]
    if len(keys) != 1 or not _is_key(keys[0]):
        raise NoHandshake(HTTPStatus.BAD_REQUEST, "Sec-WebSocket-Key is 16 bytes in base64, once")
    return keys[0]


def _is_key(value: bytes) -> bool:
    try:
        return len(binascii.a2b_base64(value, strict_mode=True)) == KEY_BYTES
    except binascii.Error:
        return False


def subprotocols_of(headers: Headers) -> list[str]:
    """Give what a request offers to speak on top of the websocket."""
    offered = (value.decode("latin-1") for name, value in headers if name == b"sec-websocket-protocol")
    return [token.strip() for value in offered for token in value.split(",")]


def scope_of(request: Any, url: bytes, extensions: dict[str, Any]) -> dict[str, Any]:
    """Make the ASGI scope of a websocket from that of the HTTP ``request`` which opens it."""
    raw_path, _, query = url.partition(b"?")
    root: str = request["root_path"]
    path = raw_path.decode("latin-1")
    return {
        **{key: request[key] for key in ("http_version", "server", "client", "root_path", "headers", "state")},
        "type": "websocket",
        "asgi": {"version": request["asgi"]["version"], "spec_version": "2.4"},
        "scheme": "wss" if request["scheme"] == "https" else "ws",
        "path": root + (unquote(path) if "%" in path else path),
        "raw_path": root.encode("ascii") + raw_path,
        "query_string": query,
        "subprotocols": subprotocols_of(request["headers"]),
        "extensions": extensions,
    }


def agreed(key: bytes, headers: Headers) -> bytes:
    """Make the answer that makes a websocket of the connection, with further ``headers``."""
    accept = binascii.b2a_base64(hashlib.sha1(key + _GUID, usedforsecurity=False).digest(), newline=False)
    upgrade = ((b"upgrade", b"websocket"), (b"connection", b"Upgrade"), (b"sec-websocket-accept", accept))
    return _head(HTTPStatus.SWITCHING_PROTOCOLS, (*upgrade, *headers))


def refused(status: int, headers: Headers, body: bytes) -> bytes:
    """Make an answer that leaves it at HTTP and ends the connection."""
    ends = ((b"content-length", b"%d" % len(body)), (b"connection", b"close"))
    own = [(name, value) for name, value in headers if name.lower() not in (b"content-length", b"connection")]
    return _head(status, (*own, *ends)) + body


def _head(status: int, headers: Headers) -> bytes:
    phrase = HTTPStatus(status).phrase.encode()
    lines = (b"%s: %s\r\n" % (name, value) for name, value in headers)
    return b"HTTP/1.1 %d %s\r\n%s\r\n" % (status, phrase, b"".join(lines))

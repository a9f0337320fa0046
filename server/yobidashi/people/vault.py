"""One fair's data keys, opened, and what is sealed with them: AES-256-GCM, bound to the place it stands in.

A sealed record is ``version (2 bytes) · nonce (12) · ciphertext and tag``. The additional data name fair and place, so that
a record moved to another place, or to another fair, does not open. Data keys live in Redis wrapped by the fair's key of the
keyring (`keyring.py`): without that file Redis holds noise.
"""

import hashlib
import hmac
import json
import secrets
import struct
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
VERSIONS_MAX: Final = 65_535
ID_BYTES: Final = 16

_HEAD: Final = struct.Struct("!H")


class VaultFault(ValueError):
    """Something does not open: another key, another place, or it was changed. Says nothing of what is inside."""


@dataclass(frozen=True, slots=True)
class Vault:
    """The opened keys of one fair: by version, the version to seal with, and the key from which ids are made."""

    slug: str
    keys: Mapping[int, bytes]
    current: int
    ids: bytes

    def seal(self, place: str, value: Any) -> bytes:
        """Seal a JSON-able value for ``place`` (``kind:id``)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, text, self._about(place))
        return self.mark + nonce + sealed

    def open(self, place: str, sealed: bytes) -> Any:
        """Open what was sealed for ``place``. Raises `VaultFault`."""
        if len(sealed) <= _HEAD.size + NONCE_BYTES:
            raise VaultFault(f"{place}: expected a sealed record, got {len(sealed)} bytes")
        (version,) = _HEAD.unpack_from(sealed)
        key = self.keys.get(version)
        if key is None:
            raise VaultFault(f"{place}: sealed with key version {version}, which is not here")
        nonce, text = sealed[_HEAD.size : _HEAD.size + NONCE_BYTES], sealed[_HEAD.size + NONCE_BYTES :]
        try:
            return json.loads(AESGCM(key).decrypt(nonce, text, self._about(place)))
        except InvalidTag:
            raise VaultFault(f"{place}: does not open with key version {version}") from None

    @property
    def mark(self) -> bytes:
        """How every record begins that is sealed with the present key."""
        return _HEAD.pack(self.current)

    def id_for(self, kind: str, command_id: str) -> str:
        """Give the id (22 characters) of what a command makes: the same command id makes the same thing, once.

        Nobody without the fair's key can tell it from the command id, so it also serves as a secret address.
        """
        digest = hmac.new(self.ids, f"{kind}\0{command_id}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest[:ID_BYTES]).decode().rstrip("=")

    def _about(self, place: str) -> bytes:
        return f"{self.slug}\0{place}".encode()


def new_key() -> bytes:
    """Give a new random key."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(wrapping: bytes, slug: str, name: str, key: bytes) -> bytes:
    """Wrap a data key for Redis; bound to fair and name."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, f"{slug}\0{name}".encode())


def unwrap(wrapping: bytes, slug: str, name: str, wrapped: bytes) -> bytes:
    """Unwrap a data key. Raises `VaultFault` where another key wrapped it."""
    try:
        return AESGCM(wrapping).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], f"{slug}\0{name}".encode())
    except (InvalidTag, ValueError):
        raise VaultFault(f"{slug}: the data key {name!r} was wrapped by another key") from None

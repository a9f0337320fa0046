"""A file that only its passphrase opens: AES-256-GCM in chunks, with a key that scrypt makes of the passphrase.

``magic · log2 of scrypt's n (1 byte) · salt (16) · nonce prefix (7)``, then chunks of `CHUNK` bytes, each with its tag. A
chunk's nonce is the prefix, its number (4 bytes) and whether it is the last (1 byte), and its additional data are the head: so a
file whose chunks are changed, left out, moved or cut off at the end does not open (the STREAM construction).
"""

import secrets
import struct
from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC: Final = b"yobidashi backup 1\n"
CHUNK: Final = 1024 * 1024
"""Bytes of plain text in one chunk."""
TAG: Final = 16
SALT: Final = 16
PREFIX: Final = 7
LOG2_N: Final = 16
"""scrypt's n is 2 to this: 64 MiB of memory and about 0.2 s for each passphrase that is tried."""
LOG2_N_MAX: Final = 20
"""A file that asks for more is refused: it would ask for memory that nobody has."""
PASSPHRASE_MIN: Final = 12
"""Characters."""

_HEAD: Final = struct.Struct(f"!{len(MAGIC)}sB{SALT}s{PREFIX}s")


class SealBroken(ValueError):
    """A file does not open; `str()` is a sentence with why."""


def seal(plain: bytes, passphrase: str) -> bytes:
    """Seal ``plain``. Raises `ValueError` for a passphrase that is too short."""
    if len(passphrase) < PASSPHRASE_MIN:
        raise ValueError(
            f"合言葉は{PASSPHRASE_MIN}文字以上にしてください。 A passphrase has {PASSPHRASE_MIN} characters or more."
        )
    salt, prefix = secrets.token_bytes(SALT), secrets.token_bytes(PREFIX)
    head = _HEAD.pack(MAGIC, LOG2_N, salt, prefix)
    cipher = AESGCM(_key(passphrase, salt, LOG2_N))
    chunks = [plain[at : at + CHUNK] for at in range(0, len(plain), CHUNK)] or [b""]
    sealed = [
        cipher.encrypt(_nonce(prefix, number, last=number == len(chunks) - 1), chunk, head)
        for number, chunk in enumerate(chunks)
    ]
    return b"".join([head, *sealed])


def unseal(sealed: bytes, passphrase: str) -> bytes:
    """Give what was sealed. Raises `SealBroken`."""
    if len(sealed) < _HEAD.size + TAG or not sealed.startswith(MAGIC):
        raise SealBroken("バックアップのファイルではありません。 This is no backup.")
    head = sealed[: _HEAD.size]
    _, log2_n, salt, prefix = _HEAD.unpack(head)
    if not 1 <= log2_n <= LOG2_N_MAX:
        raise SealBroken("バックアップのファイルではありません。 This is no backup that can be opened.")
    cipher = AESGCM(_key(passphrase, salt, log2_n))
    try:
        return b"".join(
            cipher.decrypt(_nonce(prefix, number, last=last), chunk, head)
            for number, chunk, last in _chunks(sealed[_HEAD.size :])
        )
    except InvalidTag:
        raise SealBroken(
            "合言葉が違うか、ファイルが壊れています。 Another passphrase sealed this, or the file was changed or cut off."
        ) from None


def _chunks(sealed: bytes) -> Iterator[tuple[int, bytes, bool]]:
    size = CHUNK + TAG
    count = max(1, -(-len(sealed) // size))
    for number in range(count):
        yield number, sealed[number * size : (number + 1) * size], number == count - 1


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack("!IB", number, last)


def _key(passphrase: str, salt: bytes, log2_n: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << log2_n, r=8, p=1).derive(passphrase.encode())

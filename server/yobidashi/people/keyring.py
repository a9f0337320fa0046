"""The keys outside Redis: for each fair one that wraps its data keys, and one that chains its audit record.

Each is a file of its own, so that a fair's key can be destroyed without touching another's, and no copy of Redis, of its
append-only file or of a backup can be opened afterwards. Where files are no option, one secret in the environment gives
both by HKDF; what is in the environment this program cannot destroy, and it says so.
"""

import base64
import hashlib
import os
import secrets
from pathlib import Path
from typing import Final, Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
SECRET_MIN_BYTES: Final = 32
"""What a secret in the environment must hold, decoded from base64."""

Purpose = Literal["wrap", "audit"]


class KeyMissing(LookupError):
    """The key is not where it should be; `str()` is a sentence with its place."""


class KeyUnusable(ValueError):
    """What stands there is no key; `str()` is a sentence with its place."""


class Keyring:
    """The keys of every fair of one deployment."""

    def __init__(self, folder: Path, secret: str | None = None) -> None:
        """Keep keys as files in ``folder``, or make them of ``secret`` (base64, 32 bytes or more) and keep none.

        Raises `KeyUnusable` for a secret that is none.
        """
        self.folder = folder
        self._secret = _decoded(secret) if secret else None

    @property
    def in_files(self) -> bool:
        """Whether keys are files, which this program can destroy."""
        return self._secret is None

    def key(self, slug: str, purpose: Purpose) -> bytes:
        """Give a key. Raises `KeyMissing`, `KeyUnusable`."""
        if self._secret is not None:
            info = f"yobidashi {purpose} {slug}".encode()
            return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self._secret)
        path = self.path(slug, purpose)
        try:
            text = path.read_text("ascii").strip()
        except FileNotFoundError:
            raise KeyMissing(f"鍵がありません。 The key {path} is missing.") from None
        except (OSError, UnicodeDecodeError) as fault:
            raise KeyUnusable(f"鍵を読めません。 The key {path} cannot be read: {fault}.") from None
        try:
            key = base64.b64decode(text, validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise KeyUnusable(f"鍵の形が違います。 {path} should hold {KEY_BYTES} bytes in base64.")
        return key

    def make(self, slug: str, purpose: Purpose) -> bytes:
        """Give the key, made now where there is none: a file only its owner can read, on disk before this returns."""
        try:
            return self.key(slug, purpose)
        except KeyMissing:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_bytes(KEY_BYTES)
        try:
            handle = os.open(self.path(slug, purpose), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of this server was first
            return self.key(slug, purpose)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(key) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self._sync_folder()
        return key

    def destroy(self, slug: str) -> bool:
        """Destroy the wrapping key: overwritten, then removed. Tell whether it is gone; a secret in the environment stays.

        The audit key stays: the record of the destruction must remain provable. Harmless where the key is gone already.
        """
        if not self.in_files:
            return False
        path = self.path(slug, "wrap")
        try:
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return True
        self._sync_folder()
        return True

    def path(self, slug: str, purpose: Purpose) -> Path:
        """Give where a key stands as a file."""
        return self.folder / f"{slug}.{purpose}.key"

    def _sync_folder(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def fingerprint(key: bytes) -> str:
    """Give what names a key on paper without telling anything of it: 16 hexadecimal digits."""
    return hashlib.sha256(b"yobidashi key fingerprint" + key).hexdigest()[:16]


def _decoded(secret: str) -> bytes:
    try:
        decoded = base64.b64decode(secret, validate=True)
    except ValueError:
        decoded = b""
    if len(decoded) < SECRET_MIN_BYTES:
        raise KeyUnusable(
            f"YOBIDASHI_KEY が正しくありません。 YOBIDASHI_KEY should hold {SECRET_MIN_BYTES} bytes or more in base64."
        )
    return decoded

"""The keys outside Redis: for each fair one that wraps its data keys, and one that chains its audit record.

Each is a file of its own, so that a fair's key can be destroyed without touching another's, and no copy of Redis, of its
append-only file or of a backup can be opened afterwards. Where files are no option, one secret in the environment gives
both by HKDF; what is in the environment this program can neither replace nor destroy, and it says so.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
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
        return _read(self.path(slug, purpose))

    def openers(self, slug: str) -> Iterator[bytes]:
        """Give the wrapping keys that may open the fair's data keys: its own and, while it is replaced, the next one.

        Raises `KeyMissing` once all that are there have been tried, `KeyUnusable`.
        """
        yield self.key(slug, "wrap")
        if self._secret is None:
            yield _read(self._next(slug))

    def make(self, slug: str, purpose: Purpose) -> bytes:
        """Give the key, made now where there is none: a file only its owner can read, on disk before this returns."""
        if self._secret is not None:
            return self.key(slug, purpose)
        return _made(self.path(slug, purpose))

    def make_next(self, slug: str) -> bytes:
        """Give the wrapping key that will replace the present one, made now where there is none. In files only."""
        return _made(self._next(slug))

    def take_next(self, slug: str) -> None:
        """Let the next wrapping key be the present one, at one instant, and overwrite the old one.

        Harmless where it has been done already.
        """
        try:
            with self.path(slug, "wrap").open("r+b") as old:
                self._next(slug).replace(self.path(slug, "wrap"))
                _sync_folder(self.folder)
                _overwrite(old.fileno())  # the old file has no name any more, but is still this one
        except FileNotFoundError:
            return

    def leftovers(self, slug: str) -> list[Path]:
        """Give every file of the fair's wrapping keys: the present one, a next one, and what a killed process left."""
        return wrapping_files(self.folder, slug)

    def destroy(self, slug: str) -> list[Path]:
        """Destroy the wrapping key: every file of it overwritten, then removed. Give the files that were there.

        The audit key stays: the record of the destruction must remain provable. Harmless where the key is gone already, and
        where it is a secret in the environment, which stays.
        """
        return destroy_files(self.leftovers(slug))

    def path(self, slug: str, purpose: Purpose) -> Path:
        """Give where a key stands as a file."""
        return self.folder / f"{slug}.{purpose}.key"

    def _next(self, slug: str) -> Path:
        return self.folder / f"{slug}.wrap.key.next"


def wrapping_files(folder: Path, slug: str) -> list[Path]:
    """Give the files of a fair's wrapping keys in a folder: its own, or a copy of it in a backup."""
    return sorted(path for path in folder.glob(f"{slug}.wrap.key*") if path.is_file() and not path.is_symlink())


def destroy_files(paths: Sequence[Path]) -> list[Path]:
    """Overwrite and remove files; give those that were there.

    What a copying file system or a solid-state disk keeps of the old blocks no program reaches.
    """
    gone: list[Path] = []
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b") as file:
                _overwrite(file.fileno())
            path.unlink()
            gone.append(path)
    for folder in {path.parent for path in gone}:
        _sync_folder(folder)
    return gone


def write_private(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet, readable by its owner only: whole and on disk, or not at all.

    Tell whether it was written; False where there is one already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with locked(path.parent):  # a hard link would do without a lock, but a memory stick has none
            if path.exists():
                return False
            Path(name).replace(path)
            _sync_folder(path.parent)
            return True
    finally:
        Path(name).unlink(missing_ok=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep every other process of this machine from writing in a folder of keys as long as the body runs."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def fingerprint(key: bytes) -> str:
    """Give what names a key on paper without telling anything of it: 16 hexadecimal digits."""
    return hashlib.sha256(b"yobidashi key fingerprint" + key).hexdigest()[:16]


def _made(path: Path) -> bytes:
    try:
        return _read(path)
    except KeyMissing:
        write_private(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    return _read(path)  # ours, or that of another process that was first


def _read(path: Path) -> bytes:
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


def _overwrite(handle: int) -> None:
    os.pwrite(handle, secrets.token_bytes(os.fstat(handle).st_size), 0)
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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

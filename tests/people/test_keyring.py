"""The keys outside Redis: made once, private, replaced at one instant, and destroyed so that nothing of them is left."""

import base64
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from yobidashi.people.keyring import (
    KEY_BYTES,
    KeyMissing,
    Keyring,
    KeyUnusable,
    destroy_files,
    fingerprint,
    wrapping_files,
    write_private,
)

SECRET = base64.b64encode(bytes(range(32))).decode()


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    made = keys.make("fair", "wrap")
    assert len(made) == KEY_BYTES
    assert keys.make("fair", "wrap") == keys.key("fair", "wrap") == made
    assert keys.make("fair", "audit") != made
    assert keys.make("other", "wrap") != made
    assert stat.S_IMODE(keys.path("fair", "wrap").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700


def _make(folder: Path, begin: "multiprocessing.synchronize.Event", made: "multiprocessing.Queue[bytes]") -> None:
    begin.wait()
    made.put(Keyring(folder).make("fair", "wrap"))


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    begin, made = spawn.Event(), spawn.Queue()
    processes = [spawn.Process(target=_make, args=(tmp_path, begin, made)) for _ in range(4)]
    for process in processes:
        process.start()
    begin.set()
    keys = {made.get(timeout=20) for _ in processes}
    for process in processes:
        process.join()
    assert keys == {Keyring(tmp_path).key("fair", "wrap")}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fair.wrap.key"]


def test_a_missing_key_and_one_that_is_none_are_told_apart(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    with pytest.raises(KeyMissing, match=r"fair\.wrap\.key is missing"):
        keys.key("fair", "wrap")
    for content in ("", "not base64!", base64.b64encode(b"short").decode(), "\xe9"):
        keys.path("fair", "wrap").write_text(content, encoding="latin-1")
        with pytest.raises(KeyUnusable, match=r"fair\.wrap\.key"):
            keys.key("fair", "wrap")
        with pytest.raises(KeyUnusable):  # it is never replaced in silence
            keys.make("fair", "wrap")


def test_a_secret_in_the_environment_gives_a_key_for_each_fair_and_purpose_and_no_file(tmp_path: Path) -> None:
    keys, again = Keyring(tmp_path / "keys", SECRET), Keyring(tmp_path / "elsewhere", SECRET)
    made = {keys.make(slug, purpose) for slug in ("fair", "other") for purpose in ("wrap", "audit")}
    assert len(made) == 4
    assert keys.key("fair", "wrap") == again.key("fair", "wrap")
    assert list(keys.openers("fair")) == [keys.key("fair", "wrap")]
    assert not keys.in_files
    assert not (tmp_path / "keys").exists()
    assert keys.destroy("fair") == []
    assert keys.key("fair", "wrap") in made


@pytest.mark.parametrize("secret", ["no base64!", base64.b64encode(bytes(31)).decode()])
def test_a_secret_that_is_too_little_is_refused(tmp_path: Path, secret: str) -> None:
    with pytest.raises(KeyUnusable, match="YOBIDASHI_KEY"):
        Keyring(tmp_path, secret)


def test_the_next_key_takes_the_place_of_the_present_one(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    present, following = keys.make("fair", "wrap"), keys.make_next("fair")
    assert keys.make_next("fair") == following != present
    assert list(keys.openers("fair")) == [present, following]
    with keys.path("fair", "wrap").open("rb") as old:
        keys.take_next("fair")
        assert base64.b64encode(present) not in old.read()  # what had no name any more was overwritten
    assert keys.key("fair", "wrap") == following
    keys.take_next("fair")
    assert keys.key("fair", "wrap") == following
    assert wrapping_files(tmp_path, "fair") == [keys.path("fair", "wrap")]


def test_destroying_leaves_no_file_of_the_wrapping_key_and_every_other_key(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    audit, other = keys.make("fair", "audit"), keys.make("other", "wrap")
    wrap = keys.make("fair", "wrap")
    keys.make_next("fair")
    left = tmp_path / "fair.wrap.key.x7f3k2a9"  # by a process that was killed while it made a key
    left.write_bytes(b"left over")
    with keys.path("fair", "wrap").open("rb") as file:
        assert keys.destroy("fair") == [keys.path("fair", "wrap"), tmp_path / "fair.wrap.key.next", left]
        assert base64.b64encode(wrap) not in file.read()
    assert wrapping_files(tmp_path, "fair") == []
    assert keys.destroy("fair") == []
    assert keys.key("fair", "audit") == audit
    assert keys.key("other", "wrap") == other


def test_a_link_to_a_key_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("of somebody else")
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "fair.wrap.key.old").symlink_to(precious)
    assert wrapping_files(folder, "fair") == []
    destroy_files(wrapping_files(folder, "fair"))
    assert precious.read_text() == "of somebody else"


def test_a_private_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "fresh" / "file"
    assert write_private(path, b"first")
    assert not write_private(path, b"second")
    assert path.read_bytes() == b"first"
    assert os.listdir(path.parent) == ["file"]  # noqa: PTH208 - names only


def test_a_fingerprint_names_a_key_and_tells_nothing_of_it() -> None:
    key = bytes(range(32))
    assert fingerprint(key) == fingerprint(bytes(range(32))) != fingerprint(bytes(32))
    assert len(fingerprint(key)) == 16
    assert fingerprint(key) not in key.hex()

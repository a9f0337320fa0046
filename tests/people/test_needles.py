"""The search for what must be gone: wherever in a file it stands."""

from pathlib import Path

from yobidashi.people.protection.needles import CHUNK, Haystack, files_with, search_folder


def test_a_needle_is_found_wherever_a_file_is_cut(tmp_path: Path) -> None:
    needle = b"0123456789"
    for at in (0, CHUNK - 5, CHUNK - 1, CHUNK, 2 * CHUNK - 3):
        (tmp_path / "file").write_bytes(bytes(at) + needle + bytes(7))
        found = search_folder(tmp_path, [b"other", needle])
        assert (found.found >= 1, found.size) == (True, at + 17)
        assert files_with(tmp_path, [needle]) == [tmp_path / "file"]
    assert files_with(tmp_path, [b"9876543210"]) == []
    assert search_folder(tmp_path, [needle], [tmp_path / "file"]) == Haystack(str(tmp_path))

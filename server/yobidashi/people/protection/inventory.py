"""What personal data there is, how much, where and on what: the inventory that an application for its destruction begins with."""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from yobidashi.people.keyring import Keyring, wrapping_files
from yobidashi.people.protection.backups import Backup, Backups
from yobidashi.people.protection.storehouse import RedisFiles
from yobidashi.people.store import PeopleStore

KINDS: Final = MappingProxyType(
    {
        "reservation": ("予約の内容", "Reservations"),
        "card": ("受付カードの内容", "Reception cards"),
        "staff": ("スタッフの氏名", "Names of staff"),
        "meeting": ("オンライン相談の会議リンク", "Meeting links of online booths"),
        "canary": ("検索用の標本（実在しない人）", "Canaries (nobody's)"),
    }
)
"""Kinds of sealed records, as people call them."""

FOUND_MAX: Final = 200
"""Copies of keys that are listed of one folder."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where one deployment keeps what must be destroyed, as far as this program knows."""

    data: Path | None
    """Folder of the server's own Redis; None where the Redis is somebody else's."""
    backups: tuple[Path, ...]
    """Folders that hold copies of data, keys or logs (`YOBIDASHI_BACKUPS`)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data in one place."""

    kind: str
    english: str
    count: int
    where: str
    medium: str


async def record_counts(store: PeopleStore, slug: str) -> tuple[dict[str, int], int]:
    """Give how many records there are of each kind, and how many private links. Reads nothing of them."""
    links, flat = await store.run(slug, "records-count")
    return {kind.decode(): int(count) for kind, count in zip(flat[::2], flat[1::2], strict=True)}, int(links)


async def inventory(store: PeopleStore, slug: str, places: Places, files: RedisFiles) -> list[Kept]:
    """Give everything that will be destroyed, kind by kind and place by place."""
    counts, links = await record_counts(store, slug)
    redis = "Redis（暗号化、AES-256-GCM）"
    kept = [
        Kept(*KINDS.get(kind, (kind, kind)), count=count, where=redis, medium="メモリーとディスク")
        for kind, count in counts.items()
    ]
    if links:
        kept.append(
            Kept("本人専用ページのリンク（照合値）", "Private links (hashes)", links, "Redis", "メモリーとディスク")
        )
    kept += _files_of(files)
    kept += _keys_of(store.keyring, slug)
    kept += [_known(backup) for backup in await Backups(store).all(slug)]
    return kept + [line for folder in places.backups for line in _backup(folder, slug)]


def backup_keys(folder: Path, slug: str) -> list[Path]:
    """Give the copies of a fair's wrapping keys anywhere below a folder of backups."""
    folders = {path.parent for path in folder.rglob(f"{slug}.wrap.key*")} if folder.is_dir() else set()
    return sorted(path for each in folders for path in wrapping_files(each, slug))


def _files_of(files: RedisFiles) -> list[Kept]:
    if files.folder is None:
        return [Kept("Redisの保存ファイル", "Files of Redis", 0, files.why_not or "—", "別の管理者のディスク")]
    paths = [*(files.aof.glob("*") if files.aof and files.aof.is_dir() else ())]
    if files.rdb and files.rdb.exists():
        paths.append(files.rdb)
    return [
        Kept(
            "Redisの追記ファイル・保存ファイル", "Append-only and dump files", len(paths), str(files.folder), "ディスク"
        )
    ]


def _keys_of(keyring: Keyring, slug: str) -> list[Kept]:
    if not keyring.in_files:
        return [
            Kept("データ鍵を包む鍵", "Wrapping key", 1, "環境変数 YOBIDASHI_KEY", "このプログラムでは消去できません")
        ]
    found = keyring.leftovers(slug)
    return [Kept("データ鍵を包む鍵", "Wrapping key", len(found), str(keyring.folder), "ディスク（鍵専用）")]


def _known(backup: Backup) -> Kept:
    return Kept(
        f"暗号化バックアップ {backup.id}（鍵を含まない）",
        f"Encrypted backup {backup.id}, without the key",
        1,
        backup.file,
        "ファイル（鍵の消去により復元できなくなる）",
    )


def _backup(folder: Path, slug: str) -> list[Kept]:
    keys = backup_keys(folder, slug)[:FOUND_MAX]
    return [Kept("バックアップにある鍵の写し", "Copies of the key in backups", len(keys), str(folder), "バックアップ")]

"""What each step of the destruction does. Every one can be done again at any time, from any state the others left."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from yobidashi.people.keyring import KeyMissing, KeyUnusable, destroy_files, fingerprint, write_private
from yobidashi.people.protection.backups import Backups
from yobidashi.people.protection.canaries import CANARIES, KIND, markers
from yobidashi.people.protection.inventory import Places, backup_keys, record_counts
from yobidashi.people.protection.needles import Haystack, files_with, search_folder
from yobidashi.people.protection.storehouse import RedisFiles, Storehouse, StorehouseAway, StorehouseRefuses
from yobidashi.people.store import PeopleStore
from yobidashi.people.vault import NONCE_BYTES
from yobidashi.queue.errors import Refusal

SAMPLED: Final = 200
"""Sealed records, chosen at random, of which a piece is searched for after they were removed; canaries come on top."""

NAMED_MAX: Final = 20
"""Known backups that the written record names one by one; it counts all."""

PIECE: Final = slice(2 + NONCE_BYTES, 2 + NONCE_BYTES + 24)
"""What is searched for of each: 24 bytes of noise from its middle, which stand nowhere else by chance."""

REMOVED_S: Final = 30.0
"""How long Redis may take to remove its old files."""

LOOK_S: Final = 0.05
"""Between two looks whether they are gone."""


class Unfinished(Exception):
    """A step that could not end, and why, in both languages."""

    def __init__(self, why_ja: str, why: str) -> None:
        self.why_ja = why_ja
        self.why = why
        super().__init__(why)


class DisposalSteps:
    """The steps, over one deployment's Redis, keys and folders."""

    def __init__(self, store: PeopleStore, storehouse: Storehouse, places: Places) -> None:
        """Destroy what is in ``store``, in the Redis of ``storehouse``, and in ``places``."""
        self._store = store
        self._storehouse = storehouse
        self._places = places

    async def count(self, slug: str) -> dict[str, Any]:
        """Count what there is, name the key, and put pieces of sealed data aside, to search for in the end."""
        counts, links = await record_counts(self._store, slug)
        try:
            named = fingerprint(self._store.keyring.key(slug, "wrap"))
        except (KeyMissing, KeyUnusable):
            named = ""  # it is gone already: there is nothing left to open
        canaries = [f"{KIND}:{number}" for number in range(1, CANARIES + 1)]
        sealed = await self._store.run(slug, "records-sample", str(SAMPLED), *canaries)
        pieces = [piece.hex() for each in sealed if len(piece := each[PIECE]) == PIECE.stop - PIECE.start]
        path = self._pieces(slug)
        await asyncio.to_thread(path.unlink, missing_ok=True)
        await asyncio.to_thread(write_private, path, "\n".join(pieces).encode())
        known = [backup.id for backup in await Backups(self._store).all(slug)]
        return {"counts": counts, "links": links, "fingerprint": named, "pieces": len(pieces), "backups": known}

    async def close(self, slug: str) -> dict[str, Any]:
        """Close the vault: from now on every read and write of personal data is refused."""
        await self._store.run(slug, "vault-close", '{"why":"disposal"}')
        return {}

    async def key(self, slug: str) -> dict[str, Any]:
        """Overwrite and remove the wrapping key, and its copies in the backups that are known."""
        keyring = self._store.keyring
        try:
            await self._store.vault(slug)
        except Refusal as refusal:
            if refusal.code != "vault_closed":
                raise Unfinished("保管庫が閉じていません", "the vault is not closed") from None
        else:
            raise Unfinished("保管庫が閉じていません", "the vault is not closed")
        try:
            own = await asyncio.to_thread(keyring.destroy, slug) if keyring.in_files else []
            copies = await asyncio.to_thread(self._destroy_copies, slug)
        except OSError as fault:
            raise Unfinished(f"鍵を消去できません（{fault}）", f"the key cannot be removed: {fault}") from None
        return {"in_files": keyring.in_files, "files": len(own), "copies": len(copies)}

    async def records(self, slug: str) -> dict[str, Any]:
        """Remove records, links and wrapped keys, who holds which card, and what commands about people were answered."""
        records, links, cards = map(int, await self._store.run(slug, "disposal-drop"))
        if records < 0:
            raise Unfinished("保管庫が閉じていません", "the vault is not closed")
        answers = await self._away_told(self._storehouse.forget_answers(slug))
        return {"records": records, "links": links, "cards": cards, "answers": answers}

    async def files(self, slug: str) -> dict[str, Any]:
        """Let Redis write its files anew; remove dumps that the server's own Redis left."""
        files = await self._away_told(self._storehouse.files())
        why_not = [files.why_not] if files.why_not else []
        removed = await asyncio.to_thread(self._remove_old_dumps, files)
        try:
            if files.append_only:
                await self._rewritten(files)
            if self._places.data is None:
                await self._storehouse.dump()  # of a Redis that is somebody else's the dump is written over
        except StorehouseRefuses as fault:
            why_not.append(str(fault))
        except (StorehouseAway, TimeoutError) as fault:
            raise Unfinished(f"Redisが応じません（{fault}）", f"Redis does not do it: {fault}") from None
        return {"rewritten": files.append_only and not why_not, "removed": removed, "why_not": why_not}

    async def search(self, slug: str) -> dict[str, Any]:
        """Look for the canaries' words and for pieces of sealed data wherever data were; all must be gone."""
        words = self._words(slug)
        pieces = await asyncio.to_thread(self._kept_pieces, slug)
        needles = [*words, *pieces]
        own = self._places.data is not None
        searched = [await self._away_told(self._storehouse.search(needles, everything=own))]
        files = await self._away_told(self._storehouse.files())
        folders = {folder for folder in (self._places.data, files.folder, self._store.keyring.folder) if folder}
        leave_out = [self._pieces(slug).resolve()]
        for folder in sorted({path.resolve() for path in folders if path.is_dir()}):
            searched += [await asyncio.to_thread(search_folder, folder, needles, leave_out)]
        copies = 0
        for folder in self._places.backups:
            searched += [await asyncio.to_thread(search_folder, folder, words)]
            copies += len(await asyncio.to_thread(files_with, folder, pieces))
        if found := [haystack.place for haystack in searched if haystack.found]:
            await self.files(slug)  # what is taken out of Redis now is in its files until they are written anew
            raise Unfinished(f"まだ残っています：{'、'.join(found)}", f"something is left in {', '.join(found)}")
        return {"searched": [_told(haystack) for haystack in searched], "copies": copies, "needles": len(needles)}

    def forget(self, slug: str) -> None:
        """Remove what was put aside to search for. Harmless where it is gone."""
        self._pieces(slug).unlink(missing_ok=True)

    def _destroy_copies(self, slug: str) -> list[Path]:
        return destroy_files([path for folder in self._places.backups for path in backup_keys(folder, slug)])

    async def _rewritten(self, files: RedisFiles) -> None:
        """Let Redis write its append-only file anew, and wait until it has removed the old ones, which takes it a moment."""
        before = list(files.aof.glob("*.aof")) if files.aof else []
        await self._storehouse.rewrite()
        async with asyncio.timeout(REMOVED_S):
            while any(path.exists() for path in before):  # noqa: ASYNC110 - nobody tells when a file goes
                await asyncio.sleep(LOOK_S)

    def _remove_old_dumps(self, files: RedisFiles) -> int:
        if self._places.data is None or files.folder is None or files.folder.resolve() != self._places.data.resolve():
            return 0
        old = [*files.folder.glob("*.rdb"), *files.folder.glob("temp-*"), *files.folder.glob("*.aof")]
        gone = [path for path in old if path.is_file() and not path.is_symlink()]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _pieces(self, slug: str) -> Path:
        return self._store.keyring.folder / f"{slug}.disposal.pieces"

    def _words(self, slug: str) -> list[bytes]:
        try:
            return [word.encode() for word in markers(self._store.keyring.key(slug, "audit"))]
        except (KeyMissing, KeyUnusable):
            raise Unfinished("監査記録の鍵を使えません", "the key of the audit record cannot be used") from None

    def _kept_pieces(self, slug: str) -> list[bytes]:
        try:
            return [bytes.fromhex(line) for line in self._pieces(slug).read_text("ascii").split()]
        except FileNotFoundError:
            raise Unfinished(
                "検索の手がかりのファイルがありません",
                f"the file {self._pieces(slug)} with what to search for is missing",
            ) from None

    async def _away_told(self, asked: Any) -> Any:
        try:
            return await asked
        except StorehouseAway as fault:
            raise Unfinished(f"Redisが応じません（{fault}）", f"Redis does not answer: {fault}") from None


def _told(haystack: Haystack) -> dict[str, Any]:
    return {
        "place": haystack.place,
        "size": haystack.size,
        "found": haystack.found,
        "unread": haystack.unread,
    }


def left_undone(results: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Give what no program of this kind can destroy, for the written record: in Japanese and English."""
    known = {key: value for result in results for key, value in result.items()}
    told = [
        (
            "氏名を含まないものは残ります：スタッフの番号・役割・名札の照合値、来場者数などの件数、監査記録、提供の記録。",
            "What names nobody stays: ids, roles and badge hashes of staff, counts, the audit record, the list of exports.",
        ),
        (
            "SSD等の予備領域に残る旧データは、媒体の物理的な消去によらなければ確認できません（鍵は消去済みのため復元できません）。",
            "What a solid-state disk keeps in spare blocks only destroying the medium removes; without the key it is noise.",
        ),
        (
            "登録のない場所に写しを作っていた場合は、管理者が消去してください。",
            "Copies in places not listed must be removed by hand.",
        ),
    ]
    if not known.get("in_files", True):
        told.append(
            (
                "鍵は環境変数 YOBIDASHI_KEY にあり、このプログラムでは消去できません。管理者が破棄してください。",
                "The key is in the environment (YOBIDASHI_KEY): whoever keeps it must destroy it.",
            )
        )
    if unread := sum(place["unread"] for place in known.get("searched", ())):
        told.append(
            (f"読めないファイルが{unread}個あり、検索していません。", f"{unread} files could not be read and searched.")
        )
    if backups := known.get("backups"):
        names = "、".join(backups[:NAMED_MAX]) + ("、ほか" if len(backups) > NAMED_MAX else "")
        told.append(
            (
                f"暗号化バックアップ{len(backups)}件（{names}）は、鍵を含まないため、どこにあっても復元できません。",
                f"{len(backups)} known backups hold no key: their sealed records are noise wherever they are.",
            )
        )
    if known.get("copies"):
        told.append(
            (
                "バックアップに暗号化されたデータの写しが残っています（鍵は消去済み）。",
                "Backups still hold copies of sealed data; their key is gone.",
            )
        )
    told += [(f"Redis：{why}", f"Redis: {why}") for why in known.get("why_not", ())]
    return told

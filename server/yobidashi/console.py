"""What is done at the server's console, beside or without a running server: proving, replacing keys, destroying.

Each can be ended at any moment and typed again. What concerns personal data is an entry of the audit record, by ``console``.
"""

import asyncio
import datetime as dt
import getpass
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yobidashi import papers
from yobidashi.data_folder import DataFolderUnusable
from yobidashi.deployment import places_of, reached
from yobidashi.embedded import RedisUnavailable
from yobidashi.fair import Fair, FairInvalid, load_fair
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.auditing.trail import Trail
from yobidashi.people.keyring import Keyring, KeyUnusable
from yobidashi.people.protection.disposal import STEPS, Application, Disposal
from yobidashi.people.protection.disposal_steps import DisposalSteps
from yobidashi.people.protection.rotation import Rotation
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.store import PeopleStore
from yobidashi.printing.typesetting import pdf
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline
from yobidashi.settings import Settings
from yobidashi.staff.register import Register
from yobidashi.staff.store import StaffStore
from yobidashi.upkeep.backup import Backing
from yobidashi.upkeep.copies import Copies

CONSOLE: Final = "console"
"""Who acts, in the audit record: somebody at the server itself, whom the system does not know."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One fair, reached."""

    fair: Fair
    people: PeopleStore
    staff: StaffStore
    audit: Audit
    storehouse: Storehouse
    settings: Settings
    backing: Backing

    async def note(self, act: str, on: str) -> None:
        """Write into the audit record what is about to be done."""
        await self.audit.write(self.fair.slug, Entry(at=self.audit.now(), who=CONSOLE, act=act, on=on))


def verify(settings: Settings, fair: Path) -> int:
    """Prove a fair's audit record whole; 0 where it is, 1 where not, with where it breaks."""

    async def verified(desk: Desk) -> int:
        verdict = await Trail(desk.people, desk.people.keyring).verify(desk.fair.slug)
        anchor = (
            f"錨 {verdict.anchored} anchor" if verdict.anchored is not None else "錨なし no anchor (keys in no file)"
        )
        print(f"{desk.fair.slug}: {verdict.entries} 件 entries, {anchor}, {verdict.head[:16] or '—'}…")
        if verdict.whole:
            print("監査記録に改ざんはありません。 The audit record is whole.")
            return 0
        print(f"{verdict.broken_at}件目に改ざんがあります。 Broken at entry {verdict.broken_at}: {verdict.why}.")
        return 1

    return _at_the_desk(settings, fair, verified)


def rotate_key(settings: Settings, fair: Path) -> int:
    """Replace a fair's keys, or go on with what was begun; 0 where all is done."""

    async def rotated(desk: Desk) -> int:
        await desk.note("rotate-key", "vault")
        progress = None
        async for progress in Rotation(desk.people).run(desk.fair.slug):
            print(f"\r{progress.resealed} 件 records", end="", flush=True)
        assert progress is not None
        print(
            f"\n鍵を更新しました（第{progress.version}版）。 The keys are new; records are sealed with version {progress.version}."
        )
        if desk.people.keyring.in_files:
            print(
                "これより前のバックアップの個人情報は開けなくなりました。新しいバックアップを取ってください。"
                " Nobody can open the people in earlier backups any more: make a new one."
            )
        else:
            print("YOBIDASHI_KEY はそのままです。 YOBIDASHI_KEY itself stays as it is.")
        for place in progress.damaged:
            print(f"開けない記録 does not open: {place}", file=sys.stderr)
        return 1 if progress.damaged else 0

    return _at_the_desk(settings, fair, rotated)


def dispose(settings: Settings, fair: Path, *, by: str, approved_by: str, record: Path) -> int:
    """Destroy a fair's personal data, or go on with it, and write the record; 0 where nothing is left.

    An application and an approval that stand already are taken as they are; else the names typed here stand for both.
    """

    async def disposed(desk: Desk) -> int:
        slug, now = desk.fair.slug, desk.audit.now
        steps = DisposalSteps(desk.people, desk.storehouse, places_of(desk.settings))
        disposal = Disposal(desk.people, steps, now)
        state = await disposal.state(slug)
        if state.approval is None:
            await desk.note("dispose", "approval")
            if state.application is None:
                await disposal.apply(slug, Application(by=CONSOLE, at=now(), reason="契約の終了", command=CONSOLE))
            state = await disposal.approve(slug, f"{CONSOLE}-approver")
        while state.next:
            print(f"{STEPS[state.next][0]} · {STEPS[state.next][1]} …", flush=True)
            await desk.note("dispose", f"step:{state.next}")
            state = await disposal.step(slug, CONSOLE)
        await disposal.step(slug, CONSOLE)
        made_at = dt.datetime.now(desk.fair.timezone)
        await asyncio.to_thread(record.write_bytes, pdf(papers.record(desk.fair, state, (by,), approved_by, made_at)))
        print(f"消去しました。記録：{record} Destroyed; the written record is {record}.")
        return 0

    return _at_the_desk(settings, fair, disposed)


def owner_link(settings: Settings, fair: Path) -> int:
    """Print a link that makes another chief, once, within the hour: for when no chief can sign in any more."""

    async def linked(desk: Desk) -> int:
        await desk.note("owner-link", "staff")
        token = await Register(desk.staff).invite_owner(desk.fair.slug, anyway=True)
        print(
            "サーバーのアドレスのあとに続けて開いてください。1回だけ、60分以内に使えます。\n"
            f"Open this after the server's address, once, within 60 minutes:\n/fairs/{desk.fair.slug}/set-up#{token}"
        )
        return 0

    return _at_the_desk(settings, fair, linked)


def backup(settings: Settings, fair: Path, out: Path | None) -> int:
    """Write a fair into one sealed file while it runs; 0 where it is on disk."""
    passphrase = _passphrase(settings, new=True)

    async def backed_up(desk: Desk) -> int:
        slug = desk.fair.slug
        folder = desk.settings.backups[0] if desk.settings.backups else Path()
        made_at = dt.datetime.now(desk.fair.timezone)
        path = out or folder / f"{slug}-{made_at:%Y%m%d-%H%M%S}.yobidashi"
        copy, made = await desk.backing.make(slug, path, passphrase)
        counts = f"組 parties {copy.meta.get('parties', 0)}、発券 tickets {copy.meta.get('tickets', 0)}"
        print(f"{made.file}\n{counts}、{made.bytes:,} bytes、SHA-256 {made.sha256[:16]}…")
        print(
            "鍵は入っていません。鍵のフォルダは別の場所に保管してください。"
            " The keys are not in it: keep their folder elsewhere, and the passphrase too."
        )
        return 0

    return _at_the_desk(settings, fair, backed_up)


def restore(settings: Settings, fair: Path, file: Path, further: int) -> int:
    """Put a backup in the place of a fair in which nothing has happened; 0 where it stands."""
    passphrase = _passphrase(settings, new=False)

    async def restored(desk: Desk) -> int:
        done = await desk.backing.take_back(desk.fair.slug, file, passphrase, further)
        as_at = dt.datetime.fromtimestamp(done.copy.at / 1000, desk.fair.timezone)
        counts = f"組 parties {done.copy.meta.get('parties', 0)}、発券 tickets {done.copy.meta.get('tickets', 0)}"
        print(f"{as_at:%Y-%m-%d %H:%M:%S} の状態に戻しました。 The fair is as it was then. {counts}")
        print(
            f"そのあとに発券した番号と重ならないよう、次の番号は{further}とばして続きます。"
            f" Numbers go on {further} further, for some may have been given since."
        )
        print(
            "バックアップのあとに失効させた名札や端末は有効に戻っています。もう一度失効させてください。"
            " Badges and devices that were revoked since are valid again: revoke them anew."
        )
        if done.lost_entries:
            print(
                f"監査記録はそのあとの{done.lost_entries}件を失いました（前の錨は残してあります）。"
                f" {done.lost_entries} later entries of the audit record are gone; the anchor of before is kept."
            )
        return 0

    return _at_the_desk(settings, fair, restored)


def _passphrase(settings: Settings, *, new: bool) -> str:
    """Give the passphrase of the settings, or ask for it; a new one twice. Never echoed, never an argument of a command."""
    if settings.backup_passphrase is not None:
        return settings.backup_passphrase
    given = getpass.getpass("合言葉 passphrase: ")
    if new and getpass.getpass("もう一度 again: ") != given:
        raise SystemExit("2回の合言葉が違います。 The two differ.")
    return given


def _at_the_desk(settings: Settings, path: Path, act: Callable[[Desk], Awaitable[int]]) -> int:
    """Do something with one fair; what stands against it is told in a sentence, and the exit status is 1."""
    try:
        fair = load_fair(path)
        with reached(settings) as found:
            return asyncio.run(_done(found, fair, act))
    except KeyboardInterrupt:
        print("途中で止めました。同じ命令で続きから行えます。 Stopped; the same command goes on.", file=sys.stderr)
    except Refusal as refusal:
        print(f"{refusal.sentence('ja')} {refusal.sentence('en')}", file=sys.stderr)
    except (FairInvalid, DataFolderUnusable, RedisUnavailable, KeyUnusable, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
    return 1


async def _done(settings: Settings, fair: Fair, act: Callable[[Desk], Awaitable[int]]) -> int:
    async with _desk(settings, fair) as desk:
        return await act(desk)


@asynccontextmanager
async def _desk(settings: Settings, fair: Fair) -> AsyncIterator[Desk]:
    assert settings.redis_url is not None
    pipeline = Pipeline(masters.connect(settings.redis_url), settings.replicas)
    people = PeopleStore(pipeline, settings.key_prefix, Keyring(settings.keys, settings.key))
    audit = Audit(people, people.keyring, lambda: round(time.time() * 1000))
    storehouse = Storehouse(masters.connect(settings.redis_url), settings.key_prefix)
    try:
        staff = StaffStore(pipeline, settings.key_prefix, people)
        backing = Backing(Copies(pipeline, settings.key_prefix), people, audit, CONSOLE)
        yield Desk(fair, people, staff, audit, storehouse, settings, backing)
    finally:
        await audit.close()
        await storehouse.close()
        await pipeline.close()

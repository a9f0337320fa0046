"""A fair is backed up in the middle of its day, its machine is lost, and it goes on at a fresh server: for real, as typed at a console."""

import asyncio
import base64
import json
import secrets
import subprocess
import zlib
from pathlib import Path
from typing import Any

from yarl import URL

from card_samples import written
from printed import Printed
from real import Client, RealServer, real_server
from serving import run
from yobidashi.live.board import Board
from yobidashi.live.wire import Beat, decode_frame, encode_hello
from yobidashi.places import SAMPLE_FAIR
from yobidashi.upkeep.copies import Copy
from yobidashi.upkeep.sealing import unseal

PASSPHRASE = "見本の合言葉は長いほどよい"
PREFIX = "backed"
FURTHER = 50
"""What `yobidashi restore` leaves out unless it is told otherwise."""


class Venue:
    """The folders of one venue: keys outlive its machine, data do not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = folder / "keys"
        self.file = folder / "copies" / "noon.yobidashi"
        self.file.parent.mkdir()

    def files(self) -> list[str]:
        """Give the names of what lies beside the backup, hidden files included."""
        return sorted(path.name for path in self.file.parent.iterdir())

    async def typed(self, *words: str, data: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Type a command at the machine whose data folder is ``data``."""
        settings = {
            "YOBIDASHI_DATA": str(self.folder / data),
            "YOBIDASHI_KEYS": str(self.keys),
            "YOBIDASHI_PREFIX": PREFIX,
            "YOBIDASHI_BACKUP_PASSPHRASE": PASSPHRASE,
        }
        return await asyncio.to_thread(run, *words, **settings | more)

    def server(self, data: str, *, chief: bool) -> Any:
        return real_server(data=self.folder / data, keys=self.keys, prefix=PREFIX, chief=chief)


async def issue(reception: Client, name: str = "見本 太郎") -> tuple[dict[str, Any], dict[str, Any]]:
    """Receive somebody: a card and a number. Gives what was sent, to send it again, and the event."""
    card = (await reception.post("/cards", **written(name=name)))["id"]
    sent = {"command_id": secrets.token_hex(16), "card": card, "queues": ["sapporo"]}
    return sent, await reception.post("/issue", **sent)


async def board_of(client: Client) -> tuple[Board, Beat]:
    """Listen until the board comes, and the beat after it."""
    async with client.socket() as socket:
        await socket.send(encode_hello(None, 0))
        board: Board | None = None
        while True:
            found = decode_frame(await socket.recv(decode=False))
            if isinstance(found, Board):
                board = found
            elif isinstance(found, Beat) and board is not None:
                return board, found


async def ready(server: RealServer) -> None:
    """Wait until a server has its fair's board."""
    client = await server.client()
    async with asyncio.timeout(60):
        while True:
            async with client.http.get(f"{server.url}/readyz") as response:
                if response.status == 200:
                    return


async def move(client: Client, server: RealServer) -> None:
    """Let a device, with its cookies, come to another server under the same name."""
    there = await server.client()
    there.http.cookie_jar.update_cookies(client.cookies, URL(server.url))
    client.url, client.http = server.url, there.http


async def until_at(client: Client, epoch: int) -> None:
    """Wait until the server that was running all the while shows another epoch."""
    async with asyncio.timeout(60):
        while (await client.get("/board"))["epoch"] == epoch:
            pass


async def test_a_day_goes_on_at_a_fresh_server(tmp_path: Path) -> None:
    venue, fair = Venue(tmp_path), str(SAMPLE_FAIR)
    word = secrets.token_hex(6)
    async with venue.server("old", chief=True) as server:
        slug = server.fair
        reception, consultant = await server.as_role("reception"), await server.as_role("consultant", booth=1)
        screen = await server.device("screen", "大画面")
        for _ in range(3):
            await issue(reception, f"見本 {word}")
        called = await consultant.command("call-next", booth=1)
        sent, kept = await issue(reception)
        backed_up, *beside = await asyncio.gather(
            venue.typed("backup", fair, "--out", str(venue.file), data="old"), *(issue(reception) for _ in range(4))
        )
        assert backed_up.returncode == 0, backed_up.stderr
        _, lost = await issue(reception)
        old, _ = await board_of(screen)
    check_file(venue, word)
    numbers = {int(event["parties"][0]["number"]) for event in (kept, lost, *(event for _, event in beside))}

    async with venue.server("new", chief=False) as server:
        await ready(server)
        restored = await venue.typed("restore", fair, str(venue.file), data="new")
        assert restored.returncode == 0, restored.stderr
        for client in (reception, consultant, screen):  # the devices of the day, at the machine that stands in
            await move(client, server)
        await until_at(screen, old.epoch)
        board, beat = await board_of(screen)
        assert beat.live
        assert board.epoch > old.epoch
        assert set(board.parties) < set(old.parties)
        assert {id_: board.tickets[id_].number for id_ in board.tickets}.items() <= {
            id_: old.tickets[id_].number for id_ in old.tickets
        }.items()
        assert board.booths[1].ticket == called["tickets"][0]["id"]
        assert await reception.post("/issue", **sent) == kept  # a page that sends it once more gets its first answer
        assert (await board_of(screen))[0].offset == board.offset
        _, new = await issue(reception)
        number = int(new["parties"][0]["number"])
        assert number > max(numbers)
        assert number <= max(numbers) + FURTHER + 1
        await consultant.command("start", booth=1)
        await consultant.command("finish", booth=1)
        assert (await consultant.command("call-next", booth=1))["kind"] == "called"
        found = await reception.post("/arrivals/find", text="みほん")
        assert word in json.dumps(found, ensure_ascii=False)
        refused = await venue.typed("restore", fair, str(venue.file), data="new")
        assert refused.returncode == 1
        assert "nothing is written over" in refused.stderr
    proved = await venue.typed("audit", "verify", fair, data="new")
    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert list(venue.keys.glob(f"{slug}.audit.anchor-before-*"))  # that something was lost can be told
    await check_disposal(venue)


def check_file(venue: Venue, word: str) -> None:
    """The file says nothing to who has not the passphrase, and holds the key for nobody."""
    assert venue.file.stat().st_mode & 0o077 == 0
    inside = Copy.unsealed(venue.file.read_bytes(), PASSPHRASE).sealed(PASSPHRASE)
    plain = zlib.decompress(unseal(inside, PASSPHRASE))
    assert word.encode() not in plain  # a name is sealed in there too
    keys = [path.read_bytes().strip() for path in venue.keys.glob("*.key")]
    assert keys
    assert not any(key in plain or base64.b64decode(key) in plain for key in keys)


async def check_disposal(venue: Venue) -> None:
    """The disposal names the backup, and afterwards nobody can restore the people in it."""
    fair, record = str(SAMPLE_FAIR), venue.folder / "record.pdf"
    names = ("--by", "見本 花子", "--approved-by", "見本 次郎", "--record", str(record))
    disposed = await venue.typed("dispose", fair, *names, data="new")
    assert disposed.returncode == 0, disposed.stderr
    words = "".join("".join(Printed(record.read_bytes()).pages).split())
    assert "暗号化バックアップ1件" in words
    assert Copy.unsealed(venue.file.read_bytes(), PASSPHRASE).id in words
    restored = await venue.typed("restore", fair, str(venue.file), data="third")
    assert restored.returncode == 1
    assert "key to this fair's personal data is not on this server" in restored.stderr


async def test_another_passphrase_a_lost_key_and_a_file_that_is_none_are_sentences(tmp_path: Path) -> None:
    venue, fair = Venue(tmp_path), str(SAMPLE_FAIR)
    async with venue.server("old", chief=True):
        assert (await venue.typed("backup", fair, "--out", str(venue.file), data="old")).returncode == 0
        there = await venue.typed("backup", fair, "--out", str(venue.file), data="old")
        short = await venue.typed(
            "backup", fair, "--out", f"{venue.file}.2", data="old", YOBIDASHI_BACKUP_PASSPHRASE="short"
        )
    assert (there.returncode, short.returncode) == (1, 1)
    assert "is there already" in there.stderr
    assert "12 characters or more" in short.stderr
    assert venue.files() == ["noon.yobidashi"]
    told = await venue.typed(
        "restore", fair, str(venue.file), data="new", YOBIDASHI_BACKUP_PASSPHRASE="another passphrase"
    )
    assert (told.returncode, "Another passphrase" in told.stderr) == (1, True)
    told = await venue.typed("restore", fair, fair, data="new")
    assert (told.returncode, "This is no backup" in told.stderr) == (1, True)
    told = await venue.typed("restore", fair, str(venue.file), data="new", YOBIDASHI_KEYS=str(tmp_path / "other-keys"))
    assert (told.returncode, "is not on this server" in told.stderr) == (1, True)
    assert "Traceback" not in told.stderr

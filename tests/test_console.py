"""What is typed at the server's console: beside a running server or without one, and again after a halt."""

import asyncio
import subprocess
from pathlib import Path

import pytest
from redis import Redis

from serving import environment, serving
from warm_start import run_warm
from yobidashi.data_folder import DataFolder
from yobidashi.embedded import EmbeddedRedis
from yobidashi.fair import load_fair
from yobidashi.people.keyring import Keyring, wrapping_files
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.store import PeopleStore
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline

SLUG = load_fair(SAMPLE_FAIR).slug
KEYS = PeopleKeys("yobi", SLUG)


class Deployment:
    """Folders of one deployment, and commands typed there."""

    def __init__(self, folder: Path) -> None:
        self.data, self.keys = folder / "data", folder / "keys"
        self.url = f"unix://{DataFolder(self.data).socket}"
        self.settings = {"YOBIDASHI_DATA": str(self.data), "YOBIDASHI_KEYS": str(self.keys)}

    def typed(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return run_warm(*words, environment=environment(**self.settings))

    async def put(self, place: str) -> None:
        """Keep somebody."""
        pipeline = Pipeline(masters.connect(self.url))
        try:
            assert await PeopleStore(pipeline, "yobi", Keyring(self.keys)).put(SLUG, place, {"name": "見本 太郎"})
        finally:
            await pipeline.close()


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment(tmp_path)


def test_keys_are_replaced_and_the_record_proved_beside_a_running_server_and_without_one(
    deployment: Deployment,
) -> None:
    fair = str(SAMPLE_FAIR)
    with serving(fair, **deployment.settings):
        asyncio.run(deployment.put("card:a"))
        before = deployment.keys.joinpath(f"{SLUG}.wrap.key").read_bytes()
        rotated = deployment.typed("rotate-key", fair)
        assert rotated.returncode == 0, rotated.stderr
        assert "第2版" in rotated.stdout
        assert deployment.keys.joinpath(f"{SLUG}.wrap.key").read_bytes() != before
        asyncio.run(deployment.put("card:b"))
        proved = deployment.typed("audit", "verify", fair)
        assert proved.returncode == 0, proved.stderr
        assert "is whole" in proved.stdout
    again = deployment.typed("rotate-key", fair)
    assert again.returncode == 0, again.stderr
    assert "第3版" in again.stdout
    with EmbeddedRedis(deployment.data), Redis.from_url(deployment.url) as redis:
        entry, _ = redis.xrevrange(KEYS.named("audit"), count=1)[0]
        redis.xdel(KEYS.named("audit"), entry)
    broken = deployment.typed("audit", "verify", fair)
    assert broken.returncode == 1
    assert "Broken at entry" in broken.stdout


def test_everything_is_destroyed_and_written_down(deployment: Deployment, tmp_path: Path) -> None:
    fair, record = str(SAMPLE_FAIR), tmp_path / "record.pdf"
    names = ("--by", "見本 花子", "--approved-by", "見本 次郎", "--record", str(record))
    with serving(fair, **deployment.settings):
        asyncio.run(deployment.put("card:a"))
    disposed = deployment.typed("dispose", fair, *names)
    assert disposed.returncode == 0, disposed.stderr
    assert record.read_bytes().startswith(b"%PDF")
    assert wrapping_files(deployment.keys, SLUG) == []
    assert deployment.typed("dispose", fair, *names).returncode == 0  # again: it only writes the record anew
    with serving(fair, **deployment.settings) as served, Redis.from_url(deployment.url) as redis:
        served.wait_until_live()  # its queues and counts are still there to be looked at
        assert not redis.exists(KEYS.named("records"))
        everything = b"".join(path.read_bytes() for path in deployment.data.rglob("*") if path.is_file())
        assert "見本 花子".encode() not in everything
        proved = deployment.typed("audit", "verify", fair)
        assert proved.returncode == 0, proved.stderr
        closed = deployment.typed("rotate-key", fair)
        assert closed.returncode == 1
        assert "vault" not in closed.stdout + closed.stderr
        assert "消去済み" in closed.stderr


def test_a_fair_that_is_none_and_a_missing_name_are_told(deployment: Deployment, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[fair]\n", encoding="utf-8")
    told = deployment.typed("audit", "verify", str(wrong))
    assert told.returncode == 1
    assert "wrong.toml" in told.stderr
    assert not deployment.data.exists()
    assert deployment.typed("dispose", str(SAMPLE_FAIR), "--by", "見本 花子").returncode == 2

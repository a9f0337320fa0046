"""`yobidashi serve` as a whole: real processes, from the friendly list to the last one's end."""

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import END_S, HANGS_S, Served, run, serving, wait_for_end
from stopwatch import Stopwatch
from yobidashi.places import SAMPLE_FAIR


def open_page(served: Served) -> socket.socket:
    """A websocket that was opened and is then never read from: a tablet that went to sleep."""
    slug = served.get("/api/fairs")["fairs"][0]["slug"]
    where = urlsplit(served.url)
    assert where.port
    page = socket.create_connection((where.hostname, where.port), timeout=HANGS_S)
    page.sendall(
        f"GET /api/fairs/{slug}/live HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n".encode()
    )
    assert page.recv(15) == b"HTTP/1.1 101 Sw"
    return page


def setup_links(served: Served) -> list[str]:
    """The links that make the first chief, as they are printed."""
    return re.findall(r"/set-up#[\w-]{22}", served.said)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A server that nobody ends, and its data."""
    data = tmp_path_factory.mktemp("data")
    with serving("--data", str(data)) as served:
        yield served, data


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demonstration that is open to the hall and that nobody ends."""
    data = tmp_path_factory.mktemp("trial")
    with serving("--data", str(data), "--demonstration", HOST="0.0.0.0") as served:  # noqa: S104
        yield served


def test_the_list_is_printed_once_the_pages_answer(running: tuple[Served, Path]) -> None:
    served, _ = running
    for path in ("/", "/reception", "/booths/1", "/calls"):
        assert f"{served.url}{path}" in served.said
        with urllib.request.urlopen(served.url + path, timeout=HANGS_S) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers


def test_every_way_to_end_it_is_clean_and_quick_and_each_start_has_its_own_owners_link(tmp_path: Path) -> None:
    """As long as nobody used one."""
    links: list[str] = []
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with serving("--data", str(tmp_path)) as served:
            links += setup_links(served)
            family = served.family()
            assert len(family) == 2, f"{how.name}: the server and its Redis"
            status, took_s, complaints = served.end(how)
            assert (status, complaints) == (0, ""), how.name
            assert took_s < END_S, how.name
            assert all(wait_for_end(pid, 0) for pid in family), how.name
    assert len(links) == len(set(links)) == 3


def test_several_processes_end_together(tmp_path: Path) -> None:
    with serving("--data", str(tmp_path), "--processes", "2") as served, open_page(served):
        family = served.family()
        assert len(family) >= 4, "the server, two processes and a Redis"
        status, took_s, complaints = served.end()
        assert status == 0
        assert "Traceback" not in complaints
        assert took_s < END_S
        assert all(wait_for_end(pid, END_S) for pid in family)


def test_no_process_outlives_a_killed_server_but_its_redis_and_the_next_server_ends_that(tmp_path: Path) -> None:
    with serving("--data", str(tmp_path), "--processes", "2") as served:
        family = served.family()
        commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in family}
        (redis,) = [pid for pid, command in commands.items() if b"unixsocket" in command]
        watch = Stopwatch()
        os.kill(served.process.pid, signal.SIGKILL)
        assert all(wait_for_end(pid, HANGS_S) for pid in family if pid != redis)
        assert watch.seconds < END_S
        assert not wait_for_end(redis, 0)
    with serving("--data", str(tmp_path)) as served:
        assert wait_for_end(redis, 0)
        assert served.get("/api/fairs")["fairs"]


def test_sleeping_pages_do_not_hold_it_up_and_every_queue_stands_as_it_was_after_a_restart(tmp_path: Path) -> None:
    boards = []
    for restart in (False, True):
        with serving("--data", str(tmp_path), "--demonstration") as served:
            served.wait_until_live()
            fair = f"/api/fairs/{served.get('/api/fairs')['fairs'][0]['slug']}"
            if not restart:
                queues = [queue["id"] for queue in served.get(fair)["queues"][:2]]
                command = {"command_id": "0123456789abcdef", "size": 3, "queues": queues}
                body = urllib.request.Request(
                    f"{served.url}{fair}/issue", json.dumps(command).encode(), {"content-type": "application/json"}
                )
                with urllib.request.urlopen(body, timeout=HANGS_S) as answer:
                    issued = json.load(answer)
            events = served.get(f"{fair}/journal?after=0&limit=1000")
            assert issued in events["events"]
            boards.append(events)
            with open_page(served), open_page(served):
                status, took_s, _ = served.end()
            assert status == 0
            assert took_s < END_S
    assert boards[0] == boards[1]


def test_a_second_server_on_the_same_data_says_so_and_stops(running: tuple[Served, Path]) -> None:
    served, data = running
    second = run("serve", "--port", "0", "--data", str(data))
    assert second.returncode == 1
    assert second.stdout == ""
    assert f"(pid {served.process.pid}, since 20" in second.stderr
    assert "running on the data in" in second.stderr
    assert second.stderr.count("\n") == 1
    assert served.get("/api/fairs")["fairs"]


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = run("serve", "--port", str(port), "--data", str(tmp_path))
    assert told.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}: Address already in use." in told.stderr
    assert told.stderr.count("\n") == 1


def test_an_address_that_is_not_here_is_a_sentence(tmp_path: Path) -> None:
    told = run("serve", "--host", "not an address", "--port", "0", "--data", str(tmp_path))
    assert told.returncode == 1
    assert "no address to listen on" in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_redis_url_that_leads_nowhere_still_serves_pages(tmp_path: Path) -> None:
    """Redis may come back; until then pages say that they are not live, and commands answer 503."""
    with serving(REDIS_URL=f"unix://{tmp_path}/nobody.sock") as served:
        with urllib.request.urlopen(f"{served.url}/calls", timeout=HANGS_S) as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError) as told:
            served.get("/readyz")
        with told.value as refused:
            assert refused.code == 503
        assert served.get("/healthz") == {"alive": True}
        assert served.end()[0] == 0


def test_a_fair_that_fails_its_check_is_not_served(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "北海道さっぽろ圏移住フェア"\ncolour = "red"\n', "utf-8")
    told = run("serve", str(broken), "--port", "0", "--data", str(tmp_path / "data"))
    assert told.returncode == 1
    assert told.stdout == ""
    assert "colour" in told.stderr
    assert str(broken) in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "data").exists()


def test_open_to_the_hall_it_shows_a_code_for_handhelds(trial: Served) -> None:
    assert "From handhelds in the hall" in trial.said
    assert trial.get("/api/fairs")["fairs"]


def test_two_fairs_with_one_slug_are_a_sentence(tmp_path: Path) -> None:
    told = run("serve", str(SAMPLE_FAIR), str(SAMPLE_FAIR), "--port", "0", "--data", str(tmp_path))
    assert told.returncode == 1
    assert "belongs to another fair, too" in told.stderr


def test_a_demonstration_says_that_it_is_one_and_has_no_owners_link(trial: Served) -> None:
    assert "A demonstration" in trial.said
    assert setup_links(trial) == []
    assert "/set-up" not in trial.said

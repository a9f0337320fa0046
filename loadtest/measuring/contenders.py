"""The servers under test, each started alone on the server's CPU: Yobidashi, the floor in C, and its peers.

What is published is of the same size everywhere: as many bytes of frame as the real event has.
"""

import asyncio
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from measuring.full_fair import RECALLING_BOOTH, fair_of_today, fill
from measuring.machine import SERVER_CPU, children_of, pinned
from measuring.recall import words_of_recall
from measuring.served import Served, served
from measuring.tools import Tools
from yobidashi.live.wire import encode_hello

FRAME_BYTES: Final = 162
"""Of a ``recalled`` event: its head, the ticket and its party, as a websocket frame."""

HEAD_BYTES: Final = 4
"""Of a websocket frame with 126 bytes of payload or more."""

MARK: Final = b"@@00000000"
"""What the listeners replace by the number of the publication."""

RUN_MARK: Final = b"##00000000"
"""What they replace by a number of their own run."""

START_S: Final = 15.0
LEARNT_S: Final = 8.0
"""Until the guide has learnt from what has just filled the fair; on a day it learns as the day goes on."""

PARTIES: Final = 70
"""In the fair: its snapshot then has 10 kB."""


@dataclass(frozen=True, slots=True)
class Running:
    """One server that runs: how the listeners reach it, and which processes are it."""

    port: int
    pids: tuple[int, ...]
    arguments: tuple[str, ...]
    others: tuple[int, ...] = ()
    """Processes it needs beside it (a Redis)."""
    publishing: tuple[str, ...] = ()
    """What the listeners need to publish, and to know what they hear."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One server under test."""

    name: str
    start: Callable[[Tools], AbstractContextManager[Running]]
    made_of: str


@contextmanager
def yobidashi(tools: Tools) -> Iterator[Running]:
    """Run the real server, signed in as a screen, guidance on; published by the real command *recall*, straight to its Redis.

    The command comes as if from another process of the same deployment: what the server pays for an event is all in the
    figure, what HTTP costs is not (`commands.py` says that).
    """
    with tempfile.TemporaryDirectory(prefix="yobi-fair-") as name:
        folder = Path(name)
        with served(fair=fair_of_today(folder)) as server:
            asyncio.run(fill(server, PARTIES))
            time.sleep(LEARNT_S)
            yield Running(
                server.port,
                server.pids,
                arguments_for(server, folder),
                (server.redis_pid,),
                publishing_to(server, folder),
            )


def arguments_for(server: Served, folder: Path) -> tuple[str, ...]:
    """Give what the listeners need to open sockets as a screen."""
    (folder / "headers").write_text(server.headers, encoding="ascii", newline="")
    return (
        *("-s", f"/api/fairs/{server.fair}/live", "-H", str(folder / "headers")),
        *("-o", encode_hello(None, 0).hex(), "-r", b"\xa4beat".hex()),
    )


def publishing_to(server: Served, folder: Path) -> tuple[str, ...]:
    """Give what the listeners need to publish recalls, and to hear them."""
    (folder / "recall").write_bytes(recall(server))
    return ("-U", str(server.redis_socket), "-T", str(folder / "recall"), "-e", "recalled")


def recall(server: Served) -> bytes:
    """Give the command *recall* as Redis receives it, with the mark in its command id. It is done once first: that loads the script."""
    asyncio.run(server.run("recall", booth=RECALLING_BOOTH))
    # New ids for each run: an id that was used before would only get its first answer again.
    words = words_of_recall(server.fair, f"{RUN_MARK.decode()}{MARK.decode()}")
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word.encode()) for word in words)


@contextmanager
def floor(tools: Tools) -> Iterator[Running]:
    """Run the floor."""
    port = free_port()
    with _process([str(tools.floor), str(port)], port) as process:
        yield _marked(port, process, tools)


@contextmanager
def nchan(tools: Tools) -> Iterator[Running]:
    """Run nginx with nchan."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="yobi-nchan-") as folder:
        text = (Path(__file__).parent.parent / "peers" / "nginx.conf").read_text(encoding="utf-8")
        for key, value in {"module": tools.nchan, "folder": folder, "port": port}.items():
            text = text.replace(f"{{{key}}}", str(value))
        Path(folder, "nginx.conf").write_text(text, encoding="utf-8")
        with _process([str(tools.nginx), "-p", folder, "-c", "nginx.conf"], port) as process:
            yield _marked(port, process, tools, "-t")


@contextmanager
def ws(tools: Tools, snapshot: tuple[str, ...] = (), hello: bytes = b"") -> Iterator[Running]:
    """Run Node's ws; ``snapshot`` says what each listener gets first (`peers/ws.mjs`), ``hello`` what it says before."""
    port = free_port()
    with _process(["node", str(tools.peers / "ws.mjs"), str(port), *snapshot], port) as process:
        yield _marked(port, process, tools, *(("-o", hello.hex()) if hello else ()))


@contextmanager
def socket_io(tools: Tools) -> Iterator[Running]:
    """Run socket.io with its Redis adapter, and a Redis for it."""
    port, redis_port = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="yobi-redis-") as folder:
        redis = [str(tools.redis), "--port", str(redis_port), "--save", "", "--dir", folder]
        command = ["node", str(tools.peers / "socket_io.mjs"), str(port), f"redis://127.0.0.1:{redis_port}"]
        with _process(redis, redis_port) as beside, _process(command, port) as process:
            path = "/socket.io/?EIO=4&transport=websocket"
            hello = ("-t", "-o", b"40".hex(), "-r", b'40{"sid"'.hex())
            running = _marked(port, process, tools, "-s", path, *hello, publish=path, around=(b'42["publish","', b'"]'))
            yield replace(running, others=(beside.pid,))


FLOOR: Final = Contender("floor", floor, "send() in C")
YOBIDASHI: Final = Contender("yobidashi", yobidashi, "the real server")
PEERS: Final = (
    Contender("nchan", nchan, "nginx, C"),
    Contender("ws", ws, "Node"),
    Contender("socket.io", socket_io, "Node, with Redis"),
)
ALL: Final = (FLOOR, YOBIDASHI, *PEERS)

SNAPSHOT_BYTES: Final = 10_000
AT_ONCE: Final = Contender("ws", partial(ws, snapshot=(str(SNAPSHOT_BYTES),)), "Node, the snapshot at once")
AFTER_HELLO: Final = Contender(
    "ws after hello",
    partial(ws, snapshot=(str(SNAPSHOT_BYTES), "1"), hello=b"hello"),
    "Node, the snapshot after a hello",
)
"""What a connect storm is measured against; pages of Yobidashi say hello with their position before they get theirs."""


def free_port() -> int:
    """Give a port that is free now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _marked(
    port: int,
    process: "subprocess.Popen[bytes]",
    tools: Tools,
    *more: str,
    publish: str = "/publish",
    around: tuple[bytes, bytes] = (b"", b""),
) -> Running:
    payload = MARK + b"x" * (FRAME_BYTES - HEAD_BYTES - len(MARK))
    template = tools.folder / "publication"  # one contender runs at a time
    template.write_bytes(around[0] + payload + around[1])
    pids = (process.pid, *children_of(process.pid))
    return Running(port, pids, more, publishing=("-P", publish, "-T", str(template)))


@contextmanager
def _process(command: list[str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server on the server's CPU until the body ends; the body begins when it listens."""
    process = subprocess.Popen(pinned(command, SERVER_CPU), stdout=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + START_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > ends:
                    raise SystemExit(f"{command[0]} did not start") from None
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait()

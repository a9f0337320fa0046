"""Runs the server: checks the fairs, starts a Redis of its own where none is given, serves, and ends everything cleanly."""

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

import uvicorn
from starlette.applications import Starlette

from yobidashi import addresses
from yobidashi.data_folder import DataFolderUnusable
from yobidashi.departure import GOODBYES_S, DepartingServer
from yobidashi.embedded import EmbeddedRedis, RedisUnavailable
from yobidashi.fair import Fair, FairInvalid, load_fair
from yobidashi.founding import first_links, found_all
from yobidashi.live.protocol import GOODBYE_S
from yobidashi.notifying import READY, notify
from yobidashi.processes import Processes
from yobidashi.settings import Settings
from yobidashi.upkeep.logs import logging_of

GRACE_S: Final = 3
"""How long open requests and sockets have to end after Ctrl-C; then they are cut off."""
PROCESS_WAIT_S: Final = GOODBYES_S + GOODBYE_S + GRACE_S + 0.5
"""How long a server process has to end, beside the notice it gives; then it is killed."""
BACKLOG: Final = 8192
"""Connections that may wait to be accepted: a whole hall's pages come back in the same second."""
LARGEST_FRAME: Final = 4096
"""Bytes. Pages say hello on the socket and nothing else."""
KEEP_ALIVE_S: Final = 75
"""How long an idle HTTP connection is kept: longer than browsers and proxies use one again, so that none is cut under a tap."""


class CannotServe(Exception):
    """The server cannot start; `str()` is what to tell, without a traceback."""


def serve(settings: Settings) -> int:
    """Serves the fairs of `settings` until Ctrl-C, SIGTERM or a closed terminal; returns the exit status.

    0 after a clean end, 1 where the server could not start, with the reason on stderr.
    """
    _end_on_signals()
    try:
        fairs = _checked(settings.fairs)
        with contextlib.ExitStack() as ending:
            if settings.redis_url is None:
                redis = ending.enter_context(EmbeddedRedis(settings.data))
                settings = replace(settings, redis_url=redis.url)
            listener = ending.enter_context(_listen(settings.host, settings.port))
            if why_not := found_all(settings, fairs):
                raise CannotServe(why_not)
            links = first_links(settings, fairs)
            ending.callback(_ignore_signals)  # from here on the end is bounded, and a second Ctrl-C would break it
            return _run(settings, fairs, listener, links)
    except KeyboardInterrupt:
        return 0
    except (CannotServe, DataFolderUnusable, RedisUnavailable) as fault:
        print(fault, file=sys.stderr)
        return 1


def create_process_app() -> Starlette:
    """The app of one of several server processes, which ends when the process that started it is gone."""
    from yobidashi.app import create_app

    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="parent-watcher", daemon=True).start()
    return create_app()


def _create_own_app(settings: Settings, fairs: Sequence[Fair]) -> Starlette:
    """The app in this very process, of the fairs that have just been read."""
    from yobidashi.app import create_app

    return create_app(settings, fairs)


def _checked(paths: Sequence[Path]) -> list[Fair]:
    """The fairs, each without faults and each with a slug of its own.

    Raises:
        CannotServe: with all that is wrong.
    """
    fairs: dict[str, Fair] = {}
    for path in paths:
        try:
            fair = load_fair(path)
        except FairInvalid as faults:
            raise CannotServe(f"{faults}\n{path}: このフェアは開けません。 This fair is not served.") from None
        if fair.slug in fairs:
            raise CannotServe(f"{path}: 略称が重なっています。 The slug {fair.slug!r} belongs to another fair, too.")
        fairs[fair.slug] = fair
    return list(fairs.values())


def _run(settings: Settings, fairs: list[Fair], listener: socket.socket, links: Mapping[str, str]) -> int:
    def announce() -> None:
        booths = [[booth.number for booth in fair.booths] for fair in fairs]
        port = listener.getsockname()[1]
        told = addresses.page_list(
            settings.host,
            port,
            fairs,
            booths,
            first_links=links,
            demonstration=settings.demonstration,
            terminal=sys.stdout.isatty(),
        )
        print(told, flush=True)
        notify(READY)

    os.environ.update(settings.to_environment())  # the one way in which the app of a process is told
    config = uvicorn.Config(
        "yobidashi.serve:create_process_app" if settings.processes > 1 else partial(_create_own_app, settings, fairs),
        factory=True,
        workers=settings.processes,
        http="yobidashi.live.upgrade:HttpProtocol",
        ws="yobidashi.live.protocol:HubProtocol",
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        lifespan="on",
        ws_max_size=LARGEST_FRAME,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        backlog=BACKLOG,
        access_log=False,
        log_config=logging_of(settings.log),
        log_level="warning",
        server_header=False,
    )
    if settings.processes > 1:
        many = Processes(config, listener, announce, settings.notice_s, settings.notice_s + PROCESS_WAIT_S)
        many.run()
        return 0 if many.served else 1
    one = DepartingServer(config, settings.notice_s, announce)
    try:
        one.run([listener])
    except KeyboardInterrupt:
        pass  # uvicorn ended gracefully and then raised the signal again
    except SystemExit:
        return 1  # it has logged why
    return 0 if one.started else 1


@contextlib.contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """A bound socket; the server makes it listen once the app is ready.

    Raises:
        CannotServe: the address is not this machine's, or the port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as fault:
        raise CannotServe(
            f"HOST が正しくありません。 HOST {host!r} is no address to listen on: {fault.strerror}."
        ) from None
    # With the protocol named, asyncio switches Nagle's delay off for the connections accepted here; with 0 it does not.
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6 and addresses.is_wildcard(host):
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        try:
            listener.bind(address)
        except OSError as fault:
            raise CannotServe(
                f"ポート {port} は使えません。 Cannot listen on {host} port {port}: {fault.strerror or fault}. "
                "PORT=8001 (or --port 8001) takes another one."
            ) from None
        yield listener


def _end_on_signals() -> None:
    """SIGTERM and a closed terminal end the server the way Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def terminate(number: int, frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means it
        signal.signal(signal.SIGHUP, terminate)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)

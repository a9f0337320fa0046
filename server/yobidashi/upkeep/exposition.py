"""Where Prometheus reads the figures: an address and a port of their own, never the one that the hall's browsers reach.

So no page, no visitor and no reverse proxy can come upon them, whatever it is told. Every process of a server is asked by
itself: each takes the first port that is free of as many as there are processes.
"""

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from yobidashi.upkeep.figures import TYPE, Figures

log = logging.getLogger(__name__)


@asynccontextmanager
async def exposed(figures: Figures, at: tuple[str, int] | None, processes: int) -> AsyncIterator[int | None]:
    """Answer ``GET /metrics`` as long as the body runs; give the port, None where there is none to take or none is wished.

    A port that is taken is no reason not to serve the fair: it is said in the log.
    """
    listener = _listener(at, processes) if at else None
    if listener is None:
        yield None
        return

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=figures.text(), headers={"Content-Type": TYPE, "Cache-Control": "no-store"})

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.SockSite(runner, listener, shutdown_timeout=0.5).start()
        yield listener.getsockname()[1]
    finally:
        await runner.cleanup()
        listener.close()


def _listener(at: tuple[str, int], processes: int) -> socket.socket | None:
    host, first = at
    ports = range(first, first + processes) if first else (0,)
    why: OSError | None = None
    for port in ports:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
            )[0]
            listener = socket.socket(family, kind, protocol)
        except OSError as fault:
            why = fault
            continue
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()  # bound alone, a second process could bind it too
        except OSError as fault:
            listener.close()
            why = fault
            continue
        return listener
    log.error("figures are read nowhere: %s from port %d on cannot be listened on (%s)", host, first, why)
    return None

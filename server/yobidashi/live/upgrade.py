"""Where an HTTP connection under uvicorn becomes a websocket."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from yobidashi.live.protocol import HubProtocol


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which hands a connection that becomes a websocket to `HubProtocol`, with its request as it stands."""

    def handle_websocket_upgrade(self) -> None:
        """Make a websocket of the connection, or answer why not."""
        self.connections.discard(self)
        protocol = HubProtocol(self.config, self.server_state, self.app_state)
        self.transport.set_protocol(protocol)
        protocol.open(self.transport, self.scope, self.url)
        # Parser and protocol hold each other; without this every socket would leave them to the garbage collector.
        self.parser = None  # type: ignore[assignment]

"""Several fairs in one deployment: each under its slug, none seeing anything of another."""

import secrets
from pathlib import Path

from running import running_server
from yobidashi.live.board import Board
from yobidashi.live.wire import decode_frame, encode_hello
from yobidashi.places import SAMPLE_FAIR


async def test_two_fairs_keep_apart(redis_url: str, prefix: str, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(SAMPLE_FAIR.read_text(encoding="utf-8").replace('slug = "sapporo-2026"', 'slug = "other-fair"'))
    async with running_server(str(SAMPLE_FAIR), str(other), redis_url=redis_url, prefix=prefix) as server:
        async with server.http.get(f"{server.url}/api/fairs") as response:
            assert [fair["slug"] for fair in (await response.json())["fairs"]] == [server.fair, "other-fair"]
        await server.command("issue", size=1, queues=["sapporo"])
        body = {"command_id": secrets.token_hex(16), "size": 2, "queues": ["otaru"]}
        async with server.http.post(f"{server.url}/api/fairs/other-fair/issue", json=body) as response:
            assert (await response.json())["parties"][0]["number"] == "1"  # each fair counts for itself
        for slug, queue in ((server.fair, "sapporo"), ("other-fair", "otaru")):
            server.fair = slug
            assert [ticket["queue"] for ticket in (await server.get("/board"))["tickets"]] == [queue]
            async with server.socket() as socket:
                await socket.send(encode_hello(None, 0))
                await socket.recv()
                board = decode_frame(await socket.recv(decode=False))
                assert isinstance(board, Board)
                assert [ticket.queue for ticket in board.tickets.values()] == [queue]
            async with server.http.get(f"{server.url}/fairs/{slug}/reception") as response:
                assert f'"slug": "{slug}"' in await response.text()
        async with server.http.get(server.url + "/") as response:
            text = await response.text()
            assert "/fairs/other-fair" in text

"""The HTTP API against the real server: every wrong thing gets a code and two sentences, and changes nothing."""

import secrets
from typing import Any

import pytest

from running import Refused, RunningServer
from yobidashi.queue.commands import COMMANDS
from yobidashi.web.body import BODY_MAX_BYTES

ID = {"command_id": "0123456789abcdef"}
ISSUE = {"size": 2, "queues": ["sapporo"]}


async def answered(
    server: RunningServer,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    json: Any = None,
    media: str = "application/json",
) -> tuple[int, dict[str, Any]]:
    """Send anything; give status and answer, which must be JSON with code and sentences where it is an error."""
    headers = {"Content-Type": media} if body is not None else {}
    async with server.http.request(method, server.url + path, data=body, json=json, headers=headers) as response:
        answer: dict[str, Any] = await response.json()
        if response.status >= 400:
            assert set(answer) == {"code", "ja", "en", "detail"}
            assert answer["ja"]
            assert answer["en"]
            assert "Traceback" not in str(answer)
        return response.status, answer


@pytest.mark.parametrize(
    ("command", "body", "status", "code"),
    [
        ("issue", {}, 422, "missing_command_id"),
        ("issue", {"command_id": "short", **ISSUE}, 422, "missing_command_id"),
        ("issue", {"command_id": "with spaces in it!", **ISSUE}, 422, "missing_command_id"),
        ("issue", {"command_id": 7, **ISSUE}, 422, "missing_command_id"),
        ("issue", {**ID, "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 0, "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 21, "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": "2", "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2.5, "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": True, "queues": ["sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2, "queues": []}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2, "queues": ["sapporo", "sapporo"]}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2, "queues": "sapporo"}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2, "queues": ["<script>"]}, 422, "invalid_arguments"),
        ("issue", {**ID, **ISSUE, "name": "a person"}, 422, "invalid_arguments"),
        ("issue", {**ID, "size": 2, "queues": ["nowhere"]}, 404, "unknown_queue"),
        ("issue", {**ID, "party": 99, "queues": ["sapporo"]}, 404, "unknown_party"),
        ("call-next", {**ID, "booth": 99}, 404, "unknown_booth"),
        ("call-next", {**ID, "booth": -1}, 422, "invalid_arguments"),
        ("call-next", {**ID, "booth": 1}, 409, "no_one_waiting"),
        ("call-next", {**ID, "booth": 19}, 409, "booth_not_open"),
        ("call", {**ID, "booth": 1, "number": "999"}, 404, "unknown_number"),
        ("call", {**ID, "booth": 1, "number": "'; DROP"}, 422, "invalid_arguments"),
        ("recall", {**ID, "booth": 1}, 409, "booth_free"),
        ("hold", {**ID, "ticket": 99}, 404, "unknown_ticket"),
        ("cancel", {**ID, "ticket": 1, "reason": "because"}, 422, "invalid_arguments"),
        ("undo", {**ID, "offset": 999}, 404, "unknown_event"),
        ("undo", {**ID, "offset": 10**17}, 422, "invalid_arguments"),
        ("assign-booth", {**ID, "booth": 1, "queue": "otaru"}, 409, "not_a_spare"),
        ("set-clock", {**ID, "at": 0, "rate": -1}, 422, "invalid_arguments"),
        ("fly", {**ID}, 404, "not_found"),
    ],
)
async def test_wrong_commands(
    server: RunningServer, command: str, body: dict[str, Any], status: int, code: str
) -> None:
    before = await server.get("/board")
    body = body | {"command_id": secrets.token_hex(16)} if body.get("command_id") == ID["command_id"] else body
    got, answer = await answered(server, "POST", f"/api/fairs/{server.fair}/{command}", json=body)
    assert (got, answer["code"]) == (status, code)
    after = await server.get("/board")
    assert {**after, "now": 0} == {**before, "now": 0}


@pytest.mark.parametrize(
    ("body", "media", "status", "code"),
    [
        (b"", "application/json", 400, "malformed_json"),
        (b"{", "application/json", 400, "malformed_json"),
        (b"\xff\xfe", "application/json", 400, "malformed_json"),
        (b"[]", "application/json", 422, "invalid_arguments"),
        (b"null", "application/json", 422, "invalid_arguments"),
        (b"[" * 4_000, "application/json", 400, "malformed_json"),
        (b'{"size": ' + b"9" * 3_000 + b"}", "application/json", 422, "missing_command_id"),
        (b"x" * (BODY_MAX_BYTES + 1), "application/json", 413, "too_large"),
        (b"{}", "text/plain", 415, "wrong_media_type"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "wrong_media_type"),
    ],
)
async def test_wrong_bodies(server: RunningServer, body: bytes, media: str, status: int, code: str) -> None:
    got, answer = await answered(server, "POST", f"/api/fairs/{server.fair}/issue", body=body, media=media)
    assert (got, answer["code"]) == (status, code)
    assert (await server.get("/board"))["offset"] == 1


async def test_a_body_without_a_length_is_bounded_too(server: RunningServer) -> None:
    async def endless() -> Any:
        for _ in range(1_000):
            yield b"x" * 1_000

    headers = {"Content-Type": "application/json"}
    async with server.http.post(f"{server.api}/issue", data=endless(), headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/fairs/nowhere", 404, "unknown_fair"),
        ("GET", "/api/fairs/nowhere/board", 404, "unknown_fair"),
        ("POST", "/api/fairs/nowhere/issue", 404, "unknown_fair"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api/fairs/{fair}/issue", 405, "method_not_allowed"),
        ("DELETE", "/api/fairs/{fair}", 405, "method_not_allowed"),
        ("PUT", "/api/fairs/{fair}/board", 405, "method_not_allowed"),
        ("GET", "/api/fairs/{fair}/journal?after=minus", 422, "invalid_arguments"),
        ("GET", "/api/fairs/{fair}/journal?limit=99999", 422, "invalid_arguments"),
        ("GET", "/api/fairs/{fair}/journal?after=²", 422, "invalid_arguments"),
        ("GET", "/api/fairs/%00", 404, "unknown_fair"),
        ("GET", "/api/fairs/..%2f..%2fetc", 404, "not_found"),
    ],
)
async def test_wrong_addresses(server: RunningServer, method: str, path: str, status: int, code: str) -> None:
    got, answer = await answered(server, method, path.replace("{fair}", server.fair))
    assert (got, answer["code"]) == (status, code)


async def test_a_wrong_page_is_a_page_with_a_sentence(server: RunningServer) -> None:
    for path in (
        "/nothing",
        "/booths/99",
        "/fairs/nowhere/calls",
        "/static/now/client/none.js",
        "/static/now/client/..%2f..%2fapp.py",
    ):
        async with server.http.get(server.url + path) as response:
            text = await response.text()
            assert response.status == 404
            assert "ありません" in text
            assert "Traceback" not in text


async def test_the_refusal_of_a_queue_speaks_its_name(server: RunningServer) -> None:
    await server.command("stop-issuing", queue="sapporo")
    with pytest.raises(Refused) as caught:
        await server.command("issue", size=1, queues=["sapporo"])
    assert "札幌市" in caught.value.answer["ja"]


async def test_board_journal_and_description_agree(server: RunningServer) -> None:
    for _ in range(3):
        await server.command("issue", size=2, queues=["sapporo", "otaru"])
    called = await server.command("call-next", booth=1)
    while (board := await server.get("/board"))["offset"] < called["offset"]:
        pass  # the hub hears of an event after whoever caused it
    journal, fair = await server.get("/journal"), await server.get("")
    assert [event["offset"] for event in journal["events"]] == list(range(1, board["offset"] + 1))
    assert len(board["tickets"]) == 6
    assert {row["id"] for row in board["booths"]} == {booth["number"] for booth in fair["booths"]}
    page = await server.get("/journal?after=2&limit=2")
    assert [event["offset"] for event in page["events"]] == [3, 4]


async def test_an_answer_is_the_event_of_the_journal(server: RunningServer) -> None:
    answer = await server.command("issue", size=2, queues=["sapporo"])
    assert (await server.get(f"/journal?after={answer['offset'] - 1}"))["events"] == [answer]


async def test_every_command_is_reachable(server: RunningServer) -> None:
    """Each command, sent with nothing but its id, is known to the API: parsed or refused, never not_found."""
    for name in COMMANDS:
        _, answer = await answered(
            server, "POST", f"/api/fairs/{server.fair}/{name}", json={"command_id": secrets.token_hex(16)}
        )
        assert answer.get("code") != "not_found", name

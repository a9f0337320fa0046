"""The OpenAPI document and the server, held together from both sides."""

import asyncio
import re
import secrets
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from starlette.routing import Route

from running import RunningServer
from yobidashi.app import create_app
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.errors import CODES
from yobidashi.settings import Settings
from yobidashi.web.openapi import document


async def served(server: RunningServer) -> dict[str, Any]:
    async with server.http.get(f"{server.url}/api/openapi.json") as response:
        answer: dict[str, Any] = await response.json()
        return answer


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document()["components"]})


async def test_the_document_is_valid_and_served(server: RunningServer) -> None:
    found = await served(server)
    validate(found)
    assert found["paths"].items() >= document()["paths"].items()


async def test_every_route_stands_in_the_document_and_the_other_way_round(server: RunningServer) -> None:
    routes = [r for r in create_app(Settings(redis_url="redis://localhost")).routes if isinstance(r, Route)]
    served_here = {
        (re.sub(r":\w+}", "}", route.path), method.lower())
        for route in routes
        for method in (route.methods or set()) - {"HEAD"}
        if route.path.startswith("/api/") and "{command}" not in route.path
    }
    commands = {(f"/api/fairs/{{fair}}/{name}", "post") for name in COMMANDS}
    paths = (await served(server))["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == served_here | commands


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("issue", {"size": 2, "queues": ["sapporo", "otaru"]}),
    ("call-next", {"booth": 1}),
    ("recall", {"booth": 1}),
    ("start", {"booth": 1}),
    ("finish", {"booth": 1}),
    ("hold", {"ticket": 2}),
    ("restore", {"ticket": 2}),
    ("transfer", {"ticket": 2, "queue": "chitose"}),
    ("offer", {"ticket": 2, "queue": "sapporo", "minutes": 15}),
    ("accept-offer", {"offer": 1, "how": "move"}),
    ("offer", {"ticket": 2, "queue": "ebetsu"}),
    ("decline-offer", {"offer": 2, "answer": "not_now"}),
    ("announce", {"ja": "まもなく閉場します", "en": "We close soon", "minutes": 5}),
    ("end-notice", {"notice": 1}),
    ("drop-in", {"booth": 1, "size": 2, "children": 1}),
    ("correct-ticket", {"ticket": 3, "state": "cancelled", "reason": "counted_wrong"}),
    ("correct-party", {"party": 1, "size": 3, "children": 1, "reason": "forgotten"}),
    ("exit", {"party": 1, "persons": 1}),
    ("reenter", {"party": 1, "persons": 1}),
    ("split", {"party": 1, "persons": 1, "children": 0, "tickets": [2]}),
    ("cancel", {"ticket": 2, "reason": "left"}),
    ("assign-booth", {"booth": 19, "queue": "sapporo"}),
    ("pause-booth", {"booth": 1}),
    ("stop-issuing", {"queue": "otaru"}),
    ("set-clock", {"at": 4_000_000_000_000, "rate": 1.5}),
]


async def test_answers_are_as_the_document_says(server: RunningServer) -> None:
    for name, arguments in CALLS:
        schema("Event").validate(await server.command(name, **arguments))
    schema("Board").validate(await server.get("/board"))
    schema("Counts").validate(await server.get("/counts"))
    schema("JournalPage").validate(await server.get("/journal"))
    schema("Fair").validate(await server.get(""))


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_what_the_document_allows_is_what_the_parser_takes(name: str, arguments: dict[str, Any]) -> None:
    body = {"command_id": secrets.token_hex(16), **arguments}
    kind = COMMANDS[name]
    assert schema(kind.__name__).is_valid(body)
    assert not schema(kind.__name__).is_valid({**body, "more": 1})
    assert not schema(kind.__name__).is_valid({**body, "command_id": "short"})


async def test_refusals_are_as_the_document_says(server: RunningServer) -> None:
    document_codes = {
        status: set(response["description"].rsplit("Codes: ", 1)[1].split(", "))
        for status, response in document()["paths"]["/api/fairs/{fair}/issue"]["post"]["responses"].items()
        if status != "200"
    }
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("issue", {"size": 2, "queues": ["nowhere"]}),
        ("call-next", {"booth": 1}),
        ("call-next", {"booth": 0}),
        ("issue", {}),
    ]

    async def send(name: str, arguments: dict[str, Any]) -> None:
        body = {"command_id": secrets.token_hex(16), **arguments}
        async with server.http.post(f"{server.api}/{name}", json=body) as response:
            answer = await response.json()
            schema("Refusal").validate(answer)
            assert answer["code"] in document_codes[str(response.status)]

    await asyncio.gather(*(send(name, arguments) for name, arguments in wrong))
    assert set().union(*document_codes.values()) == {
        code for code, s in CODES.items() if s.status < 500 or s.status == 503
    }

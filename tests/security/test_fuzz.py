"""The API, sent whatever its own OpenAPI document allows and much that it does not: no 5xx, and every answer as documented.

The examples are drawn by fixed seeds, so that what failed here fails again; their number keeps the whole below 25 s.
"""

import asyncio
import json
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
import pytest_asyncio
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from every_route import addresses
from peopled_fair import DAYS, form, peopled_fair
from real import Client, RealServer
from yobidashi.queue.commands.command import COMMAND_ID_PATTERN
from yobidashi.staff.permissions import PUBLIC_MAY, STAFF_MAY
from yobidashi.staff.roles import Role

LEFT_OUT: Final = {
    "sign-out": "it would end the sign-in that the rest is sent with",
}
"""Operations that are not sent, with the reason: those that would end the trial itself."""

CHECKS: Final = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]

AWAY: Final = {503}
"""The one 5xx that is documented: the server says that it cannot now. With a well Redis it has no reason to."""

EXAMPLES: Final = {"chief": 4, "privacy": 4, "reception": 2, "public": 4}
"""Requests to each operation, by who sends them. Half are as the document asks, half are not.

What somebody may not do is refused before it is read (tests/web/test_permissions.py), so it is not sent.
"""


@dataclass
class Target:
    """A server of its own, for what is sent to it leaves nothing as it was; and what is there, by what stands for it in paths."""

    server: RealServer
    there: dict[str, str]
    forms: dict[str, dict[str, Any]]
    """By stage, forms as a page sends them: else none that is made up would be read to its end."""


@pytest_asyncio.fixture(scope="module")
async def target(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Target]:
    """A fair with somebody everywhere, and one reservation more whose party has not come."""
    async with peopled_fair(redis_url, tmp_path_factory.mktemp("fair"), "見本 太郎") as fair:
        visitor = await fair.server.client()
        booked = await visitor.post("/own-reservations", **form(fair.fair, "reservation", "見本 次郎"))
        find = fair.reception.post
        (reservation,) = (await find("/arrivals/find", text=booked["code"]))["found"]
        (card,) = (await find("/arrivals/find", text=fair.card["code"]))["found"]
        added = await fair.server.chief.post("/staff", person="見本 三郎", roles=["guide"], **DAYS)
        there = {
            "/own-cards/{token}": fair.card["token"],
            "/own-reservations/{token}": booked["token"],
            "{card}": card["card"],
            "{booking}": reservation["reservation"],
            "{reservation}": reservation["reservation"],
            "{member}": added["ids"][0],
        }
        yield Target(
            fair.server, there, {stage: form(fair.fair, stage, "見本 四郎") for stage in ("card", "reservation")}
        )


@pytest.mark.parametrize("who", EXAMPLES)
async def test_whatever_is_sent_is_answered_as_documented(target: Target, who: str) -> None:
    server = target.server
    client = await (server.client() if who == "public" else server.as_role(who))
    document = await served(server)
    wanted = operations(document, server, who) - set(LEFT_OUT)
    if who == "privacy":
        wanted -= operations(document, server, "chief")
    trial = Trial(server, client, EXAMPLES[who], wanted)
    await asyncio.to_thread(trial.send_all, within_reach(document, target))
    assert trial.faults == []
    assert {name for name, _ in trial.seen} == wanted
    assert {200, 422} <= {status for _, status in trial.seen}, (
        "nothing was let in, or nothing refused: nothing was tried"
    )
    assert b"Traceback" not in server.serving.said_since, server.serving.said_since.decode()


class Trial:
    """Requests of one sender to every operation, and what came of them."""

    def __init__(self, server: RealServer, client: Client, examples: int, wanted: set[str]) -> None:
        self._server = server
        self._wanted = wanted
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        self._headers = client.headers | ({"Cookie": cookie} if cookie else {})
        self._examples = examples
        self.seen: Counter[tuple[str, int]] = Counter()
        """How often an operation answered with a status."""
        self.faults: list[str] = []

    def send_all(self, document: dict[str, Any]) -> None:
        """Send to every operation of the document."""
        schema = schemathesis.openapi.from_dict(document)
        with requests.Session() as http:
            for found in schema.get_all_operations():
                assert isinstance(found, Ok), found
                operation = found.ok()
                if operation.definition.raw["operationId"] in self._wanted:
                    self._send(operation, http)

    def _send(self, operation: "APIOperation[Any, Any, Any, Any]", http: requests.Session) -> None:
        name = operation.definition.raw["operationId"]
        modes = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @settings(
            max_examples=self._examples,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=st.one_of(*modes))
        def send(case: "schemathesis.Case[Any]") -> None:
            case.path_parameters = {**(case.path_parameters or {}), "fair": self._server.fair}
            if isinstance(case.body, dict) and re.fullmatch(COMMAND_ID_PATTERN, str(case.body.get("command_id"))):
                # The same seeds draw the same ids for every operation, and an id is good for one act.
                case.body["command_id"] = f"{name}-{secrets.token_hex(16)}"[-64:]
            response = case.call(base_url=self._server.url, session=http, headers=self._headers, allow_redirects=False)
            self.seen[name, response.status_code] += 1
            assert response.status_code not in AWAY, response.text
            case.validate_response(response, checks=CHECKS)

        try:
            send()
        except (AssertionError, FailureGroup) as fault:
            self.faults.append(f"{name}: {fault}")


def within_reach(document: dict[str, Any], target: Target) -> dict[str, Any]:
    """Give the document with what exists in place of what might: else every booth, queue and card would be unknown."""
    near: dict[str, Any] = json.loads(json.dumps(document))
    for path, methods in near["paths"].items():
        for parameter in (each for operation in methods.values() for each in operation.get("parameters", ())):
            blank = f"{{{parameter['name']}}}"
            found = [value for place, value in target.there.items() if place.endswith(blank) and place in path]
            if parameter["in"] == "path" and found:
                parameter["schema"] = {"type": "string", "enum": found}
            elif parameter["in"] == "path" and parameter["schema"].get("type") == "integer":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": 3}
    for holder in _objects(near):
        named = holder.get("properties")
        if not isinstance(named, dict) or "command_id" not in named:
            continue  # no command: what is answered stays as it is documented
        for name, schema in named.items():
            if name in ("booth", "ticket", "party", "number") and schema.get("type") == "integer":
                schema["maximum"] = 5
            if name == "queue" and schema.get("type") == "string":
                schema |= {"enum": ["sapporo", "otaru", "chitose"]}
            if name == "consent" and schema.get("type") == "string":
                schema |= {"enum": ["city", "furusato"]}
            filled = target.forms["reservation" if "wishes" in named else "card"]
            if name in filled and schema.get("type") in ("object", "array"):
                named[name] = {"enum": [filled[name]]}
    return near


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def operations(document: dict[str, Any], server: RealServer, who: str) -> set[str]:
    """Give the id of every operation that somebody may do."""
    may = PUBLIC_MAY if who == "public" else STAFF_MAY[Role(who)]
    acts = {(a.method.lower(), re.sub(r":\w+}", "}", a.route)): a.act for a in addresses(server.fair, 1)}
    return {
        operation["operationId"]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if acts[method, path] in may
    }


async def served(server: RealServer) -> dict[str, Any]:
    async with server.chief.http.get(f"{server.url}/api/openapi.json") as response:
        document: dict[str, Any] = await response.json()
        return document

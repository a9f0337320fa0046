"""The API, sent whatever its own OpenAPI document allows and much that it does not: no 5xx, and every answer as documented.

The examples are drawn by fixed seeds, so that what failed here fails again; their number keeps the whole below 25 s.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
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
from real import Client, RealServer, real_server
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

EXAMPLES: Final = {"chief": 6, "reception": 4, "privacy": 4, "public": 8}
"""Requests to each operation that they may do, by who sends them. Half are as the document asks, half are not.

What somebody may not do is refused before it is read (tests/web/test_permissions.py).
"""


@pytest_asyncio.fixture(scope="module")
async def fuzzed(redis_url: str) -> AsyncIterator[RealServer]:
    """A server of its own: what is sent to it leaves nothing as it was."""
    async with real_server(redis_url=redis_url) as server:
        yield server


@pytest.mark.parametrize("who", EXAMPLES)
async def test_whatever_is_sent_is_answered_as_documented(fuzzed: RealServer, who: str) -> None:
    client = await (fuzzed.client() if who == "public" else fuzzed.as_role(who))
    document = await served(fuzzed)
    wanted = operations(document, fuzzed, who) - set(LEFT_OUT)
    trial = Trial(fuzzed, client, EXAMPLES[who], wanted)
    await asyncio.to_thread(trial.send_all, document)
    assert trial.faults == []
    assert {name for name, _ in trial.seen} == wanted
    assert {200, 422} <= {status for _, status in trial.seen}, (
        "nothing was let in, or nothing refused: nothing was tried"
    )
    assert b"Traceback" not in fuzzed.serving.said_since, fuzzed.serving.said_since.decode()


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
        schema = schemathesis.openapi.from_dict(within_reach(document, self._server))
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
            response = case.call(base_url=self._server.url, session=http, headers=self._headers, allow_redirects=False)
            self.seen[name, response.status_code] += 1
            assert response.status_code not in AWAY, response.text
            case.validate_response(response, checks=CHECKS)

        try:
            send()
        except (AssertionError, FailureGroup) as fault:
            self.faults.append(f"{name}: {fault}")


def within_reach(document: dict[str, Any], server: RealServer) -> dict[str, Any]:
    """Give the document with what exists in place of what might: else every booth and queue would be unknown."""
    near: dict[str, Any] = json.loads(json.dumps(document))
    for holder in _objects(near):
        named = holder.get("properties")
        if not isinstance(named, dict):
            continue
        for name, schema in named.items():
            if name in ("booth", "ticket", "party", "number") and schema.get("type") == "integer":
                schema["maximum"] = 30
            if name == "queue" and schema.get("type") == "string":
                schema |= {"enum": ["sapporo", "otaru", "jobs"]}
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

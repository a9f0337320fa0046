"""The OpenAPI document, made from the same classes that parse and answer."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode

import yobidashi
from yobidashi.live.counts import Counts
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import CODES
from yobidashi.queue.rows import TABLES
from yobidashi.web.operation import QUERY_MAX, Operation

_REF: Final = "#/components/schemas/"
_JSON: Final = "application/json"
_COUNT: Final = {"type": "integer", "minimum": 0}


def document(operations: Sequence[Operation] = ()) -> dict[str, Any]:
    """Give the OpenAPI 3.1 document of the HTTP API: the queue's, and ``operations`` about people and staff."""
    queue = _of_the_queue()
    paths, schemas = dict(queue["paths"]), dict(queue["components"]["schemas"])
    for operation in operations:
        paths[operation.address] = paths.get(operation.address, {}) | {
            operation.method.lower(): _described(operation, schemas)
        }
    return queue | {"paths": paths, "components": {"schemas": schemas}}


def _described(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = _schema_of(operation.answers, schemas, "serialization")
    media = {media_type: {"schema": schema} for media_type in (operation.answers_media, *operation.other_media)}
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_FAIR, *_path_parameters(operation.path), *map(_query_parameter, operation.query)],
        "responses": {"200": {"description": operation.summary, "content": media}, **_refusals()},
    }
    if operation.takes is not None or operation.takes_file:
        body = _schema_of(operation.takes, schemas, "validation") if operation.takes else {"type": "string"}
        described["requestBody"] = {"required": True, "content": {operation.media: {"schema": body}}}
    return described


def _schema_of(model: type[BaseModel] | None, schemas: dict[str, Any], mode: JsonSchemaMode) -> dict[str, Any]:
    if model is None:
        return {}
    schema = model.model_json_schema(ref_template=_REF + "{model}", mode=mode)
    schemas |= schema.pop("$defs", {})
    schemas[model.__name__] = schema
    return {"$ref": _REF + model.__name__}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    found = re.findall(r"{(\w+)(?::(\w+))?}", path)
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if kind == "int" else "string"}}
        for name, kind in found
    ]


def _query_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string", "maxLength": QUERY_MAX}}


@cache
def _of_the_queue() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Yobidashi",
            "version": yobidashi.__version__,
            "description": "Queues and calls of a fair. Commands are POSTs with a command_id; what happened is told by "
            "the websocket /api/fairs/{fair}/live and by the journal.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": _reads() | {f"/api/fairs/{{fair}}/{name}": {"post": _post(kind)} for name, kind in COMMANDS.items()},
        "components": {"schemas": _schemas()},
    }


def _post(kind: type[Command]) -> dict[str, Any]:
    return {
        "operationId": kind.name,
        "summary": kind.summary,
        "parameters": [_FAIR],
        "requestBody": {"required": True, "content": {_JSON: {"schema": {"$ref": _REF + kind.__name__}}}},
        "responses": {"200": _answer("The event that was appended to the journal.", "Event"), **_refusals()},
    }


_FAIR: Final = {
    "name": "fair",
    "in": "path",
    "required": True,
    "description": "The fair's slug.",
    "schema": {"type": "string", "pattern": "^[a-z0-9-]{1,40}$"},
}


def _reads() -> dict[str, Any]:
    journal_parameters: list[dict[str, Any]] = [
        _FAIR,
        {"name": "after", "in": "query", "description": "Offset to begin after.", "schema": {**_COUNT, "default": 0}},
        {"name": "limit", "in": "query", "schema": {**_COUNT, "maximum": 1000, "default": 1000}},
    ]
    return {
        "/api/fairs": {"get": _get("list-fairs", "Every fair that is served here.", "Fairs", [])},
        "/api/fairs/{fair}": {"get": _get("describe-fair", "A fair's public description.", "Fair", [_FAIR])},
        "/api/fairs/{fair}/board": {"get": _get("read-board", "The whole board.", "Board", [_FAIR])},
        "/api/fairs/{fair}/counts": {
            "get": _get(
                "read-counts", "Who came, who visited, who is in the hall, in parties and persons.", "Counts", [_FAIR]
            )
        },
        "/api/fairs/{fair}/journal": {
            "get": _get("read-journal", "Events after an offset.", "JournalPage", journal_parameters)
        },
        "/api/openapi.json": {
            "get": {
                "operationId": "read-openapi",
                "summary": "This document.",
                "responses": {
                    "200": {"description": "OpenAPI 3.1.", "content": {_JSON: {"schema": {"type": "object"}}}}
                },
            }
        },
    }


def _get(operation: str, summary: str, schema: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    responses = {"200": _answer(summary, schema)}
    if parameters:
        responses |= _refusals()
    return {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}


def _answer(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {_JSON: {"schema": {"$ref": _REF + schema}}}}


def _refusals() -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code, sentence in CODES.items():
        by_status.setdefault(sentence.status, []).append(code)
    return {
        str(status): _answer("Nothing changed. Codes: " + ", ".join(codes), "Refusal")
        for status, codes in sorted(by_status.items())
        if status < 500 or status == 503
    }


def _schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for kind in COMMANDS.values():
        schemas[kind.__name__] = kind.model_json_schema(ref_template=_REF + "{model}")
    for row in TABLES.values():
        schema = TypeAdapter(row).json_schema(mode="serialization", ref_template=_REF + "{model}")
        schemas |= schema.pop("$defs", {})
        schema["required"] = sorted(schema["properties"])
        schemas[row.__name__] = schema
    rows = {table: {"type": "array", "items": {"$ref": _REF + row.__name__}} for table, row in TABLES.items()}
    position = {"epoch": _COUNT, "offset": _COUNT}
    event = {"at": _COUNT, "kind": {"type": "string"}, "undoes": {"type": ["integer", "null"]}}
    schemas["Event"] = _object(position | event | rows)
    schemas["Board"] = _object(position | {"now": _COUNT, "live": {"type": "boolean"}} | rows)
    counts = TypeAdapter(Counts).json_schema(mode="serialization", ref_template=_REF + "{model}")
    schemas |= counts["$defs"]
    schemas["Counts"] = _object(position | counts["properties"])
    events = {"type": "array", "items": {"$ref": _REF + "Event"}}
    schemas["JournalPage"] = _object({"epoch": _COUNT, "top": _COUNT, "events": events})
    schemas["Fair"] = {"type": "object", "required": ["slug", "name", "queues", "booths"]}
    schemas["Fairs"] = _object({"fairs": {"type": "array", "items": {"$ref": _REF + "Fair"}}})
    text = {"type": "string"}
    code = {"type": "string", "enum": sorted(CODES)}
    schemas["Refusal"] = _object({"code": code, "ja": text, "en": text, "detail": {"type": "object"}})
    return schemas


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}

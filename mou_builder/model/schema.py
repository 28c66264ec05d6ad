"""The JSON Schema of an answers file, made from the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mou_builder.model.agreement import Agreement

_INTERNAL = ("serves", "when", "rationale", "why", "labels", "help")


def answers_schema(states: Iterable[str]) -> dict[str, Any]:
    """Return the schema, with the postal codes in `states` as the only states allowed."""
    schema = Agreement.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Answers for mou-builder"
    schema["$defs"]["Document"]["properties"]["state"]["enum"] = sorted(states)
    _plain(schema)
    return schema


def _plain(node: Any) -> None:
    """Drop the notes that only this tool reads, and the defaults that only say 'not answered yet'."""
    if isinstance(node, dict):
        for key in _INTERNAL:
            if not isinstance(node.get(key), dict) or "type" not in node[key] and "$ref" not in node[key] and "anyOf" not in node[key]:
                if key != "why" or isinstance(node.get(key), str):
                    node.pop(key, None)
        if node.get("default") == {"undecided": "not answered yet"}:
            del node["default"]
        for inner in node.values():
            _plain(inner)
    elif isinstance(node, list):
        for inner in node:
            _plain(inner)

"""The JSON Schema of an answers file, made from the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mou_builder.model.agreement import Agreement
from mou_builder.model.parts import NOTED


def answers_schema(states: Iterable[str]) -> dict[str, Any]:
    """Return the schema, with the postal codes in `states` as the only states allowed."""
    schema = Agreement.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Answers for mou-builder"
    schema["$defs"]["Document"]["properties"]["state"]["enum"] = sorted(states)
    _plain(schema)
    return schema


def _plain(node: Any) -> None:
    """Drop what `ask` noted for this tool alone, and defaults of groups, which only say 'not answered yet'."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):  # a field's own schema; a group of fields may have one named 'why'
            for key in NOTED:
                node.pop(key, None)
        if isinstance(node.get("default"), dict):
            del node["default"]
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _plain(inner)

"""Change a group or list that is written between braces or brackets, and keep how its owner wrote the rest of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from mou_builder import written
from mou_builder.rewriting.layout import Layout
from mou_builder.rewriting.matching import arrivals, same

Comments = list[tuple[int, int]]
"""Where the comments stand that found no place in the new words."""


def changed_flow(layout: Layout, node: yaml.Node, old: Any, new: Any) -> tuple[str, Comments]:
    """Return the words of `node`, whose value is `old`, with the value `new`; and the comments that they lost."""
    start, end = layout.start(node), layout.end(node)
    if same(old, new):
        return layout.text[start:end], []
    children = _children(node)
    if layout.text[start] in "[{" and _in_step(layout, node, old, new):
        words, comments, position = [], [], start
        for key, child in children:
            changed, lost = changed_flow(layout, child, old[key], new[key])
            words += [layout.text[position : layout.start(child)], changed]
            comments += lost
            position = layout.end(child)
        return "".join(words) + layout.text[position:end], comments
    lost = layout.comments(start, end)
    if isinstance(node, yaml.MappingNode) and isinstance(new, dict) and new:
        return "{" + ", ".join(_named(layout, node, old, new)) + "}", lost
    if isinstance(node, yaml.SequenceNode) and isinstance(new, list):
        return "[" + ", ".join(_listed(layout, node, old, new)) + "]", lost
    return written.inline(new, flow=True), lost


def _children(node: yaml.Node) -> list[tuple[Any, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return [(key.value, value) for key, value in node.value]
    return list(enumerate(node.value)) if isinstance(node, yaml.SequenceNode) else []


def _in_step(layout: Layout, node: yaml.Node, old: Any, new: Any) -> bool:
    """Return whether each part has its place in the old words already, so that only parts need other words."""
    if not old or not isinstance(old, (dict, list)) or type(old) is not type(new) or len(old) != len(new):
        return False
    if isinstance(old, dict) and any(key not in new for key in old):
        return False
    return all(same(old[key], new[key]) or not layout.is_empty(child) for key, child in _children(node))


def _named(layout: Layout, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    arriving = arrivals(old, new)

    def fresh(after: str | None) -> list[str]:
        return [f"{written.flow_key(key)}: {written.inline(new[key], True)}" for key in arriving.get(after, ())]

    words = fresh(None)
    for key, value in node.value:
        if key.value in new:
            kept = layout.text[layout.start(key) : max(layout.end(value), layout.end(key))]
            name = written.flow_key(key.value)
            if not same(old[key.value], new[key.value]) or "\n" in kept or "\r" in kept:
                kept = f"{name}: {written.inline(new[key.value], True)}"
            words.append(kept)
        words += fresh(key.value)
    return words


def _listed(layout: Layout, node: yaml.SequenceNode, old: list[Any], new: list[Any]) -> list[str]:
    words = []
    for value in new:
        kept = next((child for was, child in zip(old, node.value, strict=True) if same(was, value)), None)
        text = layout.text[layout.start(kept) : layout.end(kept)] if kept is not None else ""
        words.append(text if text and "\n" not in text and "\r" not in text else written.inline(value, True))
    return words

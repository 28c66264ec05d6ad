"""``mou-builder schema``: the shape of an answers file, for editors that complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library's folder.")] = None,
) -> None:
    """Print the JSON Schema of an answers file.

    Example: mou-builder schema > answers.schema.json
    """
    from mou_builder.cli.files import library_at
    from mou_builder.model.schema import answers_schema

    typer.echo(json.dumps(answers_schema(library_at(library).states), indent=2, ensure_ascii=False))

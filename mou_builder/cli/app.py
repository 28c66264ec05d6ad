"""The commands by name. Heavy rooms are imported only when a command needs them, so that --help is quick."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from mou_builder import __version__
from mou_builder.errors import MouError

app = typer.Typer(
    name="mou-builder",
    help="Build, check and explain memoranda of understanding about officers stationed in schools. "
    "Output is a draft for counsel, aligned with federal guidance; it is never called legally sufficient.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mou-builder {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Build, check and explain memoranda of understanding about officers stationed in schools."""


def _register() -> None:
    from mou_builder.cli import building, checking, deadlines, explaining, library, redlining, renewing, rollup, schema
    from mou_builder.cli.batch import command as batch
    from mou_builder.cli.interview import command
    from mou_builder.cli.modelling import model
    from mou_builder.cli.packs import command as packs

    app.command("interview")(command.interview)
    app.command("build", no_args_is_help=True)(building.build)
    app.command("check", no_args_is_help=True)(checking.check)
    app.command("explain", no_args_is_help=True)(explaining.explain)
    app.command("renew", no_args_is_help=True)(renewing.renew)
    app.command("redline", no_args_is_help=True)(redlining.redline)
    app.command("deadlines", no_args_is_help=True)(deadlines.deadlines)
    app.command("model", no_args_is_help=True)(model)
    app.command("batch", no_args_is_help=True)(batch.batch)
    app.command("rollup", no_args_is_help=True)(rollup.rollup)
    app.add_typer(library.app, name="library")
    app.add_typer(packs.app, name="pack")
    app.command("schema")(schema.schema)


_register()


def main() -> None:
    """Run the command line. Exit 0: done; 1: findings or a refused final; 2: unusable input; 130: interrupted."""
    # A command lives for seconds and makes many small objects at once; looking for garbage that often costs a tenth of it.
    # One that goes on for hours needs its memory back.
    if sys.argv[1:2] not in (["batch"], ["rollup"]):
        gc.set_threshold(100_000, 20, 20)
    try:
        app()
    except MouError as error:
        for fault in error.faults:
            sys.stderr.write(f"{fault}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; nothing was left half written.\n")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does.
        sys.stderr.close()
        sys.exit(0)

"""The command line: talks to a person, knows paths and exit codes, and leaves all judgment to the rooms below."""

from mou_builder.cli.app import app, main

__all__ = ["app", "main"]

"""What can keep a redline from being made."""

from __future__ import annotations

from mou_builder.errors import MouError


class RedlineError(MouError):
    """The redline cannot be made, or does not prove to be one."""


class EngineMissingError(RedlineError):
    """The comparison program that comes with the extra `redline` is not installed."""


class FieldError(RedlineError):
    """A field over several paragraphs, as a contents list, is torn by the changes."""

"""Fill a Word template by docxtpl, in a sandbox; what a person answered is never taken for a tag."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any
from zipfile import BadZipFile

from jinja2 import StrictUndefined, Template
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from mou_builder.document.anchors import GUARD, unguard
from mou_builder.errors import Fault, TemplateError
from mou_builder.wording import Run

__all__ = ["filled", "guarded", "unguard"]

# After rendering, docxtpl turns "{_{" into "{{" and so on, also inside answers.
_REWRITTEN = re.compile(r"([{}%])_(?=[{}%])")


class _Environment(SandboxedEnvironment):
    """A sandbox that keeps the compiled form of a template, so that many agreements share the work of reading it."""

    @lru_cache(maxsize=32)  # noqa: B019 - there is one environment, and it lives as long as the process
    def _compiled(self, source: str) -> Template:
        return super().from_string(source)

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        """Return the template for `source`, compiled once."""
        return self._compiled(source)


# docxtpl's defaults lose the rest of the document at "<", print nothing for a missing name, and run code found in
# a template; a template from others is untrusted.
_ENVIRONMENT = _Environment(undefined=StrictUndefined, autoescape=True)


def filled(template: bytes, context: dict[str, Any]) -> Any:
    """Return the python-docx document that docxtpl makes of the template.

    A DocxTemplate is made for each document: one shared between threads mixes up parties.
    """
    from docxtpl import DocxTemplate

    try:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(context, jinja_env=_ENVIRONMENT, autoescape=True)
    except (JinjaError, etree.XMLSyntaxError) as error:
        raise TemplateError(
            Fault("template", f"it cannot be filled: {error}.", "Compare its tags with those of templates/mou.docx.")
        ) from error
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise TemplateError(Fault("template", "it is no Word template.", "Give a .docx file.")) from error
    return filled.docx


def guarded(value: Any) -> Any:
    """Return the context with a guard in texts that docxtpl would rewrite; `anchor` takes it out again."""
    if isinstance(value, str):
        return _REWRITTEN.sub(rf"\1{GUARD}_", value) if "_" in value else value
    if isinstance(value, Run):
        return replace(value, text=guarded(value.text)) if "_" in value.text else value
    if isinstance(value, dict):
        return {key: guarded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(guarded(inner) for inner in value)
    return value

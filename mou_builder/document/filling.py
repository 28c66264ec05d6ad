"""Fill a Word template by docxtpl, in a sandbox; what a person answered is never taken for a tag."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
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
    try:
        filled = _quick_template()(io.BytesIO(template))
        filled.render(context, jinja_env=_ENVIRONMENT, autoescape=True)
    except (JinjaError, etree.XMLSyntaxError) as error:
        raise TemplateError(
            Fault("template", f"it cannot be filled: {error}.", "Compare its tags with those of templates/mou.docx.")
        ) from error
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise TemplateError(Fault("template", "it is no Word template.", "Give a .docx file.")) from error
    return filled.docx


@cache
def _quick_template() -> Any:
    """Return docxtpl's class without work done twice: the same result in a fifth less time."""
    from docxtpl import DocxTemplate

    class QuickTemplate(DocxTemplate):  # type: ignore[misc]
        def resolve_listing(self, xml: str) -> str:
            # Only a paragraph that holds a line break, a tab or a page break of an answer has anything to resolve.
            plain = super().resolve_listing
            return _PARAGRAPH.sub(lambda one: plain(one[0]) if _BREAKS.search(one[0]) else one[0], xml)

        def patch_xml(self, source: str) -> str:
            return _patched(source, super().patch_xml)

    return QuickTemplate


_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAKS = re.compile(r"[\n\t\a\f]")
_PATCHED: dict[str, str] = {}


def _patched(source: str, patch: Callable[[str], str]) -> str:
    """Return a template's part with its tags made ready for Jinja; the parts of the last few templates are kept."""
    if source not in _PATCHED:
        while len(_PATCHED) >= 32:
            del _PATCHED[next(iter(_PATCHED))]
        _PATCHED[source] = patch(source)
    return _PATCHED[source]


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

"""Print an agreement and its compliance appendix as a Word file. The only room that knows docxtpl."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal
from zipfile import BadZipFile

from jinja2 import StrictUndefined, Template
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from mou_builder.document.anchors import GUARD, anchor, unguard
from mou_builder.document.appendix import appendix_of
from mou_builder.document.context import context_of
from mou_builder.document.package import finished
from mou_builder.errors import Fault, TemplateError
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import Record, to_text
from mou_builder.report.frame import appendix_digest, frame_of
from mou_builder.report.paragraphs import read_paragraphs
from mou_builder.report.shapes import Report
from mou_builder.report.wordfile import WordFile
from mou_builder.selection import Selection
from mou_builder.wording import Run, Wording

__all__ = ["Rendered", "render"]


@dataclass(frozen=True)
class Rendered:
    """A Word file, and the record completed with the words that stand in it outside the clauses."""

    word: bytes
    record: Record


Part = Literal["both", "agreement", "appendix"]

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


def render(
    agreement: Agreement,
    selection: Selection,
    report: Report,
    library: Library,
    template: bytes,
    *,
    record: Record,
    embed: bool = True,
    part: Part = "both",
) -> Rendered:
    """Return the agreement, its compliance appendix, or both, as a Word file, with the record of what it holds.

    `report` is what the appendix prints. With `embed`, the record travels inside the file. Raises TemplateError if the
    template names something that does not exist, or is no Word file.
    """
    wording = Wording(agreement, library.states)
    context = {
        **context_of(agreement, selection, wording, report, library, final=record.final),
        **appendix_of(report, library),
        "show_agreement": part != "appendix",
        "show_appendix": part != "agreement",
    }
    if part == "both":
        context["contents"].append({"level": 1, "slot": "appendix", "number": "", "title": "Compliance Appendix"})
    guarded = _guarded(context)
    document = _filled(template, guarded)
    anchor(document.element.body, selection.numbers)
    if guarded != context:
        unguard(document.element.body)
    file = WordFile("", document.element.body, numbering=None, styles=document.styles.element, record=None)
    paragraphs = read_paragraphs(file)
    around = {"frame": frame_of(paragraphs, record.clauses), "appendix": appendix_digest(file)}
    record = record.model_copy(update=around)
    stream = io.BytesIO()
    document.save(stream)
    word = finished(
        stream.getvalue(),
        title=f"{agreement.document.title}: School Resource Officer Program",
        as_of=selection.as_of,
        record=to_text(record) if embed and part != "appendix" else None,
    )
    return Rendered(word, record)


def _filled(template: bytes, context: dict[str, Any]) -> Any:
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


def _guarded(value: Any) -> Any:
    """Return the context with a guard in texts that docxtpl would rewrite; `anchor` takes it out again."""
    if isinstance(value, str):
        return _REWRITTEN.sub(rf"\1{GUARD}_", value) if "_" in value else value
    if isinstance(value, Run):
        return replace(value, text=_guarded(value.text)) if "_" in value.text else value
    if isinstance(value, dict):
        return {key: _guarded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_guarded(inner) for inner in value)
    return value

"""Sign an agreement in Word and renew it as the command does, under this library or a later one, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from wordedit import control, edited, heading_before, replace_word

from mou_builder.build import Built, build
from mou_builder.library import Article, Clause, Library, load_library
from mou_builder.library.changelog import Change
from mou_builder.library.markup import parse
from mou_builder.library.outline import Outline
from mou_builder.marked import Marked
from mou_builder.model import Agreement, read_answers
from mou_builder.model.answers import agreement_from
from mou_builder.record import Record, record_of
from mou_builder.report import Examined, Report, examine, predicted
from mou_builder.report.clauses import Found
from mou_builder.report.paragraphs import Read, read_paragraphs
from mou_builder.report.wordfile import open_word
from mou_builder.review.next_answers import carried, with_new
from mou_builder.review.renewal import Decision, Renewal, negotiated_of, renewal_of
from mou_builder.selection import Selection, select
from mou_builder.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
BUILT_ON, RENEWED_ON, AGAIN_ON = date(2026, 7, 1), date(2028, 6, 1), date(2030, 6, 1)
NEXT: dict[str, Any] = {"document": {"effective_date": date(2028, 8, 1)}, "term": {"ends": date(2030, 7, 31)}}
AGAIN: dict[str, Any] = {"document": {"effective_date": date(2030, 8, 1)}, "term": {"ends": date(2032, 7, 31)}}
"""The dates that a renewal of the first example needs anew, and those of the one after it."""
OF_THE_TERM = {"recitals.history", "framework.start", "term.term", "general.entire"}
"""The sections of the first example that its dates, or its being a renewal, change."""


@cache
def shelf() -> Library:
    return load_library(ROOT / "clause_library")


@cache
def template() -> bytes:
    return (ROOT / "templates" / "mou.docx").read_bytes()


@cache
def first_built(name: str) -> Built:
    """Return a shipped example, built."""
    text = (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    agreement = read_answers(text, f"{name}.yaml", shelf().states)
    return build(agreement, shelf(), template(), as_of=BUILT_ON, name=f"{name}.docx")


@dataclass(frozen=True)
class Renewed:
    """What was found in the signed file, what becomes of each section, and the answers of the new agreement."""

    examined: Examined
    renewal: Renewal
    agreement: Agreement
    library: Library = field(repr=False)
    on: date

    @cached_property
    def selection(self) -> Selection:
        return select(self.agreement, self.library, self.on)

    @cached_property
    def report(self) -> Report:
        """The report that the new agreement must give; a build proves that it does."""
        wording = Wording(self.agreement, self.library.states)
        record = record_of(self.agreement, self.selection, wording, tool="", final=False)
        return predicted("next.docx", self.agreement, record, self.library)

    @cached_property
    def built(self) -> Built:
        return build(self.agreement, self.library, template(), as_of=self.on, name="next.docx")

    @cached_property
    def found(self) -> Mapping[str, Found]:
        """Each section of the new Word file, as it is read back."""
        return found_in(self.built.word, self.library)

    def outcome(self, slot: str) -> str:
        section = self.renewal.section(slot)
        return section.outcome if section else "nowhere"

    def kept(self, slot: str) -> list[tuple[str, str]]:
        """Return what the new answers keep of a section: what the parties did, and what this agreement does with it."""
        return [(one.kind, one.use) for one in self.agreement.negotiated if one.section == slot]


def renewed(
    word: bytes,
    answers: Mapping[str, Any] = NEXT,
    *,
    decisions: Mapping[str, Decision] | None = None,
    library: Library | None = None,
    on: date = RENEWED_ON,
    beside: Record | None = None,
) -> Renewed:
    """Return the renewal of a signed Word file with some new answers."""
    library = library or shelf()
    examined = examine(word, "signed.docx", library, beside)
    earlier = examined.agreement
    tree = with_new(carried(earlier, library, datetime.combine(on, time())).tree, answers)
    tree.pop("negotiated", None)
    renewal = renewal_of(
        examined.record, examined, agreement_from(Marked("answers", tree), library.states), library, on
    )
    signed_on = earlier.document.effective_date
    day = signed_on if isinstance(signed_on, date) else None
    kept = negotiated_of(renewal, decisions or {}, earlier.document.name, day, library)
    whole = tree | ({"negotiated": [one.model_dump(exclude_none=True) for one in kept]} if kept else {})
    return Renewed(examined, renewal, agreement_from(Marked("answers", whole), library.states), library, on)


def found_in(word: bytes, library: Library | None = None) -> dict[str, Found]:
    """Return each section of a Word file by its slot."""
    return {one.used.slot: one for one in examine(word, "file.docx", library or shelf()).found}


def read_lines(word: bytes) -> list[Read]:
    """Return the paragraphs of a Word file that say something, up to the appendix."""
    return [read for read in read_paragraphs(open_word(word, "file.docx")) if read.text().strip()]


def revised(library: Library, id: str, old: str, new: str, change: str = "update") -> Library:
    """Return the library in which some words of a clause were changed for its next version."""
    clause = library.shelf[id]
    assert clause.written.text.count(old) == 1, f"{id} holds {old!r} {clause.written.text.count(old)} times"
    text = clause.written.text.replace(old, new)
    written = clause.written.model_copy(update={"text": text, "version": clause.version + 1, "change": change})
    newer: Clause = replace(clause, written=written, blocks=parse(text))
    return replace(
        library,
        shelf={**library.shelf, id: newer},
        past={**library.past, clause.cite: replace(clause, past=True)},
    )


def without_slot(library: Library, slot: str) -> Library:
    """Return the library whose outline has a place less, and no text for it."""
    articles = tuple(
        one.model_copy(update={"slots": tuple(place for place in one.slots if f"{one.id}.{place.id}" != slot)})
        for one in library.outline.articles
    )
    shelf = {id: clause for id, clause in library.shelf.items() if clause.slot != slot}
    return replace(library, outline=_outline(library, articles), shelf=shelf)


def with_slot(library: Library, slot: str, like: str, text: str) -> Library:
    """Return the library whose outline has one more place, at the head of its article, with a text made like another's."""
    article, _, name = slot.partition(".")
    model = library.shelf[like]
    place = library.outline.slots()[model.slot].model_copy(update={"id": name, "title": "A new place"})
    articles = tuple(
        one.model_copy(update={"slots": (place, *one.slots)}) if one.id == article else one
        for one in library.outline.articles
    )
    written = model.written.model_copy(
        update={"id": f"us/{article}/{name}", "slot": slot, "heading": "A New Section", "text": text, "satisfies": ()}
    )
    clause = replace(model, written=written, blocks=parse(text))
    return replace(library, outline=_outline(library, articles), shelf={**library.shelf, clause.id: clause})


def _outline(library: Library, articles: tuple[Article, ...]) -> Outline:
    """Return the outline with other articles, made anew: a copy would remember the old places."""
    return Outline.model_validate(library.outline.model_dump(by_alias=True) | {"articles": articles})


# One signed agreement, edited in many sections, and a library that changed in some of them


@cache
def negotiated_example() -> bytes:
    return edited(first_built("first_mou").word, _negotiate)


@cache
def renewed_example() -> Renewed:
    return renewed(negotiated_example(), library=later_library())


def _negotiate(body: Any) -> None:
    replace_word(control(body, "us/roles/discipline"), "within two School Days", "within five School Days")
    replace_word(control(body, "us/rights/searches.separate"), "shall not search", "shall never search")
    replace_word(control(body, "us/general/severability"), "neither a delay", "no delay")
    replace_word(control(body, "us/safety/reports"), "suspected abuse", "suspected or reported abuse")
    replace_word(control(body, "us/records/district-cameras.on-request"), "the recordings", "all the recordings")
    replace_word(control(body, "us/general/relationship"), "makes no Party", "despite Section 6.7 makes no Party")
    replace_word(body, "1 Beacon Square", "2 Beacon Square")
    for left_out in ("us/safety/media.joint", "us/risk/claims"):
        gone = control(body, left_out)
        gone.getparent().remove(gone)
    heading_before(body, "us/roles/school-life", "Monthly Meeting")
    moved = control(body, "us/training/log")
    control(body, "us/training/initial.before-service").addprevious(moved)


@cache
def later_library() -> Library:
    library = revised(shelf(), "us/rights/searches.separate", "a second adult present", "another adult present")
    library = revised(library, "us/general/severability", "neither a delay", "no delay", change="correction")
    library = revised(library, "us/general/signing.electronic", "separate copies", "copies of their own")
    library = revised(library, "us/risk/claims", "evidence, including", "evidence, which is to say")
    library = with_slot(library, "records.visitors", "us/general/law.state", "Visitors sign in.")
    library = without_slot(without_slot(library, "safety.reports"), "safety.reunification")
    told = Change("2.0.0", "A court asked for it.", ("us/rights/searches.separate@2",), "", "every district")
    return replace(library, changes=(told, *library.changes))

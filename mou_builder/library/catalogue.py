"""The catalogue of the library: every place in the agreement, every text that may fill it, when, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.library.outline import Article, Slot
from mou_builder.library.shapes import Clause, Library
from mou_builder.model.conditions import when_in_words


def catalogue(library: Library) -> str:
    """Return the catalogue in Markdown: the same text for the same library."""
    return "\n".join(_lines(library)) + "\n"


def _lines(library: Library) -> Iterator[str]:
    places = library.outline.slots()
    yield "# Every clause, and when it stands"
    yield ""
    yield (
        f"{len(library.shelf)} texts for {len(places)} places in {len(library.outline.articles)} articles. Written by "
        "`mou-builder library list --markdown`; do not edit it by hand. The words of a clause: `mou-builder library show ID`."
    )
    yield ""
    yield (
        "A place is filled by one text. Where it has several, the answers choose; `mou-builder explain ANSWERS SLOT` says "
        "why one was chosen and the others were not. Grades of evidence: seed, text, part, summary, title."
    )
    for article in library.outline.articles:
        yield from _article(article, library)


def _article(article: Article, library: Library) -> Iterator[str]:
    yield ""
    yield f"## {article.title}"
    for slot in article.slots:
        name = f"{article.id}.{slot.id}"
        clauses = [library.shelf[id] for id in sorted(library.shelf) if library.shelf[id].slot == name]
        yield ""
        yield f"### {name}: {slot.title}"
        yield ""
        yield f"{_standing(slot)}{_choice(len(clauses))}"
        for clause in clauses:
            yield from _clause(clause)


def _standing(slot: Slot) -> str:
    stands = "May be left out" if slot.optional else "Stands in every agreement"
    return f"{stands}{f' where `{when_in_words(slot.when)}`' if slot.when else ''}."


def _choice(count: int) -> str:
    return "" if count == 1 else " No text yet." if not count else f" One of {count} texts:"


def _clause(clause: Clause) -> Iterator[str]:
    written = clause.written
    yield ""
    yield f"- **`{clause.cite}`** {written.heading}"
    yield f"  - Chosen when: {f'`{when_in_words(written.when)}`' if written.when else 'always'}"
    yield f"  - Satisfies: {', '.join(written.satisfies) or 'no requirement of a rubric'}"
    if not written.sources:
        yield "  - Sources: none; a drafting choice, see its notes"
    for source in written.sources:
        where = f"[{source.cite}]({source.url})" if source.url else source.cite
        yield f"  - Source: {where}, {source.evidence}, seen {source.seen}"

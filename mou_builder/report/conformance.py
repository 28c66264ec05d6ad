"""Hold an agreement against what its packs' publishers allow to be done with each text: nothing, additions, or anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mou_builder.library import Library
from mou_builder.library.overlays import PackUsed, Rule
from mou_builder.model import Agreement
from mou_builder.record import Record, UsedText
from mou_builder.report.clauses import Found
from mou_builder.report.plainly import difference, normalized
from mou_builder.report.shapes import Finding
from mou_builder.selection import Selection, select

_STRICTEST: tuple[Rule, ...] = ("locked", "add-only", "adaptable")


@dataclass(frozen=True)
class Ruling:
    """What may be done with one text, and who says so."""

    rule: Rule
    pack: PackUsed


def ruling_of(library: Library, slot: str, id: str) -> Ruling | None:
    """Return the rule for a clause, or for the place that it fills; of several packs' rules the strictest, None for none."""
    said = [
        Ruling(rule, pack) for pack in library.packs if (rule := pack.rules.get(id) or pack.rules.get(slot)) is not None
    ]
    return min(said, key=lambda one: _STRICTEST.index(one.rule), default=None)


def breaches(agreement: Agreement, record: Record, found: Sequence[Found], library: Library) -> tuple[Finding, ...]:
    """Return a finding for each breach of a rule that a pack of `library` sets; `found` says what became of each clause."""
    if not any(pack.rules for pack in library.packs):
        return ()
    return tuple(conformance_findings(select(agreement, library, record.as_of), record, found, library))


def conformance_findings(
    selection: Selection, record: Record, found: Sequence[Found], library: Library
) -> Iterator[Finding]:
    """Yield each breach: words of a locked text that differ, words of an add-only text that were taken away or changed.

    `selection` says which text each place should hold. An older version of the right text is no breach of its own: what a
    later pack changes is shown by `pack diff`.
    """
    there = {one.used.slot: one for one in found}
    left_out = {one.slot: one for one in record.left_out}
    for choice in selection.choices:
        wanted = choice.instead_of if choice.kept is not None else choice.clause
        if wanted is None:
            continue
        ruling = ruling_of(library, choice.slot, wanted.id)
        if ruling is None or ruling.rule == "adaptable":
            continue
        heading = wanted.written.heading
        one = there.get(choice.slot)
        if choice.slot in left_out or (one is not None and one.state == "missing"):
            yield _breach(ruling, heading, choice.slot, "the section was left out.")
        elif one is None:
            if choice.slot not in {gap.slot for gap in record.gaps}:
                yield _breach(ruling, heading, choice.slot, f"the agreement lacks it ({wanted.cite}).")
        elif one.used.id != wanted.id:
            what = f"the agreement holds {one.used.cite} in the place of {wanted.cite}."
            yield _breach(ruling, heading, one.section or choice.slot, what)
        else:
            before, after = _sides(one)
            yield from _judged(ruling, heading, one.section or choice.slot, before, after)


def _sides(found: Found) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that should stand, and those that do; both empty where nothing was changed.

    Where the parties keep wording of their own, the record holds the library's words beside it.
    """
    used = found.used
    if used.kept:
        now = found.after if found.state == "altered" else _plain(used, (used.heading,), *used.words)
        return _plain(used, *used.instead), now
    return (found.before, found.after) if found.state == "altered" else ((), ())


def _plain(used: UsedText, *lines: Sequence[object]) -> tuple[str, ...]:
    """Return lines of a record as words; a reference shows as the place it leads to, on both sides alike."""
    shown = (
        "".join(part if isinstance(part, str) else f"[{getattr(part, 'to', '')}]" for part in line) for line in lines
    )
    return tuple(normalized(line) for line in shown)


def _judged(
    ruling: Ruling, heading: str, where: str, before: tuple[str, ...], after: tuple[str, ...]
) -> Iterator[Finding]:
    if before == after:
        return
    shown = difference(" ".join(before), " ".join(after))
    if ruling.rule == "locked":
        yield _breach(ruling, heading, where, f"its words differ: {shown}")
        return
    old, new = _words(before), _words(after)
    if not _stand_in(old, new):
        yield _breach(ruling, heading, where, f"words were taken away or changed: {shown}")
        return
    whole = " ".join(new)
    inside = [one for one in _sentences(before) if f" {' '.join(_words((one,)))} " not in f" {whole} "]
    if inside:
        what = (
            f"{heading}: words were added inside a sentence of {ruling.pack.publisher}, which can change what it says: "
            f"\u201c{inside[0]}\u201d; now: {shown}"
        )
        yield Finding("W-ADDED-WITHIN", "warning", what, where)


def _breach(ruling: Ruling, heading: str, where: str, what: str) -> Finding:
    pack = ruling.pack
    said = (
        "may not be changed"
        if ruling.rule == "locked"
        else "may be added to, but nothing in it may be taken away or changed"
    )
    code = "E-LOCKED" if ruling.rule == "locked" else "E-ADD-ONLY"
    whole = f"{heading}: {pack.publisher} ({pack.cite}) says that this text {said}; {what}"
    asked = f"Before it is signed so, ask {pack.publisher}: {pack.contact}."
    return Finding(code, "error", f"{whole if whole.endswith('.') else f'{whole}.'} {asked}", where)


_ENDING = re.compile(r"[.;:,]*(?: (?:and|or))?$")


def _words(lines: Sequence[str]) -> list[str]:
    """Return the words of a text; the sign or conjunction that ends an item of a list belongs to the list, not to the item."""
    plain = (_ENDING.sub("", line) for line in lines)
    return [word for line in plain for one in line.split() if (word := one.strip(".;:,"))]


def _stand_in(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether all words of `old` stand in `new`, in their order."""
    rest = iter(new)
    return all(word in rest for word in old)


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from (one for one in re.split(r"(?<=[.:;]) +(?=[A-Z\u201c\"])", line) if one)

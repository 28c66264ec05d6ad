"""Write the memo on a renewal: what changes against the signed agreement, why, and who should look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mou_builder import __version__
from mou_builder.document.memo import Memo, Paragraph, Section, Text, words
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.model.negotiated import Negotiated
from mou_builder.report.shapes import Report
from mou_builder.review import renewal_facts, renewal_texts
from mou_builder.review.offices import counsel, readers
from mou_builder.review.renewal import Renewal
from mou_builder.selection import select
from mou_builder.wording import counted, in_date, in_number, joined


def change_memo(
    renewal: Renewal,
    kept: Sequence[Negotiated],
    agreement: Agreement,
    report: Report,
    library: Library,
    *,
    signed: str,
    redline: str,
) -> Memo:
    """Return the memo on a renewed agreement.

    `kept` is the wording that it keeps, `report` the report on its draft, `signed` the name of the file that was renewed, and
    `redline` says in a sentence where every change can be seen.
    """
    numbers = select(agreement, library, report.as_of).numbers
    texts = renewal_texts.Texts(renewal, kept, report, library, numbers)
    lawyers = joined(list(counsel(agreement))) or "counsel of each party"
    sections = [
        *_conflicts(texts, library, lawyers, report.document),
        *renewal_facts.pending(renewal),
        *renewal_facts.not_carried_over(renewal),
        *renewal_facts.requirements(renewal, report),
        *_kept(texts, library, lawyers),
        *_given_up(texts, library),
        *_dead(texts),
        *_library_changes(texts, library, lawyers),
        *_reworded(texts),
        *renewal_facts.answers(renewal, agreement, library),
        *renewal_facts.left_open(report),
        *renewal_facts.surely_found(renewal),
        Section("Where every change can be seen", (Paragraph(words(redline)), Paragraph(words(_LIMITS)))),
    ]
    return Memo(
        title="What Changes at Renewal",
        as_of=report.as_of,
        block=(
            ("To", words(readers(agreement))),
            ("Agreement", words(f"{agreement.document.name}, {report.document}")),
            ("Renews", words(f"{signed}, built for {in_date(renewal.record.as_of)}")),
            ("As of", words(in_date(report.as_of))),
        ),
        opening=(
            Paragraph(words(Text(_verdict(texts, report), "strong"), f" {_counts(texts)}")),
            Paragraph(words(_besides(renewal))),
            LEGEND,
        ),
        sections=tuple(sections),
        closing=words(
            f"Made by mou-builder {__version__}. A working paper for counsel; aligned with guidance does not mean "
            "legally sufficient."
        ),
    )


LEGEND = Paragraph(
    words(Text("Struck words", "removed"), " stood there before; ", Text("underlined words", "added"), " are new.")
)
_BINDING = {"law": " (required by law)", "grant": " (a grant\u2019s term)", "local": " (local policy)"}
_LIMITS = (
    "This memo compares words. It does not say what a change means in law. Wording that the parties keep may name dates, people or "
    "amounts of the earlier agreement: read it against the new answers."
)


def _verdict(texts: renewal_texts.Texts, report: Report) -> str:
    to_decide, still_open = len(texts.conflicts), len(report.undecided) + len(report.confirm)
    answers = f"{counted(still_open, 'answer')} {'is' if still_open == 1 else 'are'} still open"
    if to_decide:
        also = f", and {answers}" if still_open else ""
        return (
            f"{counted(to_decide, 'section').capitalize()} must be decided before this agreement can be signed{also}."
        )
    return f"No section is left to decide; {answers}." if still_open else "Nothing is left to decide."


def _counts(texts: renewal_texts.Texts) -> str:
    said = [
        (len(texts.same), "stays as it was", "stay as they were"),
        (len(texts.reworded), "changes only where it prints an answer", "change only where they print an answer"),
        (len(texts.taken), "takes a new text from the library", "take a new text from the library"),
        (len(texts.kept), "keeps what the parties agreed", "keep what the parties agreed"),
        (len(texts.given_up), "gives up what the parties agreed", "give up what the parties agreed"),
    ]
    told = [f"{in_number(count)} {one if count == 1 else many}" for count, one, many in said if count]
    if texts.conflicts:
        told.append(f"{in_number(len(texts.conflicts))} {'is' if len(texts.conflicts) == 1 else 'are'} to be decided")
    whole = len(texts.same) + len(texts.reworded) + len(texts.taken) + len(texts.kept)
    return f"Of {counted(whole + len(texts.given_up) + len(texts.conflicts), 'section')}, {joined(told)}."


def _besides(renewal: Renewal) -> str:
    """Return what else a reader must not miss, in sentences."""
    new = sum(one.new for one in renewal.requirements)
    gone = len(renewal.requirements) - new
    said = []
    if renewal.signed is None:
        said.append("Only the record was given: what the parties changed in Word since it was built is not known here.")
    if new:
        said.append(f"{counted(new, 'requirement').capitalize()} {'was' if new == 1 else 'were'} added since.")
    if gone:
        said.append(f"{counted(gone, 'requirement').capitalize()} {'was' if gone == 1 else 'were'} withdrawn.")
    if any(renewal_facts.not_carried_over(renewal)):
        said.append("Some of what stands in the signed file is not carried over; it is listed below.")
    if any(renewal_facts.pending(renewal)):
        said.append("The signed file still holds tracked changes.")
    return " ".join(said)


def _conflicts(texts: renewal_texts.Texts, library: Library, lawyers: str, document: str) -> Iterator[Section]:
    if not texts.conflicts:
        return
    file = f"{document.removesuffix('.docx')}.decisions.yaml"
    lead = (
        "The parties changed these sections, and since then the library, or an answer that it prints, changed as well. The draft "
        f"shows both texts. To decide: {lawyers}. Write each decision into {file} and run the renewal again."
    )
    inner = tuple(
        Section(
            texts.named(one),
            (*_serves(one.satisfies, library), *texts.versions(one), *_news(texts, one), *_look(texts, one)),
        )
        for one in texts.conflicts
    )
    yield Section("To decide", (Paragraph(words(lead)),), inner)


def _kept(texts: renewal_texts.Texts, library: Library, lawyers: str) -> Iterator[Section]:
    if not texts.kept:
        return
    lead = (
        f"These sections stand in the parties\u2019 own words and are marked so in the appendix. To look at them again: {lawyers}. "
        "A requirement that rests on them is shown as altered, for counsel to judge."
    )
    inner = []
    for section, entry in texts.kept:
        since = f" First agreed in the agreement of {in_date(entry.agreed_on)}." if entry.agreed_on else ""
        why = Paragraph(words(Text("Why: ", "strong"), f"{entry.why}{since}"))
        parts = (*texts.versions(section), why, *_look(texts, section), *_serves(section.satisfies, library))
        inner.append(Section(texts.named(section), parts))
    yield Section("Wording of the parties that is kept", (Paragraph(words(lead)),), tuple(inner))


def _given_up(texts: renewal_texts.Texts, library: Library) -> Iterator[Section]:
    if texts.given_up:
        inner = tuple(
            Section(texts.named(one), (*texts.taken_back(one), *_news(texts, one), *_serves(one.satisfies, library)))
            for one in texts.given_up
        )
        lead = "Here it was decided to take the library\u2019s text in place of the parties\u2019 own."
        yield Section("Wording of the parties that is given up", (Paragraph(words(lead)),), inner)


def _dead(texts: renewal_texts.Texts) -> Iterator[Section]:
    items = [Paragraph(words(one), "item") for one in texts.dead()]
    if items:
        lead = "These sections refer to something that the new agreement does not have. Change them, or bring back what they need."
        yield Section("References that lead nowhere", (Paragraph(words(lead), "lead"), *items))


def _library_changes(texts: renewal_texts.Texts, library: Library, lawyers: str) -> Iterator[Section]:
    if texts.taken:
        lead = (
            "Nobody had changed these sections, so the library\u2019s text of today, with today\u2019s answers, takes its place. "
            f"To look at them: {lawyers}."
        )
        inner = tuple(
            Section(texts.named(one), (*_news(texts, one), *texts.taken_over(one), *_serves(one.satisfies, library)))
            for one in texts.taken
        )
        yield Section("New texts from the library", (Paragraph(words(lead)),), inner)


def _reworded(texts: renewal_texts.Texts) -> Iterator[Section]:
    if texts.reworded:
        lead = "Here the text is the same; only an answer that it prints has changed."
        yield Section("The same texts with new answers", (Paragraph(words(lead), "lead"), texts.reworded_rows()))


def _news(texts: renewal_texts.Texts, section: renewal_texts.Part) -> Iterator[Paragraph]:
    said = texts.news(section)
    if said:
        yield Paragraph(words(Text("The library: ", "strong"), said))


def _look(texts: renewal_texts.Texts, section: renewal_texts.Part) -> Iterator[Paragraph]:
    said = " ".join(texts.to_look_at(section))
    if said:
        yield Paragraph(words(Text("To look at: ", "strong"), said))


def _serves(ids: Sequence[str], library: Library) -> Iterator[Paragraph]:
    known = library.requirements()
    asks = [f"{id}{_BINDING.get(known[id][1].force, '')}, {known[id][1].asks.rstrip('.')}" for id in ids if id in known]
    if asks:
        yield Paragraph(words(Text("Requirements that rest on it: ", "strong"), f"{'; '.join(asks)}."))

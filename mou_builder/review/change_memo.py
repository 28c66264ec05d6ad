"""Write the memo on a renewal: what changes against the signed agreement, why, and who should look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mou_builder import __version__
from mou_builder.document.memo import Memo, Paragraph, Row, Section, Table, Text, Words, words
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.model.negotiated import Negotiated
from mou_builder.report.shapes import Report
from mou_builder.review import renewal_texts
from mou_builder.review.answers_changed import changed_answers
from mou_builder.review.offices import counsel, readers
from mou_builder.review.renewal import Renewal
from mou_builder.wording import counted, in_date, joined


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
    texts = renewal_texts.Texts(renewal, kept, report)
    lawyers = joined(list(counsel(agreement))) or "counsel of each party"
    sections = [
        _conflicts(texts, library, lawyers),
        _kept(texts, library, lawyers),
        _given_up(texts),
        _library_changes(texts),
        _requirements(renewal),
        _answers(renewal, agreement, library),
        _open(report),
        _loose(renewal),
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
        opening=(Paragraph(words(Text(_verdict(texts), "strong"), f" {_counts(texts)}")),),
        sections=tuple(section for section in sections if section is not None),
        closing=words(
            f"Made by mou-builder {__version__}. A working paper for counsel; aligned with guidance does not mean "
            "legally sufficient."
        ),
    )


_LIMITS = (
    "This memo compares words. It does not say what a change means in law. Wording that the parties keep may name dates, people or "
    "amounts of the earlier agreement: read it against the new answers."
)


def _verdict(texts: renewal_texts.Texts) -> str:
    open_now = len(texts.conflicts)
    if open_now:
        return f"{counted(open_now, 'section').capitalize()} must be decided before this agreement can be signed."
    return "No section is left to decide."


def _counts(texts: renewal_texts.Texts) -> str:
    said = [
        (len(texts.same), "section stays as it was", "sections stay as they were"),
        (
            len(texts.taken),
            "takes a new text or new answers from the library",
            "take new texts or new answers from the library",
        ),
        (len(texts.kept), "keeps wording of the parties", "keep wording of the parties"),
        (len(texts.given_up), "gives up wording of the parties", "give up wording of the parties"),
    ]
    return f"{'; '.join(f'{count} {one if count == 1 else many}' for count, one, many in said if count)}.".capitalize()


def _conflicts(texts: renewal_texts.Texts, library: Library, lawyers: str) -> Section | None:
    if not texts.conflicts:
        return None
    lead = (
        "The parties changed these sections, and since then the library, or an answer that it prints, changed as well. The draft "
        f"shows both texts. To decide: {lawyers}. Write the decision into the decisions file and run the renewal again."
    )
    inner = tuple(
        Section(texts.named(one), (*_serves(one.satisfies, library), texts.three(one), *_news(texts, one)))
        for one in texts.conflicts
    )
    return Section("To decide", (Paragraph(words(lead)),), inner)


def _kept(texts: renewal_texts.Texts, library: Library, lawyers: str) -> Section | None:
    if not texts.kept:
        return None
    lead = (
        f"These sections stand in the parties\u2019 own words and are marked so in the appendix. To look at them again: {lawyers}. "
        "A requirement that rests on them is shown as altered, for counsel to judge."
    )
    inner = []
    for section, entry in texts.kept:
        since = f" First agreed in the agreement of {in_date(entry.agreed_on)}." if entry.agreed_on else ""
        why = Paragraph(words(Text("Why: ", "strong"), f"{entry.why}{since}"))
        inner.append(Section(texts.named(section), (*_serves(section.satisfies, library), texts.change(section), why)))
    return Section("Wording of the parties that is kept", (Paragraph(words(lead)),), tuple(inner))


def _given_up(texts: renewal_texts.Texts) -> Section | None:
    if not texts.given_up:
        return None
    inner = tuple(Section(texts.named(one), (texts.taken_back(one),)) for one in texts.given_up)
    lead = "Here the parties decided to take the library\u2019s text in place of their own."
    return Section("Wording of the parties that is given up", (Paragraph(words(lead)),), inner)


def _library_changes(texts: renewal_texts.Texts) -> Section | None:
    if not texts.taken:
        return None
    lead = "Nobody had changed these sections, so the library\u2019s text of today, with today\u2019s answers, takes its place."
    inner = tuple(Section(texts.named(one), (*_news(texts, one), texts.taken_over(one))) for one in texts.taken)
    return Section("What comes from the library and the answers", (Paragraph(words(lead)),), inner)


def _news(texts: renewal_texts.Texts, section: renewal_texts.Part) -> Iterator[Paragraph]:
    said = texts.news(section)
    if said:
        yield Paragraph(words(Text("Library: ", "strong"), said))


def _serves(ids: Sequence[str], library: Library) -> Iterator[Paragraph]:
    known = library.requirements()
    asks = [f"{id} ({known[id][1].asks.rstrip('.')})" for id in ids if id in known]
    if asks:
        yield Paragraph(words(Text("Requirements that rest on it: ", "strong"), f"{'; '.join(asks)}."))


def _requirements(renewal: Renewal) -> Section | None:
    if not renewal.requirements:
        return None
    rows = tuple(
        Row(
            (
                words(one.id),
                words(one.asks or "no longer held"),
                words(_KIND.get(one.force, "")),
                words(_what(one.new, one.because)),
            )
        )
        for one in renewal.requirements
    )
    table = Table(("No.", "What is asked", "Kind", "What is new"), (12, 50, 14, 24), rows)
    lead = f"Since {in_date(renewal.record.as_of)} these requirements were added or withdrawn."
    return Section("What is asked now", (Paragraph(words(lead), "lead"), table))


_KIND = {"guidance": "guidance", "law": "required by law", "grant": "grant term", "local": "local policy"}


def _what(new: bool, because: str) -> str:
    return f"{'New' if new else 'Withdrawn'}: {because}."


def _answers(renewal: Renewal, agreement: Agreement, library: Library) -> Section | None:
    changed = changed_answers(renewal.record.agreement(library.states), agreement)
    if not changed:
        return None
    rows = tuple(
        Row((words(one.title), words(Text(one.before, "removed")) if one.before else (), _now(one.now)))
        for one in changed
    )
    table = Table(("Answer", "Then", "Now"), (34, 33, 33), rows)
    return Section("Answers that differ", (Paragraph(words("What the two agreements were built from."), "lead"), table))


def _now(value: str) -> Words:
    return words(Text(value, "added")) if value else words(Text("taken out", "quiet"))


def _open(report: Report) -> Section | None:
    items = [f"{one['question']}: {one['why']}" for one in report.undecided]
    items += [f"{one['question']}: to be confirmed ({one['why']})" for one in report.confirm]
    if not items:
        return None
    lead = "Before a final agreement can be made, these questions need an answer."
    return Section("Still open", (Paragraph(words(lead), "lead"), *(Paragraph(words(one), "item") for one in items)))


def _loose(renewal: Renewal) -> Section | None:
    if not renewal.loose:
        return None
    lead = (
        "These words were put into the signed file outside every section. Nobody can tell where they belong, so they are not "
        "carried over. Whoever wants them adds a section or an answer."
    )
    return Section(
        "Not carried over", (Paragraph(words(lead), "lead"), *(Paragraph(words(one), "quote") for one in renewal.loose))
    )

"""Say what the library knows of a state beyond its rubric: a form that binds, a search that found nothing, who owns a task."""

from __future__ import annotations

from collections.abc import Iterator

from mou_builder.library import Library
from mou_builder.library.jurisdictions import StateForm
from mou_builder.model import Agreement
from mou_builder.report.shapes import Finding
from mou_builder.wording import in_date, joined

_FOLLOWED = {
    "identical": "must be signed as it is",
    "no-deletions": "must be signed; words may be added to it, and none taken away or changed",
    "minimum": "is the least that a local agreement may say",
    "substantially-similar": "is to be followed in substance",
    "based-on": "is what a local agreement is built on, and may be adapted",
    "advisory": "is offered as a model, without binding anyone as far as was read",
}


def state_notes(agreement: Agreement, library: Library) -> Iterator[dict[str, str]]:
    """Yield what stands in the appendix of every agreement of a state: no finding, for no answer could mend it."""
    state = agreement.document.state
    name = library.states.get(state, state)
    own = library.own(state)
    if not any(rubric.force == "law" and rubric.jurisdiction in own for rubric in library.rubrics):
        yield {"code": "W-STATE-LAW", "message": f"{_without_rubric(state, name, library)} {_ASK}"}
    for form in forms(state, library):
        revision = f", {form.revision}" if form.revision else ""
        what = (
            f"{name} has a form of its own: {form.title}{revision} ({form.publisher}). It {_FOLLOWED[form.conformance]}"
        )
        seen = f"({form.cite}; evidence: {form.evidence}; seen {in_date(form.seen)})"
        yield {"code": "W-STATE-FORM", "message": f"{what} {seen}. Counsel must hold this Agreement against it."}


def pack_notes(library: Library) -> Iterator[dict[str, str]]:
    """Yield which packs the agreement was built with, so that a reader of the paper knows whose words it holds."""
    for pack in library.packs:
        told = f"The words and rules of {pack.title} ({pack.cite}), published by {pack.publisher} ({pack.contact})"
        digest = f", manifest {pack.digest[:16]}," if pack.digest else ""
        yield {"code": "W-PACK", "message": f"{told}{digest} lie over the library. Ask the publisher about them."}


_ASK = "Counsel must check this Agreement against that state\u2019s statutes and rules before anyone signs it."


def _without_rubric(state: str, name: str, library: Library) -> str:
    found = library.survey.get(state)
    if found is None:
        return f"This library holds no rubric of state law for {name}."
    if found.found == "none":
        seen = in_date(found.seen)
        return (
            f"No rule on agreements of this kind was found for {name} (searched {seen}); that is no proof of absence."
        )
    return (
        f"This library holds no rubric of state law for {name}; a survey of {in_date(found.seen)} notes: {found.says}"
    )


def form_findings(agreement: Agreement, library: Library) -> Iterator[Finding]:
    """Yield that a state's own form must be signed: then no paper of this tool takes its place."""
    state = agreement.document.state
    for form in forms(state, library):
        if form.compulsory:
            what = (
                f"{library.states.get(state, state)} asks that its own form be signed: {form.title} ({form.cite}). This "
                "Agreement does not take its place. Use it for what the form leaves open, or as a supplement to the form."
            )
            yield Finding("E-STATE-FORM", "error", what, "document.state")


def forms(state: str, library: Library) -> Iterator[StateForm]:
    """Yield the published forms of a state and of whatever stands behind it, the nearest first."""
    for id in library.chain(state):
        form = library.jurisdictions[id].form
        if form is not None:
            yield form


def owner_of(owner: str, agreement: Agreement) -> str:
    """Return who does a task, by short name: ``Larkmoor Schools``; with several districts, all of them."""
    of = {"district": agreement.parties.districts, "agency": agreement.parties.agencies}
    named = [party.short_name for party in of.get(owner, agreement.parties.all)]
    return joined([name for name in named if isinstance(name, str)]) or owner

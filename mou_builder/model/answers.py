"""Read an answers file into an Agreement, or say for each fault where it stands and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from mou_builder.errors import AnswerError, Fault, did_you_mean
from mou_builder.marked import Marked, Path, read_marked
from mou_builder.model.agreement import Agreement
from mou_builder.shape import shaped


def read_answers(text: str, name: str, states: Mapping[str, str] | None = None) -> Agreement:
    """Return the agreement that the answers file `text` describes; `name` is used in messages.

    `states` maps the postal codes that exist to their names. Raises AnswerError with one fault for each thing wrong.
    """
    return agreement_from(read_marked(text, name, AnswerError), states)


def agreement_from(marked: Marked, states: Mapping[str, str] | None = None, under: Path = ()) -> Agreement:
    """Return the agreement in an already read document, or in the part of it at `under`."""
    agreement = shaped(marked, Agreement, AnswerError, under)
    state = agreement.document.state
    if states is not None and state not in states:
        near = did_you_mean(state, states) or "Use the two-letter postal code, for example WA for Washington."
        place = marked.place((*under, "document", "state"))
        raise AnswerError(Fault(str(place), f"no state or territory has the code {state!r}.", near))
    return agreement

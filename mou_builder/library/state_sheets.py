"""Gather all that the library knows of one state: what a survey found, its form, its terms, its values and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from mou_builder.library.jurisdictions import Jurisdiction, Limit, StateForm
from mou_builder.library.overlays import serves
from mou_builder.library.rubrics import Requirement, Rubric
from mou_builder.library.shapes import Library
from mou_builder.library.survey import Surveyed


@dataclass(frozen=True)
class StateSheet:
    """Everything the library knows of one state or territory."""

    code: str
    name: str
    surveyed: Surveyed | None
    jurisdictions: tuple[Jurisdiction, ...]
    """The folders that serve this state and no other, nearest first."""
    rubrics: tuple[Rubric, ...]

    @property
    def rows(self) -> tuple[tuple[Rubric, Requirement], ...]:
        """Every row of the state's rubrics, in their order."""
        return tuple((rubric, row) for rubric in self.rubrics for row in rubric.requirements)

    @property
    def read(self) -> tuple[tuple[Rubric, Requirement], ...]:
        """The rows that were read where they stand."""
        return tuple(pair for pair in self.rows if not pair[1].unread)

    @property
    def to_verify(self) -> tuple[tuple[Rubric, Requirement], ...]:
        """The rows that nobody has read where they stand; they never count as met."""
        return tuple(pair for pair in self.rows if pair[1].unread)

    @property
    def forms(self) -> tuple[StateForm, ...]:
        """The forms that were published for this state."""
        return tuple(one.form for one in self.jurisdictions if one.form)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The values that its law sets for answers."""
        own = (limit for one in self.jurisdictions for limit in one.values)
        return (*own, *(limit for rubric in self.rubrics for limit in rubric.values))


def state_sheet(code: str, library: Library) -> StateSheet:
    """Return what the library knows of the state with this postal code, which must be one of its states."""
    own = [id for id in library.chain(code) if serves(id, library.jurisdictions) == code]
    return StateSheet(
        code,
        library.states[code].removeprefix("the "),
        library.survey.get(code),
        tuple(library.jurisdictions[id] for id in own),
        tuple(rubric for rubric in library.rubrics if rubric.jurisdiction in own),
    )

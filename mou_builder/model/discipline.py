"""The line between school discipline and law enforcement, and what may take the place of an arrest."""

from typing import Literal

from mou_builder.model.parts import Line, Open, Part, Several, Some, ask

_SCHOOL_HANDLED = (
    "disorderly or disruptive conduct",
    "disturbance of class or of a school assembly",
    "insubordination or defiance",
    "profanity",
    "dress-code violations",
    "tardiness, absence or truancy",
    "loitering or trespass by an enrolled student",
    "possession or use of tobacco or a vaping device",
    "a fight without injury or weapon",
    "minor damage to property",
)


class ResponseProgram(Part):
    """A program that takes the place of a citation or an arrest."""

    name: Line = ask("Name of the program", default=..., example="Larkmoor Restorative Circles")
    provider: Line = ask("Who runs it", default=..., example="Larkmoor Family Services")
    open_to: Line | None = ask(
        "Whom it takes",
        default=None,
        help="Leave out if it takes any student. As it reads after the word for.",
        example="students younger than 18 who have no pending case",
    )

    def in_text(self) -> str:
        """Return ``Larkmoor Restorative Circles, run by Larkmoor Family Services``, and for whom if that is limited."""
        return f"{self.name}, run by {self.provider}" + (f", for {self.open_to}" if self.open_to else "")


class ResponseLevel(Part):
    """A kind of offense and the most that an officer does about it."""

    offenses: Line = ask(
        "Offenses on this level", default=..., example="a first theft of property worth less than $100"
    )
    most: Line = ask(
        "The most an officer does about them", default=..., example="a warning to the student and a parent"
    )

    def in_text(self) -> str:
        """Return ``a first theft of property worth less than $100: a warning``."""
        return f"{self.offenses}: {self.most}"


class Discipline(Part):
    """The line between school discipline and law enforcement."""

    school_handled: Open[Some[Line]] = ask(
        "Conduct the school handles without an officer",
        default=_SCHOOL_HANDLED,
        serves=("S1.6", "S4.3"),
        rationale="A common list of low-level conduct; counsel should compare it with the state's reporting statute.",
    )
    calling: Open[Literal["serious-and-immediate", "judgment", "statutory-list"]] = ask(
        "When may staff call an officer beyond a present danger?",
        essential=True,
        serves=("S4.3",),
        labels={
            "serious-and-immediate": "never: only a present danger, or where a law requires a report",
            "judgment": "a school administrator may also call about a crime that discipline cannot answer",
            "statutory-list": "also about the offenses on the list of those that a law has schools report",
        },
        help="In each case non-violent or non-threatening matters of discipline stay with the school.",
        why="Counsel chooses, with the state's law on what schools report at hand.",
    )
    must_report: Open[Several[Line]] = ask(
        "Offenses that a law has schools report to the police",
        default=(),
        rationale="No such offense is listed unless counsel lists it; a report that the law requires is never limited.",
        example=["possession of a firearm on school property"],
    )
    must_report_law: Open[Line] = ask(
        "Law that has schools report them",
        when={"discipline.must_report": {"present": True}},
        help="The citation, as your counsel has checked it.",
        example="section 12-34 of the state's education code",
    )
    consult: Open[Several[Line]] = ask(
        "Offenses on which school and officer confer before the police act",
        default=(),
        rationale="Officers consult the school before each arrest in any case; a list widens that to other police steps.",
        example=["theft of property worth less than $500"],
    )
    programs: Open[Several[ResponseProgram]] = ask(
        "Diversion and restorative programs that are available",
        serves=("S5.6",),
        help="An empty list says that there is none yet; the agreement then sets a date for choosing one.",
        example=[{"name": "Larkmoor Restorative Circles", "provider": "Larkmoor Family Services"}],
    )
    diversion_offer: Open[Literal["first", "each"]] | None = ask(
        "Offenses for which an officer offers a program first",
        default=None,
        when={"discipline.programs": {"present": True}},
        labels={"first": "a first minor offense", "each": "a minor offense"},
        help="Leave out if the officer only considers a program, case by case.",
    )
    levels: Open[Several[ResponseLevel]] = ask(
        "Levels of police response, from the mildest",
        default=(),
        rationale="The order of responses stands in any case; a chart of levels for kinds of offenses is a local choice.",
        example=[{"offenses": "a first theft of property worth less than $100", "most": "a warning"}],
    )


class Duties(Part):
    """What assigned officers do at school beyond the common list."""

    teaching: Open[Several[Line]] = ask(
        "Topics that officers teach in class",
        default=(),
        rationale="An officer may always visit a class when a teacher asks; a planned course of lessons is a local choice.",
        example=["how courts for young people work"],
    )

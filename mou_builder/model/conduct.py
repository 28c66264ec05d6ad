"""What an officer may and may not do to a student: questioning, searches, arrests, force."""

from typing import Literal

from mou_builder.model.parts import Age, Hours, Line, Minutes, Office, Open, Part, Some, ask

_PARENTS_PART = {
    "consent": "questioning only with a Parent’s written consent",
    "present": "questioning only while a Parent is present",
    "opportunity": "questioning only after a Parent has had the opportunity to attend",
    "prior-notice": "questioning only after notice to a Parent",
    "after-notice": "questioning with notice to a Parent on the same day",
}
_WAITS = ["consent", "present", "opportunity", "by-age"]


class AgeTier(Part):
    """Ages that share one rule on a parent's part."""

    from_age: Age | None = ask("Youngest age", default=None, help="Leave out for the first tier.", example=12)
    to_age: Age | None = ask(
        "Oldest age", default=None, help="This age belongs to the tier. Leave out for the last tier.", example=15
    )
    rule: Literal["consent", "present", "opportunity", "prior-notice", "after-notice"] = ask(
        "A parent's part", default=..., labels=_PARENTS_PART
    )

    def in_text(self) -> str:
        """Return ``a Student from 12 to 15 years old: questioning only while a Parent is present``."""
        if self.from_age is None:
            ages = f"up to {self.to_age} years old"
        elif self.to_age is None:
            ages = f"{self.from_age} or older"
        else:
            ages = f"from {self.from_age} to {self.to_age} years old"
        return f"a Student {ages}: {_PARENTS_PART[self.rule]}"


class Interviews(Part):
    """Questioning of students by an officer."""

    parent_rule: Open[Literal["consent", "present", "opportunity", "prior-notice", "after-notice", "by-age"]] = ask(
        "A parent's part in questioning a suspected student",
        essential=True,
        serves=("S2.5",),
        labels={**_PARENTS_PART, "by-age": "it depends on the student's age"},
        help="State law often sets this. by-age: give the tiers under interviews.tiers.",
        why="No general federal rule was found, so counsel must choose.",
    )
    tiers: Open[Some[AgeTier]] = ask(
        "Rule for each age",
        when={"interviews.parent_rule": "by-age"},
        help="From the youngest. Each tier begins at the age after the one before it; the last one has no oldest age.",
        example=[{"to_age": 11, "rule": "present"}, {"from_age": 12, "rule": "opportunity"}],
    )
    wait_minutes: Open[Minutes] = ask(
        "Minutes to wait for a parent", example=60, when={"interviews.parent_rule": list(_WAITS)}
    )
    exceptions: Open[Some[Literal["exigent", "child-abuse", "victim-choice"]]] = ask(
        "Questioning to which a parent's part does not extend",
        default=("exigent", "child-abuse", "victim-choice"),
        rationale="Each guards a child's safety; exigent always stands, and state law may add to the others or bar them.",
        labels={
            "exigent": "questions needed to stop a Serious and Imminent Threat while it lasts",
            "child-abuse": "an interview about abuse or neglect in which a Parent or household member is a suspect",
            "victim-choice": "an interview of a Student as a victim who asks to speak without a Parent",
        },
    )
    administrator: Open[Literal["present-required", "offered", "excluded-in-custodial"]] = ask(
        "A school administrator's part when an officer questions a student",
        serves=("S2.5",),
        labels={
            "present-required": "shall attend unless a Serious and Imminent Threat leaves no time",
            "offered": "may attend if the Student asks",
            "excluded-in-custodial": "may attend if the Student asks, but not while the Student is in custody",
        },
        help="State law on who may attend the questioning of a young person in custody can decide this.",
        why="A rule on third persons has conflicted with a state's law before, so counsel must choose.",
    )
    miranda: Open[Literal["before-custodial", "before-any-suspect"]] = ask(
        "When Miranda warnings are given",
        serves=("S2.5",),
        labels={
            "before-custodial": "before custodial questioning",
            "before-any-suspect": "before any questioning of a Student suspected of a crime, in custody or not",
        },
        help="before-custodial: what the law asks of police. before-any-suspect: a wider promise.",
    )


class Searches(Part):
    """Searches of students."""

    officer_part: Open[Literal["none", "safety"]] = ask(
        "An officer's part in a search that the school leads",
        essential=True,
        serves=("S2.5",),
        labels={
            "none": "none: school staff may not ask an officer to help",
            "safety": "an officer may stand by for safety if an administrator asks",
        },
        why="Courts differ on a search in which school and police act together, so counsel must choose.",
    )
    parent_notice_hours: Open[Hours] = ask(
        "Hours within which a parent is told of a search", example=24, serves=("S2.5",)
    )
    devices: Open[Literal["warrant", "warrant-or-consent"]] | None = ask(
        "What an officer needs to look into a student's phone",
        default=None,
        labels={
            "warrant": "a search warrant",
            "warrant-or-consent": "a search warrant or the written consent of the Student and a Parent",
        },
        help="Leave out if the general rule on searches is enough.",
    )
    canine: Open[Literal["none", "with-approval", "area-only"]] | None = ask(
        "Police dogs at school",
        default=None,
        labels={
            "none": "not used to search",
            "with-approval": "used with the district's approval",
            "area-only": "used only in empty areas",
        },
        help="Leave out if the agreement says nothing about dogs.",
    )
    canine_approver: Open[Office] = ask(
        "District office that approves the use of a dog",
        when={"searches.canine": ["with-approval", "area-only"]},
        example="Superintendent of Schools",
    )


class Arrests(Part):
    """Arrests and citations at school."""

    approver: Open[Office] = ask(
        "Rank whose approval an arrest at school needs first", example="shift lieutenant", serves=("S2.5",)
    )
    minimum_age: Open[Age] = ask("Age below which no student is arrested at school short of danger to life", example=12)
    off_campus: Open[Literal["avoid", "with-approval"]] = ask(
        "Arrest at school for conduct elsewhere",
        essential=True,
        labels={
            "avoid": "not at school, unless the law requires it",
            "with-approval": "only if a superior approves it",
        },
        help="Conduct away from school that has no link to a school.",
    )
    parent_notice_minutes: Open[Minutes] = ask("Minutes within which a parent is told of an arrest", example=30)
    superintendent_hours: Open[Hours] | None = ask(
        "Hours within which the superintendent is told of an arrest",
        default=None,
        example=2,
        help="Leave out if only the principal is told.",
    )


class Force(Part):
    """Force, restraint and handcuffs."""

    standard: Open[Literal["agency-policy", "higher-local"]] = ask(
        "Standard for force on a student",
        essential=True,
        serves=("S2.10",),
        labels={
            "agency-policy": "the agency's own force policy, with limits for schools",
            "higher-local": "a higher standard that this agreement sets",
        },
        why="A higher standard protects students more; an agency may be bound to its policy. Counsel chooses.",
    )
    policy: Open[Office] = ask(
        "Title of the agency's force policy",
        when={"force.standard": "agency-policy"},
        example="General Order 300 (Use of Force)",
    )
    handcuff_minimum_age: Open[Age] = ask(
        "Age below which a student is not handcuffed short of danger to life", example=12, serves=("S2.10",)
    )
    report_hours: Open[Hours] = ask(
        "Hours within which a use of force is reported in writing", example=24, serves=("S2.10",)
    )
    parent_notice_hours: Open[Hours] = ask("Hours within which a parent is told of a use of force", example=4)
    reviewer: Open[Office] = ask("Agency office that reviews each use of force", example="Professional Standards Unit")
    staff_restraint_law: Open[Line] | None = ask(
        "Law on restraint by school staff",
        default=None,
        help="Leave out if no such law is to be named. The citation, as your counsel has checked it.",
        example="section 56-78 of the state's education code",
    )

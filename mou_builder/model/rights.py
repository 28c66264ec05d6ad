"""Civil-rights law that the agreement builds in, students with disabilities, and immigration."""

from typing import Literal

from mou_builder.model.parts import Line, Office, Open, Part, Several, Some, ask


class Rights(Part):
    """Civil-rights law that the agreement builds in."""

    state_laws: Open[Some[Line]] = ask(
        "State civil-rights laws to name",
        serves=("S2.2",),
        help="Citations that your counsel has checked.",
        example=["Title 9 (Student Civil Rights) of the Code of the State"],
    )
    local_laws: Open[Several[Line]] = ask(
        "Local civil-rights ordinances to name",
        serves=("S2.3",),
        help="An empty list says that none is known.",
        example=["Chapter 12 of the City Code"],
    )
    added_classes: Open[Several[Line]] = ask(
        "Protected characteristics beyond the federal ones",
        default=(),
        rationale="The federal characteristics are always named; state law may add more.",
        example=["sexual orientation", "gender identity"],
    )
    district_coordinator: Open[Office] = ask(
        "District's civil-rights coordinator (office)", serves=("S2.4",), example="Title IX and Section 504 Coordinator"
    )
    agency_coordinator: Open[Office] = ask(
        "Agency's civil-rights coordinator (office)", serves=("S2.4",), example="Professional Standards Lieutenant"
    )


class Disability(Part):
    """Students with disabilities."""

    plan_sharing: Open[Literal["none", "on-request", "safety-plan"]] = ask(
        "What officers learn of a student's disability plan",
        labels={
            "none": "nothing from the plan",
            "on-request": "what an officer at the scene needs, on request",
            "safety-plan": "a one-page safety plan with the parent's consent",
        },
        help="Plans are education records; each choice keeps within the records rules of the agreement.",
        why="Sharing can calm an encounter and can also expose a child; counsel and families must choose.",
    )
    coordinator: Open[Office] = ask(
        "District office that answers for what officers learn",
        when={"disability.plan_sharing": ["on-request", "safety-plan"]},
        example="Director of Special Education",
    )


class Immigration(Part):
    """What the agreement says about immigration enforcement."""

    stance: Open[Literal["silent", "no-inquiry", "no-civil-enforcement", "state-mandated-cooperation"]] = ask(
        "Immigration enforcement",
        essential=True,
        labels={
            "silent": "the agreement says nothing",
            "no-inquiry": "officers do not ask about immigration status",
            "no-civil-enforcement": "officers take no part in civil immigration enforcement at school",
            "state-mandated-cooperation": "state law requires cooperation",
        },
        help="State law decides what may be promised, and differs sharply; no choice is safe in every state.",
        why="A promise that state or federal law overrides harms those who rely on it, so counsel must choose.",
    )
    law: Open[Line] = ask(
        "State law that requires cooperation",
        when={"immigration.stance": "state-mandated-cooperation"},
        help="The citation, as your counsel has checked it.",
        example="chapter 9 of the state's government code",
    )
    entry: Open[Literal["judge", "counsel"]] = ask(
        "What admits an officer who comes for civil immigration enforcement",
        when={"immigration.stance": ["no-inquiry", "no-civil-enforcement"]},
        labels={
            "judge": "shows a warrant or court order signed by a judge",
            "counsel": "shows legal authority that the District’s counsel accepts",
        },
    )
    decision_maker: Open[Office] = ask(
        "District office that decides on such a request",
        when={"immigration.stance": ["no-inquiry", "no-civil-enforcement", "state-mandated-cooperation"]},
        example="Superintendent of Schools",
    )

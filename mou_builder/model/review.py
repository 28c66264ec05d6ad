"""How the agreement itself is looked at again, and who is heard."""

from typing import Literal

from mou_builder.model.parts import Days, Line, Month, Months, Office, Open, Part, Several, ask

_TRIGGERS: dict[str, str] = {
    "statute-change": "a change in a law on police in schools",
    "use-of-force": "a Use of Force in which a Student needs medical care",
    "disparity": "an evaluation that shows a markedly different rate for a group of Students",
    "sustained-complaint": "a finding that a Complaint of harm to a Student is true",
}


class CalendarStep(Part):
    """One step of a review, and the month in which it is due."""

    month: Month = ask("Month", default=..., example="February")
    step: Line = ask("What is due", default=..., example="public meeting on the Review")
    owner: Office = ask("Office that answers for it", default=..., example="Assistant Superintendent")

    def in_text(self) -> str:
        """Return ``February: public meeting on the Review (Assistant Superintendent)``."""
        return f"{self.month}: {self.step} ({self.owner})"


class Review(Part):
    """How the agreement itself is looked at again."""

    months: Open[Months] = ask(
        "Months between reviews",
        default=12,
        serves=("S1.9",),
        rationale="Yearly; several states require it, and data come by the school year.",
        help="12 is yearly, 24 every two years.",
    )
    start_month: Open[Month] = ask("Month in which a review starts", example="February")
    lead: Open[Office] = ask("Office that leads the review", example="Assistant Superintendent", serves=("S1.9",))
    triggers: Several[Literal["statute-change", "use-of-force", "disparity", "sustained-complaint"]] = ask(
        "What starts a review before its time",
        default=(),
        labels=_TRIGGERS,
        example=["statute-change", "use-of-force"],
        help="Leave out if nothing does; a party may ask for a review in any case.",
    )
    meeting: Open[Literal["meeting", "hearing"]] = ask(
        "How the public is heard",
        default="meeting",
        serves=("S1.11",),
        labels={"meeting": "public meeting", "hearing": "public hearing before the District\u2019s governing body"},
        rationale="A meeting at which people talk with the partners; some states ask for a hearing.",
    )
    notice_days: Open[Days] = ask(
        "Days of public notice before the review meeting",
        default=30,
        serves=("S1.11",),
        rationale="A month lets families and organizations prepare.",
    )
    comment_days: Open[Days] = ask(
        "Days for written comment",
        default=30,
        serves=("S1.11", "S1.12"),
        rationale="The comment period most agreements that have one use.",
    )
    respond_days: Open[Days] = ask(
        "Days after comments close by which the parties answer in writing",
        default=30,
        rationale="Keeps the whole review within one season.",
    )
    adoption: Open[Literal["changes", "whole"]] = ask(
        "What the governing bodies vote on after a review",
        default="changes",
        labels={"changes": "the changes that are recommended", "whole": "the whole agreement"},
        serves=("S1.10",),
        rationale="A vote on the changes is the shorter way; some states ask that the whole be adopted again.",
    )
    adopt_days: Open[Days] = ask(
        "Days after the recommendation within which they vote",
        default=60,
        serves=("S1.10",),
        rationale="Two months reach the next regular meeting of most governing bodies.",
    )
    calendar: Several[CalendarStep] = ask(
        "Calendar of a review",
        default=(),
        help="Leave out if the time limits are calendar enough.",
        example=[{"month": "February", "step": "public meeting on the Review", "owner": "Assistant Superintendent"}],
    )
    posted_at: Open[Line] = ask(
        "Web address at which the agreement and review papers are posted", example="www.larkmoor.example/sro"
    )

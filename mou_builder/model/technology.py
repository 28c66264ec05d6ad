"""Cameras and other technology at schools: what may record, who may see it, and how long it is kept."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.model.consistency import Contradiction
from mou_builder.model.parts import Line, Open, Part, Several, Some, ask

KeepDays = Annotated[int, Field(ge=1, le=3650)]
_ZONES = ("a restroom", "a locker room", "a health office", "a counseling session")
_WORN = {"video.body_cameras": "used"}


class Video(Part):
    """Body-worn cameras of officers and the district's own cameras."""

    body_cameras: Open[Literal["used", "not-used"]] = ask(
        "Do officers use body-worn cameras at schools?",
        labels={"used": "used", "not-used": "not used"},
        why="Agency and district should agree on cameras before one is worn at a school.",
    )
    activation: Open[Literal["agency-policy", "enforcement-contact", "off-unless"]] = ask(
        "When a body-worn camera records",
        when=_WORN,
        labels={
            "agency-policy": "as the agency's policy says",
            "enforcement-contact": "during enforcement contacts only",
            "off-unless": "off, unless danger, an arrest or force is expected",
        },
    )
    privacy_zones: Open[Some[Line]] = ask(
        "Where a body-worn camera does not record",
        when=_WORN,
        default=_ZONES,
        rationale="Places where students undress or are treated or counseled.",
    )
    retention_days: Open[KeepDays] = ask(
        "Days for which footage is kept", when=_WORN, example=180, help="A state schedule may set more."
    )
    district_access: Open[Literal["view", "copy"]] = ask(
        "What the district may have of footage",
        when=_WORN,
        labels={"view": "view, but not copy,", "copy": "view and receive a copy of"},
        help="A copy that the district keeps may become an education record.",
    )
    family_access: Open[Literal["view", "by-law"]] = ask(
        "What students and parents may have of footage that shows the student",
        when=_WORN,
        labels={
            "view": "view it on request",
            "by-law": "obtain it as far as the law on public records allows",
        },
    )
    live_feed: Open[Literal["none", "on-request", "emergencies"]] = ask(
        "Agency's access to the district's own cameras",
        labels={
            "none": "none without legal process",
            "on-request": "recordings on request to the district",
            "emergencies": "live in an emergency, and recordings on request",
        },
        help="Some states have schools give police live access; counsel should check.",
    )
    live_feed_law: Open[Line] | None = ask(
        "Law on live access to the cameras",
        default=None,
        when={"video.live_feed": "emergencies"},
        help="A citation that your counsel has checked. Leave out if no law governs it.",
        example="section 5 (Live Video) of the School Safety Act",
    )


class Tool(Part):
    """One technology that may be used, and its rule."""

    name: Line = ask("Technology", default=..., example="license-plate readers in school parking lots")
    rule: Line = ask(
        "Its rule",
        default=...,
        example="no plate is kept longer than 24 hours unless it matches a stolen vehicle or a missing person",
        help="A clause without a period at its end.",
    )

    def in_text(self) -> str:
        """Return ``license-plate readers: no plate is kept longer than 24 hours``."""
        return f"{self.name}: {self.rule}"


class Technology(Part):
    """Other technology that watches, detects or searches."""

    tools: Several[Tool] = ask(
        "Technologies that are allowed, each with its rule",
        default=(),
        help="For example license-plate readers, weapon detection by artificial intelligence, or monitoring of social "
        "media. Leave out if none is planned; the agreement then has no section on it.",
    )


def in_technology(technology: Technology) -> Iterator[Contradiction]:
    """Yield a technology with two rules."""
    seen: set[str] = set()
    for number, tool in enumerate(technology.tools):
        if tool.name.casefold() in seen:
            what = f"{tool.name!r} has a rule already."
            yield Contradiction(("technology", "tools", number, "name"), what, "Join the two entries.")
        seen.add(tool.name.casefold())

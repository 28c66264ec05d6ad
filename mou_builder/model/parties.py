"""Who makes the agreement: districts, agencies, paying municipalities, and the stakeholders beside them."""

from datetime import date
from typing import Literal

from mou_builder.model.document import UNDER_STATUTE
from mou_builder.model.parts import Line, Office, Open, Paragraph, Part, Several, ShortName, ask
from mou_builder.model.structure import KINDS

Capacity = Literal["sign", "attest", "approve-as-to-form", "certify-funds", "consent"]


class Signatory(Part):
    """A person who signs a page, and in which capacity."""

    name: Open[Line] = ask(
        "Name of the person", example="Dana Whitcomb", help="As it should stand under the signature line."
    )
    title: Open[Line] = ask("Office or title", example="Superintendent")
    capacity: Capacity = ask(
        "Capacity",
        default="sign",
        labels={
            "sign": "for the party",
            "attest": "attest",
            "approve-as-to-form": "approved as to form",
            "certify-funds": "certifies that funds are available",
            "consent": "consents",
        },
        help="sign: binds the party. attest: the clerk or secretary witnesses. approve-as-to-form: counsel. "
        "certify-funds: the finance officer. consent: a body that must agree, such as a charter school's authorizer.",
    )


class Notice(Part):
    """Where a party receives formal notices."""

    officer: Open[Line] = ask("Office that receives notices", example="Superintendent of Schools")
    address: Open[Paragraph] = ask("Postal address", example="100 Schoolhouse Road\nLarkmoor, ZZ 00001")
    email: Open[Line] | None = ask("E-mail address for notices", default=None, example="notices@larkmoor.example")


class Party(Part):
    """A legal person that is bound by the agreement."""

    legal_name: Line = ask(
        "Exact legal name",
        essential=True,
        example="Larkmoor Unified School District",
        default=...,
        help="As in its charter or enabling act. It is printed byte for byte as you give it.",
    )
    short_name: ShortName = ask(
        "Short name",
        essential=True,
        example="Larkmoor Schools",
        default=...,
        help="How this one party is told from the others; each party needs its own.",
    )
    entity_type: Open[Line] = ask(
        "Kind of legal entity",
        example="a public school district and body corporate",
        more=(
            "a municipal corporation",
            "a county and political subdivision of the State",
            "a nonprofit corporation that operates public charter schools",
            "an agency of the State",
            "a nonprofit corporation",
        ),
        help="With its article, as it reads after the name: 'a municipal corporation'.",
    )
    organized_under: Open[Line] | None = ask(
        "Law it is organized under",
        default=None,
        help="A citation your counsel has checked; left out if you give none.",
    )
    acting_by: Open[Line] | None = ask(
        "Acting by and through",
        default=None,
        example="its Police Department",
        help="Only where a department or board acts for the legal entity.",
    )
    authority: Open[Line] = ask(
        "Law under which this party makes the agreement",
        when=UNDER_STATUTE,
        example="the law of the State on agreements between public bodies",
        help="A citation your counsel has checked, as it reads after 'with authority under'.",
    )
    governing_body: Open[Office] = ask(
        "Governing body that approves the agreement",
        example="Board of Education",
        help="Where an elected officer is the party and has no body above, the officer: Sheriff.",
    )
    resolution: Open[Line] | None = ask(
        "Number of the governing body's resolution",
        anew=True,
        default=None,
        example="Resolution No. 2026-14",
        help="As it reads after 'approved this Agreement by'. Leave out if the body votes without one.",
    )
    approved_on: Open[date] | None = ask(
        "Date of the governing body's approval",
        anew=True,
        default=None,
        help="Leave out while the vote is still to come.",
    )
    notice: Notice = ask("Formal notices", person=True, default=Notice)
    signatories: Several[Signatory] = ask(
        "People who sign for this party", person=True, default=(), help="At least one with capacity 'sign'."
    )


class District(Party):
    """A body that runs schools."""

    kind: Literal["district", "regional", "charter", "private", "service-agency", "tribal"] = ask(
        "Kind of school body",
        essential=True,
        default=...,
        labels={
            "district": "a public school district",
            "regional": "a regional district over several towns",
            "charter": "a charter school or charter network",
            "private": "a private or non-public school",
            "service-agency": "an educational service agency",
            "tribal": "a school body of a tribal nation",
        },
        help="Some kinds bring in a section of their own.",
    )


class Agency(Party):
    """A body that employs sworn officers."""

    legal_name: Line = ask(
        "Exact legal name",
        essential=True,
        example="City of Larkmoor",
        default=...,
        help="As in its charter or enabling act: the city or county, where the police are a department of it. It is printed "
        "byte for byte as you give it.",
    )
    short_name: ShortName = ask(
        "Short name",
        essential=True,
        example="Larkmoor Police",
        default=...,
        help="How this one party is told from the others; each party needs its own.",
    )
    kind: Literal["police", "sheriff", "state-police", "district-police", "tribal-police"] = ask(
        "Kind of law-enforcement agency",
        essential=True,
        default=...,
        labels={
            "police": "a city, town or county police department",
            "sheriff": "a sheriff\u2019s office",
            "state-police": "a state police agency",
            "district-police": "a school district\u2019s own police department",
            "tribal-police": "a police department of a tribal nation",
        },
        help="A sheriff is in most states an elected officer apart from the county; the agreement then says so.",
    )


class Parties(Part):
    """The parties, by what they are in the agreement."""

    districts: Several[District] = ask("School districts", essential=True, default=..., min_length=1, serves=("S1.1",))
    agencies: Several[Agency] = ask(
        "Law-enforcement agencies", essential=True, default=..., min_length=1, serves=("S1.1",)
    )
    municipalities: Several[Party] = ask(
        "Municipalities that only pay",
        default=(),
        help="A city or county that shares the cost but neither teaches nor polices.",
    )

    @property
    def all(self) -> tuple[Party, ...]:
        """Every party, districts first, in the order given."""
        return (*self.districts, *self.agencies, *self.municipalities)

    def _has(self, group: str) -> bool:
        kinds = [*(one.kind for one in self.districts), *(one.kind for one in self.agencies)]
        return any(kind in KINDS[group] for kind in kinds)

    @property
    def has_sheriff(self) -> bool:
        """Whether a sheriff, an officer elected apart from the county, is a party."""
        return self._has("sheriff")

    @property
    def has_state_police(self) -> bool:
        """Whether an agency is a state police agency."""
        return self._has("state_police")

    @property
    def has_district_police(self) -> bool:
        """Whether an agency is a district's own police department."""
        return self._has("district_police")

    @property
    def has_charter(self) -> bool:
        """Whether a charter school is a party."""
        return self._has("charter")

    @property
    def has_private_school(self) -> bool:
        """Whether a private school is a party."""
        return self._has("private")

    @property
    def has_regional_district(self) -> bool:
        """Whether a district over several towns is a party."""
        return self._has("regional")

    @property
    def has_tribe(self) -> bool:
        """Whether a tribal nation's school body or police is a party."""
        return self._has("tribe")

    @property
    def has_municipality(self) -> bool:
        """Whether a municipality is a party that only pays."""
        return bool(self.municipalities)

    @property
    def several(self) -> bool:
        """Whether there is more than one district or more than one agency."""
        return len(self.districts) > 1 or len(self.agencies) > 1

    def named(self, short_name: str) -> Party | None:
        """Return the party with this short name, or None."""
        return next((party for party in self.all if party.short_name == short_name), None)


class Stakeholder(Part):
    """A body that is not a party but has a seat in reviewing the program."""

    name: Line = ask("Name of the organization or office", default=..., example="Larkmoor County Juvenile Court")
    part: Literal["sign", "acknowledge", "consult"] = ask(
        "Its part in the agreement",
        default="consult",
        rationale="Consulting binds nobody and needs no signature.",
        labels={
            "sign": "signs this Agreement",
            "acknowledge": "acknowledges this Agreement",
            "consult": "is consulted",
        },
        help="sign: signs as a stakeholder, agreeing to its seat. acknowledge: signs that it has received it. "
        "consult: no signature.",
    )
    seat: Literal["team"] | None = ask(
        "Its seat on the leadership team",
        default=None,
        labels={"team": "a seat without a vote"},
        help="Leave out if it comments from outside; every stakeholder is invited to the meetings.",
    )
    representative: Signatory | None = ask(
        "Person who signs or acknowledges",
        person=True,
        default=None,
        beside={"part": ["sign", "acknowledge"]},
        help="Needed where the part is sign or acknowledge.",
    )


class Stakeholders(Part):
    """Those whom the rubric's first step brings in, by kind."""

    juvenile_justice: Open[Several[Stakeholder]] = ask(
        "Juvenile-justice bodies",
        serves=("S1.2",),
        example=[{"name": "Larkmoor County Juvenile Court"}],
        help="A juvenile court, probation office, prosecutor or public defender. An empty list says that there is none.",
    )
    civil_rights: Open[Several[Stakeholder]] = ask(
        "Civil-rights organizations",
        serves=("S1.3", "S1.12"),
        example=[{"name": "Larkmoor Civil Rights League"}],
        help="An organization that speaks for students' civil rights. An empty list says that there is none.",
    )
    community: Open[Several[Stakeholder]] = ask(
        "Other community stakeholders",
        serves=("S1.4", "S1.11"),
        example=[{"name": "Larkmoor Parents' Council"}],
        help="Parents, students, teachers, disability or mental-health groups. An empty list says that there is none.",
    )

    @property
    def seated(self) -> tuple[str, ...]:
        """The names of those that have a seat on the leadership team."""
        groups = (self.juvenile_justice, self.civil_rights, self.community)
        known = [body for group in groups if isinstance(group, tuple) for body in group]
        return tuple(body.name for body in known if body.seat == "team")

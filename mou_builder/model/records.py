"""Education records and law-enforcement records: who holds what, and who may see it."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from mou_builder.model.consistency import Contradiction
from mou_builder.model.parts import Hours, Line, Months, Office, Open, Part, Some, Undecided, ask

_SEES_RECORDS = {"program.mode": "assigned", "records.sro_status": ["school-official", "both"]}
_IS_UNIT = {"program.mode": "assigned", "records.sro_status": ["law-enforcement-unit", "both"]}


class Retention(Part):
    """How long one kind of record is kept."""

    record: Line = ask("Kind of record", default=..., example="reports of a use of force")
    keep: Line = ask("How long it is kept", default=..., example="seven years after the event")

    def in_text(self) -> str:
        """Return ``reports of a use of force: seven years after the event``."""
        return f"{self.record}: {self.keep}"


class Records(Part):
    """Education records, law-enforcement records, and who may see which."""

    sro_status: Open[Literal["school-official", "law-enforcement-unit", "neither", "both"]] = ask(
        "Officer's status under the federal student-records law (FERPA)",
        essential=True,
        serves=("S2.5",),
        when={"program.mode": "assigned"},
        labels={
            "school-official": "a school official for stated purposes",
            "law-enforcement-unit": "the school's designated law-enforcement unit",
            "neither": "neither",
            "both": "both, with a wall between",
        },
        help="There is no safe default: each choice opens and closes different records. Counsel must choose.",
        why="34 CFR 99.8 and 99.31(a)(1) are two separate designations, each with its own conditions.",
    )
    control_officer: Open[Office] = ask(
        "District office that directly controls an officer's use of education records",
        when=_SEES_RECORDS,
        example="Director of Student Services",
    )
    unit_designated_on: Open[date] = ask(
        "Date the district designated the law-enforcement unit", when=_IS_UNIT, example=date(2026, 6, 15)
    )
    system_access: Literal["none", "view-limited"] = ask(
        "Officer's access to the district's student-information system",
        when=_SEES_RECORDS,
        default="none",
        rationale="Without a log-in, each release is a decision of the district that leaves a trace.",
        labels={"none": "no log-in", "view-limited": "a log-in that shows stated fields only"},
    )
    system_fields: Open[Some[Line]] = ask(
        "What the log-in shows",
        when={**_SEES_RECORDS, "records.system_access": "view-limited"},
        example=["name", "photograph", "class schedule", "emergency contacts"],
    )
    emergency_decider: Open[Office] = ask(
        "District office that decides on disclosure in an emergency", example="Superintendent of Schools"
    )
    process_office: Open[Office] = ask(
        "District office that receives subpoenas, warrants and court orders",
        example="General Counsel",
        help="School staff send every such paper there.",
    )
    directory: Literal["as-public", "process-only"] = ask(
        "Directory information for the agency",
        default="as-public",
        rationale="The agency then gets no more than any member of the public.",
        labels={
            "as-public": "only as it gives it to any member of the public who asks",
            "process-only": "only in answer to legal process",
        },
    )
    district_custodian: Open[Office] = ask("District's records custodian (office)", example="Registrar")
    agency_custodian: Open[Office] = ask("Agency's records custodian (office)", example="Records Manager")
    juvenile_law: Open[Line] | None = ask(
        "Law under which a school is told about a student's juvenile case",
        default=None,
        help="A citation that your counsel has checked. Leave out if no law has the agency or the court tell the school.",
        example="chapter 9 (Notice to Schools) of the Juvenile Code",
    )
    juvenile_office: Open[Office] = ask(
        "District office that receives such notices",
        when={"records.juvenile_law": {"present": True}},
        example="Superintendent of Schools",
    )
    open_records_law: Open[Line] | None = ask(
        "Public-records law",
        default=None,
        help="A citation that your counsel has checked. Leave out to refer to the law in general.",
        example="chapter 4 (Public Records) of the Code of the State",
    )
    retention: Open[Some[Retention]] | None = ask(
        "How long records of the program are kept",
        default=None,
        help="Leave out to keep each party's own schedule. A state schedule that is longer always controls.",
        example=[{"record": "reports of a use of force", "keep": "seven years after the event"}],
    )
    breach_hours: Open[Hours] = ask(
        "Hours within which a records breach is reported to the other party",
        default=72,
        rationale="Three days is a common contract term; state breach law may be shorter.",
    )
    audit_months: Open[Months] | None = ask(
        "Months between audits of who saw student records",
        default=None,
        example=12,
        help="Leave out if no regular audit is agreed.",
    )


def in_records(records: Records, effective: object) -> Iterator[Contradiction]:
    """Yield a unit designated after the agreement calls it designated, and a record with two periods."""
    designated = records.unit_designated_on
    if isinstance(designated, date) and isinstance(effective, date) and designated > effective:
        yield Contradiction(
            ("records", "unit_designated_on"),
            f"the unit is designated on {designated}, but the agreement, in effect from {effective}, says that it was.",
            "Designate the unit first, or move the effective date.",
        )
    kept = () if records.retention is None or isinstance(records.retention, Undecided) else records.retention
    seen: set[str] = set()
    for number, one in enumerate(kept):
        if one.record.casefold() in seen:
            what = f"{one.record!r} has a period already."
            yield Contradiction(("records", "retention", number, "record"), what, "Keep one of the two.")
        seen.add(one.record.casefold())

"""Name the people and offices that the answers give for looking at a change; where the answers name none, none is made up."""

from __future__ import annotations

from mou_builder.model import Agreement, Undecided
from mou_builder.model.parties import District
from mou_builder.wording import joined


def counsel(agreement: Agreement) -> tuple[str, ...]:
    """Return who approves the agreement as to form: ``Owen Castellane, General Counsel (Larkmoor Schools)``."""
    return tuple(
        f"{', '.join(named)} ({party.short_name})"
        for party in agreement.parties.all
        for person in party.signatories
        if person.capacity == "approve-as-to-form"
        if (named := [one for one in (person.name, person.title) if not isinstance(one, Undecided)])
    )


def liaisons(agreement: Agreement) -> tuple[str, ...]:
    """Return the offices that keep the partnership going: ``the Patrol Captain (the agency’s liaison)``."""
    governance = agreement.governance
    parts = {
        "the district\u2019s liaison": governance.district_liaison,
        "the agency\u2019s liaison": governance.agency_liaison,
    }
    return tuple(f"the {office} ({part})" for part, office in parts.items() if not isinstance(office, Undecided))


def readers(agreement: Agreement) -> str:
    """Return for whom a memo on the agreement is: each district's governing body and those who sign for the district."""
    districts = agreement.parties.districts
    if len(districts) > 3:
        return f"the governing bodies and heads of the {len(districts)} districts that are parties"
    return joined([_headed(district) for district in districts])


def _headed(district: District) -> str:
    titles = [district.governing_body, *(one.title for one in district.signatories if one.capacity == "sign")]
    named = list(dict.fromkeys(one for one in titles if not isinstance(one, Undecided)))
    return f"{district.legal_name} ({'; '.join(named)})" if named else district.legal_name

"""What a renewal says of the library: what kind of change each text went through, and why, as the library's change list tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from review.generations import RENEWED_ON, first_built, renewed_example, revised, shelf, with_slot, without_slot

from mou_builder.library import Library
from mou_builder.library.changelog import Change, changes_in
from mou_builder.library.markup import parse
from mou_builder.record import Record, UsedText, used_text
from mou_builder.review.news import TextNews, in_words, requirement_news, text_news
from mou_builder.wording import Wording

SIGNING = "us/general/signing.electronic"


def record() -> Record:
    return first_built("first_mou").record


def used(library: Library, slot: str = "general.signing") -> UsedText | None:
    """Return the text of a section under a library, with the answers of the first example."""
    ids = {one.id for one in record().clauses} | {"us/general/visitors"}
    clause = next((one for one in library.shelf.values() if one.slot == slot and one.id in ids), None)
    return used_text(clause, Wording(record().agreement(), library.states), "") if clause else None


def news(library: Library, slot: str = "general.signing") -> TextNews:
    then = next((one for one in record().clauses if one.slot == slot), None)
    return text_news(then, used(library, slot), library)


@pytest.mark.parametrize("kind", ["edition", "update", "correction"])
def test_a_new_version_says_what_kind_of_change_it_is(kind: str) -> None:
    """The clause's own field says it, and the two versions are cited."""
    found = news(revised(shelf(), SIGNING, "separate copies", "copies of their own", change=kind))

    assert (found.kind, found.then, found.now) == (kind, f"{SIGNING}@1", f"{SIGNING}@2")


def test_a_text_that_is_new_gone_edited_or_as_it_was_is_told_so() -> None:
    """A place that came, one that went, a draft edited without a new version, and a text that nobody touched."""
    clause = shelf().shelf[SIGNING]
    text = clause.written.text.replace("separate copies", "copies")
    draft = replace(clause, written=clause.written.model_copy(update={"text": text}), blocks=parse(text))
    more = with_slot(shelf(), "general.visitors", "us/general/law.state", "Visitors sign in.")

    assert news(more, "general.visitors").kind == "new"
    assert news(without_slot(shelf(), "general.signing")).kind == "gone"
    assert news(replace(shelf(), shelf={**shelf().shelf, SIGNING: draft})).kind == "draft"
    assert (news(shelf()).kind, in_words(news(shelf()))) == ("none", "")


def test_a_change_beside_kept_words_is_told_too() -> None:
    """Where the parties keep their own words, the library's stand in the record, and a change in them is no secret."""
    kept = next(one for one in renewed_example().built.record.clauses if one.slot == "roles.discipline")
    now = next(one for one in record().clauses if one.slot == "roles.discipline")

    assert text_news(kept, now, shelf()).kind == "none"
    assert text_news(kept, now.model_copy(update={"words": (("Otherwise.",),)}), shelf()).kind == "changed"


def test_the_reasons_of_every_version_since_are_given() -> None:
    """Who signed version 1 and renews under version 3 learns why 2 and 3 were made, the newest first; older ones are not told."""
    library = revised(shelf(), SIGNING, "separate copies", "copies of their own")
    library = revised(library, SIGNING, "copies of their own", "copies each")
    told = tuple(Change(f"{n}", f"Reason {n}.", (f"{SIGNING}@{n}",), "", "nobody") for n in (3, 2, 1))
    found = news(replace(library, changes=told))

    assert (found.reason, found.sign_again) == ("Reason 3. Reason 2.", "nobody.")
    assert in_words(found).endswith("Reason 3. Reason 2. Who should sign again: nobody.")


def test_a_row_without_a_version_tells_of_the_text_as_a_whole() -> None:
    """An attorney may name the clause alone."""
    library = revised(shelf(), SIGNING, "separate copies", "copies of their own")
    told = (Change("2", "Asked for by clerks.", (SIGNING,), "", ""),)

    assert news(replace(library, changes=told)).reason == "Asked for by clerks."


def test_a_requirement_is_new_from_its_day_or_with_its_rubric_and_says_why() -> None:
    """Rows that came into force since, rows that went out of it, and the reason of the rubric's row in the change list."""
    first, *rest = shelf().rubrics
    rows = list(first.requirements)
    rows[0] = rows[0].model_copy(update={"effective_to": date(2027, 12, 31)})
    rows.append(rows[1].model_copy(update={"id": "S9.1", "effective_from": date(2027, 1, 1)}))
    later = first.model_copy(update={"requirements": tuple(rows)})
    told = (Change("2", "The rubric was completed.", (f"rubrics/{first.id}.yaml",), "", "nobody"),)
    library = replace(shelf(), rubrics=(later, *rest), changes=told)
    found = {one.id: one for one in requirement_news(record(), library, RENEWED_ON)}

    assert set(found) == {rows[0].id, "S9.1"}
    assert (found["S9.1"].new, found["S9.1"].because) == (True, "in force from January 1, 2027")
    assert (found["S9.1"].reason, found["S9.1"].sign_again) == ("The rubric was completed.", "nobody")
    assert (found[rows[0].id].new, found[rows[0].id].because) == (False, "in force to December 31, 2027")


def test_the_change_list_is_read_as_it_is_written() -> None:
    """Rows below a release count; heads, rules and lines of another form do not."""
    text = (
        "# Changes\n\n| lost | `us/a/b@1` | before any release | nobody |\n\n## 2.0.0, 2028-01-15\n\n"
        "| What changed | Clauses | Dates | Who should re-sign |\n|---|---|---|---|\n"
        "| A *reason*. | `us/a/b@2`, `rubrics/x.yaml` | from 2028-02-01 | all |\nfree words\n"
    )

    assert changes_in(text) == (
        Change("2.0.0, 2028-01-15", "A *reason*.", ("us/a/b@2", "rubrics/x.yaml"), "from 2028-02-01", "all"),
    )

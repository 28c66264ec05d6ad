"""Whose words come first when packs lie over the library: the nearest, and never past the law of the state."""

from __future__ import annotations

import pytest

from mou_builder.errors import LibraryError
from mou_builder.library.jurisdictions import Jurisdiction
from mou_builder.library.overlays import PackUsed, chain_of


def folders(**parents: str) -> dict[str, Jurisdiction]:
    """Return jurisdictions: ``us_wa="us WA"`` is us-wa, which rests on us and serves WA."""
    made = {"us": Jurisdiction(id="us", name="United States")}
    for name, said in parents.items():
        id = name.replace("_", "-")
        parent, _, state = said.partition(" ")
        made[id] = Jurisdiction(id=id, name=id, parent=parent, state=state or None)
    return made


def pack(*laid: str) -> PackUsed:
    return PackUsed(laid[0].removeprefix("us-"), "1.0.0", "A", "B", "c@d.example", "0" * 64, laid)


LAID = folders(
    us_wa="us WA", us_wa_esd="us-wa", us_wa_loose="us WA", us_or_esd="us OR", us_model="us", us_model_b="us-model"
)


@pytest.mark.parametrize(
    ("packs", "state", "chain"),
    [
        ((), "WA", ("us-wa", "us")),
        ((), "OR", ("us",)),
        ((pack("us-wa-esd"),), "WA", ("us-wa-esd", "us-wa", "us")),
        ((pack("us-wa-esd"),), "OR", ("us",)),
        ((pack("us-wa-loose"),), "WA", ("us-wa-loose", "us-wa", "us")),
        ((pack("us-or-esd"),), "OR", ("us-or-esd", "us")),
        ((pack("us-model"),), "WA", ("us-wa", "us-model", "us")),
        ((pack("us-model"),), "OR", ("us-model", "us")),
        ((pack("us-model"), pack("us-model-b")), "OR", ("us-model-b", "us-model", "us")),
        ((pack("us-wa-esd"), pack("us-model")), "WA", ("us-wa-esd", "us-wa", "us-model", "us")),
    ],
)
def test_chain_runs_from_the_publisher_past_the_state_to_the_whole_country(
    packs: tuple[PackUsed, ...], state: str, chain: tuple[str, ...]
) -> None:
    """A pack for the state is nearest; a model for all states never comes before a state's own law."""
    laid = {id for one in packs for id in one.jurisdictions}
    there = {id: one for id, one in LAID.items() if id in ("us", "us-wa") or id in laid}

    assert chain_of(there, packs, state) == chain


def test_two_packs_that_do_not_rest_on_each_other_are_refused() -> None:
    """Nobody can tell whose words come first, so both are named."""
    there = {id: one for id, one in LAID.items() if id in ("us", "us-wa", "us-wa-esd", "us-wa-loose")}
    with pytest.raises(LibraryError) as refused:
        chain_of(there, (pack("us-wa-esd"), pack("us-wa-loose")), "WA")

    assert "wa-esd@1.0.0" in str(refused.value) and "wa-loose@1.0.0" in str(refused.value)

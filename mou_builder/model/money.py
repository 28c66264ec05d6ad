"""Divide money so that the parts come to the whole, to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_the_cent(amount: Decimal) -> Decimal:
    """Return an amount rounded to the cent, half a cent upward."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def divided(total: Decimal, weights: Sequence[int | Decimal], *, remainder: int = 0) -> list[Decimal]:
    """Return the part of `total` that falls to each weight, rounded down to the cent.

    The part at place `remainder` takes the cents that are left over, so that the parts always come to the total.
    """
    if not weights:
        return []
    whole = sum((Decimal(one) for one in weights), Decimal(0))
    parts = [(total * one / whole).quantize(CENT, ROUND_DOWN) for one in weights]
    parts[remainder] += total - sum(parts, Decimal(0))
    return parts


def raised(amount: Decimal, percents: Iterable[Decimal]) -> Decimal:
    """Return an amount after yearly raises, each taken from the year before and rounded to the cent."""
    for percent in percents:
        amount = to_the_cent(amount + amount * percent / 100)
    return amount

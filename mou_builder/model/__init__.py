"""The Agreement: what a partnership answered, as frozen and validated values."""

from mou_builder.model.agreement import Agreement
from mou_builder.model.answers import read_answers
from mou_builder.model.parts import Undecided

__all__ = ["Agreement", "Undecided", "read_answers"]

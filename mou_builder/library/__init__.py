"""The clause library: the shape of its files and the one door that loads them."""

from mou_builder.library.loading import load_library
from mou_builder.library.outline import Article
from mou_builder.library.rubrics import Requirement, Rubric
from mou_builder.library.shapes import Clause, Library

__all__ = ["Article", "Clause", "Library", "Requirement", "Rubric", "load_library"]

"""A model made once, and the same filled in with the first example's answers, for every test that looks at them."""

from __future__ import annotations

import pytest
from conftest import TODAY
from fillable.filling import filled, texts_of

from mou_builder.fillable.facts import Questions, base_of, questions_of
from mou_builder.fillable.making import Model, model_agreement
from mou_builder.interview.tree import Tree
from mou_builder.library import Library
from mou_builder.model import Agreement
from mou_builder.record import answers_of


@pytest.fixture(scope="session")
def model(library: Library, template: bytes) -> Model:
    return model_agreement({}, "WA", library, template, as_of=TODAY, locked=frozenset({"us/roles/discipline"}))


@pytest.fixture(scope="session")
def questions() -> Questions:
    return questions_of(base_of({}, "WA"))


@pytest.fixture(scope="session")
def answers(first: Agreement) -> Tree:
    return answers_of(first)


@pytest.fixture(scope="session")
def texts(questions: Questions, answers: Tree) -> dict[str, str]:
    """What a person fills in who wants the first example's agreement."""
    return texts_of(questions, answers)


@pytest.fixture(scope="session")
def filled_in(model: Model, texts: dict[str, str]) -> bytes:
    return filled(model.word, texts)

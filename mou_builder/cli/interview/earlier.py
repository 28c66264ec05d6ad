"""Take answers over from an earlier agreement: an answers file, a record, or a Word file that carries its record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mou_builder.cli.files import hands_in_word, read_agreement, read_bytes
from mou_builder.interview.prior import with_prior
from mou_builder.interview.state import Interview

if TYPE_CHECKING:
    from mou_builder.library import Library


def with_earlier(now: Interview, file: Path, shelf: Library, when: datetime) -> Interview:
    """Return the interview with the earlier agreement's answers wherever it has none yet.

    Raises MouError, in words, if the file holds no agreement's answers.
    """
    from mou_builder.record import answers_of
    from mou_builder.report import record_in
    from mou_builder.report.controls import is_model

    data = read_bytes(file)
    word = hands_in_word(file, data)
    if word and is_model(data, str(file)):
        from mou_builder.fillable.reading import take_up_model
        from mou_builder.interview.prior import with_answers_from

        # Nothing in a model belongs to an earlier agreement, and what does not fit is asked again.
        return with_answers_from(now, take_up_model(data, str(file), shelf).tree, "file", when)
    earlier = record_in(data, str(file)).agreement(shelf.states, str(file)) if word else read_agreement(file, shelf)
    return with_prior(now, answers_of(earlier), earlier.document.name, when)

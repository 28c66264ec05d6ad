"""Put changed answers into a person's own file, and leave everything else in it as its owner wrote it."""

from mou_builder.rewriting.answers_file import with_answers

__all__ = ["with_answers"]

"""Lay many agreements side by side: one row for each agreement, one column for each requirement, a status in each cell."""

from mou_builder.rollup.matrix import Column, Matrix, Problem, matrix_of
from mou_builder.rollup.row import AgreementRow, Cell, row_of

__all__ = ["AgreementRow", "Cell", "Column", "Matrix", "Problem", "matrix_of", "row_of"]

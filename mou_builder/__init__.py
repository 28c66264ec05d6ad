"""Build, check and explain memoranda of understanding about officers stationed in schools."""

__version__ = "0.1.0"

"""Write words so that only a difference a reader would see is a difference, and show such a difference."""

from __future__ import annotations

import difflib
import unicodedata

_SAME = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u2010": "-",
        "\u2011": "-",
        # Letters that a typesetting program draws as one.
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        # Marks that show nothing: where a word may be broken, joined, or read from right to left.
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def normalized(text: str) -> str:
    """Return words fit for comparing: quotation marks straight, letters whole, spaces and line ends as single spaces."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_SAME)
    return " ".join(plain.split())


def difference(before: str, after: str) -> str:
    """Return the changed words with a little of what stands around them, e.g. ``The Agency [-shall-] {+may+} answer``."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            middle = old[a:b]
            parts.append(" ".join(middle if len(middle) <= 8 else [*middle[:4], "...", *middle[-4:]]))
            continue
        if a < b:
            parts.append(f"[-{' '.join(old[a:b])}-]")
        if c < d:
            parts.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(parts)

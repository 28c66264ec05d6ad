"""What may lie in a pack, and under which names: nothing that leads out of it, and nothing that nobody reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from mou_builder.errors import Fault, MouError, did_you_mean

Contents = Mapping[str, bytes]
"""The files of a pack by their names in it, steps parted by ``/``."""

ABOUT, MANIFEST, SIGNATURE, TEMPLATE = "pack.yaml", "manifest.json", "signature.json", "templates/mou.docx"
MOST_FILES = 1_000
MOST_BYTES = 5_000_000
"""Of one file."""
MOST_IN_ALL = 20_000_000

_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)
_READ = re.compile(
    r"pack\.yaml|CHANGELOG\.md|README\.md|LICENSE(\.md|\.txt)?|rubrics/[a-z][a-z0-9-]*\.yaml|templates/mou\.docx"
    r"|us(-[a-z0-9]+)+/(jurisdiction|schedules/[a-z-]+|[a-z-]+/(past/)?[a-z-]+(\.[a-z0-9-]+)*)\.yaml"
)
_NAMES = ("pack.yaml", "CHANGELOG.md", "README.md", "LICENSE", "templates/mou.docx")


class PackError(MouError):
    """A pack cannot be built, trusted, installed or used."""


def name_faults(names: Iterable[str]) -> Iterator[Fault]:
    """Yield names that lead out of a pack, that no computer takes, or that stand in it twice."""
    seen: dict[str, str] = {}
    for name in names:
        steps = name.replace("\\", "/").split("/")
        if ".." in steps or steps[0] == "" or ":" in name:
            what = f"one of its files is called {shown(name)}, which leads out of the pack."
            yield Fault(shown(name), what, "Nothing was unpacked. Do not use this file; tell its publisher.")
        elif (
            not all(_STEP.match(step) and not _DEVICE.match(step) and step[-1] != "." for step in steps) or "\\" in name
        ):
            what = f"{shown(name)} is no name for a file of a pack."
            yield Fault(shown(name), what, "Use plain letters, digits, dots, hyphens and underscores.")
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            other = (
                "twice" if seen[folded] == name else f"beside {shown(seen[folded])}, which some computers take for it"
            )
            yield Fault(shown(name), f"it stands in the pack {other}.", "Nobody can tell which one counts. Remove one.")
        seen.setdefault(folded, name)


def unread_faults(names: Iterable[str]) -> Iterator[Fault]:
    """Yield files that would be read by nobody: silence would hide a lost clause or rubric."""
    for name in names:
        if not _READ.fullmatch(name):
            if name.startswith("us/"):
                mend = "A pack has a folder of its own, such as us-wa-esd/, whose texts take the place of those in us/."
            else:
                mend = did_you_mean(name, _NAMES) or (
                    "A pack holds pack.yaml, us-XX-NAME/, rubrics/, templates/mou.docx, CHANGELOG.md, README.md and LICENSE."
                )
            yield Fault(name, "nothing reads a file of this name in a pack.", mend)


def size_faults(sizes: Mapping[str, int]) -> Iterator[Fault]:
    """Yield what is larger than any pack needs to be."""
    if len(sizes) > MOST_FILES:
        yield Fault("the pack", f"it holds {len(sizes):,} files.", f"At most {MOST_FILES:,} are read.")
    for name, size in sizes.items():
        if size > MOST_BYTES:
            yield Fault(shown(name), f"it is {size:,} bytes long.", f"At most {MOST_BYTES:,} are read.")
    if sum(sizes.values()) > MOST_IN_ALL:
        what = f"its files are {sum(sizes.values()):,} bytes long together."
        yield Fault("the pack", what, f"At most {MOST_IN_ALL:,} are read.")


def jurisdictions_in(names: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of clauses."""
    return tuple(sorted({name.partition("/")[0] for name in names if name.startswith("us-") and "/" in name}))


def shown(name: str) -> str:
    """Return a name from an unknown file so that it cannot break a terminal's line."""
    plain = name.encode("ascii", errors="backslashreplace").decode()
    plain = re.sub(r"[\x00-\x1f\x7f]", "?", plain)
    return plain if 0 < len(plain) <= 80 else f"{plain[:77]}..." if plain else "(no name)"

"""What a pack says of itself in pack.yaml: whose it is, what it stands on, and what may be done with each text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from mou_builder.errors import Fault
from mou_builder.library.outline import LibraryPart, Texts
from mou_builder.library.overlays import PackUsed, Rule
from mou_builder.marked import Marked, read_marked
from mou_builder.packs.layout import ABOUT, TEMPLATE, Contents, PackError, jurisdictions_in
from mou_builder.shape import shaped

VERSION = r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}"
PackId = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", min_length=3, max_length=40, examples=["esd-model"])
]
PackVersion = Annotated[str, Field(pattern=rf"^{VERSION}$", examples=["1.0.0"])]
Said = Annotated[str, Field(min_length=1, max_length=200)]


class PackFile(LibraryPart):
    """pack.yaml."""

    format: Literal[1] = Field(alias="schema")
    id: PackId
    version: PackVersion
    title: Said
    publisher: Said
    contact: Said
    """Whom to ask before a locked text is changed."""
    licence: Said
    parent: Annotated[str, Field(pattern=r"^us(-[a-z0-9]+)*$", examples=["us-wa"])] = "us"
    """The folder, of the library or of another pack, on which its own folders rest."""
    tool: PackVersion = "0.1.0"
    """The oldest version of mou-builder that can use it."""
    names: Texts = ()
    """Capitalized names of laws and offices that its texts use."""
    conformance: dict[str, Rule] = Field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """A pack whose pack.yaml was read."""

    written: PackFile
    marked: Marked = field(repr=False)
    contents: Contents = field(repr=False)
    digest: str = ""
    """SHA-256 of its manifest; empty for a folder that is not built yet."""

    @property
    def cite(self) -> str:
        """``esd-model@1.2.0``."""
        return f"{self.written.id}@{self.written.version}"

    @property
    def template(self) -> bytes | None:
        """Its own Word template, if it has one."""
        return self.contents.get(TEMPLATE)

    @property
    def used(self) -> PackUsed:
        """The pack as it lies over a library."""
        one = self.written
        laid = jurisdictions_in(self.contents)
        return PackUsed(
            one.id, one.version, one.title, one.publisher, one.contact, self.digest, laid, dict(one.conformance)
        )

    def at(self, *path: str | int, key: bool = False) -> str:
        """Return ``pack.yaml:line:column`` of one of its fields."""
        return str(self.marked.place(path, key=key))


def pack_in(contents: Contents, name: str, *, digest: str = "", tool: str) -> Pack:
    """Return the pack that consists of `contents`, called `name`; raise PackError if pack.yaml is missing or wrong.

    `tool` is this program's version: a pack for a later one is refused.
    """
    if ABOUT not in contents:
        raise PackError(
            Fault(
                name,
                "this is no pack: it has no pack.yaml.",
                "Give the folder or the .zip file of a pack (docs/packs.md).",
            )
        )
    try:
        text = contents[ABOUT].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(Fault(ABOUT, "the file is not UTF-8 text.", "Save it as UTF-8.")) from None
    marked = read_marked(text, ABOUT, PackError)
    pack = Pack(shaped(marked, PackFile, PackError), marked, contents, digest)
    if order(pack.written.tool) > order(tool):
        what = f"{pack.cite} is made for mou-builder {pack.written.tool} or later; this is {tool}."
        raise PackError(Fault(pack.at("tool"), what, "Bring mou-builder up to date."))
    return pack


def order(version: str) -> tuple[int, ...]:
    """Return a version so that later ones are greater: 1.10.0 comes after 1.9.0."""
    return tuple(int("".join(filter(str.isdigit, step)) or 0) for step in version.split(".")[:3])

"""A built agreement as a Word file on the desk: its sections can be found, changed, moved and taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree
from wordedit import W, packed, parts_of, text_of, w

from mou_builder.build import Built
from mou_builder.record import Record

Clause = Any
"""The content control of a clause, with its paragraphs."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"


class Paper:
    """One agreement that somebody edits, and the draws by which the corpus chooses where."""

    def __init__(self, built: Built, other: Callable[[], Built], chance: Random) -> None:
        self.built, self.chance = built, chance
        self._other = other
        self.parts = parts_of(built.word)
        self.root = etree.fromstring(self.parts[DOCUMENT])
        self.body = self.root.find(w("body"))
        self.beside: Record | None = None
        """The record to give with the file, where the file has lost its own."""
        self.whole: bytes | None = None
        """The finished file, where it is no longer made of these parts."""

    def of_another(self) -> Paper:
        """Return another agreement, to paste from."""
        return Paper(self._other(), lambda: self.built, self.chance)

    def word(self) -> bytes:
        """Return the file as it was edited."""
        if self.whole is not None:
            return self.whole
        return packed({**self.parts, DOCUMENT: as_part(self.root)})

    def clauses(self) -> list[Clause]:
        """Return the clauses with a heading in the order in which they stand; recitals have none."""
        return [one for one in self._controls() if not _is_recital(one)]

    def recitals(self) -> list[Clause]:
        """Return the recitals in the order in which they stand."""
        return [one for one in self._controls() if _is_recital(one)]

    def _controls(self) -> list[Clause]:
        own = {used.cite for used in self.built.record.clauses}
        return [one for one in self.body.iterchildren(w("sdt")) if _tag(one) in own]

    def pick(self, fits: Callable[[Clause], bool] = lambda _: True, but: Sequence[Clause] = ()) -> Clause:
        """Return some clause that fits."""
        return self.chance.choice([one for one in self.clauses() if fits(one) and one not in but])

    def articles(self) -> list[tuple[Any, list[Clause]]]:
        """Return each article's heading with its clauses."""
        found: list[tuple[Any, list[Clause]]] = []
        clauses = self.clauses()
        for child in self.body:
            if child.tag == w("p") and style_of(child) == "Heading1":
                found.append((child, []))
            elif child in clauses:
                found[-1][1].append(child)
        return found

    def article_of(self, clause: Clause) -> list[Clause]:
        """Return the clauses of the article in which a clause stands."""
        return next(clauses for _, clauses in self.articles() if clause in clauses)

    def named(self, id: str) -> Clause:
        """Return the clause with this id."""
        return next(one for one in self.clauses() if id_of(one) == id)

    def sections(self) -> Iterator[tuple[str, Any]]:
        """Yield each paragraph of the clauses and articles, up to the signatures, with the heading's number where it has one."""
        article = section = 0
        for child in self.body:
            for one in [child] if child.tag == w("p") else paragraphs(child):
                number = ""
                if style_of(one) == "Heading1":
                    article, section = article + 1, 0
                    number = f"Article {article}"
                elif style_of(one) == "Heading2":
                    section += 1
                    number = f"{article}.{section}"
                yield number, one

    def add_part(self, name: str, content: str, kind: str, type: str) -> None:
        """Put another part into the file, named to Word as a `kind`, such as comments."""
        self.parts[name] = content.encode()
        relations = "word/_rels/document.xml.rels"
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        target = name.removeprefix("word/")
        more = f'<Relationship Id="rId{kind}" Type="{base}/{kind}" Target="{target}"/></Relationships>'
        self.parts[relations] = self.parts[relations].replace(b"</Relationships>", more.encode())
        more = f'<Override PartName="/{name}" ContentType="{type}"/></Types>'
        types = "[Content_Types].xml"
        self.parts[types] = self.parts[types].replace(b"</Types>", more.encode())


def as_part(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tag(control: Any) -> str:
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else str(tag.get(w("val"), ""))


def _is_recital(clause: Clause) -> bool:
    return any(style_of(one).startswith("MOURecital") for one in paragraphs(clause))


def id_of(clause: Clause) -> str:
    return _tag(clause).partition("@")[0]


def content_of(clause: Clause) -> Any:
    return clause.find(w("sdtContent"))


def paragraphs(element: Any) -> list[Any]:
    return list(element.iter(w("p")))


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val"), ""))


def items_of(clause: Clause) -> list[Any]:
    return [one for one in paragraphs(clause) if style_of(one) == "MOUItem"]


def body_of(clause: Clause) -> list[Any]:
    """Return the clause's paragraphs behind its heading that stand alone, outside lists."""
    return [one for one in paragraphs(clause) if style_of(one) == "MOUBody"]


def words_of(element: Any) -> str:
    """Return an element's words, its paragraphs with a space between them."""
    return " ".join(" ".join(text_of(one) for one in paragraphs(element)).split())


def paragraph(text: str, style: str = "MOUBody") -> Any:
    """Return a new paragraph."""
    made = etree.Element(w("p"))
    if style:
        etree.SubElement(etree.SubElement(made, w("pPr")), w("pStyle")).set(w("val"), style)
    made.append(run(text))
    return made


def run(text: str, like: Any = None, kind: str = "t") -> Any:
    """Return a new run, dressed like another."""
    made = etree.Element(w("r"))
    dress = like.find(w("rPr")) if like is not None else None
    if dress is not None:
        made.append(deepcopy(dress))
    words = etree.SubElement(made, w(kind))
    words.text = text
    words.set(SPACE, "preserve")
    return made


def xml(text: str) -> Any:
    """Return an element; the prefixes w and r are known."""
    spaces = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return etree.fromstring(f"<x {spaces}>{text}</x>")[0]


def texts_of(element: Any) -> list[Any]:
    """Return the pieces of text, without those in the numbers of cross-references, which Word writes itself."""
    fields = (w("fldSimple"), w("hyperlink"))
    return [one for one in element.iter(w("t")) if one.text and not any(up.tag in fields for up in one.iterancestors())]


def plain_copy(one: Any) -> Any:
    """Return a paragraph as it is after copying: its words and style, without bookmarks."""
    copied = deepcopy(one)
    for mark in [*copied.iter(w("bookmarkStart")), *copied.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    return copied


def unlink(element: Any) -> None:
    """Turn cross-references into the words they show."""
    for field in [*element.iter(w("fldSimple")), *element.iter(w("hyperlink"))]:
        open_up(field)


def open_up(element: Any) -> None:
    """Put an element's children in its place."""
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)


def take_out(one: Any) -> None:
    one.getparent().remove(one)


def split_at(piece: Any, place: int) -> Any:
    """Press Enter in a paragraph, `place` letters into a piece of its text; return the new paragraph."""
    before, after = piece.getparent(), run(piece.text[place:].lstrip(), piece.getparent())
    old = before.getparent()
    piece.text = piece.text[:place].rstrip()
    new = etree.Element(w("p"))
    if old.find(w("pPr")) is not None:
        new.append(deepcopy(old.find(w("pPr"))))
    new.append(after)
    new.extend(list(before.itersiblings()))
    old.addnext(new)
    return new


def join(first: Any, second: Any, between: str = " ") -> None:
    """Press Delete at the end of a paragraph, and type `between` where the two meet."""
    if between:
        first.append(run(between))
    first.extend([child for child in second if child.tag != w("pPr")])
    take_out(second)

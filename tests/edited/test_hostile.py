"""Files made to harm, or broken beyond use, get one clear message from every command that takes a Word file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from edited.corpus import built_example, library
from wordedit import W, packed, parts_of

from mou_builder.cli import files

Parts = dict[str, bytes]

COMMANDS = {
    "check": ("check", "a.docx"),
    "explain": ("explain", "a.docx", "us/roles/discipline"),
    "renew": ("renew", "a.docx", "--out", "out"),
    "deadlines": ("deadlines", "a.docx"),
    "redline": ("redline", "a.docx", "a.docx", "--out", "out.docx"),
}
"""Each command that takes up a Word file that somebody hands in"""

DOCUMENT = "word/document.xml"
RECORD = "customXml/item1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def whole() -> Parts:
    return parts_of(built_example("first_mou").word)


def zipped(**parts: bytes | str) -> bytes:
    """Return a zip of these parts; two underscores in a name stand for a slash, a final one for .xml."""
    return packed({_part(name): text.encode() if isinstance(text, str) else text for name, text in parts.items()})


def _part(name: str) -> str:
    return {"document": DOCUMENT}.get(name, name.replace("__", "/"))


def document(inner: str, head: str = "") -> bytes:
    return zipped(document=f'{head}<w:document xmlns:w="{W}">{inner}</w:document>')


def with_part(name: str, content: bytes) -> bytes:
    return packed({**whole(), name: content})


def with_record(change: Callable[[bytes], bytes]) -> bytes:
    parts = whole()
    start, end = parts[RECORD].index(b">", parts[RECORD].index(b"record")) + 1, parts[RECORD].rindex(b"</")
    parts[RECORD] = parts[RECORD][:start] + change(parts[RECORD][start:end]) + parts[RECORD][end:]
    return packed(parts)


def under_entity(name: str) -> bytes:
    return with_part(name, f'{LAUGHS}<w:x xmlns:w="{W}">&i;</w:x>'.encode())


def twice() -> bytes:
    """Return a file with two parts of one name: what one program shows, another does not."""
    parts = whole()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, parts[DOCUMENT].replace(b"shall", b"may"))
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def locked() -> bytes:
    """Return a zip whose parts say that they are encrypted."""
    data = bytearray(document("<w:body/>"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def lying() -> bytes:
    """Return a zip whose directory says that a part is small; it unpacks to more."""
    data = bytearray(zipped(document=" " * 4_000_000))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def stored(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def long(count: int) -> bytes:
    parts = whole()
    more = b"".join(b"<w:p><w:r><w:t>Item %d.</w:t></w:r></w:p>" % number for number in range(count))
    place = parts[DOCUMENT].rindex(b"<w:sdt>")
    parts[DOCUMENT] = parts[DOCUMENT][:place] + more + parts[DOCUMENT][place:]
    return stored(parts)


# Each hostile file: what it is, how it is made, and words that the message must hold: what was found, and the mend.
# fmt: off
FILES: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("empty file", lambda: b"", "", ""),
    ("words under the name of a Word file", lambda: b"Just words", "not a Word file", "Give a .docx file"),
    ("web page under the name of a Word file", lambda: b"<html><body>Agreement</body></html>", "not a Word file", "Give a .docx"),
    ("rich text under the name of a Word file", lambda: rb"{\rtf1\ansi Agreement}", "not a Word file", "Give a .docx"),
    ("PDF under the name of a Word file", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a Word file", "Give a .docx"),
    ("picture under the name of a Word file", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not a Word file", "Give a .docx"),
    ("old Word file", lambda: OLE + b"\0" * 2000, "an old .doc file", "save it as .docx"),
    ("locked Word file", lambda: OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le"), "password", "without a password"),
    ("zip with locked parts", locked, "encrypted", "Remove the password"),
    ("beginning of a zip", lambda: b"PK\x03\x04" + b"x" * 400, "damaged or incomplete", "whole copy"),
    ("two letters", lambda: b"PK", "damaged or incomplete", "whole copy"),
    ("OpenDocument under the name of a Word file", lambda: zipped(**{"mimetype": "x", "content.xml": "<a/>"}),
     "an OpenDocument file", "Save it as .docx"),
    ("zip of other things", lambda: zipped(**{"notes.txt": "x"}), "no Word document", "Give a .docx file"),
    ("spreadsheet", lambda: zipped(**{"xl__workbook.xml": "<a/>"}), "no Word document", "Give a .docx file"),
    ("zip bomb", lambda: zipped(document=" " * 9_000_000), "zip bomb", "not opened"),
    ("zip bomb in a picture", lambda: zipped(document="<a/>", word__media__a=b"\0" * 30_000_000), "zip bomb", "not opened"),
    ("zip with a lying directory", lying, "is damaged", "save it again"),
    ("thousands of parts", lambda: packed({f"word/{n}.xml": b"" for n in range(2_100)}), "parts", "not opened"),
    ("entity", lambda: document("<w:body>&e;</w:body>", '<!DOCTYPE x [<!ENTITY e "b">]>'), "declares a document type", "not read"),
    ("entities upon entities", lambda: document("<w:body>&i;</w:body>", LAUGHS), "its part word/document.xml", "."),
    ("entity of another file", lambda: document("<w:body>&e;</w:body>",
     '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "declares a document type", "not read"),
    ("document type of another place", lambda: document("<w:body/>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'),
     "declares a document type", "not read"),
    ("ten thousand elements within each other", lambda: document(f"<w:body>{'<w:p>' * 10_000}{'</w:p>' * 10_000}</w:body>"),
     "is damaged", "save it again"),
    ("attribute of eleven million letters", lambda: stored({DOCUMENT: f'<a b="{"x" * 11_000_000}"/>'.encode()}),
     "is damaged", "save it again"),
    ("document that ends early", lambda: zipped(document=f'<w:document xmlns:w="{W}"><w:body>'), "is damaged", "save it again"),
    ("document of another encoding", lambda: zipped(document=b'<?xml version="1.0" encoding="UTF-16"?><a/>'),
     "is damaged", "save it again"),
    ("document of an unknown encoding", lambda: zipped(document=b'<?xml version="1.0" encoding="x-none"?><a/>'),
     "is damaged", "save it again"),
    ("letters of no encoding", lambda: document("<w:body>").replace(b"", b"") and zipped(document=b"<a>\xff\xfe\xfa</a>"),
     "is damaged", "save it again"),
    ("document without a body", lambda: document(""), "no body", "save it again"),
    ("document of another kind", lambda: zipped(document="<html><body/></html>"), "no body", "save it again"),
    ("empty document", lambda: zipped(document=""), "is damaged", "save it again"),
]
SPOILT: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("first half of a Word file", lambda: packed(whole())[:50_000], "damaged or incomplete", "whole copy"),
    ("Word file without its last letters", lambda: packed(whole())[:-20], "damaged or incomplete", "whole copy"),
    ("Word file with a hole", lambda: _holed(), "is damaged", "save it again"),
    ("document elsewhere", lambda: with_part("_rels/.rels", _relations("http://example.org/x.xml")), "no Word document",
     "Give a .docx file"),
    ("path that leads out", lambda: with_part("../../evil.txt", b"x"), "evil.txt", ""),
    ("path from the root", lambda: with_part("/etc/cron.d/evil", b"x"), "evil", ""),
    ("path of Windows", lambda: with_part("word\\..\\..\\evil.txt", b"x"), "evil", ""),
    ("two parts of one name", twice, "word/document.xml", ""),
    ("entities in the styles", lambda: under_entity("word/styles.xml"), "its part word/styles.xml", "."),
    ("entities in the numbering", lambda: under_entity("word/numbering.xml"), "its part word/numbering.xml", "."),
    ("entities in a header", lambda: under_entity("word/header1.xml"), "its part word/header1.xml", "."),
    ("entities in the record", lambda: under_entity(RECORD), f"its part {RECORD}", "."),
    ("entities in the relations", lambda: under_entity("_rels/.rels"), "its part _rels/.rels", "."),
    ("empty record", lambda: with_record(lambda _: b""), "its record", ""),
    ("record cut short", lambda: with_record(lambda text: text[: len(text) // 2]), "its record", ""),
    ("record of another kind", lambda: with_record(lambda _: b"- a\n- b\n"), "its record", "give its .record.yaml"),
    ("record of a later version", lambda: with_record(lambda text: text.replace(b"schema: 1", b"schema: 99", 1)), "its record", ""),
    ("record with aliases", lambda: with_record(lambda text: b"a: &amp;a [x]\nb: [*a, *a]\n" + text), "anchors", "its record"),
    ("record with code", lambda: with_record(lambda text: b"x: !!python/object/apply:os.system [ls]\n" + text),
     "its record", "give its .record.yaml"),
    ("record that never ends", lambda: with_record(lambda text: b"x: " + b"[" * 10_000 + b"\n" + text), "its record", ""),
    ("record with a number of thousands of digits", lambda: with_record(lambda text: b"x: " + b"9" * 5_000 + b"\n" + text),
     "its record", ""),
    ("record with an endless date", lambda: with_record(lambda text: text.replace(b"as_of: 2026-07-01", b"as_of: 9999-99-99", 1)),
     "its record", ""),
    ("record with letters that no text has", lambda: with_record(lambda text: text.replace(b"tool:", "tool: \u2028".encode(), 1)),
     "its record", ""),
    ("record with unknown answers", lambda: with_record(lambda text: text.replace(b"answers:", b"answers:\n  evil: 1", 1)),
     "evil", ""),
]
LARGE: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("fifty megabytes", lambda: stored({**whole(), "word/media/scan.png": bytes(range(256)) * 200_000}), "MB", ""),
    ("document beyond all measure", lambda: zipped(document=" " * 60_000_001), "unpacks to 60 MB", "not opened"),
    ("record of twenty megabytes", lambda: with_record(lambda text: text + b"\n# " + bytes(range(97, 122)) * 800_000),
     RECORD, ""),
]
# fmt: on


def _relations(target: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return f'<Relationships><Relationship Id="r" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()


def _holed() -> bytes:
    data = bytearray(packed(whole()))
    place = data.index(b"word/document.xml") + 2_000
    data[place : place + 500] = bytes(500)
    return bytes(data)


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): b"" if path.is_dir() else path.read_bytes() for path in sorted(folder.rglob("*"))}


@pytest.fixture
def handed_in(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[bytes, tuple[str, ...]], str]]:
    """Hand a file in to a command; return its message after seeing that it was refused and nothing was written."""
    monkeypatch.chdir(tmp_path)
    # The clause library is read once for all of these, not once for each.
    monkeypatch.setattr(files, "library_at", lambda *_, **__: library())

    def handing(data: bytes, words: tuple[str, ...]) -> str:
        (tmp_path / "a.docx").write_bytes(data)
        before = held(tmp_path.parent)
        code, printed, messages = run(*words)
        assert (code, printed) == (2, "")
        assert held(tmp_path.parent) == before
        return messages

    yield handing


def cases() -> Iterator[object]:
    """Yield each file with each command; every day only those that are quickly made, and the first command."""
    for number, (name, make, what, mend) in enumerate([*FILES, *SPOILT]):
        for command in COMMANDS:
            if command == "redline" and number >= len(FILES):
                continue  # it does not take up the record
            everyday = number < len(FILES) and command == next(iter(COMMANDS))
            marks = [] if everyday else [pytest.mark.wide]
            yield pytest.param(make, what, mend, command, id=f"{name}, {command}", marks=marks)


@pytest.mark.parametrize(("make", "what", "mend", "command"), [*cases()])
def test_a_hostile_file_gets_one_message(
    make: Callable[[], bytes], what: str, mend: str, command: str, handed_in: Callable[[bytes, tuple[str, ...]], str]
) -> None:
    """One line that names the file, what was found and the mend; exit 2; nothing written."""
    message = handed_in(make(), COMMANDS[command])

    assert message.startswith("a.docx") and message.count("\n") == 1, message[:500]
    assert what in message and mend in message, message[:500]
    assert len(message) < 400, "a message that nobody reads"


@pytest.mark.wide
@pytest.mark.parametrize(("make", "what", "mend"), [row[1:] for row in LARGE], ids=[row[0] for row in LARGE])
def test_a_file_too_large_gets_one_message(
    make: Callable[[], bytes], what: str, mend: str, handed_in: Callable[[bytes, tuple[str, ...]], str]
) -> None:
    """A file larger than any agreement is refused before it is read."""
    message = handed_in(make(), COMMANDS["check"])

    assert message.startswith("a.docx") and message.count("\n") == 1, message[:500]
    assert what in message and mend in message, message[:500]


@pytest.mark.wide
def test_a_hundred_thousand_paragraphs_are_told_of_briefly(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody pasted a book between two sections: the report says so and shows no more of it than a person can read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.docx").write_bytes(long(100_000))
    code, printed, messages = run(*COMMANDS["check"])

    assert code in (1, 2) and "Item 1." in printed + messages
    assert len(printed + messages) < 20_000

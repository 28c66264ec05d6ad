"""Hand a Word file to LibreOffice, where it is installed, and take the PDF back."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from mou_builder.cli.files import UsageError
from mou_builder.errors import Fault

_SECONDS = 180
# Tagged, so that a screen reader finds headings and tables; LibreOffice's default is untagged.
_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe")


def office() -> str | None:
    """Return LibreOffice's program, or None if it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_pdf(word: bytes, name: str) -> bytes:
    """Return the PDF of a Word file; raise UsageError if LibreOffice is missing or fails."""
    program = _program()
    with tempfile.TemporaryDirectory() as folder:
        # A profile of its own: a LibreOffice window that is open elsewhere would otherwise take the job and lose it.
        try:
            return _converted(program, {name: word}, Path(folder), Path(folder) / "profile")[name]
        except (subprocess.SubprocessError, OSError, KeyError) as error:
            raise UsageError(
                Fault(
                    "--pdf",
                    f"LibreOffice could not convert {name} ({type(error).__name__}).",
                    "Nothing was written. Build without --pdf and convert the Word file by hand.",
                )
            ) from None


def to_pdfs(files: Mapping[str, bytes], profile: Path) -> dict[str, bytes]:
    """Return the PDFs of many Word files by the names of these, converted in one go; what fails alone too is left out.

    `profile` is a folder that LibreOffice keeps between calls; no two processes may share it. Raises UsageError if
    LibreOffice is missing.
    """
    program = _program()
    made: dict[str, bytes] = {}
    # One bad file may take the others of its call with it, so what is missing then is tried file by file.
    for names in (list(files), *([name] for name in files)):
        rest = {name: files[name] for name in names if name not in made}
        with tempfile.TemporaryDirectory() as folder, suppress(subprocess.SubprocessError, OSError):
            made |= _converted(program, rest, Path(folder), profile) if rest else {}
    return made


def _program() -> str:
    program = office()
    if program is None:
        raise UsageError(
            Fault("--pdf", "LibreOffice was not found.", "Install it, or open the Word file and save it as PDF.")
        )
    return program


def _converted(program: str, files: Mapping[str, bytes], folder: Path, profile: Path) -> dict[str, bytes]:
    """Return the PDFs that one call of LibreOffice makes; a file that it cannot convert is left out."""
    for name, word in files.items():
        (folder / name).write_bytes(word)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(folder),
        *(str(folder / name) for name in files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS + 30 * len(files))
    pdfs = {name: (folder / name).with_suffix(".pdf") for name in files}
    return {name: pdf.read_bytes() for name, pdf in pdfs.items() if pdf.is_file()}

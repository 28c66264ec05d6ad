"""Hand a Word file to LibreOffice, where it is installed, and take the PDF back."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
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
    program = office()
    if program is None:
        raise UsageError(
            Fault("--pdf", "LibreOffice was not found.", "Install it, or open the Word file and save it as PDF.")
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(word)
        # A profile of its own: a LibreOffice window that is open elsewhere would otherwise take the job and lose it.
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            _FILTER,
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise UsageError(
                Fault(
                    "--pdf",
                    f"LibreOffice could not convert {name} ({type(error).__name__}).",
                    "Nothing was written. Build without --pdf and convert the Word file by hand.",
                )
            ) from None

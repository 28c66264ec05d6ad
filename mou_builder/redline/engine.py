"""Start the comparison program that comes with the extra `redline`; nothing else here knows it."""

from __future__ import annotations

from mou_builder.errors import Fault
from mou_builder.redline.faults import EngineMissingError, RedlineError

_AGAIN = (
    "Open both files in Word, save them and try again. If it fails again, delete the folder python-redlines in your cache "
    "folder; the program unpacks itself there anew."
)
_INSTALL = "pip install 'mou-builder[redline]'"


def compare(old: bytes, new: bytes) -> bytes:
    """Return `old` with tracked changes that make it `new`; raise RedlineError if the program is not there or fails.

    Whose changes they are and of which day is put in afterwards: a name need not pass through another program.
    """
    try:
        from python_redlines import DocxodusEngine, EngineExecutionError, EngineNotInstalledError
    except ImportError:
        raise _missing() from None
    try:
        engine = DocxodusEngine()
        made, _, _ = engine.run_redline(
            "redline",
            old,
            new,
            date_time="2000-01-01T00:00:00Z",
            # Whether a space may break a line is part of the words; the proof compares it.
            conflate_spaces=False,
            detect_format_changes=False,
        )
    except EngineNotInstalledError:
        raise _missing() from None
    except EngineExecutionError as error:
        said = str(error.stderr or error.output or "").strip().splitlines()
        raise RedlineError(
            Fault("redline", f"the comparison program failed ({said[0] if said else error.returncode}).", _AGAIN)
        ) from None
    except OSError as error:
        what = f"the comparison program cannot be unpacked or started ({error.strerror or error})."
        mend = "It unpacks once into your cache folder (about 110 MB): check the free space and your rights there."
        raise RedlineError(Fault("redline", what, mend)) from None
    return bytes(made)


def _missing() -> EngineMissingError:
    return EngineMissingError(Fault("redline", "the comparison program is not installed.", f"Install it: {_INSTALL}"))

"""Write a pack as somebody outside this project would: from the documentation, with copies of two clauses and a restyled template.

Run it: python tests/packs/outsider.py FOLDER [--second]
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "clause_library"
FOLDER = "us-or-esd"
DISCIPLINE, SEVERABILITY = f"{FOLDER}/roles/discipline", f"{FOLDER}/general/severability"
ADDED = "The Lane Service District answers questions on these rules."

PACK = """\
schema: 1
id: lane-model
version: {version}
title: Model agreement of the Lane Service District
publisher: Lane Service District
contact: agreements@lane.example
licence: CC-BY-4.0
parent: us
tool: 0.1.0
names: [Lane Service District]
conformance:
  {folder}/roles/discipline: locked
  {folder}/general/severability: {severability}
  roles.calling: adaptable
"""

RUBRIC = """\
id: lane-policy
title: Board policy on officers in schools
short_title: Lane policy
publisher: Lane Service District
force: local
jurisdiction: us-or-esd
published: 2026-03-02
seen: 2026-11-21
status: In force.
unverified: None.
steps:
  - {number: 1, title: The agreement}
sources:
  policy: {cite: Lane policy 7.4, says: What an agreement holds., seen: 2026-11-21, evidence: text}
requirements:
  - {id: LANE.1, step: 1, asks: "The agreement keeps officers out of discipline.", cite: Lane policy 7.4(1), kind: provision,
     force: local, level: required, phase: both, phase_basis: tool, evidence: text, sources: [policy], seen: 2026-11-21,
     rests_on: [S1.6]}
  - {id: LANE.2, step: 1, asks: "The agreement is reviewed on time.", cite: Lane policy 7.4(2), kind: provision,
     force: local, level: required, phase: both, phase_basis: tool, evidence: text, sources: [policy], seen: 2026-11-21,
     rests_on: [S1.9]}
"""

VALUE = """\
values:
  - {{id: review, title: Time between reviews, answer: review.months, limit: at-most, value: {months}, unit: month,
     requirement: LANE.2}}
"""

THIRD = """\
  - {id: LANE.3, step: 1, asks: "The parties send the agreement to the service district.", cite: Lane policy 7.4(3),
     kind: practice, force: local, level: recommended, phase: both, phase_basis: tool, evidence: text, sources: [policy],
     seen: 2026-11-21}
"""

CHANGES = """\
# Changes

## 1.1.0

| What changed | Clauses | Dates | Who should sign again |
|---|---|---|---|
| A waiver is told to the monitor. | `us-or-esd/general/severability@2` | 2026-08-01 | nobody |
"""


def write_pack(folder: Path, *, second: bool = False) -> Path:
    """Write the first version of the pack into a folder, or the second; return the folder."""
    files = {
        "pack.yaml": PACK.format(
            version="1.1.0" if second else "1.0.0", folder=FOLDER, severability="locked" if second else "add-only"
        ),
        f"{FOLDER}/jurisdiction.yaml": f"id: {FOLDER}\nname: Lane Service District\nparent: us\nstate: OR\n",
        f"{DISCIPLINE}.yaml": _copied("roles/discipline", f"\n\n  {ADDED}\nplain: |"),
        "rubrics/lane-policy.yaml": RUBRIC + (THIRD if second else "") + VALUE.format(months=6 if second else 12),
    }
    first = _copied("general/severability", "\n  A waiver is kept with this Agreement.\nnotes: |")
    files[f"{SEVERABILITY}.yaml"] = first
    if second:
        files[f"{FOLDER}/general/past/severability.v1.yaml"] = first
        files[f"{SEVERABILITY}.yaml"] = first.replace("version: 1", "version: 2").replace(
            "is kept with this Agreement", "is kept with this Agreement and told to the Program Monitor"
        )
        files["CHANGELOG.md"] = CHANGES
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "mou.docx").write_bytes(_restyled())
    return folder


def _copied(tail: str, more: str) -> str:
    """Return a clause of the library under the pack's own name, with `more` at the end of its text."""
    text = (LIBRARY / "us" / f"{tail}.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id: .*$", f"id: {FOLDER}/{tail}", text, count=1)
    mark = more.rpartition("\n")[2]
    return text.replace(f"\n{mark}", more, 1)


def _restyled() -> bytes:
    """Return the library's template with headings in another color."""
    with zipfile.ZipFile(ROOT / "templates" / "mou.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"1F2A44", b"0B5345")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)
    return stream.getvalue()


if __name__ == "__main__":
    write_pack(Path(sys.argv[1]), second="--second" in sys.argv)

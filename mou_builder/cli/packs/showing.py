"""Say in words which packs are installed, what one holds, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from mou_builder.cli.files import UsageError
from mou_builder.cli.packs import store
from mou_builder.cli.words import console
from mou_builder.errors import Fault, did_you_mean
from mou_builder.packs.changes import Changed
from mou_builder.packs.layout import PackError
from mou_builder.packs.manifest import fingerprint

_TITLES = {
    "text": "Texts",
    "conformance": "What may be done with a text",
    "requirement": "Requirements",
    "value": "Values",
    "template": "Template",
}


def known(id: str, *, or_publisher: bool = False) -> tuple[str, str | None]:
    """Return id and version of an installed pack: the version named, else the newest.

    With `or_publisher`, for removing: no version where none is named, and a pack of which only the publisher is remembered
    counts too. Raises UsageError if it is not installed.
    """
    plain, _, version = id.partition("@")
    there = store.installed()
    if plain not in there and not (or_publisher and not version and _remembered(plain)):
        near = did_you_mean(plain, there) or ("Installed: " + ", ".join(there) + "." if there else "None is installed.")
        raise UsageError(Fault(id, "no pack of this id is installed.", near))
    if version and version not in there[plain]:
        raise UsageError(Fault(id, "this version is not installed.", f"Installed: {', '.join(there[plain])}."))
    return plain, version or (None if or_publisher else there[plain][0])


def _remembered(id: str) -> bool:
    if "/" in id or "\\" in id or id in ("", ".", ".."):
        return False
    try:
        return store.publisher_of(id) is not None
    except PackError:
        return True


def print_list() -> None:
    """Print a line for each installed version."""
    from rich.table import Table

    there = store.installed()
    if not there:
        typer.echo("No pack is installed. To install one: mou-builder pack install FILE.zip")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Pack", "Title", "Publisher", "Key"):
        table.add_column(name, overflow="fold")
    for id, versions in there.items():
        publisher = store.publisher_of(id)
        for version in versions:
            try:
                one = store.opened(id, version).pack.written
                table.add_row(f"{id}@{version}", one.title, one.publisher, _short(publisher))
            except PackError as error:
                table.add_row(f"{id}@{version}", f"cannot be used: {error.faults[0].what}", "", "")
    console().print(table)


def _short(publisher: store.Publisher | None) -> str:
    if publisher is None or not publisher.key:
        return "not signed"
    return "signed, key given by a person" if publisher.vouched else "signed, key as first met"


def key_in_words(publisher: store.Publisher) -> str:
    """Return in a sentence or two what is known of the publisher's key."""
    if not publisher.key:
        return "It is not signed: nobody can tell who made it."
    short = fingerprint(publisher.key)
    if publisher.vouched:
        return f"Signed by the key that you trust ({short})."
    return (
        f"Signed by the key {short}, which nobody here has vouched for; it is remembered, and a later version must have the same. "
        "Compare it with the publisher\u2019s by telephone."
    )


def print_pack(id: str) -> None:
    """Print everything about one installed pack."""
    plain, version = known(id)
    opened = store.opened(plain, str(version))
    pack = opened.pack
    one = pack.written
    typer.echo(f"{pack.cite}  {one.title}")
    typer.echo(f"Publisher: {one.publisher}; contact: {one.contact}; licence: {one.licence}")
    typer.echo(f"Rests on: {one.parent}; needs mou-builder {one.tool} or later")
    typer.echo(f"Manifest: {pack.digest}")
    typer.echo(f"Key: {fingerprint(opened.signer) if opened.signer else 'not signed'}")
    rules = pack.written.conformance
    typer.echo("Files:")
    for name in sorted(pack.contents):
        rule = rules.get(name.removesuffix(".yaml"), "")
        typer.echo(f"  {name}{f'  ({rule})' if rule else ''}")
    further = {name: rule for name, rule in rules.items() if f"{name}.yaml" not in pack.contents}
    if further:
        typer.echo("Rules for texts and places of the library:")
    for name, rule in sorted(further.items()):
        typer.echo(f"  {name}: {rule}")


def print_changes(changes: Iterable[Changed], title: str) -> None:
    """Print what changes, by kind."""
    out = console()
    found = list(changes)
    out.print(title if found else f"{title} nothing.")
    for kind, heading in _TITLES.items():
        some = [one for one in found if one.kind == kind]
        if some:
            out.print(f"{heading} ({len(some)}):")
        for one in some:
            out.print(f"  - {one.name}: {one.what}", soft_wrap=True)

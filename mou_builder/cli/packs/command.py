"""``mou-builder pack``: make a pack, prove that it is whole, install it, and see what it changes before it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mou_builder.errors import Fault

app = typer.Typer(
    help="Build, check, install and compare packs: a publisher\u2019s clauses, rubrics and template over the library.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("check", no_args_is_help=True)
def check(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="The pack\u2019s folder, or its .zip file.")],
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library\u2019s folder.")] = None,
) -> None:
    """Check a pack as the library is checked, and the library with the pack over it. Exit 1 if anything is wrong.

    Example: mou-builder pack check esd-model
    """
    from mou_builder.cli.packs.making import held, in_words, taken_up

    one = taken_up(pack).pack
    with held(one, library) as found:
        _refuse(found.faults, "Nothing was changed.")
        if found.library is not None:
            typer.echo(f"Sound: {one.cite} of {one.written.publisher}: {in_words(one, found.library)}.")


def _refuse(faults: list[Fault], ending: str) -> None:
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        typer.echo(f"{len(faults)} to mend. {ending}", err=True)
        raise typer.Exit(1)


@app.command("build", no_args_is_help=True)
def build(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The pack\u2019s folder.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.zip", help="The file to write.")],
    sign: Annotated[
        Path | None, typer.Option("--sign", metavar="KEY.pem", help="Sign it with this private key (pack key).")
    ] = None,
    library: Annotated[Path | None, typer.Option("--library", help="Another clause library\u2019s folder.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that was not written here.")] = False,
) -> None:
    """Make the one file that is given out: checked, with a manifest of digests, signed if you have a key.

    The same folder and key give the same bytes.

    Example: mou-builder pack build esd-model --out esd-model-1.0.0.zip --sign esd.pem
    """
    from mou_builder.cli.files import UsageError, read_bytes, write_files
    from mou_builder.cli.packs.making import held, in_words, taken_up
    from mou_builder.errors import Fault
    from mou_builder.packs.archive import zipped
    from mou_builder.packs.manifest import digest_of, fingerprint, private_key, raw, with_manifest

    if out.suffix.lower() != ".zip":
        raise UsageError(Fault("--out", f"{str(out)!r} is not the name of a zip file.", "Write NAME.zip."))
    if not folder.is_dir():
        raise UsageError(Fault(str(folder), "there is no such folder.", "Give the folder that holds pack.yaml."))
    key = private_key(read_bytes(sign), str(sign)) if sign else None
    one = taken_up(folder).pack
    if "manifest.json" in one.contents:
        what = "this is a pack that was built or installed; it has a manifest.json."
        raise UsageError(Fault(str(folder), what, "Build from the folder you write in."))
    with held(one, library) as found:
        _refuse(found.faults, "Nothing was written.")
        said = in_words(one, found.library) if found.library else ""
    contents = with_manifest(one, key)
    path = write_files(out.parent, {out.name: zipped(contents)}, force=force)[0]
    typer.echo(f"{path}: {one.cite} of {one.written.publisher}: {said}.")
    typer.echo(f"Digest of its manifest: {digest_of(contents['manifest.json'])}")
    by = (
        f"Signed by the key {fingerprint(raw(key.public_key()))}. Give out the public key by another way."
        if key
        else ""
    )
    typer.echo(by or "Not signed: whoever gets it can tell that it is whole, but not that it is yours.")


@app.command("key", no_args_is_help=True)
def key(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="NAME", help="Writes NAME.pem and NAME.public.pem.")],
) -> None:
    """Make a pair of keys to sign packs with. Keep NAME.pem to yourself; give out NAME.public.pem.

    Example: mou-builder pack key --out esd
    """
    from mou_builder.cli.packs.making import write_keys
    from mou_builder.packs.manifest import fingerprint, public_key

    private, public = write_keys(out)
    typer.echo(
        f"{private}: the private key. Whoever has it can sign in your name; it has no password, so keep it safe."
    )
    typer.echo(f"{public}: the public key, {fingerprint(public_key(public.read_bytes(), str(public)))}. Give it out.")


@app.command("install", no_args_is_help=True)
def install(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The pack, as its publisher gave it out.")],
    trust: Annotated[
        Path | None,
        typer.Option(
            "--trust", metavar="PUBLIC.pem", help="The publisher\u2019s public key; another signature is refused."
        ),
    ] = None,
) -> None:
    """Install a pack on this computer. It changes nothing until a command names it with --pack.

    Over an earlier version, says what changed. Both stay installed.

    Example: mou-builder pack install esd-model-1.0.0.zip --trust esd.public.pem
    """
    from mou_builder.cli.packs.installing import install as take_in
    from mou_builder.cli.packs.showing import key_in_words, print_changes

    done = take_in(file, trust)
    one = done.pack
    if done.again:
        typer.echo(f"{one.cite} is installed already, the very same.")
        return
    typer.echo(
        f"Installed: {one.cite}, {one.written.title}, of {one.written.publisher}. {key_in_words(done.publisher)}"
    )
    if done.before:
        print_changes(done.changes, f"Against version {done.before}, which stays installed:")
    typer.echo(f"To use it: mou-builder build ANSWERS --out DIR --pack {one.written.id}")


@app.command("list")
def list_packs() -> None:
    """List the installed packs, newest version first.

    Example: mou-builder pack list
    """
    from mou_builder.cli.packs.showing import print_list

    print_list()


@app.command("show", no_args_is_help=True)
def show(
    id: Annotated[str, typer.Argument(metavar="ID[@VERSION]", help="An installed pack.")],
) -> None:
    """Show an installed pack: whose it is, what it holds, and what may be done with each text.

    Example: mou-builder pack show esd-model
    """
    from mou_builder.cli.packs.showing import print_pack

    print_pack(id)


@app.command("remove", no_args_is_help=True)
def remove(
    id: Annotated[str, typer.Argument(metavar="ID[@VERSION]", help="An installed pack; without a version all of it.")],
) -> None:
    """Remove a version of a pack; or the whole pack, and what is remembered of its publisher\u2019s key.

    Example: mou-builder pack remove esd-model@1.0.0
    """
    from mou_builder.cli.packs.showing import known
    from mou_builder.cli.packs.store import remove as take_out

    plain, version = known(id, or_publisher=True)
    gone = take_out(plain, version)
    forgotten = "" if version else " The key of its publisher is forgotten."
    typer.echo(f"Removed: {', '.join(gone) or plain}.{forgotten}")
    typer.echo("Agreements made with it stay as they are; to check or renew them, install it again.")


@app.command("diff", no_args_is_help=True)
def diff(
    id: Annotated[str, typer.Argument(metavar="ID[@VERSION]", help="An installed pack.")],
    against: Annotated[
        Path,
        typer.Option("--against", metavar="AGREEMENT", help="A Word agreement, a .record.yaml or an answers file."),
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="When the agreement would be built again; today.")
    ] = None,
    instrument: Annotated[
        int | None,
        typer.Option("--instrument", metavar="NUMBER", help="Of the set that an answers file makes: which one."),
    ] = None,
) -> None:
    """Show what a pack would change in an existing agreement, before it does: texts, locks, requirements, values.

    Example: mou-builder pack diff esd-model@2.0.0 --against signed.docx
    """
    from mou_builder.cli.packs.comparing import differences
    from mou_builder.cli.packs.showing import print_changes

    cite, changes = differences(id, against, as_of, instrument)
    print_changes(changes, f"{cite} would change in {against.name}:")

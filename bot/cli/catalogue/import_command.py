"""`nextrung catalogue import`: its options. What it does is in `importing`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.catalogue.choices import DEFAULT_KEY, SourceKind
from bot.cli.catalogue.going_out.options import Confirm, Ends, MapLevel, MapRole, MapSkill
from bot.cli.failing import readable_errors


def import_catalogue(
    path: Annotated[
        Path,
        typer.Argument(help="A file (CSV, XLSX, Markdown, JSON) or a folder.", exists=True),
    ],
    source: Annotated[
        SourceKind, typer.Option("--format", help="What it is; found out by default.")
    ] = SourceKind.AUTO,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help="A mapping file that says what each column means.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come of it, and publish nothing.")
    ] = False,
    catalogue: Annotated[str, typer.Option(help="Key of the catalogue.")] = DEFAULT_KEY,
    workspace: Annotated[
        str | None, typer.Option(help="A Slack workspace that uses it from now on: T0123.")
    ] = None,
    note: Annotated[str, typer.Option(help="What is new, in a few words.")] = "",
    author: Annotated[
        str | None, typer.Option(help="Who publishes; the account that runs this by default.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", help="Answers a question about the file, as it names it: columns=roles."
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of text files, such as utf-16; found out if not.")
    ] = None,
    map_role: MapRole = None,
    map_level: MapLevel = None,
    map_skill: MapSkill = None,
    ends: Ends = None,
    confirm: Confirm = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, for a program to read.")
    ] = False,
) -> None:
    """Import a framework and publish it as the catalogue's next revision.

    Every problem of the file is told at once, and nothing is published while an error stands. Exit
    code 0: imported, or nothing had changed. 1: it cannot be imported. 2: the command is wrong.
    """
    from bot.cli.asking import answers_of
    from bot.cli.catalogue.going_out.reach import Said
    from bot.cli.catalogue.importing import Job, run_import

    job = Job(
        path=path,
        source=source,
        mapping=mapping,
        dry_run=dry_run,
        key=catalogue,
        workspace=workspace,
        note=note,
        author=author,
        encoding=encoding,
        answers=answers_of(answer),
        as_json=as_json,
        said=Said(map_role or (), map_level or (), map_skill or (), ends or (), confirm),
    )
    with readable_errors():
        code = asyncio.run(run_import(job))
    raise typer.Exit(code)

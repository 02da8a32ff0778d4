"""`nextrung catalogue`: bring, check and publish career frameworks."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.catalogue.choices import DEFAULT_KEY, English, Format, Report
from bot.cli.catalogue.going_out.options import Confirm, Ends, MapLevel, MapRole, MapSkill
from bot.cli.catalogue.import_command import import_catalogue
from bot.cli.catalogue.map_command import map_file
from bot.cli.failing import readable_errors

app = typer.Typer(help="Career frameworks: bring, check and publish them.", no_args_is_help=True)
app.command("import")(import_catalogue)
app.command("map")(map_file)

Target = Annotated[
    str, typer.Argument(help="A folder, a published catalogue (KEY or KEY@NUMBER) or built-in.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]
AuthorOption = Annotated[
    str | None, typer.Option(help="Who publishes; the account that runs this by default.")
]
WorkspaceOption = Annotated[
    str, typer.Option(help="The Slack workspace: T0123, or E0123 for an organisation.")
]


@app.command()
def validate(path: Annotated[str, typer.Argument(help="A catalogue's folder.")]) -> None:
    """Check that a folder can be read as a catalogue, and tell every problem at once."""
    from bot.cli.catalogue.checking.lint import validate as work

    with readable_errors():
        asyncio.run(work(path))


@app.command()
def lint(
    target: Target,
    report: Annotated[Report, typer.Option("--format", help="How to print it.")] = Report.TEXT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 on warnings too, not on errors alone.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Print all findings of a rule, not the first 20.")
    ] = False,
    severity: Annotated[
        list[str] | None,
        typer.Option(help="How grave a rule is: RULE=error, warning, note or off; repeatable."),
    ] = None,
    spelling: Annotated[
        English | None, typer.Option(help="The English of the framework; else what most is in.")
    ] = None,
) -> None:
    """Find what readers of a catalogue would stumble over."""
    from bot.cli.catalogue.checking.lint import lint_catalogue as work

    with readable_errors():
        code = asyncio.run(
            work(
                target,
                report,
                strict=strict,
                everything=everything,
                severities=severity or (),
                spelling=spelling,
            )
        )
    raise typer.Exit(code)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="As for lint: the catalogue as it was.")],
    new: Annotated[str, typer.Argument(help="The catalogue as it is now.")],
    brief: Annotated[bool, typer.Option("--brief", help="Print the figures alone.")] = False,
    as_json: Json = False,
    html: Annotated[
        Path | None, typer.Option(help="Write both texts side by side to this HTML file.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the HTML file: en or zh.")] = "en",
    force: Annotated[
        bool, typer.Option("--force", help="Write over an HTML file that is there.")
    ] = False,
) -> None:
    """Tell what differs between two catalogues: added, renamed, reworded, raised, lowered."""
    from bot.cli.catalogue.diff_command import Page
    from bot.cli.catalogue.diff_command import diff_catalogues as work

    page = Page(html, language, force=force) if html else None
    with readable_errors():
        asyncio.run(work(old, new, brief=brief, as_json=as_json, page=page))


@app.command()
def publish(
    path: Annotated[str, typer.Argument(help="A catalogue's folder.")],
    note: Annotated[str, typer.Option(help="What is new, in a few words.")],
    author: AuthorOption = None,
    catalogue: Annotated[str, typer.Option(help="Key of the catalogue.")] = DEFAULT_KEY,
    workspace: Annotated[
        str | None, typer.Option(help="A Slack workspace that uses it from now on: T0123.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and publish nothing.")
    ] = False,
    map_role: MapRole = None,
    map_level: MapLevel = None,
    map_skill: MapSkill = None,
    ends: Ends = None,
    confirm: Confirm = "",
    as_json: Json = False,
) -> None:
    """Publish a folder as the catalogue's next revision.

    Where roles go, say of each what takes over or that it ends, and confirm the catalogue's name.
    Nothing is asked.
    """
    from bot.cli.catalogue.going_out.reach import Said
    from bot.cli.catalogue.publish_command import publish_folder as work

    said = Said(map_role or (), map_level or (), map_skill or (), ends or (), confirm)
    with readable_errors():
        asyncio.run(
            work(
                path,
                note=note,
                author=author,
                key=catalogue,
                workspace=workspace,
                dry_run=dry_run,
                as_json=as_json,
                said=said,
            )
        )


@app.command()
def rollback(
    catalogue: Annotated[str, typer.Argument(help="Key of the catalogue.")],
    number: Annotated[int, typer.Argument(min=1, help="The revision to go back to.")],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    author: AuthorOption = None,
    as_json: Json = False,
) -> None:
    """Publish an earlier revision again, as the newest one. Nothing is deleted."""
    from bot.cli.catalogue.publish_command import roll_back as work

    with readable_errors():
        asyncio.run(work(catalogue, number, note=note, author=author, as_json=as_json))


@app.command()
def use(
    catalogue: Annotated[str, typer.Argument(help="Key of a published catalogue, or built-in.")],
    workspace: WorkspaceOption,
) -> None:
    """Let a workspace use a catalogue, from the next command on."""
    from bot.cli.catalogue.publish_command import use_catalogue as work

    with readable_errors():
        asyncio.run(work(catalogue, workspace))


@app.command("list")
def list_catalogues(
    catalogue: Annotated[
        str | None, typer.Argument(help="Key of a catalogue, for all its revisions.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the published catalogues, or the revisions of one."""
    from bot.cli.catalogue.list_command import print_catalogues as work

    with readable_errors():
        asyncio.run(work(catalogue, as_json=as_json))


@app.command()
def show(target: Target, as_json: Json = False) -> None:
    """Show what a catalogue holds: its ladders, roles, groups and sizes."""
    from bot.cli.catalogue.list_command import show_catalogue as work

    with readable_errors():
        asyncio.run(work(target, as_json=as_json))


@app.command()
def export(
    chosen: Annotated[Format, typer.Option("--format", help="What to write.")],
    output: Annotated[Path, typer.Option(help="The file to write; for yaml, csv-set a folder.")],
    catalogue: Annotated[
        str, typer.Option(help="A published catalogue (KEY or KEY@NUMBER), a folder, or built-in.")
    ] = "built-in",
    locale: Annotated[
        str | None, typer.Option(help="Language of the texts, e.g. zh; the catalogue's own if not.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write a catalogue as a spreadsheet, a folder, a document or a page."""
    from bot.cli.catalogue.export_command import export_catalogue as work

    with readable_errors():
        asyncio.run(work(catalogue, chosen, output, locale=locale, force=force))


@app.command()
def site(
    target: Target,
    folder: Annotated[Path, typer.Argument(help="The folder to write, or to bring up to date.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that holds other things.")
    ] = False,
) -> None:
    """Write a catalogue as web pages for people outside Slack, read without a server."""
    from bot.cli.catalogue.pages.site_command import write_site as work

    with readable_errors():
        asyncio.run(work(target, folder, force=force))


@app.command()
def sync(
    path: Annotated[str, typer.Argument(help="What import takes, such as a folder in a checkout.")],
    publish_if_clean: Annotated[
        bool, typer.Option("--publish-if-clean", help="Publish what changed, if lint has no error.")
    ] = False,
    catalogue: Annotated[str, typer.Option(help="Key of the catalogue.")] = DEFAULT_KEY,
    role_goes: Annotated[
        list[str] | None, typer.Option(help="KEY of a role that may go, or KEY=NEW; repeatable.")
    ] = None,
    author: Annotated[
        str | None, typer.Option(help="Who publishes; else the author of the newest commit.")
    ] = None,
    note: Annotated[
        str | None, typer.Option(help="What is new; else the newest commit's subject and hash.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take warnings of lint for unclean too.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Publish what was published before, and left since.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be done, and publish nothing.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--map",
            help="What each column means; else mapping.yaml beside it.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    answer: Annotated[list[str] | None, typer.Option("--answer", help="As for import.")] = None,
    encoding: Annotated[str | None, typer.Option(help="As for import.")] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on whenever it has changed, until SIGTERM.")
    ] = False,
    every: Annotated[
        float, typer.Option(min=1, max=86400, help="Seconds between two looks of --watch.")
    ] = 30,
    as_json: Json = False,
) -> None:
    """Bring the published catalogue up to date with a file or folder: again and again."""
    from bot.cli.asking import answers_of
    from bot.cli.catalogue.syncing.command import SyncJob, sync_source, watch_source
    from bot.cli.catalogue.syncing.source import Source

    job = SyncJob(
        Source(path, mapping, answers_of(answer), encoding),
        catalogue,
        publish=publish_if_clean,
        dry_run=dry_run,
        may_go=role_goes or (),
        author=author,
        note=note,
        strict=strict,
        again=again,
        as_json=as_json,
    )
    with readable_errors():
        if watch:
            asyncio.run(watch_source(job, every))
            return
        code = asyncio.run(sync_source(job))
    raise typer.Exit(code)

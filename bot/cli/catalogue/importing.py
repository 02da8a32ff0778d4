"""The work of `nextrung catalogue import`: read, tell, publish."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from bot.cli.asking import ask, can_ask
from bot.cli.catalogue.choices import SourceKind
from bot.cli.catalogue.desk import Desk, author_of, open_desk
from bot.cli.catalogue.diff_data import counts_data
from bot.cli.catalogue.diff_words import print_counts
from bot.cli.catalogue.going_out.reach import (
    NOTHING_SAID,
    Leaving,
    Said,
    check,
    leaving,
    leaving_data,
    print_leaving,
    seen,
)
from bot.cli.catalogue.import_report import (
    print_accounting,
    print_findings,
    print_readings,
    result_data,
)
from bot.cli.catalogue.printing import say, say_json, sizes
from bot.cli.catalogue.publish_command import (
    expected_number,
    print_published,
    revision_data,
    tenant_of,
    use_in,
    users_of,
)
from bot.domain.catalogue.diff import diff
from bot.domain.catalogue.differences import CatalogueDiff
from bot.domain.catalogue.publication import CatalogueOwners, Published
from bot.domain.framework import CatalogueContent
from bot.domain.moves import NO_MOVES
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Tenant
from bot.formats.imports.catalogue_import import ImportFormat, import_catalogue
from bot.formats.imports.importer import ImportProgress
from bot.formats.imports.report import ImportResult
from bot.formats.mapping.model import ColumnMapping
from bot.formats.mapping.reader import read_mapping
from bot.services.catalogue.publishing import check_key
from bot.store.collector import paused_collector
from bot.values import dataclass

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for."""

    path: Path
    source: SourceKind
    mapping: Path | None
    dry_run: bool
    key: str
    workspace: str | None
    note: str
    author: str | None
    encoding: str | None
    answers: Mapping[str, str]
    as_json: bool
    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of it.

    `changes` is None for the first revision, and where nothing was read; `gone` where members saw
    no catalogue before.
    """

    result: ImportResult
    before: Catalogue | None
    changes: CatalogueDiff | None = None
    gone: Leaving | None = None
    published: Published | None = None
    users: int = 0


async def run_import(job: Job) -> int:
    """Import and publish; returns the exit code, 1 where an error of the file stands.

    Raises:
        CatalogueFileErrors: the mapping file is wrong. Nothing was read.
        NextrungError: see its remedy. Nothing was published.
    """
    check_key(job.key)
    mapping = read_mapping(job.mapping) if job.mapping else None
    async with open_desk() as desk:
        tenant = tenant_of(job.workspace) if job.workspace else None
        before = await desk.newest(job.key)
        content = None if before is None else before.content
        result = await _read(job, mapping, content, job.answers)
        answers = dict(job.answers)
        # An answer may lead to another question.
        while result.questions and can_ask(as_json=job.as_json):
            answers |= ask(result.questions)
            result = await _read(job, mapping, content, answers)
        outcome = ImportOutcome(result, before)
        if result.content is not None:
            outcome = await _publish(desk, job, outcome, result.content, tenant)
        _tell(job, outcome)
    return int(result.content is None)


async def _read(
    job: Job,
    mapping: ColumnMapping | None,
    previous: CatalogueContent | None,
    answers: Mapping[str, str],
) -> ImportResult:
    # Collections would walk through all rows that are read, again and again, and find nothing.
    with _bar(job) as told, paused_collector():
        return await asyncio.to_thread(
            import_catalogue,
            job.path,
            format=ImportFormat(job.source.value),
            mapping=mapping,
            previous=previous,
            encoding=job.encoding,
            progress=told,
            answers=answers,
        )


async def _publish(
    desk: Desk, job: Job, outcome: ImportOutcome, content: CatalogueContent, tenant: Tenant | None
) -> ImportOutcome:
    before = outcome.before
    changes = None if before is None else await asyncio.to_thread(diff, before.content, content)
    published, gone, expected = None, None, None
    seen_before = await seen(desk, job.key, tenant)
    if seen_before is not None:
        gone = await leaving(desk, job.key, seen_before, content, job.said, tenant)
        if gone.goings:
            expected = expected_number(before.revision if before else None)
        if not job.dry_run:
            check(gone, job.said)
        if not job.as_json and (gone.goings or changes):
            print_leaving(gone)
    if not job.dry_run:
        published = await desk.publishing.publish(
            content,
            key=job.key,
            author=author_of(job.author),
            note=job.note.strip() or f"Imported from {job.path.name}",
            owners=CatalogueOwners(),
            expected=expected,
            chosen=gone.moves if gone else NO_MOVES,
        )
        if tenant is not None:
            await use_in(desk, tenant, job.key)
    users = await users_of(desk, job.key)
    return ImportOutcome(outcome.result, before, changes, gone, published, users)


def _tell(job: Job, outcome: ImportOutcome) -> None:
    result, published = outcome.result, outcome.published
    if job.as_json:
        say_json(
            {
                **result_data(result),
                "changes": None if outcome.changes is None else counts_data(outcome.changes),
                "previous": revision_data(outcome.before.revision) if outcome.before else None,
                "published": revision_data(published.revision) if published else None,
                "is_new": bool(published and published.is_new),
                **(leaving_data(outcome.gone) if outcome.gone else {}),
            }
        )
        return
    print_readings(result)
    print_findings(result)
    print_accounting(result.accounting)
    if result.content is None:
        say("Nothing was imported. Correct the errors, and import again.", style="bold red")
        return
    say(f"{result.content.name.base}: {sizes(result.content)}.")
    if outcome.before is None:
        say(f"It is the first revision of {job.key}.")
    elif outcome.changes:
        say(f"Against {job.key}@{outcome.before.revision.number}:")
        print_counts(outcome.changes)
    if published is not None:
        print_published(published, outcome.users)
        say(f"See what readers would stumble over: nextrung catalogue lint {job.key}")
    else:
        say("Nothing was published. Leave out --dry-run to publish it.")


@contextmanager
def _bar(job: Job) -> Iterator[ImportProgress | None]:
    """Show a progress bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    if job.as_json or not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"Reading {job.path.name}", total=_lines(job.path))
        yield lambda rows: progress.update(task, advance=rows)


def _lines(path: Path) -> int | None:
    """Return about how many rows a file of lines has, None where its size does not tell."""
    if not path.is_file() or path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        return None
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))

"""`nextrung catalogue sync`: a file, a folder or a checkout as the source of a catalogue."""

import asyncio
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from bot.cli.catalogue.checking.lint import counts_of, print_text, settings_of, summary
from bot.cli.catalogue.checking.places import Places
from bot.cli.catalogue.desk import Desk, Named, author_of, find, open_desk
from bot.cli.catalogue.diff_data import counts_data
from bot.cli.catalogue.diff_words import print_counts
from bot.cli.catalogue.going_out.reach import Said, leaving, seen
from bot.cli.catalogue.import_report import print_findings, print_readings, result_data
from bot.cli.catalogue.language import english
from bot.cli.catalogue.printing import say, say_json, sizes
from bot.cli.catalogue.publish_command import print_published, revision_data, users_of
from bot.cli.catalogue.syncing.commit import Commit, newest_commit
from bot.cli.catalogue.syncing.source import Read, Source, read_source, source_digest
from bot.cli.catalogue.syncing.watching import waiting, watch
from bot.domain.catalogue.content_digest import content_digest
from bot.domain.catalogue.differences import CatalogueDiff, Edit, Part
from bot.domain.catalogue.lint.finding import LintSeverity
from bot.domain.catalogue.lint.linter import severity_counts
from bot.domain.catalogue.publication import CatalogueOwners, Published
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.revision import RevisionInfo
from bot.formats.imports.report import ImportResult
from bot.formats.lint_terms import load_terms
from bot.services.catalogue.publishing import LONGEST_AUTHOR, LONGEST_NOTE, Preview, check_key
from bot.services.clock import SystemClock
from bot.text.typed_lists import load_typed_words
from bot.values import dataclass

_GRAVE = (LintSeverity.ERROR, LintSeverity.WARNING)


@dataclass(frozen=True, slots=True)
class SyncJob:
    """What the command line asks for.

    `may_go` names roles that may go, by key: ``KEY``, or ``KEY=NEW`` where another takes over.
    """

    source: Source
    key: str
    publish: bool
    dry_run: bool = False
    may_go: Sequence[str] = ()
    author: str | None = None
    note: str | None = None
    strict: bool = False
    again: bool = False
    as_json: bool = False


class Outcome(Enum):
    """What came of it: a word for programs, and the exit code."""

    UNREADABLE = ("unreadable", 1)
    UNCHANGED = ("unchanged", 0)
    PUBLISHED = ("published", 0)
    WOULD_PUBLISH = ("would-publish", 0)
    NOT_CLEAN = ("not-clean", 3)
    ROLES_GO = ("roles-go", 4)
    PUBLISHED_BEFORE = ("published-before", 5)

    def __init__(self, word: str, code: int) -> None:
        self.word = word
        self.code = code


@dataclass(frozen=True, slots=True)
class _Synced:
    outcome: Outcome
    preview: Preview
    going: tuple[str, ...] = ()
    earlier: RevisionInfo | None = None
    published: Published | None = None
    users: int = 0


async def sync_source(job: SyncJob) -> int:
    """Publish a source if it is clean and has changed; returns the exit code.

    Raises:
        CatalogueFileErrors: it cannot be read. Nothing was published.
        NextrungError: see its remedy. Nothing was published.
    """
    check_key(job.key)
    # What cannot be read needs no database; what is imported needs the keys that are published.
    native = (await find(job.source.path))[0] if job.source.is_native else None
    async with open_desk() as desk:
        read = Read(native) if native else await read_source(desk, job.source, job.key)
        if read.found is None:
            _tell_unreadable(job, read)
            return Outcome.UNREADABLE.code
        done = await _synced(desk, job, read.found, read.result)
    if job.as_json:
        say_json(_data(done, read.result))
    else:
        _tell(job, read.found, done, read.result)
    return done.outcome.code


async def watch_source(job: SyncJob, seconds: float) -> None:
    """Do so now, and whenever the source has changed, until SIGTERM or SIGINT."""
    from bot.cli.serving import until_stopped

    check_key(job.key)
    stopped = asyncio.Event()
    asked = asyncio.create_task(until_stopped(stopped))
    say(f"Watching {job.source.path}, every {seconds:g} seconds. Stop with Ctrl+C.")
    try:
        await watch(
            lambda: sync_source(job),
            lambda: source_digest(job.source),
            waiting(seconds, stopped),
            SystemClock(),
        )
    finally:
        asked.cancel()


async def _synced(desk: Desk, job: SyncJob, found: Named, result: ImportResult | None) -> _Synced:
    preview = await desk.publishing.preview(
        found.content,
        key=job.key,
        typed=load_typed_words(),
        terms=load_terms(),
        settings=settings_of(found.folder),
    )
    commit = newest_commit(Path(job.source.path)) if found.folder else None
    digest = await asyncio.to_thread(content_digest, found.content)
    if await desk.publishing.published(job.key, digest):
        return _Synced(Outcome.UNCHANGED, preview)
    warned = job.strict and result is not None and bool(result.warnings)
    if warned or not _is_clean(preview, strict=job.strict):
        return _Synced(Outcome.NOT_CLEAN, preview)
    said = _said_of([*(commit.may_go if commit else ()), *job.may_go])
    roles = roles_that_go(preview.diff)
    going = tuple(each for each in roles if each not in said)
    if going:
        return _Synced(Outcome.ROLES_GO, preview, going)
    earlier = await desk.database.catalogues.ever_made_from(job.key, digest)
    if earlier and not job.again:
        return _Synced(Outcome.PUBLISHED_BEFORE, preview, earlier=earlier)
    if job.dry_run or not job.publish:
        return _Synced(Outcome.WOULD_PUBLISH, preview)
    moves = await _moves(desk, job, found, {each: said[each] for each in roles})
    return await _published(desk, job, found, preview, commit, moves)


def _said_of(words: Sequence[str]) -> dict[str, str]:
    """Return what takes over from each role that may go; empty where it ends."""
    pairs = (each.partition("=") for each in words)
    return {key.strip(): new.strip() for key, _, new in pairs}


async def _moves(desk: Desk, job: SyncJob, found: Named, going: Mapping[str, str]) -> Moves:
    """Return where the keys of roles that go lead from now on.

    Raises:
        UnknownGoing: there is no such role to lead to.
    """
    before = await seen(desk, job.key, None) if going else None
    if before is None:
        return NO_MOVES
    said = Said(
        roles=[f"{key}={new}" for key, new in going.items() if new],
        ends=[key for key, new in going.items() if not new],
    )
    return (await leaving(desk, job.key, before, found.content, said, None)).moves


async def _published(
    desk: Desk,
    job: SyncJob,
    found: Named,
    preview: Preview,
    commit: Commit | None,
    moves: Moves,
) -> _Synced:
    author, note = job.author, job.note
    if author is None and commit:
        author = commit.author[:LONGEST_AUTHOR].strip() or None
    if note is None:
        note = commit.note if commit else f"From {found.label}"
    published = await desk.publishing.publish(
        found.content,
        key=job.key,
        author=author_of(author),
        note=note if job.note else note[:LONGEST_NOTE],
        owners=CatalogueOwners(),
        # Whoever publishes meanwhile is not overwritten unseen.
        expected=preview.current.number if preview.current else 0,
        chosen=moves,
    )
    users = await users_of(desk, job.key)
    return _Synced(Outcome.PUBLISHED, preview, published=published, users=users)


def roles_that_go(found: CatalogueDiff) -> tuple[str, ...]:
    """Return the keys of the roles that are in the old content alone."""
    return tuple(
        each.path[-1]
        for each in found.differences
        if each.part is Part.ROLE and each.edit is Edit.REMOVED
    )


def _is_clean(preview: Preview, *, strict: bool) -> bool:
    counts = severity_counts(preview.findings)
    return not (counts[LintSeverity.ERROR] or (strict and counts[LintSeverity.WARNING]))


def _tell_unreadable(job: SyncJob, read: Read) -> None:
    if job.as_json:
        told = result_data(read.result) if read.result else {}
        say_json({"outcome": Outcome.UNREADABLE.word, "import": told})
        return
    if read.result is not None:
        print_readings(read.result)
        print_findings(read.result)
    say("Nothing was published.")


def _tell(job: SyncJob, found: Named, done: _Synced, result: ImportResult | None) -> None:
    current = done.preview.current
    if result is not None and done.outcome is not Outcome.UNCHANGED:
        print_findings(result)
    say(f"{found.label}: {sizes(found.content)}.")
    if done.outcome is Outcome.UNCHANGED and current:
        say(f"Nothing has changed since {_label(current)}; nothing was published.")
        return
    if current and done.preview.diff:
        say(f"Against {_label(current)}:")
        print_counts(done.preview.diff)
    if done.preview.findings:
        say(f"Lint: {summary(done.preview.findings, english())}.")
    if done.published:
        print_published(done.published, done.users)
        return
    if done.outcome is Outcome.NOT_CLEAN and result is not None:
        grave = [each for each in done.preview.findings if each.severity in _GRAVE]
        print_text(found, grave, Places(None), english(), everything=False)
    for line in _why_not(job, done):
        say(line)
    say("Nothing was published.")


def _why_not(job: SyncJob, done: _Synced) -> list[str]:
    match done.outcome:
        case Outcome.NOT_CLEAN:
            graver = "errors or warnings" if job.strict else "errors"
            if not job.source.is_native:
                return [f"It is not clean: the import or lint found {graver}."]
            return [
                f"It is not clean: lint found {graver}.",
                f"See: nextrung catalogue lint {job.source.path}",
            ]
        case Outcome.ROLES_GO:
            options = " ".join(f"--role-goes {each}" for each in done.going)
            return [
                f"Roles go, and members may have goals there: {', '.join(done.going)}.",
                f"If that is meant, say so: {options}; KEY=NEW where another takes over,",
                "or in the commit's message, a line each: Role-Goes: KEY",
            ]
        case Outcome.PUBLISHED_BEFORE if done.earlier:
            return [
                f"Exactly this was published as {_label(done.earlier)}, and something else since.",
                "Somebody may have rolled back. To publish it once more, add --again.",
            ]
        case _ if job.publish:
            return ["It can be published: leave out --dry-run."]
        case _:
            return ["It can be published: add --publish-if-clean."]


def _label(revision: RevisionInfo) -> str:
    return f"{revision.catalogue_key}@{revision.number}"


def _data(done: _Synced, result: ImportResult | None) -> dict[str, Any]:
    return {
        "outcome": done.outcome.word,
        "previous": revision_data(done.preview.current),
        "published": revision_data(done.published.revision) if done.published else None,
        "published_before": revision_data(done.earlier),
        "roles_that_go": list(done.going),
        "changes": counts_data(done.preview.diff),
        "findings": counts_of(done.preview.findings),
        "workspaces": done.users,
        "import": result_data(result) if result else None,
    }

"""`nextrung catalogue publish`, `rollback` and `use`."""

import re

from bot.cli.catalogue.checking.lint import counts_of, settings_of, summary
from bot.cli.catalogue.desk import Desk, author_of, find, open_desk
from bot.cli.catalogue.diff_data import counts_data
from bot.cli.catalogue.diff_words import print_counts
from bot.cli.catalogue.going_out.reach import (
    Leaving,
    Said,
    check,
    ended_data,
    leaving,
    leaving_data,
    print_ended,
    print_leaving,
    seen,
)
from bot.cli.catalogue.language import english
from bot.cli.catalogue.printing import moment, say, say_json, sizes
from bot.domain.catalogue.goings import NOTHING_GOES
from bot.domain.catalogue.publication import CatalogueOwners, Published
from bot.domain.catalogue.way_back import ends_by_going_back
from bot.domain.errors import NextrungError
from bot.domain.installs.audit import Act, ActKind
from bot.domain.moves import NO_MOVES
from bot.domain.revision import RevisionInfo
from bot.domain.tenancy import Tenant
from bot.formats.lint_terms import load_terms
from bot.services.catalogue.publishing import Preview, check_key
from bot.services.lookup.shelves import BUILT_IN
from bot.text.typed_lists import load_typed_words

_WORKSPACE = re.compile(r"(?:E[A-Z0-9]{1,30}/)?(?P<team>T[A-Z0-9]{1,30})")
_ORGANISATION = re.compile(r"E[A-Z0-9]{1,30}")


class BadWorkspace(NextrungError):
    """The words name no workspace. Params: `remedy`."""

    code = "bad_workspace"


async def publish_folder(
    path: str,
    *,
    note: str,
    author: str | None,
    key: str,
    workspace: str | None,
    dry_run: bool,
    as_json: bool,
    said: Said,
) -> None:
    """Publish a folder as the next revision, and say what changed and what to do next.

    Raises:
        CatalogueFileErrors: the folder cannot be read. Nothing was published.
        GoingUnsaid: a role goes, and `said` does not say what becomes of it.
        NextrungError: see its remedy. Nothing was published.
    """
    check_key(key)
    (found,) = await find(path)
    async with open_desk() as desk:
        tenant = tenant_of(workspace) if workspace else None
        preview = await desk.publishing.preview(
            found.content,
            key=key,
            typed=load_typed_words(),
            terms=load_terms(),
            settings=settings_of(found.folder),
        )
        before = await seen(desk, key, tenant)
        gone = await leaving(desk, key, before, found.content, said, tenant) if before else None
        published = None
        if not dry_run:
            if gone:
                check(gone, said)
            published = await desk.publishing.publish(
                found.content,
                key=key,
                author=author_of(author),
                note=note,
                owners=CatalogueOwners(),
                expected=expected_number(preview.current) if gone and gone.goings else None,
                chosen=gone.moves if gone else NO_MOVES,
            )
            if tenant is not None:
                await use_in(desk, tenant, key)
        users = await users_of(desk, key)
    if as_json:
        told = leaving_data(gone) if gone else {}
        say_json({**_published_data(preview, published, users), **told})
        return
    say(f"{found.label}: {sizes(found.content)}.")
    _print_outcome(key, preview, gone, published, users)


def _print_outcome(
    key: str, preview: Preview, gone: Leaving | None, published: Published | None, users: int
) -> None:
    if gone and (preview.diff or preview.current is None):
        print_leaving(gone)
    _print_preview(key, preview)
    if published is None:
        say("Nothing was published.")
    else:
        print_published(published, users)


async def roll_back(key: str, number: int, *, note: str, author: str | None, as_json: bool) -> None:
    """Publish an earlier revision again.

    Raises:
        NextrungError: see its remedy. Nothing was published.
    """
    check_key(key)
    async with open_desk() as desk:
        old = await desk.publishing.revision(key, number)
        before = await desk.newest(key)
        ends = ends_by_going_back(before, old) if before else NOTHING_GOES
        preview = await desk.publishing.preview(
            old.content, key=key, typed=load_typed_words(), terms=load_terms()
        )
        published = await desk.publishing.rollback(
            key, number, author=author_of(author), note=note, owners=CatalogueOwners()
        )
        users = await users_of(desk, key)
    if as_json:
        say_json(_published_data(preview, published, users) | ended_data(ends))
        return
    print_ended(ends)
    _print_preview(key, preview)
    print_published(published, users)


async def use_catalogue(key: str, workspace: str) -> None:
    """Let a workspace use a catalogue.

    Raises:
        BadWorkspace: the words name no workspace.
        NextrungError: there is no such catalogue.
    """
    async with open_desk() as desk:
        tenant = tenant_of(workspace)
        if key != BUILT_IN:
            await desk.publishing.revision(key)
        await use_in(desk, tenant, key)
    say(f"{_name(tenant)} uses {key} from the next command on.")


def _print_preview(key: str, preview: Preview) -> None:
    if preview.current is None:
        say(f"It is the first revision of {key}.")
    elif preview.diff:
        say(f"Against {key}@{preview.current.number}:")
        print_counts(preview.diff)
    if preview.findings:
        say(f"Lint: {summary(preview.findings, english())}.")


def print_published(published: Published, users: int) -> None:
    """Say what was published, or that nothing had changed, and what to do next."""
    revision = published.revision
    label = f"{revision.catalogue_key}@{revision.number}"
    if not published.is_new:
        say(f"Nothing has changed since {label}; nothing was published.")
        return
    say(f"Published {label}, {moment(revision.published_at)}, by {revision.author}.", style="bold")
    if users:
        workspaces = "1 workspace" if users == 1 else f"{users} workspaces"
        say(f"{workspaces} will show it within two seconds.")
    else:
        say("No workspace uses it yet. Let one do so:")
        say(f"nextrung catalogue use {revision.catalogue_key} --workspace T0123", indent=2)


def expected_number(current: RevisionInfo | None) -> int:
    """Return the number that must still be the newest when something goes."""
    return 0 if current is None else current.number


def _published_data(preview: Preview, published: Published | None, users: int) -> dict[str, object]:
    return {
        "previous": revision_data(preview.current),
        "published": revision_data(published.revision) if published else None,
        "is_new": bool(published and published.is_new),
        "changes": counts_data(preview.diff),
        "findings": counts_of(preview.findings),
        "workspaces": users,
    }


def revision_data(info: RevisionInfo | None) -> dict[str, object] | None:
    """Return a revision as JSON shows it."""
    if info is None:
        return None
    return {
        "catalogue": info.catalogue_key,
        "number": info.number,
        "author": info.author,
        "note": info.note,
        "published_at": info.published_at.isoformat(),
    }


async def users_of(desk: Desk, key: str) -> int:
    """Return how many workspaces use the catalogue."""
    return sum(own == key for _, own in await desk.database.catalogues.workspaces())


async def use_in(desk: Desk, tenant: Tenant, key: str) -> None:
    """Let a workspace use a catalogue of its own, or the built-in one."""
    async with desk.database.write(tenant) as work:
        own, now = None if key == BUILT_IN else key, desk.clock.now()
        if await work.workspaces.catalogue_key() == own:
            return
        await work.workspaces.use_catalogue(own, at=now)
        await work.audit.note(Act(ActKind.CATALOGUE_USED, key), at=now)


def tenant_of(workspace: str) -> Tenant:
    """Return the tenant: a workspace, or an organisation that has the app org-wide.

    Raises:
        BadWorkspace: the words are no workspace's id.
    """
    found = _WORKSPACE.fullmatch(workspace)
    if found is None:
        if _ORGANISATION.fullmatch(workspace):
            return Tenant(None, workspace)
        raise BadWorkspace(
            remedy=f"“{workspace}” is no workspace. Give its id, such as T0123ABCD; it stands in "
            "the address of Slack in a browser, after /client/."
        )
    # The organisation before it, which earlier versions asked for, is no part of who it is.
    return Tenant(found["team"])


def _name(tenant: Tenant) -> str:
    return tenant.team_id or tenant.enterprise_id or ""

"""A workspace's own catalogue, as its owners change it from App Home."""

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.domain.catalogue.content_digest import content_digest
from bot.domain.catalogue.publication import (
    NoSuchRevision,
    Published,
    StalePreview,
    StaleRollback,
)
from bot.domain.catalogue.workspace_catalogue import (
    CataloguePanel,
    Rights,
    Upload,
    UploadedDraft,
    UploadPreview,
    own_key,
)
from bot.domain.framework import Catalogue, CatalogueContent
from bot.domain.tenancy import Member
from bot.domain.text import LocalText
from bot.formats.imports.report import ImportResult
from bot.log import get_logger
from bot.services.catalogue.publishing import Publishing
from bot.services.catalogue.rights import CatalogueRights
from bot.services.lookup.shelves import BUILT_IN, Catalogues
from bot.services.members.directory import Members
from bot.services.memo import Memo
from bot.services.ports import Clock
from bot.store.collector import paused_collector
from bot.store.database import Database

# Python's own is 5 ms.
_SWITCH_SECONDS = 0.0005
# Previewed contents kept until they are published; one that is gone is read from its file again.
_KEPT = 4

RowsRead = Callable[[int], None]

log = get_logger()


class WorkspaceCatalogue:
    """Every method acts for a member, and refuses one who does not own the catalogue."""

    def __init__(
        self,
        database: Database,
        catalogues: Catalogues,
        members: Members,
        clock: Clock,
        *,
        rights: CatalogueRights,
    ) -> None:
        self.rights = rights
        self._database = database
        self._catalogues = catalogues
        self._members = members
        self._clock = clock
        self._publishing = Publishing(database.catalogues, clock)
        self._drafts: Memo[CatalogueContent] = Memo(_KEPT)
        # One file at a time: a large one takes a core and some hundred MB.
        self._reading = asyncio.Lock()

    async def panel(self, member: Member) -> CataloguePanel | None:
        """Return what the member sees of the catalogue; None for who does not own it.

        Raises:
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        rights = await self.rights.at_hand(member)
        if not rights.may_publish:
            return None
        current = self._catalogues.shelf(member.catalogue_key).catalogue
        content = current.content
        return CataloguePanel(
            current=current.revision,
            name=content.name,
            roles=len(content.roles),
            skills=len(content.skills),
            expectations=len(content.expectations),
            uses_own=member.catalogue_key is not None,
            revisions=await self._database.catalogues.history(own_key(member.tenant)),
            admin=rights.admin,
        )

    async def check(self, member: Member) -> Rights:
        """Return the member's rights where they may publish.

        Raises:
            NotCatalogueOwner: they may not.
            StoreUnavailable: the store does not answer.
        """
        rights = await self.rights.of(member)
        rights.owners.check(rights.author)
        return rights

    async def used(self, member: Member) -> Catalogue:
        """Return the catalogue that the workspace uses now, for one who owns it.

        Raises:
            NotCatalogueOwner: the member does not.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        await self.check(member)
        async with self._database.read(member.tenant) as work:
            key = await work.workspaces.catalogue_key()
        return self._catalogues.shelf(key).catalogue

    async def examine(
        self, member: Member, upload: Upload, file: Path, mapping: Path | None, told: RowsRead
    ) -> tuple[ImportResult, UploadPreview | None]:
        """Read an uploaded file, and compare it with what members see; nothing is published.

        Commands are answered meanwhile. `told` hears from another thread of rows as they are read.
        The preview is None where an error of the file stands.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable, CatalogueUnavailable: it cannot be compared now.
        """
        current = await self.used(member)
        async with self._reading:
            with paused_collector(), _answering_first():
                return await self._examined(member, upload, current, file, mapping, told)

    async def _examined(
        self,
        member: Member,
        upload: Upload,
        current: Catalogue,
        file: Path,
        mapping: Path | None,
        told: RowsRead,
    ) -> tuple[ImportResult, UploadPreview | None]:
        result = await asyncio.to_thread(
            _read, file, mapping=mapping, previous=_before(current, file), progress=told
        )
        if result.content is None:
            return result, None
        return result, await self._preview(member, upload, current, result.content)

    async def _preview(
        self, member: Member, upload: Upload, current: Catalogue, content: CatalogueContent
    ) -> UploadPreview:
        # A start needs neither, and together they are a dozen modules.
        from bot.domain.catalogue.diff import diff
        from bot.domain.catalogue.lint.linter import lint, severity_counts
        from bot.formats.lint_terms import load_terms

        history = await self._database.catalogues.history(own_key(member.tenant))
        digest = await asyncio.to_thread(content_digest, content)
        used = await asyncio.to_thread(content_digest, current.content)
        # The findings of a large catalogue take much memory: they go before the changes come.
        counts = await asyncio.to_thread(
            lambda: severity_counts(lint(content, self._catalogues.typed, load_terms()))
        )
        changes = await asyncio.to_thread(diff, current.content, content)
        self._drafts.put(digest, content)
        return UploadPreview(
            draft=UploadedDraft(upload, history[0].number if history else 0, digest),
            content=content,
            against=current.revision,
            changes=changes,
            lint=counts,
            first=not history,
            unchanged=digest == used,
        )

    def kept(self, draft: UploadedDraft) -> CatalogueContent | None:
        """Return what was previewed, where this process still has it."""
        return self._drafts.known(draft.digest)

    async def publish(
        self, member: Member, draft: UploadedDraft, content: CatalogueContent
    ) -> Published:
        """Publish what was previewed, and let the workspace use it.

        Publishing the same twice is publishing it once.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StalePreview: somebody published meanwhile.
            BadNote: the note is too long.
            InvalidContent, UnstorableText, StoreUnavailable: nothing was published.
        """
        rights = await self.check(member)
        published = await self._publishing.publish(
            content,
            key=own_key(member.tenant),
            author=rights.author,
            note=draft.upload.note,
            owners=rights.owners,
            expected=draft.base,
        )
        self._drafts.drop(draft.digest)
        await self._use(member, own_key(member.tenant))
        return published

    async def published(self, member: Member, draft: UploadedDraft) -> Published | None:
        """Return the newest own revision where it is what was previewed; None where it is not.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable: the store does not answer.
        """
        await self.check(member)
        found = await self._publishing.published(own_key(member.tenant), draft.digest)
        return Published(found, is_new=False) if found else None

    async def rollback(
        self, member: Member, number: int, note: str, base: int | None = None
    ) -> Published:
        """Publish an earlier revision of the workspace's own catalogue again, and use it.

        Rolling back twice is rolling back once. `base` is the number of the newest revision when
        the member looked, None where that is not known: so a second delivery of the same wish
        takes nothing back that was published after the first.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            NoSuchRevision: there is no such revision.
            StaleRollback: somebody published since.
            BadNote, StoreUnavailable: nothing was published.
        """
        rights = await self.check(member)
        key = own_key(member.tenant)
        try:
            published = await self._publishing.rollback(
                key, number, author=rights.author, note=note, owners=rights.owners, expected=base
            )
        except StalePreview as error:
            raise StaleRollback(**error.params) from error
        await self._use(member, key)
        return published

    async def use_built_in(self, member: Member) -> None:
        """Let the workspace use the built-in catalogue; its own revisions stay.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable: nothing was changed.
        """
        await self.check(member)
        await self._use(member, None)

    async def _use(self, member: Member, key: str | None) -> None:
        # First: whoever is asked from the next moment on finds it loaded.
        await self._catalogues.refresh()
        async with self._database.write(member.tenant) as work:
            if await work.workspaces.catalogue_key() != key:
                await work.workspaces.use_catalogue(key, at=self._clock.now())
        self._members.clear()
        log.info("catalogue_used", team=member.tenant.team_id, catalogue=key or "built-in")

    async def revision(self, member: Member, number: int) -> Catalogue:
        """Return an own revision, for one who owns the catalogue.

        Raises:
            NotCatalogueOwner, NoSuchRevision: as in `rollback`.
            StoreUnavailable: the store does not answer.
        """
        await self.check(member)
        if number < 1:
            raise NoSuchRevision(key=own_key(member.tenant), number=number)
        return await self._publishing.revision(own_key(member.tenant), number)


@contextmanager
def _answering_first() -> Iterator[None]:
    """Let a thread that computes give way sooner: an answer needs Python several times."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _read(
    file: Path, *, mapping: Path | None, previous: CatalogueContent, progress: RowsRead
) -> ImportResult:
    """Read an uploaded file; what reads workbooks is loaded with the first one, in its thread."""
    from bot.formats.imports.uploaded import import_uploaded

    return import_uploaded(file, mapping=mapping, previous=previous, progress=progress)


def _before(current: Catalogue, file: Path) -> CatalogueContent:
    """Return the content whose keys an upload keeps where names are the same.

    Where that is the built-in catalogue, neither its own name is what a company's file means, nor
    what its depths mean: the company may write *Working* and understand something else by it.
    """
    content = current.content
    if current.revision.catalogue_key != BUILT_IN:
        return content
    words = " ".join(re.split(r"[\s_-]+", file.stem)).strip()
    return replace(
        content,
        name=LocalText(words[:1].upper() + words[1:] or file.name),
        proficiencies=tuple(replace(each, summary=None) for each in content.proficiencies),
    )

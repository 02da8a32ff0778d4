"""A workspace's own catalogue, as its owners change it from App Home."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.domain.catalogue.content_digest import content_digest
from bot.domain.catalogue.goings import goings
from bot.domain.catalogue.lint.finding import LintFinding, LintSeverity
from bot.domain.catalogue.picture import picture_of
from bot.domain.catalogue.publication import StaleRollback
from bot.domain.catalogue.reach import reach_of
from bot.domain.catalogue.uploading import NO_ANSWERS
from bot.domain.catalogue.way_back import WayBack, ends_by_going_back
from bot.domain.catalogue.workspace_catalogue import (
    CataloguePanel,
    Rights,
    Upload,
    UploadedDraft,
    UploadPreview,
    own_key,
)
from bot.domain.framework import CatalogueContent
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.domain.text import LocalText
from bot.formats.imports.report import ImportResult
from bot.services.catalogue.releases import Releases
from bot.services.catalogue.rights import CatalogueRights
from bot.services.catalogue.weights import weight_of_examined
from bot.services.giving_way import answering_first
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import BUILT_IN
from bot.services.members.directory import Members
from bot.services.memo import Memo
from bot.services.ports import Clock
from bot.store.collector import paused_collector
from bot.store.database import Database

# Previews kept until they are published, and most of the memory for catalogues that they take; one
# that is gone is read from its file again.
_KEPT = 4
_SHARE = 8
# Findings of lint that are shown before publishing; all of them are in the check on Home.
_FINDINGS = 30

RowsRead = Callable[[int], None]
Examined = tuple[ImportResult, UploadPreview]


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
        self.releases = Releases(database, catalogues, members, clock, rights)
        self._drafts: Memo[Examined] = catalogues.beside(
            _KEPT, share=_SHARE, weigh=weight_of_examined
        )
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
        current = (await self._catalogues.of(member.catalogue_key)).catalogue
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
        return await self.rights.check(member)

    async def used(self, member: Member) -> Catalogue:
        """Return the catalogue that the workspace uses now, for one who owns it.

        Raises:
            NotCatalogueOwner: the member does not.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        await self.check(member)
        return await self.releases.used(member.tenant)

    async def examine(
        self,
        member: Member,
        upload: Upload,
        file: Path,
        mapping: Path | None,
        told: RowsRead,
        *,
        name: str = "",
        answers: Mapping[str, str] = NO_ANSWERS,
    ) -> tuple[ImportResult, UploadPreview | None]:
        """Read an uploaded file, and compare it with what members see; nothing is published.

        Commands are answered meanwhile. `told` hears from another thread of rows as they are read.
        The preview is None where an error of the file stands. `name` is what its owner calls the
        catalogue, where they were asked; `answers` are theirs to what the file left open.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable, CatalogueUnavailable: it cannot be compared now.
        """
        current = await self.used(member)
        async with self._reading:
            with paused_collector(), answering_first():
                result = await asyncio.to_thread(
                    _read,
                    file,
                    mapping=mapping,
                    previous=_before(current, file),
                    progress=told,
                    answers=answers,
                )
                return await self._examined(member, upload, current, _called(result, name, current))

    async def _examined(
        self,
        member: Member,
        upload: Upload,
        current: Catalogue,
        result: ImportResult,
    ) -> tuple[ImportResult, UploadPreview | None]:
        if result.content is None:
            return result, None
        preview = await self._preview(member, upload, current, result.content)
        self._drafts.put(preview.draft.digest, (result, preview))
        return result, preview

    async def preview(
        self, member: Member, upload: Upload, content: CatalogueContent
    ) -> UploadPreview:
        """Compare a content with what members see; nothing is published.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable, CatalogueUnavailable: it cannot be compared now.
        """
        return await self._preview(member, upload, await self.used(member), content)

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

        # The findings of a large catalogue take much memory: most go before the changes come.
        def linted() -> tuple[Mapping[LintSeverity, int], tuple[LintFinding, ...]]:
            found = lint(content, self._catalogues.typed, load_terms())
            return severity_counts(found), found[:_FINDINGS]

        counts, findings = await asyncio.to_thread(linted)
        changes = await asyncio.to_thread(diff, current.content, content)
        people = await self.releases.people(member.tenant, current.moves)
        return UploadPreview(
            draft=UploadedDraft(upload, history[0].number if history else 0, digest),
            content=content,
            against=current.revision,
            changes=changes,
            lint=counts,
            findings=findings,
            first=not history,
            unchanged=digest == used,
            goings=goings(current.content, content),
            reach=reach_of(changes, people),
            picture=await asyncio.to_thread(picture_of, content),
        )

    async def way_back(self, member: Member, number: int, base: int | None) -> WayBack:
        """Return what going back to an own revision does, 0 for the built-in catalogue.

        `base` is as in `Releases.rollback`.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            NoSuchRevision: there is no such revision.
            StaleRollback: somebody published since.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        # A start needs it not.
        from bot.domain.catalogue.diff import diff

        newest = await self.releases.newest(member.tenant)
        if base not in (None, newest):
            raise StaleRollback(number=newest)
        used, target = await self.releases.ways(member, number)
        changes = await asyncio.to_thread(diff, used.content, target.content)
        people = await self.releases.people(member.tenant, used.moves)
        return WayBack(
            target.content.name,
            ends_by_going_back(used, target),
            reach_of(changes, people),
            newest,
        )

    def kept(self, draft: UploadedDraft) -> Examined | None:
        """Return what was previewed, where this process still has just that.

        The same content may have been compared since, with another revision or as another upload.
        """
        found = self._drafts.known(draft.digest)
        held = found and found[1].draft
        same = held and (held.base, held.upload.file) == (draft.base, draft.upload.file)
        return found if same else None

    def let_go(self, draft: UploadedDraft) -> None:
        """Forget what was previewed: it is published."""
        self._drafts.drop(draft.digest)


def _read(
    file: Path,
    *,
    mapping: Path | None,
    previous: CatalogueContent,
    progress: RowsRead,
    answers: Mapping[str, str],
) -> ImportResult:
    """Read an uploaded file; what reads workbooks is loaded with the first one, in its thread."""
    from bot.formats.imports.uploaded import import_uploaded

    return import_uploaded(
        file, mapping=mapping, previous=previous, progress=progress, answers=answers
    )


def _called(result: ImportResult, name: str, current: Catalogue) -> ImportResult:
    """Return what was read under its owner's name for it; translations of the same one stay."""
    if not name or result.content is None:
        return result
    same = (each for each in (result.content.name, current.content.name) if each.base == name)
    named = next(same, LocalText(name))
    return replace(result, content=replace(result.content, name=named))


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

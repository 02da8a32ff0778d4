"""Drafts that wait for another owner's look, or for a day."""

import asyncio
from dataclasses import replace

from bot.domain.catalogue.draft import (
    Draft,
    DraftClosed,
    DraftState,
    NoSecondOwner,
    Waiting,
    draft_id,
)
from bot.domain.catalogue.goings import Decisions, goings, moves_by
from bot.domain.catalogue.workspace_catalogue import (
    Receipt,
    UploadedDraft,
    UploadPreview,
)
from bot.domain.framework import CatalogueContent
from bot.domain.installs.audit import Act, ActKind
from bot.domain.tenancy import Member
from bot.formats.imports.report import Accounting, ImportResult
from bot.log import get_logger
from bot.services.catalogue.releases import check_typed
from bot.services.catalogue.workspace_catalogue import Examined, WorkspaceCatalogue
from bot.services.ports import Clock
from bot.store.database import Database

log = get_logger()


class Drafts:
    """Every method acts for a member, and refuses one who does not own the catalogue."""

    def __init__(self, database: Database, own: WorkspaceCatalogue, clock: Clock) -> None:
        self._database = database
        self._own = own
        self._clock = clock

    async def check(self, member: Member, waiting: Waiting) -> None:
        """Return where a draft of the member's may wait so.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            NoSecondOwner: who is to look at it does not, or is the member.
            NothingToWaitFor, DayPast: see there.
            StoreUnavailable: the store does not answer.
        """
        await self._own.check(member)
        waiting.check(self._clock.now())
        if waiting.reviewer_id is not None:
            other = Member(member.tenant, waiting.reviewer_id)
            rights = await self._own.rights.of(other)
            if waiting.reviewer_id == member.slack_id or not rights.may_publish:
                raise NoSecondOwner

    async def keep(
        self,
        member: Member,
        preview: UploadPreview,
        waiting: Waiting,
        *,
        decisions: Decisions,
        typed_name: str,
    ) -> Draft:
        """Keep what was previewed until it is published; a draft that was compared again is one.

        Raises:
            As `check` does.
            StalePreview: members see another revision by now than it was compared with.
            NameNotTyped: a role goes, and the name was not typed.
            UnknownGoing: what was decided does not fit what goes.
        """
        await self.check(member, waiting)
        used = await self._own.releases.compared(member.tenant, preview)
        gone = goings(used.content, preview.content)
        check_typed(gone, preview.content, typed_name)
        moves_by(decisions, used.content, preview.content)
        text = await asyncio.to_thread(_written, preview.content)
        made = Draft(
            id=0,
            author_id=member.slack_id,
            state=DraftState.WAITING,
            note=preview.draft.upload.note,
            base=preview.draft.base,
            digest=preview.draft.digest,
            waiting=waiting,
            typed_name=typed_name,
            decisions=decisions,
        )
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            await work.workspaces.ensure(at=now)
            before = draft_id(preview.draft.upload.file)
            if before is not None:
                await work.drafts.close(before, DraftState.WITHDRAWN)
            kept = await work.drafts.add(made, text, at=now)
            kind = ActKind.DRAFT_SCHEDULED if waiting.publish_at else ActKind.DRAFT_KEPT
            await work.audit.note(Act.by(member.slack_id, kind, _named(kept.id)), at=now)
            return kept

    async def get(self, member: Member, id_: int) -> Draft:
        """Return a draft, whoever made it.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            DraftClosed: there is no such draft any more.
            StoreUnavailable: the store does not answer.
        """
        await self._own.check(member)
        async with self._database.read(member.tenant) as work:
            found = await work.drafts.get(id_)
        if found is None:
            raise DraftClosed(state="")
        return found

    async def examine(self, member: Member, id_: int) -> Examined:
        """Compare a draft with what members see now, as an upload is compared.

        Raises:
            NotCatalogueOwner, DraftClosed: as in `get`.
            StoreUnavailable, CatalogueUnavailable: it cannot be compared now.
        """
        draft = await self.get(member, id_)
        content = await self._content(member, id_)
        preview = await self._own.preview(member, draft.uploaded.upload, content)
        return ImportResult(content, (), (), (), Accounting()), preview

    async def approve(self, member: Member, id_: int) -> tuple[Draft, bool]:
        """Approve a draft that the member was asked to look at; True where it was not approved yet.

        Raises:
            NotCatalogueOwner, DraftClosed: as in `get`.
            NoSecondOwner: somebody else was asked.
        """
        draft = await self._asked(member, id_)
        now = self._clock.now()
        async with self._database.write(member.tenant) as work:
            is_new = await work.drafts.approve(id_, at=now)
            if is_new:
                act = Act.by(member.slack_id, ActKind.DRAFT_APPROVED, _named(id_))
                await work.audit.note(act, at=now)
        return replace(draft, approved_at=draft.approved_at or now), is_new

    async def is_overtaken(self, member: Member, draft: Draft) -> bool:
        """Tell whether somebody published since: then the draft has to be compared again.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        return await self._own.releases.newest(member.tenant) != draft.base

    async def comment(self, member: Member, id_: int, text: str) -> Draft:
        """Keep what the member, who was asked to look at a draft, says of it.

        Raises:
            As `approve` does.
        """
        draft = await self._asked(member, id_)
        async with self._database.write(member.tenant) as work:
            await work.drafts.comment(id_, text)
        return replace(draft, comment=text)

    async def withdraw(self, member: Member, id_: int) -> Draft:
        """Call a draft off.

        Raises:
            NotCatalogueOwner: as in `get`.
            DraftClosed: it waits no more.
        """
        draft = await self.get(member, id_)
        async with self._database.write(member.tenant) as work:
            if not await work.drafts.close(id_, DraftState.WITHDRAWN):
                raise DraftClosed(state=draft.state.value)
            act = Act.by(member.slack_id, ActKind.DRAFT_WITHDRAWN, _named(id_))
            await work.audit.note(act, at=self._clock.now())
        return replace(draft, state=DraftState.WITHDRAWN)

    async def publish(self, member: Member, id_: int) -> Receipt:
        """Publish a draft as it was decided when it was made.

        Raises:
            NotCatalogueOwner: as in `get`.
            DraftClosed: it was called off, or is gone.
            StalePreview: somebody published meanwhile.
            As `Releases.publish` does.
        """
        draft = await self.get(member, id_)
        if draft.state is DraftState.WITHDRAWN:
            raise DraftClosed(state=draft.state.value)
        content = await self._content(member, id_)
        receipt = await self._own.releases.publish(
            member, draft.uploaded, content, decisions=draft.decisions, typed_name=draft.typed_name
        )
        await self.close(member, id_, DraftState.PUBLISHED)
        log.info("draft_published", team=member.tenant.team_id, draft=id_)
        return receipt

    async def finish(self, member: Member, draft: UploadedDraft) -> None:
        """Let a draft wait no more that was compared again, and published then.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        id_ = draft_id(draft.upload.file)
        if id_ is not None:
            await self.close(member, id_, DraftState.PUBLISHED)

    async def close(self, member: Member, id_: int, state: DraftState) -> bool:
        """Let a draft wait no more; True for the one that did."""
        async with self._database.write(member.tenant) as work:
            return await work.drafts.close(id_, state)

    async def _asked(self, member: Member, id_: int) -> Draft:
        draft = await self.get(member, id_)
        draft.check_open()
        if draft.waiting.reviewer_id != member.slack_id:
            raise NoSecondOwner
        return draft

    async def _content(self, member: Member, id_: int) -> CatalogueContent:
        async with self._database.read(member.tenant) as work:
            text = await work.drafts.content(id_)
        if text is None:
            raise DraftClosed(state="")
        return await asyncio.to_thread(_read, text)


def _named(id_: int) -> str:
    return f"draft {id_}"


def _written(content: CatalogueContent) -> str:
    """Return a content as the text that is kept; what reads and writes it is loaded by then."""
    from bot.formats.native_document import document_text

    return "".join(document_text(content))


def _read(text: str) -> CatalogueContent:
    from bot.formats.native_document import read_document

    return read_document("draft.json", text)

"""Publishes drafts whose day has come, and tells their author what came of it."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Protocol

from bot.domain.catalogue.draft import Draft, DraftState
from bot.domain.catalogue.publication import OwnerNotVouched
from bot.domain.catalogue.uploading import KEPT_FOR
from bot.domain.catalogue.workspace_catalogue import Receipt
from bot.domain.errors import NextrungError
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.catalogue.drafts import Drafts
from bot.services.members.directory import Members
from bot.services.nudges.ports import OutcomeUnknown, Posted, Refused
from bot.services.ports import Clock
from bot.store.database import Database
from bot.store.errors import StoreUnavailable

LEASE = timedelta(minutes=10)
"""How long publishing may take before another process takes it for dead."""
PATIENCE = timedelta(days=1)
"""How long a draft waits for Slack to say that its author is an admin still."""
AT_ONCE = 10
NOT_LOOKED_AT = "not_looked_at"
"""Why a draft stopped that its second owner has not approved; other reasons are codes of errors."""

log = get_logger()


class DraftPost(Protocol):
    """Draws what became of a draft and posts it to its author."""

    async def post_published(
        self, tenant: Tenant, slack_id: str, receipt: Receipt, *, language: str, id_: int
    ) -> Posted:
        """Post the receipt.

        Raises:
            Refused, OutcomeUnknown: as `NudgePost.post_nudge` does.
        """
        ...

    async def post_stopped(
        self, tenant: Tenant, slack_id: str, draft: Draft, why: str, *, language: str
    ) -> Posted:
        """Post that nothing was published, why, and what can be done.

        Raises:
            Refused, OutcomeUnknown: as `NudgePost.post_nudge` does.
        """
        ...


class ScheduledPublishing:
    """`turn` is called every half minute or so."""

    def __init__(
        self, database: Database, drafts: Drafts, members: Members, post: DraftPost, clock: Clock
    ) -> None:
        self._database = database
        self._drafts = drafts
        self._members = members
        self._post = post
        self._clock = clock

    async def turn(self) -> None:
        """Publish what is due, and let old uploads go; what fails now is tried again.

        Raises:
            StoreUnavailable: the rest comes at a later turn.
        """
        now = self._clock.now()
        for tenant, id_ in await self._database.due_drafts.due(
            now=now, claimed_before=now - LEASE, most=AT_ONCE
        ):
            claimed = await self._database.due_drafts.claim(id_, at=now, claimed_before=now - LEASE)
            if claimed:
                await self._publish(tenant, id_)
        await self._database.old_uploads.drop(before=now - KEPT_FOR)

    async def clean(self) -> None:
        """Delete drafts that nobody will come back to.

        Raises:
            StoreUnavailable: they go at a later turn.
        """
        gone = await self._database.due_drafts.drop_old(now=self._clock.now())
        if gone:
            log.info("drafts_dropped", drafts=gone)

    async def _publish(self, tenant: Tenant, id_: int) -> None:
        async with self._database.read(tenant) as work:
            draft = await work.drafts.get(id_)
        if draft is None:
            return
        author = await self._members.known(tenant, draft.author_id)
        author = author or Member(tenant, draft.author_id)
        if draft.wants_look:
            await self._stop(author, draft, NOT_LOOKED_AT)
            return
        try:
            receipt = await self._drafts.publish(author, id_)
        except StoreUnavailable:
            raise
        except NextrungError as error:
            if isinstance(error, OwnerNotVouched) and self._is_patient(draft):
                log.info("draft_author_unknown", team=tenant.team_id, draft=id_)
                return  # it is asked again once the claim is old
            await self._stop(author, draft, error.code)
            return
        await self._told(
            draft,
            self._post.post_published(
                tenant, author.slack_id, receipt, language=author.spoken, id_=id_
            ),
        )

    def _is_patient(self, draft: Draft) -> bool:
        due = draft.waiting.publish_at
        return due is not None and self._clock.now() < due + PATIENCE

    async def _stop(self, author: Member, draft: Draft, why: str) -> None:
        log.warning("draft_stopped", team=author.tenant.team_id, draft=draft.id, code=why)
        if await self._drafts.close(author, draft.id, DraftState.STOPPED):
            told = self._post.post_stopped(
                author.tenant, author.slack_id, draft, why, language=author.spoken
            )
            await self._told(draft, told)

    async def _told(self, draft: Draft, posting: Awaitable[Posted]) -> None:
        try:
            await posting
        except (Refused, OutcomeUnknown) as error:
            log.warning("draft_outcome_not_told", draft=draft.id, code=error.code)

"""Publishing a workspace's own catalogue, and going back."""

from bot.domain.catalogue.goings import Decisions, GoingPart, Goings, goings, moves_by
from bot.domain.catalogue.publication import (
    NoSuchRevision,
    Published,
    StalePreview,
    StaleRollback,
    same_name,
)
from bot.domain.catalogue.reach import People, people_by_role
from bot.domain.catalogue.way_back import ends_by_going_back
from bot.domain.catalogue.workspace_catalogue import (
    NameNotTyped,
    Receipt,
    UploadedDraft,
    UploadPreview,
    own_key,
)
from bot.domain.framework import CatalogueContent
from bot.domain.installs.audit import Act, ActKind
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member, Tenant
from bot.log import get_logger
from bot.services.catalogue.publishing import Publishing
from bot.services.catalogue.rights import CatalogueRights
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import BUILT_IN
from bot.services.members.directory import Members
from bot.services.ports import Clock
from bot.store.database import Database

log = get_logger()


class Releases:
    """Every method acts for a member, and refuses one who does not own the catalogue."""

    def __init__(
        self,
        database: Database,
        catalogues: Catalogues,
        members: Members,
        clock: Clock,
        rights: CatalogueRights,
    ) -> None:
        self._database = database
        self._catalogues = catalogues
        self._members = members
        self._clock = clock
        self._rights = rights
        self._publishing = Publishing(database.catalogues, clock)

    async def used(self, tenant: Tenant) -> Catalogue:
        """Return the catalogue that the workspace uses now.

        Raises:
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        async with self._database.read(tenant) as work:
            key = await work.workspaces.catalogue_key()
        return (await self._catalogues.of(key)).catalogue

    async def compared(self, tenant: Tenant, preview: UploadPreview) -> Catalogue:
        """Return the catalogue that the workspace uses, where that is what was compared with.

        Raises:
            StalePreview: another one is used by now, or the newest own one is another.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        used = await self.used(tenant)
        newest = await self.newest(tenant)
        if used.revision != preview.against or newest != preview.draft.base:
            raise StalePreview(number=newest)
        return used

    async def newest(self, tenant: Tenant) -> int:
        """Return the number of the workspace's newest own revision, 0 for none.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        history = await self._database.catalogues.history(own_key(tenant))
        return history[0].number if history else 0

    async def people(self, tenant: Tenant, moves: Moves) -> People:
        """Return how many people stand in each role; to be rounded before anybody sees it.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(tenant) as work:
            return people_by_role(await work.reach.goals(), await work.reach.marks(), moves)

    async def publish(
        self,
        member: Member,
        draft: UploadedDraft,
        content: CatalogueContent,
        *,
        decisions: Decisions | None = None,
        typed_name: str = "",
    ) -> Receipt:
        """Publish what was previewed, and let the workspace use it.

        Publishing the same twice is publishing it once.

        Args:
            member: who publishes.
            draft: what was previewed.
            content: the same, as it was read.
            decisions: what takes over from what goes; what is not decided ends.
            typed_name: the catalogue's name as the member typed it, where a role goes.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StalePreview: somebody published meanwhile.
            NameNotTyped: a role goes, and the name was not typed.
            UnknownGoing: what was decided does not fit what goes.
            BadNote: the note is too long.
            InvalidContent, UnstorableText, StoreUnavailable: nothing was published.
        """
        rights = await self._rights.check(member)
        key = own_key(member.tenant)
        before = await self.used(member.tenant)
        done = await self._publishing.published(key, draft.digest)
        if done is not None and done.id == before.revision.id:
            return Receipt(Published(done, is_new=False))
        chosen = await self._chosen(before, content, draft, decisions, typed_name)
        published = await self._publishing.publish(
            content,
            key=key,
            author=rights.author,
            note=draft.upload.note,
            owners=rights.owners,
            expected=draft.base,
            chosen=chosen,
            tenant=member.tenant,
        )
        await self._use(member, key)
        return Receipt(published, _number(before))

    async def _chosen(
        self,
        before: Catalogue,
        content: CatalogueContent,
        draft: UploadedDraft,
        decisions: Decisions | None,
        typed_name: str,
    ) -> Moves:
        gone = goings(before.content, content)
        if not gone:
            return NO_MOVES
        if before.revision.catalogue_key != BUILT_IN and before.revision.number != draft.base:
            raise StalePreview(number=before.revision.number)
        check_typed(gone, content, typed_name)
        return moves_by(decisions or {}, before.content, content)

    async def published(self, member: Member, draft: UploadedDraft) -> Published | None:
        """Return the newest own revision where it is what was previewed; None where it is not.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable: the store does not answer.
        """
        await self._rights.check(member)
        found = await self._publishing.published(own_key(member.tenant), draft.digest)
        return Published(found, is_new=False) if found else None

    async def rollback(
        self,
        member: Member,
        number: int,
        note: str,
        base: int | None = None,
        typed_name: str | None = None,
    ) -> Published:
        """Publish an earlier revision of the workspace's own catalogue again, and use it.

        Rolling back twice is rolling back once. `base` is the number of the newest revision when
        the member looked, None where that is not known: so a second delivery of the same wish
        takes nothing back that was published after the first. `typed_name` is the catalogue's
        name as the member typed it, where a role ends; None for one who takes back what they see
        on its receipt.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            NameNotTyped: a role ends, and the name was not typed.
            NoSuchRevision: there is no such revision.
            StaleRollback: somebody published since.
            BadNote, StoreUnavailable: nothing was published.
        """
        rights = await self._rights.check(member)
        key = own_key(member.tenant)
        await self._check_ends(member, number, typed_name)
        try:
            published = await self._publishing.rollback(
                key,
                number,
                author=rights.author,
                note=note,
                owners=rights.owners,
                expected=base,
                tenant=member.tenant,
            )
        except StalePreview as error:
            raise StaleRollback(**error.params) from error
        await self._use(member, key)
        return published

    async def use_built_in(
        self, member: Member, base: int | None = None, typed_name: str | None = None
    ) -> None:
        """Let the workspace use the built-in catalogue; its own revisions stay.

        `base` and `typed_name` are as in `rollback`.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            NameNotTyped: a role ends, and the name was not typed.
            StaleRollback: somebody published since.
            StoreUnavailable: nothing was changed.
        """
        await self._rights.check(member)
        if base is not None:
            newest = await self.newest(member.tenant)
            if newest != base:
                raise StaleRollback(number=newest)
        await self._check_ends(member, 0, typed_name)
        await self._use(member, None)

    async def ways(self, member: Member, number: int) -> tuple[Catalogue, Catalogue]:
        """Return what members see, and an own revision to go back to; 0 is the built-in catalogue.

        Raises:
            NotCatalogueOwner, NoSuchRevision: as in `rollback`.
            StoreUnavailable, CatalogueUnavailable: it cannot be told now.
        """
        used = await self.used(member.tenant)
        if number:
            return used, await self.revision(member, number)
        await self._rights.check(member)
        return used, (await self._catalogues.of(None)).catalogue

    async def _check_ends(self, member: Member, number: int, typed_name: str | None) -> None:
        if typed_name is not None:
            used, target = await self.ways(member, number)
            check_typed(ends_by_going_back(used, target), target.content, typed_name)

    async def revision(self, member: Member, number: int) -> Catalogue:
        """Return an own revision, for one who owns the catalogue.

        Raises:
            NotCatalogueOwner, NoSuchRevision: as in `rollback`.
            StoreUnavailable: the store does not answer.
        """
        await self._rights.check(member)
        if number < 1:
            raise NoSuchRevision(key=own_key(member.tenant), number=number)
        return await self._publishing.revision(own_key(member.tenant), number)

    async def _use(self, member: Member, key: str | None) -> None:
        # First: whoever is asked from the next moment on finds it loaded.
        await self._catalogues.refresh()
        await self._catalogues.of(key)
        async with self._database.write(member.tenant) as work:
            if await work.workspaces.catalogue_key() != key:
                now, used = self._clock.now(), key or BUILT_IN
                await work.workspaces.use_catalogue(key, at=now)
                act = Act.by(member.slack_id, ActKind.CATALOGUE_USED, used)
                await work.audit.note(act, at=now)
        self._members.clear()
        log.info("catalogue_used", team=member.tenant.team_id, catalogue=key or "built-in")


def check_typed(gone: Goings, content: CatalogueContent, typed_name: str) -> None:
    """Return where the catalogue's name was typed, or no role goes.

    Raises:
        NameNotTyped: it was not.
    """
    if gone.of(GoingPart.ROLE) and not same_name(typed_name, content.name.base):
        raise NameNotTyped(name=content.name.base)


def _number(catalogue: Catalogue) -> int:
    revision = catalogue.revision
    return 0 if revision.catalogue_key == BUILT_IN else revision.number

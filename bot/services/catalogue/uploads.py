"""Uploads on their way to be published: kept from the form until they are published or dropped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.catalogue.uploading import (
    KEPT_FOR,
    LONGEST_NAME,
    BegunUpload,
    Found,
    UploadStep,
    begun_id,
    with_answers,
)
from bot.domain.catalogue.workspace_catalogue import UploadClosed, UploadedDraft, UploadPreview
from bot.domain.tenancy import Member
from bot.domain.text import storable
from bot.formats.imports.report import QUESTION, ImportResult
from bot.services.catalogue.weights import weight_of_examined
from bot.services.catalogue.workspace_catalogue import WorkspaceCatalogue
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.memo import Memo
from bot.services.ports import Clock
from bot.store.database import Database

# What the wizard shows next is mostly what was read a moment ago.
_KEPT = 4
# Most of the memory for catalogues that it takes.
_SHARE = 8

Read = tuple[ImportResult, UploadPreview | None]


class Uploads:
    """Every method acts for a member, and refuses one who does not own the catalogue."""

    def __init__(
        self, database: Database, own: WorkspaceCatalogue, catalogues: Catalogues, clock: Clock
    ) -> None:
        self._database = database
        self._own = own
        self._clock = clock
        self._read: Memo[Read] = catalogues.beside(_KEPT, share=_SHARE, weigh=weight_of_examined)

    async def begin(
        self,
        member: Member,
        *,
        file: str,
        file_name: str,
        mapping: str | None,
        name: str,
        note: str,
    ) -> tuple[BegunUpload, BegunUpload | None]:
        """Keep an upload in place of the one that the member had; return both.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            StoreUnavailable: nothing was kept.
        """
        await self._own.check(member)
        now = self._clock.now()
        made = BegunUpload(
            id=0,
            author_id=member.slack_id,
            file=file,
            file_name=storable(file_name)[:LONGEST_NAME],
            changed_at=now,
            mapping=mapping,
            name=storable(" ".join(name.split()))[:LONGEST_NAME],
            note=storable(note),
        )
        async with self._database.write(member.tenant) as work:
            await work.workspaces.ensure(at=now)
            before = await work.uploads.of(member.slack_id)
            return await work.uploads.begin(made), before

    async def current(self, member: Member) -> BegunUpload | None:
        """Return the member's upload, if there is one. It says nothing to who owns no catalogue.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        async with self._database.read(member.tenant) as work:
            found = await work.uploads.of(member.slack_id)
        return found if found and self._now() < found.changed_at + KEPT_FOR else None

    async def get(self, member: Member, id_: int) -> BegunUpload:
        """Return one of the member's uploads.

        Raises:
            NotCatalogueOwner: the member does not own the catalogue.
            UploadClosed: it was published, dropped or replaced.
            StoreUnavailable: the store does not answer.
        """
        await self._own.check(member)
        found = await self.current(member)
        if found is None or found.id != id_:
            raise UploadClosed
        return found

    async def answer(self, member: Member, id_: int, given: Mapping[str, str]) -> BegunUpload:
        """Keep what the member answered; the file has to be read again with it.

        An answer to what is not asked any more changes nothing.

        Raises:
            As `get` does.
        """
        found = await self.get(member, id_)
        answers = with_answers(found.answers, given)
        if answers == found.answers:
            return found
        self._read.drop(id_)
        async with self._database.write(member.tenant) as work:
            if not await work.uploads.answer(id_, member.slack_id, answers, at=self._now()):
                raise UploadClosed
        return replace(found, answers=answers, step=UploadStep.READING)

    async def tell(self, member: Member, upload: BegunUpload, read: Read) -> None:
        """Keep what was found when the file was read, and where it is told.

        Raises:
            UploadClosed: it was published, dropped or replaced meanwhile.
            StoreUnavailable: the store does not answer.
        """
        step, found = _found(*read)
        async with self._database.write(member.tenant) as work:
            at = (upload.channel, upload.ts)
            kept = await work.uploads.tell(
                upload.id, member.slack_id, step, found, told_at=at, at=self._now()
            )
        if not kept:
            raise UploadClosed
        self._read.put(upload.id, read)

    async def ask_again(self, member: Member, id_: int) -> BegunUpload:
        """Forget what the member answered, so that all is asked again.

        Raises:
            As `get` does.
        """
        found = await self.get(member, id_)
        self._read.drop(id_)
        async with self._database.write(member.tenant) as work:
            if not await work.uploads.answer(id_, member.slack_id, {}, at=self._now()):
                raise UploadClosed
        return replace(found, answers={}, step=UploadStep.READING)

    async def at_hand(self, member: Member, upload: BegunUpload) -> Read | None:
        """Return what was found, where this process has it and nothing was published since.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        read = self._read.known(upload.id)
        if read is None or upload.step is UploadStep.READING:
            return None
        preview = read[1]
        if preview is not None and preview.against != (await self._own.used(member)).revision:
            return None
        return read

    async def drop(self, member: Member, id_: int) -> None:
        """Drop an upload of the member's; nothing happens where it is gone already.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        self._read.drop(id_)
        async with self._database.write(member.tenant) as work:
            await work.uploads.drop(id_, member.slack_id)

    async def finish(self, member: Member, draft: UploadedDraft) -> None:
        """Let an upload go that is published or waits as a draft.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        id_ = begun_id(draft.upload.file)
        if id_ is not None:
            await self.drop(member, id_)

    def _now(self) -> datetime:
        return self._clock.now()


def _found(result: ImportResult, preview: UploadPreview | None) -> tuple[UploadStep, Found]:
    questions = len(result.questions)
    problems = sum(each.count for each in result.problems if each.code != QUESTION)
    if preview is None:
        step = UploadStep.ASKING if questions and not problems else UploadStep.WRONG
        return step, Found(questions, problems)
    picture = preview.picture
    return UploadStep.READY, Found(
        roles=len(picture.roles),
        levels=picture.levels,
        skills=picture.skills,
        missing=picture.missing,
        unchanged=int(preview.unchanged),
    )

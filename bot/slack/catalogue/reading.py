"""Reads what was uploaded, wherever it is now, and says how far that is."""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.cards.catalogue.outcomes import reading_card
from bot.domain.catalogue.draft import draft_id
from bot.domain.catalogue.uploading import NO_ANSWERS, BegunUpload, begun_id
from bot.domain.catalogue.workspace_catalogue import Upload
from bot.services.catalogue.uploads import Read
from bot.slack.catalogue.uploads import fetch_upload
from bot.slack.context import Here
from bot.slack.reply.telling import Tell

# Slack takes about 50 updates of a message a minute.
PROGRESS_SECONDS = 3.0


class _Rows:
    """Counts rows as another thread reads them."""

    def __init__(self) -> None:
        self.read = 0

    def add(self, rows: int) -> None:
        self.read += rows


async def read_upload(here: Here, upload: Upload, tell: Tell) -> Read:
    """Read an upload, saying every few seconds how far it is; a draft is kept here.

    Raises:
        NotCatalogueOwner: the member does not own the catalogue.
        UploadClosed: it was published, dropped or replaced.
        UploadNotAllowed, UploadNotRead, UploadTooLarge: the file cannot be had.
        StoreUnavailable, CatalogueUnavailable: it cannot be compared now.
    """
    kept = draft_id(upload.file)
    if kept is not None:
        return await here.services.drafts.examine(here.member, kept)
    begun = begun_id(upload.file)
    if begun is None:
        return await _read(here, upload, upload.file, upload.mapping, tell)
    return await read_begun(here, await here.services.uploads.get(here.member, begun), tell)


async def read_begun(here: Here, row: BegunUpload, tell: Tell) -> Read:
    """Read an upload on its way with what its owner answered, and keep what was found.

    Raises:
        As `read_upload` does.
    """
    read = await _read(
        here, uploaded(row), row.file, row.mapping, tell, name=row.name, answers=row.answers
    )
    await here.services.uploads.tell(here.member, row, read)
    return read


def uploaded(upload: BegunUpload) -> Upload:
    """Return how an upload is named where it is previewed and published."""
    return Upload(upload.reference, None, upload.note)


async def _read(
    here: Here,
    upload: Upload,
    file_id: str,
    mapping_id: str | None,
    tell: Tell,
    *,
    name: str = "",
    answers: Mapping[str, str] = NO_ANSWERS,
) -> Read:
    owner, rows = here.member.slack_id, _Rows()
    with tempfile.TemporaryDirectory(prefix="nextrung-upload-") as place:
        folder = Path(place)
        (folder / "mapping").mkdir()
        file = await fetch_upload(here.client, file_id, owner, folder, "catalogue.csv")
        mapping = None
        if mapping_id:
            mapping = await fetch_upload(
                here.client, mapping_id, owner, folder / "mapping", "mapping.yaml"
            )
        own = here.services.own_catalogue
        examined = own.examine(
            here.member, upload, file, mapping, rows.add, name=name, answers=answers
        )
        reading = asyncio.ensure_future(examined)
        while not (await asyncio.wait({reading}, timeout=PROGRESS_SECONDS))[0]:
            await tell(reading_card(rows.read, here.tr))
        return reading.result()

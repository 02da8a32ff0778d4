"""What the buttons of a preview carry: ids and numbers, which are checked when they come back."""

import json

from bot.cards import limits
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft
from bot.domain.errors import OutdatedCard


def encode_draft(draft: UploadedDraft) -> str:
    """Return a draft as a button carries it. A note of 500 characters fits."""
    upload = draft.upload
    parts = [upload.file, upload.mapping, upload.note, draft.base, draft.digest]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))[: limits.BUTTON_VALUE]


def decode_draft(text: str) -> UploadedDraft:
    """Return the draft that `encode_draft` wrote.

    Raises:
        OutdatedCard: the text is no draft.
    """
    try:
        file, mapping, note, base, digest = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise OutdatedCard from None
    texts = all(isinstance(each, str) for each in (file, note, digest))
    if not (texts and isinstance(mapping, str | None) and isinstance(base, int)):
        raise OutdatedCard
    return UploadedDraft(Upload(file, mapping, note), base, digest)

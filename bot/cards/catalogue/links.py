"""What the buttons of a preview carry: ids and numbers, which are checked when they come back."""

import json

from bot.cards import limits
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft
from bot.domain.errors import OutdatedCard


def encode_draft(draft: UploadedDraft) -> str:
    """Return a draft as a button carries it. A note of 500 characters fits."""
    return packed(draft_parts(draft))[: limits.BUTTON_VALUE]


def decode_draft(text: str) -> UploadedDraft:
    """Return the draft that `encode_draft` wrote.

    Raises:
        OutdatedCard: the text is no draft.
    """
    try:
        return draft_of(json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise OutdatedCard from None


def packed(parts: object) -> str:
    """Return JSON with nothing in it that could be left out."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def draft_parts(draft: UploadedDraft) -> list[object]:
    """Return a draft as JSON has it, to be carried with other things."""
    upload = draft.upload
    return [upload.file, upload.mapping, upload.note, draft.base, draft.digest]


def draft_of(parts: object) -> UploadedDraft:
    """Return the draft that `draft_parts` was given.

    Raises:
        OutdatedCard: the parts are no draft's.
    """
    if not isinstance(parts, list) or len(parts) != 5:
        raise OutdatedCard
    file, mapping, note, base, digest = parts
    texts = all(isinstance(each, str) for each in (file, note, digest))
    if not (texts and isinstance(mapping, str | None) and isinstance(base, int)):
        raise OutdatedCard
    return UploadedDraft(Upload(file, mapping, note), base, digest)


def draft_number(text: str) -> int:
    """Read the id that a control carries.

    Raises:
        OutdatedCard: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise OutdatedCard
    return int(text)

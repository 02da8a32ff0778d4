"""What shows a member's growth: notes, links and Slack messages."""

import re
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.errors import EmptyEvidence, TextTooLong, UnusableLink
from bot.domain.framework import CellKey
from bot.domain.text import storable
from bot.values import dataclass

MAX_NOTE = 3000
MAX_URL = 2000
MAX_PIECES = 1000
MAX_SUPPORTED = 20

_SLACK_MESSAGE = re.compile(r"https://[\w.-]+\.slack(?:-gov)?\.com/archives/[A-Z0-9]+/p\d+")


class EvidenceKind(StrEnum):
    """Where a piece of evidence leads."""

    NOTE = "note"
    LINK = "link"
    SLACK_MESSAGE = "slack_message"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence; it may support several expectations, or none yet.

    `note` may be empty where there is a `url`, and `url` is None for a plain note. `added_at` is
    when it was first kept; an edit leaves it.
    """

    id: int
    kind: EvidenceKind
    note: str
    url: str | None
    added_at: datetime
    supports: frozenset[CellKey] = frozenset()


def checked(note: str, link: str) -> tuple[EvidenceKind, str, str | None]:
    """Return (kind, note, url) of what a member wrote, without surrounding space.

    A bare "example.com/page" is read as https. Text between ``<`` and ``>``, as Slack sends links,
    is taken for the link it holds.

    Raises:
        EmptyEvidence: both are empty.
        UnusableLink: the link is not a web address.
        TextTooLong: the note or the link is; `field` says which.
    """
    note, link = storable(note).strip(), storable(link).strip()
    if link.startswith("<") and link.endswith(">"):
        link = link[1:-1].partition("|")[0]
    if len(note) > MAX_NOTE:
        raise TextTooLong(limit=MAX_NOTE, field="note")
    if not link:
        if not note:
            raise EmptyEvidence
        return EvidenceKind.NOTE, note, None
    url = _web_address(link)
    kind = EvidenceKind.SLACK_MESSAGE if _SLACK_MESSAGE.match(url) else EvidenceKind.LINK
    return kind, note, url


def _web_address(link: str) -> str:
    url = link if "://" in link else f"https://{link}"
    if len(url) > MAX_URL:
        raise TextTooLong(limit=MAX_URL, field="link")
    try:
        parts = urlsplit(url)
        named = parts.hostname is not None and "." in parts.hostname.strip(".")
        _ = parts.port  # reading it checks it
    except ValueError:
        raise UnusableLink from None
    unfit = any(each.isspace() or not each.isprintable() for each in url) or '"' in url
    if parts.scheme not in {"http", "https"} or not named or unfit or set("<>|") & set(url):
        raise UnusableLink
    return url

"""Texts that members find unclear: counted without keeping who said so.

That somebody counts once is known by a mark: a keyed hash of who they are, with a salt that each
text has of its own. The key is none of the database's, and marks are thrown away with the next
revision or after `KEPT`, whichever comes first. Then nobody can tell any more who it was.
"""

import hashlib
import hmac
from datetime import date, timedelta

from bot.domain.framework import CellKey, Expectation
from bot.values import dataclass

MOST_SENTENCE = 300
KEPT = timedelta(days=30)
"""How long a mark is kept at most; then the same person may say the same again."""


@dataclass(frozen=True, slots=True)
class UnclearText:
    """How often a text was said to be unclear, and what was added, in no order of time.

    `words` is the digest of the text that was read (see `digest_of`).
    """

    cell: CellKey
    words: str
    times: int
    sentences: tuple[str, ...] = ()


def digest_of(expectation: Expectation) -> str:
    """Return what stands for the words of an expectation, in the base language."""
    words = expectation.wording.base if expectation.wording else ""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def mark_of(secret: bytes, who: str, salt: str) -> str:
    """Return the mark of somebody at the text with this salt."""
    return hmac.new(secret, f"{salt}:{who}".encode(), hashlib.sha256).hexdigest()


def secret_of(text: str) -> bytes:
    """Return the key for marks that follows from a secret of the settings, and tells nothing."""
    return hmac.new(text.encode(), b"nextrung: unclear texts", hashlib.sha256).digest()


def has_expired(salted_on: date, today: date) -> bool:
    """Tell that marks are to go; also those of a clock that was ahead."""
    return not today - KEPT <= salted_on <= today + timedelta(days=1)

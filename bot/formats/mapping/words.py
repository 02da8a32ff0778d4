"""How words of a spreadsheet are compared: what a person reads as the same is the same."""

import re
import unicodedata
from functools import lru_cache

_GAPS = re.compile(r"[\W_]+")
_SIGNS = str.maketrans({"+": " plus ", "#": " sharp "})


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Return the form in which two names are compared: without case, width and punctuation.

    A name of signs alone (an emoji, ``✓``) is compared by its signs.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    words = _GAPS.sub(" ", folded).strip()
    return words or " ".join(unicodedata.normalize("NFC", text).split())


def one_line(text: str) -> str:
    """Return a name as it is kept: on one line, single spaces."""
    return " ".join(text.split())

"""What controls of agreements and talks carry: ids, which are checked when they come back."""

from collections.abc import Callable
from enum import StrEnum

from bot.domain.errors import OutdatedCard

_MOST = 19


class Of(StrEnum):
    """What an id is of."""

    SHARE = "share"
    STEP = "step"
    TALK = "talk"
    POINT = "point"


def encode_of(kind: Of, id_: int) -> str:
    """Return an id as a control carries it."""
    return f"talk?{kind.value}={id_}"


def decode_of(kind: Of) -> Callable[[str], int]:
    """Return what reads such an id; what a form carries behind it is left out.

    It raises OutdatedCard where the text is none.
    """

    def read(text: str) -> int:
        start = f"talk?{kind.value}="
        digits = text.removeprefix(start).partition("&")[0]
        if not text.startswith(start) or not (digits.isascii() and digits.isdecimal()):
            raise OutdatedCard
        if len(digits) >= _MOST:
            raise OutdatedCard
        return int(digits)

    return read

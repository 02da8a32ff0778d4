"""What weighs in memory of what members hold, in bytes, as estimated.

The figures are of CPython 3.11 on 64 bits; `tests/unit/services/growth/test_growth_weights.py`
measures.
"""

from sys import getsizeof

from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.holdings import Growth

_AT_LEAST = 1_500
# Each with the keys of what it is about, which are texts of its own as the store reads them.
_MARK = 480
_COUNTS = 80  # the place among those that count
_PIECE = 430
_SUPPORTED = 290
_ACTION = 640
_AGREED = 420
_OFFER = 180


def weight_of_growth(growth: Growth) -> int:
    """Return what a member's growth weighs.

    A mark brings along every one that it replaced, so it is as much as they ever noted.
    """
    return (
        _AT_LEAST
        + sum(_COUNTS + _marks(each) for each in growth.marks.values())
        + sum(map(_piece, growth.evidence))
        + sum(_ACTION + getsizeof(each.text) for each in growth.actions)
        + _AGREED * len(growth.agreed)
        + _OFFER * len(growth.offers)
    )


def _marks(newest: Assessment) -> int:
    weight = 0
    mark: Assessment | None = newest
    while mark is not None:
        weight += _MARK + getsizeof(mark.note)
        mark = mark.before
    return weight


def _piece(piece: Evidence) -> int:
    texts = getsizeof(piece.note) + (getsizeof(piece.url) if piece.url else 0)
    return _PIECE + texts + _SUPPORTED * len(piece.supports)

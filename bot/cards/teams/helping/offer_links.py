"""What offers, wishes and pairs carry, as short strings: keys and ids, checked on their return."""

from urllib.parse import parse_qsl, urlencode

from bot.domain.errors import OutdatedCard
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.requests import AnswerPair, ChangeOffer

_MAX_ID = 2**63 - 1


def encode_offer(request: ChangeOffer) -> str:
    """Return what `decode_offer` reads."""
    return _link(
        "offer", {"k": request.skill, "s": request.side.value, "on": "1" if request.on else ""}
    )


def decode_offer(text: str) -> ChangeOffer:
    """Return the request that `encode_offer` wrote.

    Raises:
        OutdatedCard: the text is none.
    """
    values = _values("offer", text)
    try:
        side = HelpSide(_needed(values, "s"))
    except ValueError:
        raise OutdatedCard from None
    return ChangeOffer(_needed(values, "k"), side, "on" in values)


def encode_pair(request: AnswerPair) -> str:
    """Return what `decode_pair` reads."""
    return _link("pair", {"i": str(request.pair), "y": "1" if request.yes else ""})


def decode_pair(text: str) -> AnswerPair:
    """Return the request that `encode_pair` wrote.

    Raises:
        OutdatedCard: the text is none.
    """
    values = _values("pair", text)
    return AnswerPair(_number(_needed(values, "i"), least=1), "y" in values)


def _link(kind: str, fields: dict[str, object]) -> str:
    return f"{kind}?{urlencode({name: value for name, value in fields.items() if value})}"


def _values(kind: str, text: str) -> dict[str, str]:
    found, _, query = text.partition("?")
    if found != kind:
        raise OutdatedCard
    try:
        return dict(parse_qsl(query))
    except ValueError:
        raise OutdatedCard from None


def _needed(values: dict[str, str], name: str) -> str:
    if not values.get(name):
        raise OutdatedCard
    return values[name]


def _number(text: str, *, least: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        raise OutdatedCard
    if not least <= int(text) <= _MAX_ID:
        raise OutdatedCard
    return int(text)

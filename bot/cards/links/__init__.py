"""Requests as short strings, carried by buttons and selects.

The client holds these strings, so they carry keys only: permissions and existence are checked
again when they come back. Each room's requests are written and read in the file of its name.
"""

from bot.cards.links.fields import parts_of
from bot.cards.links.growth import Own, decode_own, encode_own
from bot.cards.links.lookup import Shown, decode_shown, encode_shown
from bot.cards.links.teams import Between, decode_between, encode_between
from bot.domain.errors import OutdatedCard

Request = Shown | Own | Between


def encode(request: Request) -> str:
    """Return the request as ``kind?field=value&…``, empty fields left out."""
    # A card has twenty links to other cards: these are not compared with all other types first.
    if isinstance(request, Shown):
        return encode_shown(request)
    return encode_own(request) if isinstance(request, Own) else encode_between(request)


def decode(text: str) -> Request:
    """Return the request that `encode` wrote.

    Raises:
        OutdatedCard: the text is no such request.
    """
    kind, values = parts_of(text)
    try:
        deed = decode_own(kind, values) or decode_between(kind, values)
        return deed or decode_shown(kind, values)
    except (KeyError, ValueError):
        raise OutdatedCard from None

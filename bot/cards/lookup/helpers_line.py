"""Help with a skill, on its card: how many offer it, and the one quiet way to offer or ask."""

from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus

from bot.cards.blocks import Block, section
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.domain.errors import OutdatedCard
from bot.domain.teams.requests import ShowHelpers
from bot.text.translator import Translator

_KIND = "helpers"
_MOST_PAGES = 1_000_000


def helpers_line(count: int | None, request: ShowHelpers, tr: Translator) -> list[Block]:
    """Say how many members offer help; nothing where nobody does, or it is not to be shown."""
    if not count:
        return []
    see = button(numbered(Action.HELPERS, 0), tr("See Who"), encode_helpers(request))
    return [section(helpers_count(count, tr), see)]


def helpers_count(count: int, tr: Translator) -> str:
    """Return "*3 people offer help*" as mrkdwn."""
    return tr.plural("*{count} person offers help*", "*{count} people offer help*", count)


def helpers_button(request: ShowHelpers, tr: Translator) -> Button:
    """Build the button where nobody offers help yet."""
    return button(numbered(Action.HELPERS, 1), tr("Help Each Other"), encode_helpers(request))


def encode_helpers(request: ShowHelpers) -> str:
    """Return what `decode_helpers` reads; it may also stand in a modal's metadata."""
    fields = (
        ("k", request.skill),
        ("p", str(request.page or "")),
        ("l", ",".join(request.levels)),
        ("r", request.role or ""),
    )
    return f"{_KIND}?{'&'.join([f'{name}={_quoted(value)}' for name, value in fields if value])}"


# Each skill's card has one, of keys that others have too.
_quoted = lru_cache(maxsize=4096)(quote_plus)


def is_helpers(text: str) -> bool:
    """Tell whether a modal's metadata is what `encode_helpers` wrote."""
    return text.startswith(f"{_KIND}?")


def decode_helpers(text: str) -> ShowHelpers:
    """Return the request that `encode_helpers` wrote.

    Raises:
        OutdatedCard: the text is none.
    """
    kind, _, query = text.partition("?")
    try:
        values = dict(parse_qsl(query))
        page = int(values.get("p", "0"))
        skill = values["k"]
    except (ValueError, KeyError):
        raise OutdatedCard from None
    if kind != _KIND or not 0 <= page < _MOST_PAGES:
        raise OutdatedCard
    levels = tuple(each for each in values.get("l", "").split(",") if each)
    return ShowHelpers(skill, page, levels, values.get("r"))

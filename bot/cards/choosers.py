"""The menus of role and level that turn a card, and the ids that keep them true.

A message has no label for a menu, so its options carry one: "Role: LLM Engineer", "Level: Senior".
Slack's clients keep what a member chose in a menu until the id of its block changes, so the id
says what is shown. Whoever turns a card there and back would meet the first id, and the choice made
under it, again: so `renewed` gives each id a mark of its own whenever a card is drawn again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from zlib import crc32

from bot.cards import limits
from bot.cards.blocks import Actions, actions
from bot.cards.elements import (
    Element,
    ExternalSelect,
    Option,
    StaticSelect,
    option,
    select,
    typeahead,
)
from bot.cards.ids import Action
from bot.cards.links import decode, encode
from bot.cards.mrkdwn import unmarked
from bot.domain.errors import OutdatedCard
from bot.domain.framework import Level, Role
from bot.domain.lookup.requests import ShowCard, ShowGap, ShowGroup, ShowRole, ShowSkill
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator

# With more roles, or longer names and keys, a menu would take the card's budget: one types then.
MOST_ROLES = 16
MOST_SIGNS = 1000
_MENUS = frozenset({"static_select", "external_select"})
_SIGN = "&n="


def role_and_level(
    request: ShowSkill | ShowGroup | ShowRole,
    shown: Rung,
    tr: Translator,
    *,
    roles: Sequence[Role] = (),
    own_role: str | None = None,
    here: Level | None = None,
) -> list[Actions]:
    """Build the row of menus as a list of one, or of none where there is nothing to choose.

    Args:
        request: what the card shows, with role and level named: it becomes the block's id.
        shown: the role and level on the card.
        tr: the member's language.
        roles: the roles to turn to; none where the card is of one role.
        own_role: the key of the member's role.
        here: the member's level, where the shown role is theirs.
    """
    elements: list[Element] = []
    if len(roles) > 1:
        elements.append(role_menu(shown, roles, own_role, tr))
    if len(shown.role.ladder.levels) > 1:
        elements.append(level_menu(Action.LEVEL, shown.role.ladder.levels, shown.level, here, tr))
    return [actions(elements, encode(request))] if elements else []


def level_menu(
    action: Action,
    levels: Sequence[Level],
    chosen: Level | None,
    here: Level | None,
    tr: Translator,
) -> StaticSelect:
    """Build a menu of levels; an option's value is the level's key."""
    own = here.key if here is not None else None
    options = [_level_option(tr.of(each.name), each.key, each.key == own, tr) for each in levels]
    return select(action, tr("Choose a level"), options, chosen.key if chosen else None)


# The same few options stand in the menus of all cards.
@lru_cache(maxsize=256)
def _level_option(name: str, key: str, own: bool, tr: Translator) -> Option:
    level = unmarked(name)
    label = tr("Level: {level} (yours)", level=level) if own else tr("Level: {level}", level=level)
    return option(label, key)


def role_menu(
    shown: Rung, roles: Sequence[Role], own_role: str | None, tr: Translator
) -> StaticSelect | ExternalSelect:
    """Build a menu of roles, each at the counterpart of the shown level, with the shown one set."""
    options = _role_options(shown, roles, own_role, tr)
    if not options:
        finder = typeahead(Action.FIND_ROLE, tr("Choose a role"), min_query_length=0)
        finder["initial_option"], _ = _role_option(shown.role, shown.level, own_role, tr)
        return finder
    chosen = options[shown.role.key]["value"]
    return select(Action.FIND_ROLE, tr("Choose a role"), list(options.values()), chosen)


def _role_options(
    shown: Rung, roles: Sequence[Role], own_role: str | None, tr: Translator
) -> dict[str, Option]:
    """Return an option for each role, by its key.

    There is none at all where they are too many or take too much room.
    """
    others = [each for each in roles if each.key != shown.role.key]
    if len(others) >= MOST_ROLES:
        return {}
    options: dict[str, Option] = {}
    room = MOST_SIGNS
    for role in (shown.role, *others) if len(others) == len(roles) else roles:
        same = role.ladder is shown.role.ladder
        level = shown.level if same else role.ladder.counterpart(shown.level)
        built, size = _role_option(role, level, own_role, tr)
        room -= size
        if room < 0:
            return {}
        options[role.key] = built
    return options


def _role_option(
    role: Role, level: Level | None, own_role: str | None, tr: Translator
) -> tuple[Option, int]:
    """Return the option, and how many signs it takes."""
    at = level.key if level else None
    return _named_role(tr.of(role.name), role.key, at, role.key == own_role, tr)


# Of large frameworks too: three hundred roles at five levels in two languages.
@lru_cache(maxsize=4096)
def _named_role(
    name: str, key: str, level: str | None, own: bool, tr: Translator
) -> tuple[Option, int]:
    value = encode(ShowRole(key, (level,) if level else ()))
    if len(value) > limits.OPTION_VALUE:
        value = encode(ShowRole(key))
    label = tr("Role: {role}", role=unmarked(name))
    built = option(label, value, tr("your role") if own else None)
    return built, len(built["text"]["text"]) + len(value)


def completed(block_id: str, chosen: ShowCard) -> ShowCard:
    """Put a chosen role into what waits for it in the menu's block, if anything does.

    A card of a skill or group waits for another role to show, with the level that stands for the
    shown one there; a gap waits for a role to go to or to come from.
    """
    if not isinstance(chosen, ShowGap | ShowRole):
        return chosen
    try:
        waiting = decode(block_id)
    except OutdatedCard:
        return chosen
    if isinstance(chosen, ShowRole):
        if not isinstance(waiting, ShowSkill | ShowGroup):
            return chosen
        levels = chosen.levels or waiting.levels
        if isinstance(waiting, ShowSkill):
            return replace(waiting, role=chosen.role, levels=levels)
        return replace(waiting, role=chosen.role, levels=levels, page=0)
    if not isinstance(waiting, ShowGap):
        return chosen
    if waiting.role is None:
        return replace(waiting, role=chosen.role)
    return replace(waiting, origin_role=chosen.role)


def renewed(blocks: Sequence[Mapping[str, Any]], occasion: str) -> list[dict[str, Any]]:
    """Return the blocks with a new id for each that holds a menu and has a request as its id.

    `occasion` is another text each time, such as a response URL. Who reads a request from the id
    overlooks the mark, and an id that has no room for it stays.
    """
    mark = f"{_SIGN}{crc32(occasion.encode()):x}"
    return [_marked(block, mark) for block in blocks]


def _marked(block: Mapping[str, Any], mark: str) -> dict[str, Any]:
    block_id = block.get("block_id", "")
    if "?" not in block_id or not _holds_menu(block):
        return {**block}
    told = f"{block_id.partition(_SIGN)[0]}{mark}"
    return {**block, "block_id": told if len(told) <= limits.BLOCK_ID else block_id}


def _holds_menu(block: Mapping[str, Any]) -> bool:
    elements = [*block.get("elements", ()), block.get("accessory") or {}]
    return block["type"] in ("actions", "section") and any(
        each.get("type") in _MENUS for each in elements
    )

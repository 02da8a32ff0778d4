"""The modal of *Find a skill*: type a name, read the profile, turn it to another level."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import (
    Actions,
    Block,
    Element,
    Table,
    View,
    actions,
    context,
    divider,
    option,
    plain,
    section,
    select,
    typeahead,
)
from bot.cards.card import level_options
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.skill_card import skill_card
from bot.cards.mrkdwn import bold, safe
from bot.domain.answers import Answer
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ShowSkill
from bot.text.translator import Translator

_CELL = 120


def finder_view(tr: Translator, answer: Answer | None = None) -> View:
    """Build the modal: empty at first, then with the skill that `answer` is about."""
    profile = answer.body if answer else None
    blocks: list[Block]
    if answer and isinstance(profile, SkillProfile):
        blocks = [_finder(tr, profile), divider(), *_profile(answer, profile, tr)]
    else:
        hint = tr("Type the name of a skill or of a group of skills.")
        blocks = [_finder(tr, None), context(hint)]
    return {
        "type": "modal",
        "callback_id": Callback.FINDER,
        "title": plain(tr("Find a skill"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }


def _finder(tr: Translator, profile: SkillProfile | None) -> Actions:
    """Build the controls; the block's id carries the skill for the level selector."""
    finder = typeahead(Action.FINDER, tr("Find a skill"))
    elements: list[Element] = [finder]
    if profile is None:
        return actions(elements)
    request = ShowSkill(profile.skill.key)
    if len(encode(request)) <= limits.OPTION_VALUE:
        finder["initial_option"] = option(tr.of(profile.skill.name), encode(request))
    if profile.rung:
        request = ShowSkill(profile.skill.key, role=profile.rung.role.key)
        options = level_options(profile.rung.role.ladder.levels, tr)
        chosen = profile.rung.level.key
        elements.append(select(Action.FINDER_LEVEL, tr("Choose a level"), options, chosen))
    return actions(elements, encode(request))


def _profile(answer: Answer, profile: SkillProfile, tr: Translator) -> list[Block]:
    """Return the card's blocks; a modal takes no tables, so the depth is told in words."""
    card = skill_card(answer, profile, {}, tr, shared=True)
    blocks: list[Block] = []
    for block in card.blocks:
        if block["type"] == "table":
            blocks += [divider(), *_in_words(block, tr)]
        else:
            blocks.append(block)
    return blocks


def _in_words(table: Table, tr: Translator) -> list[Block]:
    head, *rows = ([cell["text"] for cell in row] for row in table["rows"])
    lines = [_line(head, row, tr) for row in rows]
    return [section(tr("*At each level*")), *(context(line) for line in lines)]


def _line(head: Sequence[str], row: Sequence[str], tr: Translator) -> str:
    """Return a row as mrkdwn, every cell behind the name of its role."""
    level, *cells = row
    named = [
        tr("{role}: {standing}", role=safe(role, _CELL), standing=safe(cell, _CELL))
        for role, cell in zip(head[1:], cells, strict=False)
    ]
    return "\n".join([bold(level, _CELL), *named])

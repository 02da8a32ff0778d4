"""The modal of *Find a skill*: type a name, read the profile, turn it to another level."""

from bot.cards import limits
from bot.cards.blocks import Actions, Block, View, actions, context, divider
from bot.cards.card import Room
from bot.cards.choosers import level_menu
from bot.cards.elements import Element, option, plain, typeahead
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.level_table import levels_in_words
from bot.cards.lookup.skill_card import skill_card
from bot.domain.answers import Answer
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ShowSkill
from bot.text.translator import Translator

# A modal takes 100 blocks and a quarter of a million characters: no level is left out.
_ROOM = Room(600, 80, 12)


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
        rung = profile.rung
        # The level too, so that the id is another one when it changes; what is chosen replaces it.
        request = ShowSkill(profile.skill.key, (rung.level.key,), rung.role.key)
        levels = rung.role.ladder.levels
        elements.append(level_menu(Action.FINDER_LEVEL, levels, rung.level, profile.here, tr))
    return actions(elements, encode(request))


def _profile(answer: Answer, profile: SkillProfile, tr: Translator) -> list[Block]:
    """Return the card's blocks; a modal takes no tables, so the levels are told in words."""
    card = skill_card(answer, profile, {}, tr, shared=True)
    blocks: list[Block] = []
    for block in card.blocks:
        if block["type"] == "table":
            blocks += [divider(), *levels_in_words(profile, tr, _ROOM)]
        else:
            blocks.append(block)
    return blocks

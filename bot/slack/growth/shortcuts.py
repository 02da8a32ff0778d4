"""Shortcuts: *Save as growth evidence* on a message, *Find a skill* from anywhere."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.elements import Option
from bot.cards.ids import Action, Shortcut
from bot.cards.lookup.finding.finder_view import finder_view
from bot.cards.lookup.finding.suggestions import suggestion_options
from bot.domain.answers import NeedsLevel
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.gone import gone_level
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ShowSkill
from bot.services.lookup.showing import show
from bot.services.lookup.typeahead import suggest_skills
from bot.slack.context import Here
from bot.slack.growth.evidence_forms import form_to_quote
from bot.slack.press import Press, QuotedMessage, Suggestion
from bot.slack.reply.forms import open_modal, turn
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register the shortcuts, and what can be done in the modal of *Find a skill*."""
    on.shortcut(Shortcut.SAVE_EVIDENCE, save_evidence)
    on.shortcut(Shortcut.FIND_SKILL, find_skill)
    on.suggestion(Action.FINDER, suggest)
    on.press(Action.FINDER, ShowSkill, show_found)
    on.choice(Action.FINDER_LEVEL, ShowSkill, choose_level)


async def save_evidence(used: Press[QuotedMessage], here: Here) -> None:
    """Open the form with the message as a note; its author and channel hear nothing of it."""
    await open_modal(here, used, await form_to_quote(here, used.request))


async def find_skill(used: Press[QuotedMessage], here: Here) -> None:
    """Open the modal that finds a skill."""
    await open_modal(here, used, finder_view(here.tr))


async def suggest(suggestion: Suggestion, here: Here) -> Sequence[Option]:
    """Suggest skills for what was typed so far."""
    return suggestion_options(suggest_skills(here.shelf, suggestion.typed), here.tr)


async def show_found(press: Press[ShowSkill], here: Here) -> None:
    """Show the profile of the skill that was chosen."""
    answer = show(here.shelf.catalogue, press.request, here.viewer)
    match answer.body:
        case NeedsLevel(role):
            raise gone_level(role, press.chosen)
        case body if not isinstance(body, SkillProfile):
            raise OutdatedCard
    await turn(here, press.surface, finder_view(here.tr, answer))


async def choose_level(press: Press[ShowSkill], here: Here) -> None:
    """Turn the profile to another level."""
    request = replace(press.request, levels=(press.chosen,))
    await show_found(press.carrying(request), here)

"""Typeahead selects: suggestions while a member types."""

from collections.abc import Sequence

from bot.cards.elements import Option
from bot.cards.ids import Action
from bot.cards.lookup.finding.suggestions import suggestion_options
from bot.services.lookup.typeahead import suggest_roles, suggest_subjects, suggest_targets
from bot.slack.context import Here
from bot.slack.press import Suggestion
from bot.slack.routes import Routes

_SUGGEST = {
    Action.FIND: suggest_subjects,
    Action.FIND_ROLE: suggest_roles,
    Action.FIND_TARGET: suggest_targets,
}


def register(on: Routes) -> None:
    """Register the suggestions."""
    for action in _SUGGEST:
        on.suggestion(action, suggest)


async def suggest(suggestion: Suggestion, here: Here) -> Sequence[Option]:
    """Suggest names for what was typed so far."""
    found = _SUGGEST[Action(suggestion.action)](here.shelf, suggestion.typed)
    return suggestion_options(found, here.tr)

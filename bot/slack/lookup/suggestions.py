"""Typeahead selects: suggestions while a member types."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.cards.ids import Action
from bot.cards.lookup.suggestions import suggestion_options
from bot.services.lookup.typeahead import suggest_roles, suggest_subjects, suggest_targets
from bot.slack.context import here_of
from bot.slack.reply.answering import as_json

_SUGGEST = {
    Action.FIND: suggest_subjects,
    Action.FIND_ROLE: suggest_roles,
    Action.FIND_TARGET: suggest_targets,
}


def register(app: AsyncApp) -> None:
    """Register the suggestions."""
    for action in _SUGGEST:
        app.options(action)(suggest)


async def suggest(ack: AsyncAck, payload: dict[str, Any], context: AsyncBoltContext) -> None:
    """Suggest names for what was typed so far."""
    here = here_of(context)
    offers = _SUGGEST[Action(payload["action_id"])](here.shelf, payload.get("value") or "")
    await ack(options=[as_json(each) for each in suggestion_options(offers, here.tr)])

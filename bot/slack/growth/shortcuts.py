"""Shortcuts: *Save as growth evidence* on a message, *Find a skill* from anywhere."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.ids import Action, Shortcut
from bot.cards.lookup.finder_view import finder_view
from bot.cards.lookup.suggestions import suggestion_options
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import ShowSkill
from bot.services.lookup.lookups import show
from bot.services.lookup.typeahead import suggest_skills
from bot.slack.context import Here, here_of
from bot.slack.growth.evidence_forms import form_to_quote
from bot.slack.reply.answering import as_json, requested_card

Payload = dict[str, Any]


def register(app: AsyncApp) -> None:
    """Register the shortcuts, and what can be done in the modal of *Find a skill*."""
    app.shortcut(Shortcut.SAVE_EVIDENCE)(save_evidence)
    app.shortcut(Shortcut.FIND_SKILL)(find_skill)
    app.options(Action.FINDER)(suggest)
    app.action(Action.FINDER)(show_found)
    app.action(Action.FINDER_LEVEL)(choose_level)


async def save_evidence(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the form with the message as a note; its author and channel hear nothing of it."""
    view = form_to_quote(here_of(context), body, api_url=client.base_url)
    await client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=as_json(view))
    await ack()


async def find_skill(
    ack: AsyncAck, body: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Open the modal that finds a skill."""
    view = as_json(finder_view(here_of(context).tr))
    await client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=view)
    await ack()


async def suggest(ack: AsyncAck, payload: Payload, context: AsyncBoltContext) -> None:
    """Suggest skills for what was typed so far."""
    here = here_of(context)
    offers = suggest_skills(here.shelf, payload.get("value") or "")
    await ack(options=[as_json(each) for each in suggestion_options(offers, here.tr)])


async def show_found(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Show the profile of the skill that was chosen."""
    request = _skill((action.get("selected_option") or {}).get("value", ""))
    await _turn(here_of(context), client, body, request)
    await ack()


async def choose_level(
    ack: AsyncAck, body: Payload, action: Payload, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Turn the profile to another level; the select's block names the skill."""
    level = (action.get("selected_option") or {}).get("value", "")
    request = replace(_skill(action.get("block_id", "")), levels=(level,))
    await _turn(here_of(context), client, body, request)
    await ack()


async def _turn(here: Here, client: AsyncWebClient, body: Payload, request: ShowSkill) -> None:
    view = body.get("view") or {}
    answer = show(here.shelf.catalogue, request, here.viewer)
    if not isinstance(answer.body, SkillProfile):
        raise OutdatedCard
    shown = as_json(finder_view(here.tr, answer))
    await client.views_update(view_id=view.get("id"), hash=view.get("hash"), view=shown)


def _skill(value: str) -> ShowSkill:
    request = requested_card(value)
    if not isinstance(request, ShowSkill):
        raise OutdatedCard
    return request

"""The answers to `/growth`, one per topic."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.cards.card import TYPED, Card, listed
from bot.cards.growth.rung_form import goal_view, role_view
from bot.cards.lookup.role_choice_card import role_choice_card
from bot.cards.mrkdwn import safe
from bot.cards.nudges.typed import slip_note
from bot.cards.render import render
from bot.domain.answers import Answer, GapReport, Help
from bot.domain.days.target import target_day_reader
from bot.domain.growth.command import GrowthCommand, Topic, growth_reader
from bot.domain.growth.own_gap import goal_request
from bot.domain.local_time import local_day
from bot.domain.lookup.profiles import RoleOverview
from bot.domain.lookup.requests import ShowGap
from bot.domain.lookup.skill_offer import HelpSide
from bot.services.growth.goals import Kept
from bot.services.lookup.lookups import asks_for_help
from bot.services.lookup.matching import nearest
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.role_choice import role_command
from bot.slack.context import Here
from bot.slack.growth.hub import goal_note, hub_of, recorded, role_note, set_goal
from bot.slack.growth.rung_forms import goal_form, role_form
from bot.slack.members.forget import open_forget
from bot.slack.members.parcels import send_chart, send_my_data
from bot.slack.members.settings_view import settings_of
from bot.slack.nudges.typed import answer_nudges
from bot.slack.press import Command
from bot.slack.reply.forms import form_origin, open_modal, with_member
from bot.slack.reply.home import refresh_home
from bot.slack.teams.helping.typed_offers import answer_offer
from bot.slack.teams.share_forms import answer_share
from bot.slack.teams.team_view.opening import open_team


async def answer_growth(here: Here, command: Command) -> Card | None:
    """Answer what was typed after `/growth`; None where a modal is the answer.

    Raises:
        QueryTooLong: the text is longer than any name could be.
        NoGoalThere: there is no way to the goal that was typed.
    """
    text, typed = command.text, here.services.typed_words
    if asks_for_help(text, typed):
        return help_of(here)
    asked = growth_reader(typed).read(text, nearest)
    return await _ANSWERS[asked.topic](here, command, asked)


def help_of(here: Here) -> Card:
    """Return the help of `/growth`."""
    return render(Answer(Help("growth"), here.viewer), here.tr)


async def _help(here: Here, _command: Command, _asked: GrowthCommand) -> Card | None:
    return help_of(here)


async def _hub(here: Here, _command: Command, asked: GrowthCommand) -> Card | None:
    note = ""
    if asked.unknown:
        words = f"“{safe(asked.unknown, TYPED)}”"
        note = here.tr("I did not understand {words}. Here is what I have of you:", words=words)
    return await hub_of(here, note=note)


async def _role(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    if not asked.rest:
        await open_modal(here, command, role_view(role_form(here, form_origin(command)), here.tr))
        return None
    answer = role_command(here.shelf, asked.rest, here.viewer)
    if not isinstance(answer.body, RoleOverview) or answer.body.level is None:
        return role_choice_card(answer, here.tr)
    here = await recorded(here, answer.body.role.key, answer.body.level.key)
    refresh_home(here)
    return await hub_of(here, note=role_note(here), explained=answer)


async def _goal(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    if not asked.rest:
        await _open_goal_form(here, command)
        return None
    today = local_day(here.services.clock.now(), here.member.time_zone)
    dated = target_day_reader(here.services.typed_words).take(asked.rest, today)
    goal = (await here.held()).growth.active_goal
    if dated.text:
        answer = gap_command(here.shelf, dated.text, here.viewer)
    elif goal is not None:
        # Only a day was typed: that of the goal as it is.
        answer = show_gap(here.shelf.catalogue, goal_request(goal), here.viewer)
    else:
        await _open_goal_form(here, command)
        return None
    if not isinstance(answer.body, GapReport) or not isinstance(answer.request, ShowGap):
        return render(replace(answer, for_goal=True), here.tr)
    by = None if dated.dropped else dated.day or Kept.DAY
    told = await set_goal(here, answer.request, by=by)
    refresh_home(here)
    return await hub_of(here, note=await goal_note(here, told), explained=answer)


async def _open_goal_form(here: Here, command: Command) -> None:
    form = await goal_form(here, form_origin(command), ShowGap())
    await open_modal(here, command, goal_view(form, here.tr))


async def _status(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    told = await send_chart(here, command)
    lines = [_taken(here, asked), told]
    note = "\n".join(line for line in lines if line)
    return await hub_of(here, note=note, examples=("/promote-gap", "/growth help"))


async def _offer(here: Here, _command: Command, asked: GrowthCommand) -> Card | None:
    return await answer_offer(here, asked.rest, HelpSide.HELP)


async def _learn(here: Here, _command: Command, asked: GrowthCommand) -> Card | None:
    return await answer_offer(here, asked.rest, HelpSide.LEARN)


async def _share(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    return await answer_share(here, command, asked.rest)


async def _team(here: Here, command: Command, _asked: GrowthCommand) -> Card | None:
    await open_team(here, command)
    return None


async def _export(here: Here, command: Command, _asked: GrowthCommand) -> Card | None:
    return await send_my_data(here, command)


async def _forget(here: Here, command: Command, _asked: GrowthCommand) -> Card | None:
    await open_forget(here, command)
    return None


async def _language(here: Here, command: Command, asked: GrowthCommand) -> Card | None:
    if not asked.rest:
        await open_modal(here, command, settings_of(here))
        return None
    tag = here.services.translators.named(asked.rest)
    if tag is None:
        known = here.services.translators.own_names.values()
        words = f"“{safe(asked.rest, TYPED)}”"
        note = here.tr(
            "I do not speak {words}. I speak: {languages}.",
            words=words,
            languages=listed([*known], here.tr),
        )
        return await hub_of(here, note=note)
    here = await with_member(here, await here.services.members.choose_language(here.member, tag))
    refresh_home(here)
    note = here.tr("From now on I speak {language} to you.", language=here.tr.language_name(tag))
    return await hub_of(here, note=note)


def _taken(here: Here, asked: GrowthCommand) -> str:
    """Say for what a misspelt topic was taken."""
    if not asked.corrected:
        return ""
    return slip_note(asked.corrected, asked.taken_for, here.tr)


_ANSWERS: Mapping[Topic, Callable[[Here, Command, GrowthCommand], Awaitable[Card | None]]] = (
    MappingProxyType(
        {
            Topic.HUB: _hub,
            Topic.ROLE: _role,
            Topic.GOAL: _goal,
            Topic.STATUS: _status,
            Topic.SHARE: _share,
            Topic.TEAM: _team,
            Topic.NUDGES: answer_nudges,
            Topic.PAUSE: answer_nudges,
            Topic.RESUME: answer_nudges,
            Topic.STOP: answer_nudges,
            Topic.LANGUAGE: _language,
            Topic.OFFER: _offer,
            Topic.LEARN: _learn,
            Topic.EXPORT: _export,
            Topic.FORGET_ME: _forget,
            Topic.HELP: _help,
        }
    )
)

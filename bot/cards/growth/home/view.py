"""The App Home as a view."""

from dataclasses import replace

from bot.cards.blocks import Block, HomeView, actions, divider, section
from bot.cards.card import NAME
from bot.cards.catalogue.panel import panel_blocks
from bot.cards.elements import button
from bot.cards.evidence_lines import home_evidence
from bot.cards.growth.home.goal import goal_blocks
from bot.cards.growth.home.nudges import nudge_blocks
from bot.cards.growth.home.start import start_blocks
from bot.cards.growth.home.welcome import welcome
from bot.cards.ids import Action
from bot.cards.installs.frameworks import home_frameworks
from bot.cards.links import encode
from bot.cards.lookup.details.actions import home_actions
from bot.cards.more_menu import more_menu
from bot.cards.mrkdwn import named
from bot.cards.teams.helping.home_offers import home_offers
from bot.cards.teams.home_lines import sharing_blocks
from bot.cards.teams.home_talks import home_talks
from bot.domain.answers import Receipt
from bot.domain.growth.goal import GoalState
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ShowCard, ShowGap
from bot.text.translator import Translator
from bot.text.words import rung_name


def home_view(
    page: HomePage,
    tr: Translator,
    *,
    choosing: str | None = None,
    receipt: Receipt | None = None,
) -> HomeView:
    """Build the Home for `views.publish`.

    `choosing` is the key of a role that was chosen while its level has yet to be, `receipt` what a
    press has just done to one of the items.
    """
    page = _with_receipt(page, receipt)
    blocks: list[Block] = []
    if page.rung is None:
        blocks += welcome(page, tr, choosing=choosing)
    if page.goal:
        blocks += goal_blocks(page.goal, page.rung, tr, today=page.today)
    elif page.rung:
        blocks += start_blocks(page, page.rung, tr)
    blocks += home_actions(page.actions, page.today, tr)
    if page.rung or page.goal or page.pieces:
        blocks += [divider(), *home_evidence(page, tr)]
    blocks += nudge_blocks(page, tr)
    blocks += home_offers(page.offers, tr)
    active = page.goal is not None and page.goal.goal.state is GoalState.ACTIVE
    talks = {each.share_id for each in page.talks}
    today = page.today
    if told := sharing_blocks(page.sharing, tr, has_goal=active, talks=talks, today=today):
        blocks += [divider(), *told]
    blocks += home_talks(page.talks, page.today, tr)
    if page.frameworks and (told := home_frameworks(page.frameworks, tr)):
        blocks += [divider(), *told]
    if page.panel:
        blocks += [divider(), *panel_blocks(page.panel, tr)]
    return {"type": "home", "blocks": [*blocks, divider(), *_foot(page, tr)]}


def _with_receipt(page: HomePage, receipt: Receipt | None) -> HomePage:
    if receipt is None:
        return page
    goal, steps = page.goal, page.steps
    if goal and goal.report:
        goal = replace(goal, body=replace(goal.report, receipt=receipt))
    return replace(page, goal=goal, steps=tuple(replace(each, receipt=receipt) for each in steps))


def _foot(page: HomePage, tr: Translator) -> list[Block]:
    """Say who the member is here, with the way to change it and to the settings."""
    if page.rung is None:
        return [actions([button(Action.SETTINGS, tr("Settings"), "settings")])]
    offered: dict[Action | ShowCard, str] = {Action.CHANGE_ROLE: tr("Change Role…")}
    if not page.goal:
        offered[Action.CHANGE_GOAL] = tr("Another Goal…")
    offered[Action.SETTINGS] = tr("Settings…")
    you = tr("*You:* {rung}", rung=named(rung_name(page.rung, tr), NAME * 2))
    foot = section(f"{you}\n{tr('Only you see this page.')}", more_menu(offered, 1))
    foot["block_id"] = encode(ShowGap())
    return [foot]

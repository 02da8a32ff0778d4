"""The App Home as a view."""

from bot.cards.blocks import Block, HomeView, actions, button, context, divider
from bot.cards.card import NAME
from bot.cards.catalogue.panel import panel_blocks
from bot.cards.evidence_lines import recent_evidence
from bot.cards.growth.home.goal import goal_blocks
from bot.cards.growth.home.nudges import nudge_blocks
from bot.cards.growth.home.start import start_blocks
from bot.cards.growth.home.welcome import welcome
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold
from bot.domain.home_page import HomePage
from bot.text.translator import Translator
from bot.text.words import rung_name


def home_view(page: HomePage, tr: Translator, *, choosing: str | None = None) -> HomeView:
    """Build the Home for `views.publish`.

    `choosing` is the key of a role that was chosen while its level has yet to be.
    """
    blocks: list[Block] = []
    if page.rung is None:
        blocks += welcome(page, tr, choosing=choosing)
    if page.goal:
        blocks += goal_blocks(page.goal, page.rung, tr)
    elif page.rung:
        blocks += start_blocks(page, tr)
    blocks += nudge_blocks(page, tr)
    if page.rung or page.goal or page.pieces:
        blocks += [divider(), *recent_evidence(page.evidence, page.pieces, tr)]
    if page.panel:
        blocks += [divider(), *panel_blocks(page.panel, tr)]
    return {"type": "home", "blocks": [*blocks, divider(), *_foot(page, tr)]}


def _foot(page: HomePage, tr: Translator) -> list[Block]:
    """Say who the member is here, with the way to change it and to the settings."""
    buttons = [button(Action.SETTINGS, tr("Settings"), "settings")]
    if page.rung is None:
        return [actions(buttons)]
    buttons.insert(0, button(Action.CHANGE_ROLE, tr("Change Role"), "role"))
    you = tr("You: {rung}", rung=bold(rung_name(page.rung, tr), NAME * 2))
    return [context(you), actions(buttons)]

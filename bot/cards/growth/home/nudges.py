"""Nudges on Home: when the next one comes, and how to change or pause them."""

from bot.cards.blocks import Block, divider, section
from bot.cards.nudges.cadence_words import bounds_text, outlook_text
from bot.cards.nudges.settings_view import nudge_controls, settings_button
from bot.domain.home_page import HomePage
from bot.text.translator import Translator


def nudge_blocks(page: HomePage, tr: Translator) -> list[Block]:
    """Build the section; nothing where there is no goal to ask about, or it is lost."""
    outlook = page.nudges
    if outlook is None or (page.goal and page.goal.lost):
        return []
    told = outlook_text(outlook, tr, paused=page.paused, idle=_nothing_to_ask(page))
    if outlook.guest:
        return [divider(), section("\n".join([tr("*Nudges*"), told]))]
    resting = page.paused or outlook.settings.stopped
    lines = [tr("*Nudges*"), told]
    if not outlook.settings.stopped:
        lines.append(bounds_text(outlook.settings, outlook.working, tr))
    text = "\n".join(each for each in lines if each)
    if resting:
        return [divider(), section(text), nudge_controls(outlook, tr, paused=page.paused)]
    return [divider(), section(text, settings_button(tr))]


def _nothing_to_ask(page: HomePage) -> bool:
    """Tell whether all on the way to the goal is met or put aside, and nothing due."""
    report = page.goal.report if page.goal else None
    return bool(report and report.own and not (report.gap.gaps or report.to_check))

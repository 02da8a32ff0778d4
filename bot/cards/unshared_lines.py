"""Whom a goal is shared with no more because it is over, told to its member."""

from collections.abc import Sequence

from bot.cards.card import listed
from bot.domain.growth.goal import Unshared
from bot.text.translator import Translator


def unshared_text(ended: Unshared, tr: Translator, *, has_goal: bool) -> str:
    """Say who sees the member's goal no more, and how it is shared again, as mrkdwn.

    `has_goal` tells that there is a goal to share now. Empty where nothing ended.
    """
    lines = []
    if ended.saw:
        told = tr.plural(
            "*What you shared ended with its goal:* {people} no longer sees it.",
            "*What you shared ended with its goal:* {people} no longer see it.",
            len(ended.saw),
            people=_people(ended.saw, tr),
        )
        lines.append(told)
    if ended.asked:
        told = tr.plural(
            "*What you offered to share ended with its goal:* {people} is not asked any more.",
            "*What you offered to share ended with its goal:* {people} are not asked any more.",
            len(ended.asked),
            people=_people(ended.asked, tr),
        )
        lines.append(told)
    if lines and has_goal:
        lines.append(tr("To share this goal, type `/growth share @person`."))
    elif lines:
        lines.append(tr("Once you have a goal, `/growth share @person` shares it."))
    return "\n".join(lines)


def _people(ids: Sequence[str], tr: Translator) -> str:
    """Name people by mentions, which Slack shows as names; they notify nobody in a card."""
    return listed([f"<@{each}>" for each in ids], tr)

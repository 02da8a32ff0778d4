"""What a mark has led to, in blocks: a goal that it completed is celebrated where it was made.

With the goal ends whatever was shared of it, which is said beside that.
"""

from bot.cards.blocks import Block, section
from bot.cards.standing_lines import reached_text
from bot.cards.unshared_lines import unshared_text
from bot.domain.lookup.requests import Viewer
from bot.domain.lookup.rung import rung_of
from bot.services.growth.assessing import Marked
from bot.slack.context import Here


def celebration(here: Here, marked: Marked) -> list[Block]:
    """Celebrate the goal where this mark completed it; else nothing."""
    if not marked.reached:
        return []
    goal = marked.held.growth.goal
    rung = rung_of(here.shelf.catalogue, Viewer(goal.role, goal.level)) if goal else None
    told = unshared_text(marked.unshared, here.tr, has_goal=False)
    text = reached_text(rung, here.tr, marked.put_aside)
    return [section(each) for each in (text, told) if each]

"""Adds to an answer what only the member themself may see: where they stand."""

from dataclasses import replace

from bot.domain.answers import Body, GapReport
from bot.domain.growth.goal import Goal
from bot.domain.growth.own_gap import own_gap
from bot.domain.growth.own_profile import own_profile
from bot.domain.growth.standing import Standings
from bot.domain.lookup.profiles import SkillProfile
from bot.domain.lookup.requests import Viewer


def with_own_state(
    body: Body, standings: Standings, goal: Goal | None, viewer: Viewer | None = None
) -> Body:
    """Return the answer with the member's own state, where its card has a place for it.

    `viewer` is who asked, None where what is measured is the way to their goal.
    """
    match body:
        case GapReport():
            gap, own = own_gap(body.gap, standings, goal, viewer)
            return replace(body, gap=gap, own=own)
        case SkillProfile():
            return own_profile(body, standings)
        case _:
            return body

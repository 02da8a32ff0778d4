"""A skill profile as one member sees it: with where they stand."""

from collections.abc import Mapping

from bot.domain.framework import CellKey, key_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.profiles import SkillProfile
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A profile with the member's standing for each cell and step that it shows.

    There is none where nothing was ever said about the skill. `helpers` is how many members offer
    help with it; None where that is not theirs to see.
    """

    profile: SkillProfile
    standings: Mapping[CellKey, Standing]
    helpers: int | None = None


def own_profile(profile: SkillProfile, standings: Standings) -> OwnProfile:
    """Look up where the member stands with what a profile shows."""
    if profile.skill.key not in standings.touched:
        return OwnProfile(profile, {})
    steps = (each.target if isinstance(each, Gap) else each.expectation for each in profile.steps)
    shown = (*(each.expectation for each in profile.cells), *steps)
    known = {key_of(each): standings.of(each) for each in shown if each is not None}
    return OwnProfile(profile, known)

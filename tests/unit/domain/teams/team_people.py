"""People of a team, for tests of what is shown of them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue, RevisionInfo
from bot.domain.teams.share import Share, ShareState
from bot.domain.teams.team_view import TeamCell, TeamGoal, TeamPerson
from bot.domain.text import LocalText
from tests.factories import big_catalogue

NOW = datetime(2026, 3, 2, tzinfo=UTC)
CATALOGUE = Catalogue(
    RevisionInfo(1, "builtin", 1, "Sample Owner", "", NOW),
    big_catalogue(skills=6, roles=2, levels=3, expectations=36),
)
RUNGS = [Rung(role, level) for role in CATALOGUE.content.roles for level in role.ladder.levels]
SKILLS = [each.key for each in CATALOGUE.content.skills]
CELLS = st.dictionaries(st.sampled_from(SKILLS), st.sampled_from(TeamCell))


def person(
    number: int, rung: Rung | None, cells: dict[str, TeamCell], *, name: str = ""
) -> TeamPerson:
    """Return somebody who shares a goal of a rung; of one that is gone where there is none."""
    share = Share(number, number, f"U{number}", "U0BOSS", ShareState.ACCEPTED, NOW)
    role, level = (rung.role.key, rung.level.key) if rung else ("gone", "gone")
    goal = TeamGoal(share, role, level, rung)
    return TeamPerson(goal, name, cells, {each: LocalText(each) for each in cells})

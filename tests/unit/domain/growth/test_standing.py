"""Where a member stands: each rule by example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.framework import Catalogue, CellKey, Expectation, Proficiency, Requirement, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import (
    FRESH_FOR,
    NO_GROWTH,
    Due,
    Growth,
    OwnCell,
    Standing,
    Standings,
    growth_of,
)
from bot.domain.text import LocalText
from tests.factories import big_catalogue
from tests.strategies import REVISION

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
AWARENESS, WORKING, ADVANCED, EXPERT = (
    Proficiency(key, LocalText(key), rank)
    for rank, key in enumerate(("awareness", "working", "advanced", "expert"), start=1)
)
BASE = big_catalogue(skills=2, roles=2, levels=3, expectations=12)
CATALOGUE = Catalogue(
    REVISION,
    replace(
        BASE,
        proficiencies=(AWARENESS, WORKING, ADVANCED, EXPERT),
        skills=tuple(replace(each, depths={}) for each in BASE.skills),
        expectations=(),
    ),
)


def asks(
    depth: Proficiency | None,
    *,
    role: int = 0,
    level: int = 0,
    skill: int = 0,
    requirement: Requirement = Requirement.REQUIRED,
) -> Expectation:
    content = CATALOGUE.content
    return Expectation(
        content.roles[role],
        content.roles[role].ladder.levels[level],
        content.skills[skill],
        requirement,
        depth,
    )


def mark(
    expectation: Expectation,
    status: Status = Status.MET,
    *,
    at: datetime = NOW,
    depth: Proficiency | None = None,
) -> Assessment:
    """A mark on an expectation; `depth` where another was asked when it was made."""
    asked = depth or expectation.proficiency
    return Assessment(key_of(expectation), status, at, asked.key if asked else None)


def shown(*expectations: Expectation, at: datetime) -> Evidence:
    supports = frozenset(key_of(each) for each in expectations)
    return Evidence(1, EvidenceKind.NOTE, "a note", None, at, supports)


def stands(
    expectation: Expectation,
    *history: Assessment,
    evidence: tuple[Evidence, ...] = (),
    now: datetime = NOW,
) -> Standing:
    return Standings(growth_of(history, evidence), CATALOGUE, now=now).of(expectation)


HERE = asks(WORKING)


def test_nothing_marked_is_not_yet() -> None:
    standing = stands(HERE)
    assert standing == Standing(key_of(HERE))
    assert (standing.status, standing.met, standing.own) == (Status.NOT_YET, False, False)
    assert Standings(NO_GROWTH, CATALOGUE, now=NOW).of(HERE) == standing


@pytest.mark.parametrize("status", Status)
def test_the_newest_mark_of_an_expectation_counts(status: Status) -> None:
    first = mark(HERE, Status.WORKING, at=NOW - DAY)
    standing = stands(HERE, first, mark(HERE, status))
    assert (standing.status, standing.own) == (status, True)
    assert standing.met == (status is Status.MET)


@pytest.mark.parametrize("asked", [AWARENESS, WORKING, ADVANCED])
@pytest.mark.parametrize(("role", "level"), [(1, 0), (0, 2), (1, 1)])
def test_met_at_a_depth_counts_wherever_that_or_less_is_asked(
    asked: Proficiency, role: int, level: int
) -> None:
    elsewhere = asks(ADVANCED, role=role, level=level)
    standing = stands(asks(asked), mark(elsewhere))
    assert (standing.met, standing.own) == (True, False)
    assert standing.mark == mark(elsewhere)


def test_met_does_not_count_deeper_nor_for_another_skill() -> None:
    assert not stands(asks(EXPERT), mark(asks(ADVANCED, role=1))).met
    assert not stands(HERE, mark(asks(EXPERT, skill=1))).met


def test_without_a_stated_depth_only_the_own_mark_counts() -> None:
    open_ended, elsewhere = asks(None), asks(None, role=1)
    assert not stands(open_ended, mark(elsewhere), mark(asks(EXPERT, level=1))).met
    assert stands(open_ended, mark(open_ended)).met
    assert not stands(HERE, mark(elsewhere)).met, "no depth covers no depth"


def test_a_depth_that_the_catalogue_no_longer_has_covers_only_its_own_expectation() -> None:
    gone = Proficiency("mastery", LocalText("Mastery"), 9)
    elsewhere = asks(WORKING, role=1)
    assert not stands(HERE, mark(elsewhere, depth=gone)).met
    assert stands(elsewhere, mark(elsewhere, depth=gone)) == Standing(
        key_of(elsewhere), mark(elsewhere, depth=gone)
    )


def test_the_own_mark_and_one_that_covers_it_compete_by_date() -> None:
    deeper = asks(ADVANCED, role=1)
    own = mark(HERE, Status.WORKING, at=NOW - HOUR)
    assert stands(HERE, own, mark(deeper, at=NOW - DAY)).status is Status.WORKING
    assert stands(HERE, own, mark(deeper, at=NOW)).met
    assert stands(HERE, own, mark(deeper, at=own.at)).own, "at the same moment the own one"


def test_a_covering_mark_that_was_taken_back_covers_no_more() -> None:
    deeper = asks(ADVANCED, role=1)
    history = mark(deeper, at=NOW - DAY), mark(deeper, Status.WORKING)
    assert not stands(HERE, *history).met


def test_without_an_own_mark_the_same_depth_elsewhere_speaks_for_it() -> None:
    same, deeper = asks(WORKING, role=1), asks(ADVANCED, level=1)
    assert stands(HERE, mark(same, Status.WORKING)).status is Status.WORKING
    assert stands(HERE, mark(deeper, Status.WORKING)).status is Status.NOT_YET
    newer = mark(asks(WORKING, role=1, level=1), Status.NOT_RELEVANT)
    assert stands(HERE, mark(same, Status.WORKING, at=NOW - DAY), newer).mark == newer


def test_a_met_ages_after_twelve_months() -> None:
    marked = mark(HERE)
    assert stands(HERE, marked, now=NOW + FRESH_FOR).due is None
    standing = stands(HERE, marked, now=NOW + FRESH_FOR + HOUR)
    assert (standing.met, standing.due) == (True, Due.AGED)
    early = Standings(growth_of([marked]), CATALOGUE, now=NOW + 8 * DAY, fresh_for=7 * DAY)
    assert early.of(HERE).due is Due.AGED


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.MET])
def test_only_a_met_ages(status: Status) -> None:
    assert stands(HERE, mark(HERE, status), now=NOW + 2 * FRESH_FOR).due is None


def test_evidence_renews_a_met() -> None:
    late = NOW + FRESH_FOR + HOUR
    old, fresh = shown(HERE, at=NOW), shown(HERE, at=NOW + 30 * DAY)
    assert stands(HERE, mark(HERE), evidence=(old,), now=late).due is Due.AGED
    assert stands(HERE, mark(HERE), evidence=(fresh, old), now=late).due is None
    unrelated = shown(asks(WORKING, skill=1), at=NOW + 30 * DAY)
    assert stands(HERE, mark(HERE), evidence=(unrelated,), now=late).due is Due.AGED


def test_evidence_shown_here_or_there_renews_a_mark_made_there() -> None:
    late, there = NOW + FRESH_FOR + HOUR, asks(ADVANCED, role=1)
    for place in (HERE, there):
        piece = shown(place, at=NOW + 30 * DAY)
        assert stands(HERE, mark(there), evidence=(piece,), now=late).due is None
    assert stands(HERE, mark(there), now=late).due is Due.AGED


def test_an_expectation_that_asks_for_more_than_when_it_was_marked_is_due() -> None:
    raised = stands(HERE, mark(HERE, depth=AWARENESS))
    assert (raised.met, raised.due) == (True, Due.RAISED)
    assert stands(HERE, mark(HERE, depth=EXPERT)).due is None
    assert stands(HERE, mark(HERE)).due is None
    # Being asked for more is the stronger reason.
    assert stands(HERE, mark(HERE, depth=AWARENESS), now=NOW + 2 * FRESH_FOR).due is Due.RAISED
    covered = stands(HERE, mark(HERE, depth=AWARENESS), mark(asks(EXPERT, role=1), at=NOW + DAY))
    assert (covered.own, covered.due) == (False, None)


def test_evidence_is_counted_and_listed_per_expectation() -> None:
    other = asks(EXPERT, skill=1)
    both, one = shown(HERE, other, at=NOW), shown(HERE, at=NOW - DAY)
    standings = Standings(growth_of([], (both, one)), CATALOGUE, now=NOW)
    assert standings.evidence_for(key_of(HERE)) == (both, one)
    assert [standings.of(each).evidence for each in (HERE, other, asks(None, level=1))] == [2, 1, 0]
    assert standings.evidence_for(CellKey("no", "such", "cell")) == ()
    assert standings.own_cell(HERE) == OwnCell(standings.of(HERE), (both, one))


def test_progress_counts_required_and_optional_apart() -> None:
    optional = asks(WORKING, level=1, requirement=Requirement.OPTIONAL)
    met, not_met = Standing(key_of(HERE), mark(HERE)), Standing(key_of(HERE))
    left_out = Standing(key_of(HERE), mark(HERE, Status.NOT_RELEVANT))
    assert progress_of([]) == Progress(0, 0, 0, 0)
    assert progress_of([(HERE, met), (optional, not_met)]) == Progress(1, 1, 0, 1)
    assert progress_of([(HERE, left_out), (optional, left_out)]) == Progress(0, 0, 0, 0)


def test_progress_is_complete_with_every_required_one_and_at_least_one() -> None:
    assert Progress(2, 2, 0, 5).complete
    assert not Progress(1, 2, 5, 5).complete
    assert not Progress(0, 0, 3, 3).complete


def test_only_an_active_goal_is_worked_towards() -> None:
    goal = Goal(1, "role", "level", 1, NOW)
    assert Growth(goal=goal).active_goal == goal
    for state in (GoalState.REACHED, GoalState.DROPPED):
        assert Growth(goal=replace(goal, state=state)).active_goal is None
    assert NO_GROWTH.active_goal is None

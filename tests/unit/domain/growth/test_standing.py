"""Where a member stands: each rule by example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.framework import CellKey, Expectation, Proficiency, Requirement, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.holdings import NO_GROWTH, Growth, growth_of
from bot.domain.growth.marked_words import MarkedWords, wanted_parts
from bot.domain.growth.progress import Progress, progress_of
from bot.domain.growth.standing import FRESH_FOR, Due, MarkedElsewhere, OwnCell, Standing, Standings
from bot.domain.revision import Catalogue
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


@pytest.mark.parametrize("asked", [None, AWARENESS, WORKING, ADVANCED])
def test_met_counts_on_lower_levels_of_the_role_that_ask_for_no_more(
    asked: Proficiency | None,
) -> None:
    above = asks(ADVANCED, level=2)
    standing = stands(asks(asked), mark(above))
    assert (standing.met, standing.own) == (True, False)
    assert standing.mark == mark(above)
    assert not stands(asks(EXPERT), mark(above)).met, "never where more is asked"
    assert not stands(asks(asked, level=2), mark(asks(ADVANCED))).met, "never on a higher level"
    elsewhere = asks(asked, role=1)
    if asked is not ADVANCED:  # without words on both sides, the same depth is the same
        assert not stands(elsewhere, mark(above)).met, "never in another role"


def test_met_on_a_higher_level_without_a_stated_depth_covers_no_depth() -> None:
    assert not stands(asks(WORKING), mark(asks(None, level=2))).met
    assert stands(asks(None), mark(asks(None, level=2))).met


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.MET])
def test_only_met_travels(status: Status) -> None:
    assert stands(HERE, mark(asks(WORKING, level=2), status)).mark is None
    assert stands(HERE, mark(asks(WORKING, role=1), status)).mark is None


def test_met_counts_wherever_the_very_same_words_are_asked() -> None:
    words, others = LocalText("Reads logs"), LocalText("Writes logs")
    here, there = replace(HERE, text=words), replace(asks(EXPERT, role=1, level=1), text=words)
    assert told(here, there).met
    assert told(replace(here, text=LocalText("Reads\n logs")), there).met, "but for line breaks"
    assert not told(replace(here, text=others), there).met
    assert not told(HERE, there).met, "no words are not the same words"
    assert told(HERE, asks(WORKING, role=1)).met, "without words: at the same depth"
    assert not told(HERE, asks(ADVANCED, role=1)).met
    assert not told(asks(None), asks(None, role=1)).met, "no depth is not the same depth"
    raised = told(replace(asks(EXPERT), text=words), replace(asks(WORKING, role=1), text=words))
    assert (raised.met, raised.due) == (True, Due.RAISED)


def told(expectation: Expectation, met: Expectation) -> Standing:
    """Stand with an expectation after another one of the same catalogue was met."""
    content = replace(CATALOGUE.content, expectations=(expectation, met))
    return Standings(growth_of([mark(met)]), Catalogue(REVISION, content), now=NOW).of(expectation)


def test_a_depth_that_the_catalogue_no_longer_has_covers_only_its_own_expectation() -> None:
    gone = Proficiency("mastery", LocalText("Mastery"), 9)
    above = asks(WORKING, level=2)
    assert not stands(HERE, mark(above, depth=gone)).met
    assert stands(above, mark(above, depth=gone)) == Standing(
        key_of(above), mark(above, depth=gone)
    )


def test_the_own_mark_and_one_from_above_compete_by_date() -> None:
    above = asks(ADVANCED, level=2)
    own = mark(HERE, Status.WORKING, at=NOW - HOUR)
    assert stands(HERE, own, mark(above, at=NOW - DAY)).status is Status.WORKING
    assert stands(HERE, own, mark(above, at=NOW)).met
    assert stands(HERE, own, mark(above, at=own.at)).own, "at the same moment the own one"


def test_a_met_above_that_was_taken_back_counts_no_more() -> None:
    above = asks(ADVANCED, level=2)
    history = mark(above, at=NOW - DAY), mark(above, Status.WORKING)
    assert not stands(HERE, *history).met


def test_a_met_below_is_named_beside_what_is_open() -> None:
    low, middle, high = asks(WORKING), asks(WORKING, level=1), asks(WORKING, level=2)
    standing = stood(high, low, middle)
    assert (standing.met, standing.likely) == (False, None)
    assert standing.below is not None
    assert standing.below.mark.cell == key_of(middle), "the nearest"
    assert standing.below.asked == middle


def stood(expectation: Expectation, *met: Expectation) -> Standing:
    """Stand where each of these says something else."""
    named = [replace(each, text=LocalText(f"Words {n}")) for n, each in enumerate(met)]
    here = replace(expectation, text=LocalText("Words of its own"))
    content = replace(CATALOGUE.content, expectations=(here, *named))
    found = Standings(
        growth_of([mark(each) for each in named]), Catalogue(REVISION, content), now=NOW
    ).of(here)
    below = found.below
    if below is None:
        return found
    plain = replace(below, asked=replace(below.asked, text=None))
    return replace(found, below=plain)


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize(
    ("depth", "level", "role", "likely"),
    [
        (ADVANCED, 1, 1, True),
        (EXPERT, 2, 1, True),
        (WORKING, 1, 1, False),
        (ADVANCED, 0, 1, False),
        (ADVANCED, 0, 0, False),
    ],
)
def test_likely_needs_another_role_enough_depth_and_a_rung_as_high(
    depth: Proficiency, level: int, role: int, likely: bool, described: bool
) -> None:
    there = replace(asks(depth, level=level, role=role), text=LocalText("There"))
    here = replace(asks(ADVANCED, level=1), text=LocalText("Here"))
    told = LocalText("What it means") if described else None
    depths = tuple(replace(each, summary=told) for each in CATALOGUE.content.proficiencies)
    content = replace(CATALOGUE.content, proficiencies=depths, expectations=(here, there))
    standing = Standings(growth_of([mark(there)]), Catalogue(REVISION, content), now=NOW).of(here)
    assert (standing.likely is not None) == (likely and described)
    assert standing.status is Status.NOT_YET


def test_a_met_whose_words_changed_since_is_due_with_both_texts() -> None:
    before = replace(HERE, text=LocalText("Reads logs"))
    after = replace(HERE, text=LocalText("Reads traces"))
    then = Catalogue(REVISION, replace(CATALOGUE.content, expectations=(before,)))
    newer = replace(REVISION, id=2, number=2)
    now = Catalogue(newer, replace(CATALOGUE.content, expectations=(after,)))
    old = replace(mark(before), revision_id=1)
    words = MarkedWords(now, parts={(1, before.role.key): then})
    standing = Standings(growth_of([old]), now, now=NOW, words=words).of(after)
    assert (standing.met, standing.due) == (True, Due.REWORDED)
    assert standing.read_before == before.text
    again = replace(mark(after), revision_id=2)
    assert Standings(growth_of([old, again]), now, now=NOW, words=words).of(after).due is None
    # A goal may be measured on words older than those that were marked.
    words = MarkedWords(then, now)
    assert Standings(growth_of([again]), then, now=NOW, words=words).of(before).due is None


def test_what_must_be_at_hand_is_only_what_a_met_of_another_revision_needs() -> None:
    met, working = mark(HERE), mark(asks(WORKING, level=1), Status.WORKING)
    here = [replace(each, revision_id=REVISION.id) for each in (met, working)]
    assert wanted_parts(here, CATALOGUE) == frozenset()
    there = [replace(each, revision_id=7) for each in (met, working)]
    assert wanted_parts(there, CATALOGUE) == {(7, HERE.role.key)}
    assert wanted_parts([met], CATALOGUE) == frozenset(), "not known, so taken as today"


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
    late, there = NOW + FRESH_FOR + HOUR, asks(ADVANCED, level=2)
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
    covered = stands(HERE, mark(HERE, depth=AWARENESS), mark(asks(EXPERT, level=2), at=NOW + DAY))
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
    assert progress_of([(HERE, left_out), (optional, left_out)]) == Progress(
        0, 0, 0, 0, required_aside=1, optional_aside=1
    )
    elsewhere = MarkedElsewhere(mark(asks(EXPERT, role=1)), asks(EXPERT, role=1))
    likely = Standing(key_of(HERE), likely=elsewhere)
    assert progress_of([(HERE, likely)]) == Progress(0, 1, 0, 0, required_likely=1)


def test_progress_is_complete_with_every_required_one_and_at_least_one() -> None:
    assert Progress(2, 2, 0, 5).complete
    assert Progress(2, 2, 0, 5, required_aside=3).complete
    assert not Progress(1, 2, 0, 0, required_likely=1).complete
    assert not Progress(1, 2, 5, 5).complete
    assert not Progress(0, 0, 3, 3).complete


def test_only_an_active_goal_is_worked_towards() -> None:
    goal = Goal(1, "role", "level", 1, NOW)
    assert Growth(goal=goal).active_goal == goal
    for state in (GoalState.REACHED, GoalState.DROPPED):
        assert Growth(goal=replace(goal, state=state)).active_goal is None
    assert NO_GROWTH.active_goal is None

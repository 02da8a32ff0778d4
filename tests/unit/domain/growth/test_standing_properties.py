"""What holds for where a member stands, whatever the catalogue and the history of marks."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import Expectation, Level, Role, key_of
from bot.domain.growth.assessment import Assessment, Status, newest_per_cell, withdrawal
from bot.domain.growth.holdings import growth_of
from bot.domain.growth.own_gap import own_gap
from bot.domain.growth.progress import progress_of
from bot.domain.growth.standing import Standing, Standings
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue, expectation_at
from bot.domain.text import LocalText
from tests.properties import examples
from tests.strategies import SMALL, catalogues

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def mark(expectation: Expectation, status: Status, *, at: datetime) -> Assessment:
    asked = expectation.proficiency
    return Assessment(key_of(expectation), status, at, asked.key if asked else None)


@dataclass(frozen=True, slots=True)
class Case:
    """A catalogue, its expectations and a history of marks on them, a day between two."""

    catalogue: Catalogue
    expectations: tuple[Expectation, ...]
    history: tuple[Assessment, ...]

    @property
    def now(self) -> datetime:
        return NOW + len(self.history) * DAY

    def standings(self, history: Sequence[Assessment]) -> list[Standing]:
        found = Standings(growth_of(history), self.catalogue, now=self.now)
        return [found.of(each) for each in self.expectations]

    def next(self, place: int, status: Status) -> Assessment:
        return mark(self.expectations[place], status, at=self.now)


def described(catalogue: Catalogue) -> Catalogue:
    """The same catalogue, with a line on what each depth means."""
    depths = {
        each.key: replace(each, summary=LocalText(f"does {each.key}"))
        for each in catalogue.content.proficiencies
    }
    cells = tuple(
        replace(each, proficiency=depths[each.proficiency.key]) if each.proficiency else each
        for each in catalogue.content.expectations
    )
    content = replace(catalogue.content, proficiencies=tuple(depths.values()), expectations=cells)
    return Catalogue(catalogue.revision, content)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    catalogue = draw(catalogues(SMALL).filter(lambda each: bool(each.content.expectations)))
    if draw(st.booleans()):
        catalogue = described(catalogue)
    expectations = catalogue.content.expectations
    places = st.integers(0, len(expectations) - 1)
    drawn = draw(st.lists(st.tuples(places, st.sampled_from(Status)), max_size=12))
    history = tuple(
        mark(expectations[place], status, at=NOW + number * DAY)
        for number, (place, status) in enumerate(drawn)
    )
    return Case(catalogue, expectations, history)


def same(one: Expectation, other: Expectation) -> bool:
    """Say again, in other words than the code, whether two expectations read the same."""
    words = [each.wording.base if each.wording else None for each in (one, other)]
    if words == [None, None]:
        return one.proficiency is not None and one.proficiency == other.proficiency
    return None not in words and len({" ".join((each or "").split()) for each in words}) == 1


def below(lower: Level, upper: Level) -> bool:
    return lower.rank < upper.rank and (lower.track is None or lower.track == upper.track)


@given(cases())
@examples(60)
def test_a_met_from_elsewhere_has_the_same_words_or_stands_above_at_no_less_depth(
    case: Case,
) -> None:
    for each, standing in zip(case.expectations, case.standings(case.history), strict=True):
        if standing.mark is None or standing.own:
            continue
        source = expectation_at(case.catalogue, standing.mark.cell)
        assert source is not None
        assert standing.met, "only a met travels"
        assert source.skill.key == each.skill.key
        above = source.role.key == each.role.key and below(each.level, source.level)
        enough = each.proficiency is None or (
            source.proficiency is not None and source.proficiency.rank >= each.proficiency.rank
        )
        assert same(source, each) or (above and enough)


@given(cases())
@examples(60)
def test_marks_of_one_level_make_nothing_above_it_met_or_likely(case: Case) -> None:
    for role in case.catalogue.content.roles:
        for level in role.ladder.levels:
            _nothing_above(case, role, level)


def _nothing_above(case: Case, role: Role, level: Level) -> None:
    marks = [mark(each, Status.MET, at=NOW) for each in case.catalogue.expectations_at(role, level)]
    found = Standings(growth_of(marks), case.catalogue, now=case.now)
    for upper in role.ladder.above(level):
        for each in case.catalogue.expectations_at(role, upper):
            standing = found.of(each)
            assert standing.likely is None
            if standing.met:
                source = case.catalogue.expectation(role, level, each.skill)
                assert source is not None
                assert same(source, each)


@given(cases())
@examples(60)
def test_what_is_likely_was_met_in_another_role_as_high_and_as_deep(case: Case) -> None:
    for each, standing in zip(case.expectations, case.standings(case.history), strict=True):
        if standing.likely is None:
            continue
        source = standing.likely.asked
        assert standing.mark is None
        assert standing.likely.mark.status is Status.MET
        assert source.role.key != each.role.key
        assert source.skill.key == each.skill.key
        assert source.level.rank >= each.level.rank
        assert source.proficiency is not None
        assert each.proficiency is not None
        assert source.proficiency.rank >= each.proficiency.rank
        assert each.proficiency.summary is not None


@given(cases(), st.data())
@examples(60)
def test_answers_and_undo_are_idempotent_and_undo_inverts_them(
    case: Case, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(case.expectations) - 1))
    status = data.draw(st.sampled_from(Status))
    answer = case.next(place, status)
    once = (*case.history, answer)
    twice = (*once, replace(answer, at=answer.at + DAY / 2))
    assert [each.status for each in case.standings(once)] == [
        each.status for each in case.standings(twice)
    ]
    assert case.standings(once)[place].status is status
    taken_back = withdrawal(newest_per_cell(once)[answer.cell], at=case.now + DAY)
    undone = (*once, taken_back)
    assert case.standings(undone) == case.standings(case.history)
    assert newest_per_cell(undone) == newest_per_cell(case.history)
    held = newest_per_cell(undone).get(answer.cell)
    # A second press names a mark that counts no more, so there is nothing to take back.
    assert held is None or held.stamp != answer.stamp


@given(cases(), st.integers(0, 2**32))
@examples(60)
def test_the_order_of_a_history_matters_only_within_an_expectation(case: Case, seed: int) -> None:
    shuffled = list(case.history)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - repeatable samples, nothing secret
    turns = {each.cell: [one for one in case.history if one.cell == each.cell] for each in shuffled}
    mixed = [turns[each.cell].pop(0) for each in shuffled]
    assert newest_per_cell(mixed) == newest_per_cell(case.history)
    assert case.standings(mixed) == case.standings(case.history)


@given(cases())
@examples(60)
def test_progress_counts_everything_once(case: Case) -> None:
    pairs = list(zip(case.expectations, case.standings(case.history), strict=True))
    progress = progress_of(pairs)
    for required, (met, likely, still, aside, total) in {
        True: (
            progress.required_met,
            progress.required_likely,
            progress.required_open,
            progress.required_aside,
            progress.required_total,
        ),
        False: (
            progress.optional_met,
            progress.optional_likely,
            progress.optional_open,
            progress.optional_aside,
            progress.optional_total,
        ),
    }.items():
        some = [one for each, one in pairs if each.required is required]
        assert met + likely + still == total
        assert total + aside == len(some)
        assert met == sum(one.met for one in some)
        assert aside == sum(one.status is Status.NOT_RELEVANT for one in some)
        assert likely == sum(one.likely is not None for one in some)
    unmet = [
        each
        for each, one in pairs
        if each.required and not one.met and one.status is not Status.NOT_RELEVANT
    ]
    assert progress.complete == (progress.required_total > 0 and not unmet)


@given(cases(), st.data())
@examples(60)
def test_a_gap_shows_every_expectation_in_exactly_one_place(
    case: Case, data: st.DataObject
) -> None:
    every = [
        Rung(role, level) for role in case.catalogue.content.roles for level in role.ladder.levels
    ]
    origin, target = data.draw(st.sampled_from(every)), data.draw(st.sampled_from(every))
    found = Standings(growth_of(case.history), case.catalogue, now=case.now)
    gap, own = own_gap(promotion_gap(case.catalogue, origin=origin, target=target), found, None)
    counted = [*gap.gaps, *gap.met, *own.likely, *own.not_relevant]
    shown = [each.target.skill.key for each in counted]
    shown += [each.skill.key for each in gap.carried]
    wanted = case.catalogue.expectations_at(target.role, target.level)
    assert sorted(shown) == sorted(each.skill.key for each in wanted)
    progress = own.progress
    totals = progress.required_total + progress.optional_total
    assert totals + progress.required_aside + progress.optional_aside == len(counted)
    assert progress.required_open + progress.optional_open == len(gap.gaps)
    assert set(own.due) <= set(gap.met)

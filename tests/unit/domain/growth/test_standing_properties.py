"""What holds for where a member stands, whatever the catalogue and the history of marks."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.framework import Catalogue, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status, newest_per_cell
from bot.domain.growth.progress import progress_of
from bot.domain.growth.standing import Standing, Standings, growth_of
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


@st.composite
def cases(draw: st.DrawFn) -> Case:
    catalogue = draw(catalogues(SMALL).filter(lambda each: bool(each.content.expectations)))
    expectations = catalogue.content.expectations
    places = st.integers(0, len(expectations) - 1)
    drawn = draw(st.lists(st.tuples(places, st.sampled_from(Status)), max_size=12))
    history = tuple(
        mark(expectations[place], status, at=NOW + number * DAY)
        for number, (place, status) in enumerate(drawn)
    )
    return Case(catalogue, expectations, history)


@given(cases(), st.data())
@settings(max_examples=60)
def test_a_met_makes_its_skill_met_at_every_lesser_depth_and_unmakes_nothing(
    case: Case, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(case.expectations) - 1))
    before = case.standings(case.history)
    after = case.standings((*case.history, case.next(place, Status.MET)))
    met = case.expectations[place]
    assert after[place].met
    for each, was, now in zip(case.expectations, before, after, strict=True):
        assert now.met or not was.met
        if met.proficiency and each.proficiency and each.skill == met.skill:
            assert now.met or each.proficiency.rank > met.proficiency.rank


@given(cases(), st.integers(0, 2**32))
@settings(max_examples=60)
def test_the_order_of_a_history_matters_only_within_an_expectation(case: Case, seed: int) -> None:
    shuffled = list(case.history)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - repeatable samples, nothing secret
    turns = {each.cell: [one for one in case.history if one.cell == each.cell] for each in shuffled}
    mixed = [turns[each.cell].pop(0) for each in shuffled]
    assert newest_per_cell(mixed) == newest_per_cell(case.history)
    assert case.standings(mixed) == case.standings(case.history)


@given(cases())
@settings(max_examples=60)
def test_progress_counts_everything_relevant_once(case: Case) -> None:
    pairs = list(zip(case.expectations, case.standings(case.history), strict=True))
    progress = progress_of(pairs)
    relevant = [pair for pair in pairs if pair[1].status is not Status.NOT_RELEVANT]
    assert progress.required_total + progress.optional_total == len(relevant)
    assert progress.required_total == sum(each.required for each, _ in relevant)
    assert progress.required_met + progress.optional_met == sum(one.met for _, one in pairs)
    unmet = [each for each, one in relevant if each.required and not one.met]
    assert progress.complete == (progress.required_total > 0 and not unmet)


@given(cases())
@settings(max_examples=60)
def test_a_mark_made_elsewhere_counts_only_for_the_same_skill_and_enough_depth(case: Case) -> None:
    ranks = {each.key: each.rank for each in case.catalogue.content.proficiencies}
    for each, standing in zip(case.expectations, case.standings(case.history), strict=True):
        if standing.mark is None or standing.own:
            continue
        assert each.proficiency is not None
        assert standing.mark.cell.skill == each.skill.key
        assert standing.mark.proficiency is not None
        depth = ranks[standing.mark.proficiency]
        assert depth == each.proficiency.rank or (depth > each.proficiency.rank and standing.met)

"""What holds for the way between any two rungs of any catalogue."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import Expectation, Skill, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import Growth
from bot.domain.growth.own_gap import own_gap
from bot.domain.growth.standing import Standings
from bot.domain.lookup.gap import Gap, GapReason, PromotionGap, promotion_gap
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from tests.properties import examples
from tests.strategies import catalogues
from tests.unit.samples import built_in

CATALOGUES = catalogues()


NOW = datetime(2026, 11, 23, tzinfo=UTC)


def rungs(catalogue: Catalogue) -> list[Rung]:
    return [Rung(role, level) for role in catalogue.content.roles for level in role.ladder.levels]


@st.composite
def gaps(draw: st.DrawFn) -> tuple[Catalogue, PromotionGap, frozenset[str]]:
    """A catalogue, a gap of it between any two rungs, and the skills that count as met."""
    catalogue = draw(CATALOGUES.filter(lambda each: bool(each.content.roles)))
    every = rungs(catalogue)
    origin = draw(st.none() | st.sampled_from(every))
    here = [each for each in every if origin and each.role.key == origin.role.key]
    target = draw(st.sampled_from(here or every) | st.sampled_from(every))
    skills = [each.key for each in catalogue.content.skills]
    met = draw(st.frozensets(st.sampled_from(skills), max_size=10)) if skills else frozenset()
    whole = promotion_gap(catalogue, origin=origin, target=target)
    marks = {
        key_of(each.target): Assessment(key_of(each.target), Status.MET, NOW)
        for each in whole.gaps
        if each.target.skill.key in met
    }
    gap, _ = own_gap(whole, Standings(Growth(marks), catalogue, now=NOW), None)
    return catalogue, gap, met


def _depth(expectation: Expectation | None) -> int:
    return expectation.proficiency.rank if expectation and expectation.proficiency else 0


def test_a_jump_is_how_much_deeper_the_target_is() -> None:
    catalogue = built_in().catalogue
    jumps = set()
    for origin, target in pairwise(rungs(catalogue)):  # also from one role to the next
        for each in promotion_gap(catalogue, origin=origin, target=target).gaps:
            assert each.jump == max(0, _depth(each.target) - _depth(each.before))
            jumps.add((each.before is not None, each.jump))
    assert {(True, 0), (True, 1), (False, 1), (False, 2)} <= jumps


@given(gaps())
@examples(30)
def test_every_cell_of_the_target_is_shown_once(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    catalogue, gap, met = case
    shown = [each.target for each in (*gap.gaps, *gap.met)] + list(gap.carried)
    wanted = catalogue.expectations_at(gap.target.role, gap.target.level)
    assert len(shown) == len(wanted)
    assert {each.skill.key for each in shown} == {each.skill.key for each in wanted}
    assert all(each.target.skill.key not in met for each in gap.gaps)
    assert all(each.target.skill.key in met for each in gap.met)


@given(gaps())
@examples(30)
def test_every_item_is_a_real_change(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    catalogue, gap, _ = case
    for item in (*gap.gaps, *gap.met):
        held = (
            catalogue.expectation(gap.origin.role, gap.origin.level, item.target.skill)
            if gap.origin
            else None
        )
        assert item.before == held
        assert item.change is _expected_change(item, transfer=gap.is_transfer)


def _expected_change(item: Gap, *, transfer: bool) -> GapReason:
    """Say again, in other words than the code, why an item is a gap."""
    before, target = item.before, item.target
    if before is None:
        return GapReason.NEW
    if target.required and not before.required and not transfer:
        return GapReason.NOW_REQUIRED
    if _depth(target) > _depth(before):
        return GapReason.DEEPER
    assert before.wording != target.wording
    return GapReason.REWORDED


@given(gaps())
@examples(30)
def test_what_carries_over_is_covered(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    catalogue, gap, _ = case
    for target in gap.carried:
        assert gap.origin is not None
        held = catalogue.expectation(gap.origin.role, gap.origin.level, target.skill)
        assert held is not None
        if held.proficiency and target.proficiency:
            assert _depth(held) >= _depth(target)
        else:
            assert held.wording == target.wording
        if not gap.is_transfer:
            assert held.required or not target.required


@given(gaps())
@examples(30)
def test_the_same_skill_with_enough_depth_carries_over_between_roles(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    _, gap, _ = case
    if gap.is_transfer:
        for item in gap.gaps:
            held = item.before
            assert (
                held is None
                or item.target.proficiency is None
                or _depth(held) < _depth(item.target)
            )


@given(gaps())
@examples(30)
def test_items_stand_in_reading_order(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    catalogue, gap, _ = case
    order = catalogue.skill_order
    for items in (gap.gaps, gap.met):
        for one, two in pairwise(items):
            first, second = (
                (not each.target.required, -each.jump, order[each.target.skill.key])
                for each in (one, two)
            )
            assert first < second


@given(gaps())
@examples(30)
def test_what_the_catalogue_does_not_define_is_named(
    case: tuple[Catalogue, PromotionGap, frozenset[str]],
) -> None:
    catalogue, gap, _ = case
    role, level = gap.target.role, gap.target.level

    def undefined(skill: Skill) -> bool:
        cells = [each for each in catalogue.expectations_of(skill) if each.role.key == role.key]
        return bool(cells) and catalogue.expectation(role, level, skill) is None

    named = [skill for skill in catalogue.content.skills if undefined(skill)]
    assert list(gap.undefined) == named
    assert gap.required() == tuple(each for each in gap.gaps if each.target.required)

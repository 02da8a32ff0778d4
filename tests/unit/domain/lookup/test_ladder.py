"""Steps up and down a ladder, also where it forks."""

import pytest

from bot.domain.framework import CatalogueContent, Ladder, Level
from bot.domain.revision import Catalogue
from tests.unit.samples import FORKED, JOINER, LONE, SAWING, SHORT, cell, revision, workshop


def at(ladder: Ladder, key: str) -> Level:
    level = ladder.level(key)
    assert level is not None
    return level


@pytest.mark.parametrize(
    ("level", "above", "below"),
    [
        ("novice", ["adept"], None),
        ("adept", ["staff", "manager"], "novice"),
        ("staff", ["fellow"], "adept"),
        ("manager", ["director"], "adept"),
        ("fellow", [], "staff"),
        ("director", [], "manager"),
    ],
)
def test_neighbours_keep_to_their_track(level: str, above: list[str], below: str | None) -> None:
    here = at(FORKED, level)
    assert [each.key for each in FORKED.above(here)] == above
    lower = FORKED.below(here)
    assert (lower.key if lower else None) == below


def test_a_fork_offers_each_track_also_without_shared_ranks() -> None:
    text = LONE.levels[0].name
    trunk, staff, principal, manager = (
        Level("senior", text, 1),
        Level("staff", text, 2, "ic"),
        Level("principal", text, 3, "ic"),
        Level("manager", text, 4, "management"),
    )
    ladder = Ladder("forked", text, (trunk, staff, principal, manager))
    assert ladder.above(trunk) == (staff, manager)
    assert ladder.above(staff) == (principal,)
    assert ladder.above(principal) == ()
    assert ladder.below(manager) == trunk


def test_a_trunk_that_goes_on_comes_before_later_forks() -> None:
    text = LONE.levels[0].name
    low, high, staff = Level("low", text, 1), Level("high", text, 2), Level("staff", text, 3, "ic")
    assert Ladder("late", text, (low, high, staff)).above(low) == (high,)


def test_a_lone_level_has_no_neighbours() -> None:
    only = LONE.levels[0]
    assert LONE.above(only) == ()
    assert LONE.below(only) is None


def test_the_counterpart_has_the_same_key_else_the_same_rank() -> None:
    assert SHORT.counterpart(at(FORKED, "novice")) == SHORT.levels[0]
    assert SHORT.counterpart(at(FORKED, "adept")) == at(SHORT, "expert")
    assert FORKED.counterpart(at(FORKED, "director")) == at(FORKED, "director")
    assert SHORT.counterpart(at(FORKED, "fellow")) is None
    assert FORKED.level("nobody") is None


def test_a_cell_defined_twice_is_refused() -> None:
    content = workshop().content
    twice = (*content.expectations, cell(JOINER, "novice", SAWING))
    values = {name: getattr(content, name) for name in CatalogueContent.__slots__}
    with pytest.raises(ValueError, match="joiner/novice"):
        Catalogue(revision(2), CatalogueContent(**{**values, "expectations": twice}))

"""From all that is shown of a workspace nobody learns that there are one, two, three or four."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.people import STEP
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.teams.helping.adoption import (
    NO_ROLE,
    AdoptionFigure,
    MonthFigures,
    counted,
    figures,
    month_of,
    months_over,
)
from tests.properties import examples

ROLES = ("a", "b", "c", "d", NO_ROLE)
MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
People = Mapping[AdoptionFigure, frozenset[int]]
# Who stands in which role, and who did what in each month; roles change from month to month.
Month = tuple[Mapping[int, str], People]

_SOME = st.frozensets(st.integers(0, 59), max_size=60)
_ROLES = st.dictionaries(st.integers(0, 59), st.sampled_from(ROLES), max_size=60)
_MONTH = st.tuples(_ROLES, st.fixed_dictionaries(dict.fromkeys(AdoptionFigure, _SOME)))
_HISTORY = st.lists(_MONTH, min_size=len(MONTHS), max_size=len(MONTHS))


def shown(history: list[Month]) -> tuple[MonthFigures, ...]:
    rows = [
        row
        for month, (roles, acted) in zip(MONTHS, history, strict=True)
        for row in counted(month, acted, roles)
    ]
    return figures(MONTHS, rows, NO_MOVES)


def with_rest(month: Month, rest: int) -> Month:
    """Return a month in which of each figure every role has its fives, and `rest` more people."""
    roles, acted = month
    found: dict[AdoptionFigure, frozenset[int]] = {}
    where: dict[int, str] = {}
    number = 0
    sizes: dict[str, int] = {}
    for people in acted.values():
        for role, count in Counter(roles.get(who, NO_ROLE) for who in people).items():
            sizes[role] = max(sizes.get(role, 0), count - count % STEP + rest)
    pools: dict[str, list[int]] = {}
    for role in ROLES:
        size = max(sizes.get(role, 0), rest)
        pools[role] = list(range(number, number + size))
        where.update(dict.fromkeys(pools[role], role))
        number += size
    for figure, people in acted.items():
        counts = Counter(roles.get(who, NO_ROLE) for who in people)
        found[figure] = frozenset(
            who
            for role in ROLES
            for who in pools[role][: counts[role] - counts[role] % STEP + rest]
        )
    return where, found


@given(_HISTORY)
@examples(200)
def test_no_sum_and_no_difference_of_what_is_shown_is_one_to_four(history: list[Month]) -> None:
    """Parts against wholes, months against months, roles against roles."""
    for figure in AdoptionFigure:
        numbers = [
            number
            for month in shown(history)
            for number in (month.totals[figure], *(each[figure] for each in month.roles.values()))
        ]
        assert all(number % STEP == 0 for number in numbers)
        apart = {abs(one - other) for one, other in combinations(numbers, 2)}
        assert not apart & {1, 2, 3, 4}
    for month in shown(history):
        for figure in AdoptionFigure:
            parts = [each[figure] for each in month.roles.values()]
            for size in range(len(parts) + 1):
                for some in combinations(parts, size):
                    rest = month.totals[figure] - sum(some)
                    assert rest == 0 or rest >= STEP


@given(_HISTORY, st.integers(0, STEP - 1))
@examples(200)
def test_what_is_shown_fits_any_rest_of_each_part(history: list[Month], rest: int) -> None:
    """The same is shown where each part has no more people than its fives, and up to four more.

    So whatever one knows of the rule, of no part and no set of parts does it follow that it has
    between one and four people: there may be none, or five and more.
    """
    assert shown([with_rest(month, rest) for month in history]) == shown(history)


def test_a_workspace_of_small_roles_shows_nothing() -> None:
    roles = {who: ROLES[who % 5] for who in range(20)}
    (row,) = figures(
        MONTHS[:1], counted(MONTHS[0], {AdoptionFigure.GOALS: range(20)}, roles), NO_MOVES
    )
    assert row.totals[AdoptionFigure.GOALS] == 0
    assert row.roles == {}


def test_people_are_counted_once_and_a_role_that_moved_is_counted_with_the_new_one() -> None:
    roles = dict.fromkeys(range(7), "old") | dict.fromkeys(range(7, 13), "new")
    rows = counted(MONTHS[0], {AdoptionFigure.NUDGES: [*range(13), *range(13)]}, roles)
    (month,) = figures(MONTHS[:1], rows, Moves(roles={"old": "new"}))
    assert month.totals[AdoptionFigure.NUDGES] == 10
    assert {role: counts[AdoptionFigure.NUDGES] for role, counts in month.roles.items()} == {
        "new": 10
    }


def test_a_month_is_over_when_it_is_over_everywhere() -> None:
    since = datetime(2025, 12, 20, tzinfo=UTC)
    early, late = datetime(2026, 3, 1, 11, tzinfo=UTC), datetime(2026, 3, 1, 13, tzinfo=UTC)
    assert months_over(early, since) == (date(2025, 12, 1), date(2026, 1, 1))
    assert months_over(late, since) == (*months_over(early, since), date(2026, 2, 1))
    assert months_over(late, late) == ()
    assert len(months_over(late, datetime(2000, 1, 1, tzinfo=UTC))) == 12
    assert month_of(late) == date(2026, 3, 1)

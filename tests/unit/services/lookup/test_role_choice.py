"""Which role and level a member means by what they typed or pressed."""

import pytest

from bot.domain.answers import Ambiguous, Answer, NeedsLevel, NeedsRole, Unknown
from bot.domain.errors import OutdatedCard, QueryTooLong
from bot.domain.lookup.profiles import RoleOverview
from bot.domain.lookup.requests import ANYONE, ShowRole, Viewer
from bot.services.lookup.role_choice import chosen_role, role_command
from bot.services.lookup.shelves import Shelf
from tests.unit.samples import ALL_WORDS, workshop

SHELF = Shelf(workshop(), ALL_WORDS)
ADEPT = Viewer("joiner", "adept")


def chosen(answer: Answer) -> tuple[str, str]:
    assert isinstance(answer.body, RoleOverview), answer.body
    return answer.body.role.key, answer.body.level.key


@pytest.mark.parametrize(
    ("text", "viewer", "expected"),
    [
        ("joiner adept", ANYONE, ("joiner", "adept")),
        ("Turner, EXPERT!", ADEPT, ("turner", "expert")),
        ("staff", ADEPT, ("joiner", "staff")),
        ("novice turner", ADEPT, ("turner", "novice")),
    ],
)
def test_role_and_level_are_understood(
    text: str, viewer: Viewer, expected: tuple[str, str]
) -> None:
    answer = role_command(SHELF, text, viewer)
    assert chosen(answer) == expected
    assert answer.request == ShowRole(expected[0], (expected[1],))


def test_a_slip_is_said() -> None:
    answer = role_command(SHELF, "turnre expert", ANYONE)
    assert chosen(answer) == ("turner", "expert")
    assert [typed for typed, _ in answer.corrections] == ["turnre"]


@pytest.mark.parametrize(
    ("text", "viewer", "typed"),
    [
        ("turner", ANYONE, None),
        ("turner staff", ANYONE, "Staff"),
        ("turner wizard", ANYONE, "wizard"),
        ("expert", ADEPT, "Expert"),
    ],
)
def test_without_a_level_of_that_ladder_its_own_are_offered(
    text: str, viewer: Viewer, typed: str | None
) -> None:
    body = role_command(SHELF, text, viewer).body
    assert isinstance(body, NeedsLevel)
    assert body.typed == typed
    levels = [each.key for each in body.role.ladder.levels]
    assert [each.request for each in body.offers] == [
        ShowRole(body.role.key, (level,)) for level in levels
    ]


def test_a_level_alone_needs_a_recorded_role() -> None:
    assert isinstance(role_command(SHELF, "adept", ANYONE).body, NeedsRole)
    assert isinstance(role_command(SHELF, "adept", Viewer("gone", "gone")).body, NeedsRole)


def test_several_roles_of_one_name_are_offered_with_the_level() -> None:
    body = role_command(SHELF, "woodworker novice", ANYONE).body
    assert isinstance(body, Ambiguous)
    assert {each.request for each in body.offers} == {
        ShowRole("joiner", ("novice",)),
        ShowRole("turner", ("novice",)),
    }


def test_an_unknown_name_is_named() -> None:
    body = role_command(SHELF, "astronaut", ADEPT).body
    assert isinstance(body, Unknown)
    assert (body.typed, body.command) == ("astronaut", "growth")


def test_too_long_is_refused() -> None:
    with pytest.raises(QueryTooLong):
        role_command(SHELF, "x" * 400, ANYONE)


def test_a_press_chooses_or_asks_for_the_level() -> None:
    catalogue = SHELF.catalogue
    assert chosen(chosen_role(catalogue, ShowRole("joiner", ("adept",)), ANYONE)) == (
        "joiner",
        "adept",
    )
    for levels in ((), ("gone",), ("expert",)):
        body = chosen_role(catalogue, ShowRole("joiner", levels), ANYONE).body
        assert isinstance(body, NeedsLevel)
    with pytest.raises(OutdatedCard):
        chosen_role(catalogue, ShowRole("gone", ("adept",)), ANYONE)

"""Levels whose names are titles, with the role's in them, as real frameworks have them."""

from dataclasses import replace

import pytest

from bot.domain.answers import Ambiguous, Answer, GapReport, NeedsLevel, NeedsRole
from bot.domain.framework import Ladder, Role
from bot.domain.lookup.profiles import RoleOverview
from bot.domain.lookup.requests import ANYONE, ShowGap, ShowRole, Viewer
from bot.domain.lookup.short_titles import ShortTitles, rests_of_titles
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command
from bot.services.lookup.role_choice import role_command
from bot.services.lookup.shelves import Shelf
from tests.strategies import REVISION
from tests.unit.samples import ALL_WORDS, HERMIT, JOINER, TURNER, built_in, workshop


def titled(role: Role, *titles: str) -> Role:
    sample = role.ladder.levels[0]
    levels = tuple(
        replace(
            sample,
            key=name.casefold().replace(" ", "-"),
            name=LocalText(name),
            rank=rank,
            track=None,
        )
        for rank, name in enumerate(titles, 1)
    )
    return replace(role, ladder=Ladder(role.key, role.name, levels))


def shelf() -> Shelf:
    roles = (
        titled(JOINER, "Joiner", "Senior Joiner", "Lead Joiner", "Head of Joinery"),
        titled(TURNER, "Junior Turner", "Turner", "Senior Turner"),
        titled(HERMIT, "Hermit"),
    )
    ladders = tuple(role.ladder for role in roles)
    content = replace(workshop().content, roles=roles, ladders=ladders, expectations=())
    return Shelf(Catalogue(REVISION, content), ALL_WORDS)


SHELF = shelf()
TURNING = Viewer("turner", "turner")


def way(answer: Answer) -> tuple[str, str]:
    assert isinstance(answer.body, GapReport), answer.body
    origin = answer.body.gap.origin
    assert origin is not None
    return origin.level.key, answer.body.gap.target.level.key


def rung(answer: Answer) -> tuple[str, str]:
    assert isinstance(answer.body, RoleOverview), answer.body
    return answer.body.role.key, answer.body.level.key


@pytest.mark.parametrize("text", ["senior joiner", "joiner senior", "Joiner, sr", "sr joiner"])
@pytest.mark.parametrize("viewer", [ANYONE, TURNING], ids=["anyone", "turner"])
def test_a_title_is_its_role_at_its_level_whoever_asks(text: str, viewer: Viewer) -> None:
    assert rung(skill_command(SHELF, text, viewer)) == ("joiner", "senior-joiner")
    assert rung(role_command(SHELF, text, viewer)) == ("joiner", "senior-joiner")
    assert way(gap_command(SHELF, text, viewer)) == ("joiner", "senior-joiner")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("junior to senior turner", ("junior-turner", "senior-turner")),
        ("junior turner to senior turner", ("junior-turner", "senior-turner")),
        ("joiner to lead joiner", ("joiner", "lead-joiner")),
        ("lead joiner from joiner", ("joiner", "lead-joiner")),
        ("lead joiner from senior", ("senior-joiner", "lead-joiner")),
        ("head of joinery", ("lead-joiner", "head-of-joinery")),
        ("senior > lead joiner", ("senior-joiner", "lead-joiner")),
    ],
)
def test_a_gap_between_titles(text: str, expected: tuple[str, str]) -> None:
    assert way(gap_command(SHELF, text, ANYONE)) == expected


def test_what_a_level_is_called_for_short_is_the_own_roles() -> None:
    assert way(gap_command(SHELF, "senior", TURNING)) == ("turner", "senior-turner")
    assert rung(skill_command(SHELF, "senior", TURNING)) == ("turner", "senior-turner")
    asked = skill_command(SHELF, "senior", ANYONE)
    assert isinstance(asked.body, Ambiguous)
    # One short key for all of them: a button has little room.
    assert [offer.request for offer in asked.body.offers] == [
        ShowRole("joiner", ("senior",)),
        ShowRole("turner", ("senior",)),
    ]
    waiting = gap_command(SHELF, "senior", ANYONE)
    assert isinstance(waiting.body, NeedsRole)
    assert waiting.request == ShowGap(levels=("senior",))


def test_what_the_own_ladder_lacks_is_called_as_it_was_typed() -> None:
    for command in (skill_command, gap_command, role_command):
        body = command(SHELF, "lead", TURNING).body
        assert isinstance(body, NeedsLevel)
        assert (body.role.key, body.typed) == ("turner", "lead")


def test_a_level_that_is_no_title_of_the_role_has_no_short_name() -> None:
    catalogue = built_in().catalogue
    manager = next(role for role in catalogue.content.roles if role.key == "engineering-manager")
    assert catalogue.lasting(ShortTitles).level(manager, ("senior",)) is None
    assert list(catalogue.lasting(ShortTitles)) == []


@pytest.mark.parametrize(
    ("role", "titles", "rests"),
    [
        ("data engineer", ["data engineer", "senior data engineer"], ["", "senior"]),
        ("software developer", ["junior developer", "developer"], ["junior", ""]),
        ("test engineer", ["lead test engineer", "test manager"], ["", ""]),
        ("data engineer", ["senior data engineer"], [""]),
        ("engineer", ["senior", "lead"], ["", ""]),
        ("engineer", [], []),
    ],
)
def test_what_is_left_of_a_title(role: str, titles: list[str], rests: list[str]) -> None:
    found = rests_of_titles(role.split(), [title.split() for title in titles])
    assert [" ".join(rest) for rest in found] == rests

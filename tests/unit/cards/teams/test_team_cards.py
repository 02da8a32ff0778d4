"""Cards of a team hold Slack's limits, however many people, skills and words there are."""

import pytest

from bot.cards.blocks import Block
from bot.cards.card import Card
from bot.cards.teams.team_view.letters import file_card, picture_card, table_card, words_card
from bot.cards.teams.team_view.table import table_rows
from bot.cards.teams.team_view.view import team_view
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.team_view import PAGE, TeamCell, TeamPage, TeamPerson, team_page
from bot.domain.text import LocalText
from bot.sandbox.judge import check_message, check_view
from bot.text.translator import Translator, load_translators
from tests.unit.domain.teams.team_people import CATALOGUE, RUNGS, person

LONG = 'Operational & <Exceptional> "Excellence" of *Everything* '


def page_of(people: int, skills: int, *, long: bool = False, unknown: int = 0) -> TeamPage:
    """Return a page on which somebody meets each skill alone."""
    name = LONG * 3 if long else "Skill"
    called = {f"skill-{number}": LocalText(f"{name} {number}") for number in range(skills)}
    shown: list[TeamPerson] = []
    for number in range(people):
        cells = {
            key: TeamCell.MET if at % max(1, people) == number else TeamCell.OPEN
            for at, key in enumerate(called)
        }
        one = person(number + 1, RUNGS[0], cells, name=f"{LONG if long else 'Ada'} {number}")
        shown.append(TeamPerson(one.goal, one.name, cells, called))
    goals = [each.goal for each in shown]
    return team_page(TeamAsk(), goals, shown, CATALOGUE, unknown=unknown)


@pytest.fixture(params=["en", "zh"])
def tr(request: pytest.FixtureRequest) -> Translator:
    return load_translators().for_locale(request.param)


def fits(card: Card) -> None:
    assert check_message({"text": card.text, "blocks": [*card.blocks]}) == []


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("skills", [0, 1, 30, 97, 240])
@pytest.mark.parametrize("people", [1, 2, PAGE])
def test_every_card_is_taken_by_slack(people: int, skills: int, long: bool, tr: Translator) -> None:
    page = page_of(people, skills, long=long, unknown=3)
    assert check_view({**team_view(page, tr)}) == []
    rows = table_rows(page, tr)
    for native in (True, False) if rows else ():
        assert rows is not None
        fits(table_card(page, rows, tr, native=native))
    for card in (words_card(page, tr), picture_card(page, tr), file_card(page, tr)):
        fits(card)


def test_what_no_table_of_slacks_holds_is_no_table(tr: Translator) -> None:
    assert table_rows(page_of(PAGE, 97), tr) is not None
    assert table_rows(page_of(PAGE, 98), tr) is None
    assert table_rows(page_of(18, 3), tr) is None
    assert table_rows(page_of(2, 0), tr) is None


def test_the_table_has_words_in_each_cell_and_counts_at_its_edges() -> None:
    tr = load_translators().for_locale("en")
    rows = table_rows(page_of(2, 3), tr)
    assert rows == [
        ["Skill", "Ada 0", "Ada 1", "Met", "Open"],
        ["Skill 0", "Met", "Open", "1", "1"],
        ["Skill 1", "Open", "Met", "1", "1"],
        ["Skill 2", "Met", "Open", "1", "1"],
        ["Met", "2", "1", "", ""],
        ["Open", "1", "2", "", ""],
    ]


def test_single_points_of_failure_that_a_card_has_no_room_for_are_counted() -> None:
    tr = load_translators().for_locale("en")
    blocks: list[Block] = [*file_card(page_of(2, 50), tr).blocks]
    assert "and 30 more" in str(blocks)

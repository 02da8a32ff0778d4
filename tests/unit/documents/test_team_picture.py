"""The picture of a team: each state has a pattern of its own, and no name becomes empty boxes."""

import io
from datetime import date
from itertools import combinations

import pytest
from PIL import Image, ImageFont

from bot.documents.team import heat_drawing, label_fonts
from bot.documents.team.heat_drawing import heat_png
from bot.documents.team.heat_map import heat_map
from bot.documents.team.label_fonts import has_all
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.team_view import TeamCell, team_page
from bot.text.translator import load_translators
from tests.unit.domain.teams.team_people import CATALOGUE, RUNGS, SKILLS, person

STATES = (*TeamCell, None)
LEGEND = {TeamCell.MET: "Met", TeamCell.OPEN: "Open", TeamCell.ASIDE: "Put aside", None: "Not"}


def drawn(skills: list[str], people: list[str], cells: list[list[TeamCell | None]]) -> Image.Image:
    return Image.open(io.BytesIO(heat_png(skills, people, cells, LEGEND)))


def squares() -> list[Image.Image]:
    """Return the square of each state as a grey picture."""
    image = drawn(["Skill"], ["a"] * len(STATES), [[*STATES]]).convert("L")
    side, step = heat_drawing._CELL, heat_drawing._CELL + heat_drawing._GAP
    left = heat_drawing._PAD + heat_drawing._ROW_LABEL
    top = heat_drawing._PAD + heat_drawing._COLUMN_LABEL
    boxes = [(left + at * step, top, left + at * step + side, top + side) for at in range(4)]
    return [image.crop(box) for box in boxes]


def test_states_differ_without_any_colour() -> None:
    found = squares()
    shares = [sum(pixel < 160 for pixel in each.tobytes()) / 1600 for each in found]
    for one, other in combinations(shares, 2):
        assert abs(one - other) > 0.03, shares


def test_the_picture_grows_with_the_team() -> None:
    small = drawn(["a"], ["b"], [[TeamCell.MET]])
    large = drawn(["a"] * 40, ["b"] * 15, [[TeamCell.OPEN] * 15] * 40)
    assert large.height - small.height == 39 * (heat_drawing._CELL + heat_drawing._GAP)
    assert large.width > small.width


def test_a_name_that_no_font_here_has_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_fonts, "PLACES", ())
    label_fonts._fonts.cache_clear()
    try:
        font = label_fonts.font_for(["Ada", "示例工程师"], 18)
        assert has_all(font, "Ada Lovelace 3")
        assert not has_all(font, "示例工程师")
        assert heat_drawing._numbered(0, "示例工程师", font) == "1"
        assert heat_drawing._numbered(1, "Ada", font) == "2 Ada"
    finally:
        label_fonts._fonts.cache_clear()


def test_a_font_file_that_is_none_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_fonts, "PLACES", (__file__, "/nowhere.ttf"))
    label_fonts._fonts.cache_clear()
    try:
        assert isinstance(label_fonts.font_for(["a"], 18), ImageFont.FreeTypeFont)
    finally:
        label_fonts._fonts.cache_clear()


def test_a_long_name_is_cut_to_its_room() -> None:
    font = label_fonts.font_for(["a"], 18)
    cut = label_fonts.fitting("A very long name indeed " * 9, font, 200)
    assert cut.endswith("…")
    assert font.getlength(cut) <= 200
    assert label_fonts.fitting("Short", font, 200) == "Short"


def test_its_words_name_everybody_and_each_single_point_of_failure() -> None:
    tr = load_translators().for_locale("en")
    met, still = {SKILLS[0]: TeamCell.MET}, {SKILLS[0]: TeamCell.OPEN}
    people = [person(1, RUNGS[0], met, name="Ada"), person(2, RUNGS[0], still, name="Bo")]
    page = team_page(TeamAsk(), [each.goal for each in people], people, CATALOGUE)
    document = heat_map(page, tr, on=date(2026, 3, 2))
    assert document.name == "nextrung-team-2026-03-02.png"
    assert "Ada: 1 met · 0 open" in document.alt_text
    assert "Bo: 0 met · 1 open" in document.alt_text
    assert "Only one of the 2 who share a goal at" in document.alt_text


def test_what_slack_has_no_room_for_is_left_out_in_whole_lines() -> None:
    tr = load_translators().for_locale("en")
    people = [person(at, RUNGS[0], {}, name="Ada " + "x" * 60) for at in range(1, 30)]
    page = team_page(TeamAsk(), [each.goal for each in people], people, CATALOGUE)
    told = heat_map(page, tr, on=date(2026, 3, 2)).alt_text
    assert 900 < len(told) <= 1000
    assert told.endswith("x: 0 met · 0 open")

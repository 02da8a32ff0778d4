"""What the skill, group, role and details cards say, and how they hold up with odd catalogues."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.lookup.details.view import details_view
from bot.cards.render import render
from bot.domain.framework import Expectation, Proficiency
from bot.domain.lookup.requests import (
    ANYONE,
    ShowCard,
    ShowDetails,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.sandbox.plain import plain_text
from bot.services.lookup.showing import show, show_details
from bot.text.translator import load_translators
from tests.properties import sampled
from tests.strategies import REVISION, Shape, catalogue_of
from tests.unit.cards.surfaces import assert_slack_takes, assert_slack_takes_view, objects
from tests.unit.samples import built_in, workshop

TRANSLATORS = load_translators()
EN = TRANSLATORS.for_locale("en")
CONTROLS = ("button", "static_select", "external_select", "overflow")
LIST = "\n".join(f"- Does thing number {number}, well & often" for number in range(120))
SENTENCE = "designs one part after another, " * 160
PARAGRAPH = "Keeps a service healthy. " * 200
ARABIC = "يصمم البنية التحتية للتتبع. " * 180
EMOJI = "Ships 👩🏽‍💻 and celebrates :tada: <!here> *well*. " * 100
TEXTS = {
    "list": LIST,
    "sentence": SENTENCE,
    "paragraph": PARAGRAPH,
    "arabic": ARABIC,
    "emoji": EMOJI,
}

REPEATED = {
    "list": "Does thing number",
    "sentence": "after another,",
    "paragraph": "healthy.",
    "arabic": "للتتبع",
    "emoji": "celebrates",
}


def drawn(
    catalogue: Catalogue, request: ShowCard, viewer: Viewer = ANYONE, locale: str = "en"
) -> Card:
    return render(show(catalogue, request, viewer), TRANSLATORS.for_locale(locale))


def plain(card: Card | View) -> str:
    blocks = card.blocks if isinstance(card, Card) else card["blocks"]
    return plain_text([{**block} for block in blocks])


def controls(card: Card) -> int:
    return sum(each.get("type") in CONTROLS for each in objects(list(card.blocks)))


def catalogue(levels: int, skills: int, text: str, *, forked: bool = False) -> Catalogue:
    """Return a catalogue of one shape in which every cell of the first role says `text`."""
    shape = Shape(skills, 3, 2, 4, 1, levels, forked, 4, True, False, 7)
    found = catalogue_of(shape, ("A name", "Another name"))
    said = LocalText(text[:5000])
    cells = tuple(replace(each, text=said, prompts=(said,)) for each in found.content.expectations)
    return Catalogue(REVISION, replace(found.content, expectations=cells))


def every(found: Catalogue) -> Iterator[ShowCard]:
    role = found.content.roles[0]
    for level in role.ladder.levels:
        yield ShowSkill(found.content.skills[0].key, (level.key,), role.key)
        yield from (
            ShowGroup(group.key, (level.key,), role.key, page)
            for group in found.content.groups
            for page in (0, 9)
        )
        yield from (ShowRole(role.key, (level.key,), page) for page in (0, 2))


@sampled("text", [*TEXTS])
@pytest.mark.parametrize("shape", [(1, 4, False), (12, 84, False), (12, 20, True), (2, 84, False)])
def test_odd_catalogues_keep_to_the_limits(text: str, shape: tuple[int, int, bool]) -> None:
    levels, skills, forked = shape
    found = catalogue(levels, skills, TEXTS[text], forked=forked)
    viewer = Viewer(found.content.roles[0].key, found.content.roles[0].ladder.levels[0].key)
    for number, request in enumerate(every(found)):
        card = drawn(found, request, viewer, TRANSLATORS.locales[number % 2])
        assert_slack_takes(card)
        assert controls(card) <= 12


@pytest.mark.parametrize("text", TEXTS)
def test_details_show_long_texts_to_their_end(text: str) -> None:
    found = catalogue(3, 4, TEXTS[text])
    role, skill = found.content.roles[0], found.content.skills[0]
    for level in role.ladder.levels:
        details = show_details(found, ShowDetails(skill.key, role.key, level.key))
        view = details_view(details, EN)
        assert_slack_takes_view(view)
        said = plain(view)
        # Both columns, and each of them to its end.
        assert said.count(REPEATED[text]) >= 2 * TEXTS[text][:5000].count(REPEATED[text])
        assert "_Continues below._" in said
        assert f"*{EN.of(level.name)}, continued*" in said
        assert len(json.dumps(view)) < 250_000


def test_lists_keep_their_lines_on_every_card() -> None:
    found = catalogue(3, 4, "Does:\n- this\n- that")
    role, skill = found.content.roles[0], found.content.skills[0]
    for request in (
        ShowSkill(skill.key, role=role.key),
        ShowGroup(skill.group.key, role=role.key),
    ):
        assert "Does:\n• this\n• that" in plain(drawn(found, request))
    details = show_details(found, ShowDetails(skill.key, role.key, role.ladder.levels[0].key))
    assert "Does:\n• this\n• that" in plain(details_view(details, EN))


def test_a_ladder_of_one_level_has_no_menu_of_levels_and_no_way_up() -> None:
    found = catalogue(1, 4, PARAGRAPH)
    role = found.content.roles[0]
    card = drawn(found, ShowRole(role.key))
    assert not [each for each in objects(list(card.blocks)) if each.get("type") == "static_select"]
    assert "Gap to" not in plain(card)
    skill = drawn(found, ShowSkill(found.content.skills[0].key, role=role.key))
    assert "To reach" not in plain(skill)


def test_a_long_ladder_is_named_in_one_line_and_shown_around_the_level() -> None:
    found = catalogue(12, 20, "Does it.")
    role = found.content.roles[0]
    card = drawn(found, ShowRole(role.key, (role.ladder.levels[5].key,)))
    (table,) = [block for block in card.blocks if block["type"] == "table"]
    assert len(table["rows"][0]) == 4
    assert plain(card).count(" › ") == 11


def test_pages_of_a_role_hold_every_skill_once() -> None:
    found = catalogue(3, 84, "Does it.")
    role = found.content.roles[0]
    pages = []
    for page in range(20):
        card = drawn(found, ShowRole(role.key, page=page))
        (table,) = [block for block in card.blocks if block["type"] == "table"]
        pages.append(table["rows"][1:])
        if "Next: " not in plain(card):
            break
    # The heading of a domain is bold; a specialism has a second line, and is no raw text.
    skills = [row for rows in pages for row in rows if '"bold"' not in json.dumps(row[0])]
    assert len(skills) == 84
    assert max(len(rows) for rows in pages) <= 18


def test_the_words_of_the_framework_for_a_depth_are_in_details() -> None:
    found = show_details(workshop(), ShowDetails("sawing", "joiner", "adept"))
    assert "in this framework" not in plain(details_view(found, EN))
    cell = found.cell.expectation
    assert cell is not None
    deep = Proficiency("deep", LocalText("Deep"), 2, LocalText("Works without a plan"))
    deeper = found.cell._replace(expectation=replace(cell, proficiency=deep))
    told = replace(found, cell=deeper)
    assert "Deep in this framework: Works without a plan" in plain(details_view(told, EN))


def test_what_is_missing_is_never_called_not_required() -> None:
    told = "The framework says nothing here; that is not the same as “not required”."
    staff = show_details(workshop(), ShowDetails("glueing", "joiner", "staff"))
    assert told in plain(details_view(staff, EN))
    assert told in plain(drawn(workshop(), ShowSkill("glueing", ("staff",), "joiner")))


def test_a_step_tells_what_the_table_does_not() -> None:
    card = plain(drawn(workshop(), ShowSkill("sawing", ("novice",), "joiner")))
    assert "*To reach Adept*\nOptional → Required · Basic → Deep" in card
    forked = plain(drawn(workshop(), ShowSkill("sanding", ("adept",), "joiner")))
    assert "*To reach Staff*\nBasic → Deep" in forked
    assert "*To reach Manager*\n_The framework says nothing here" in forked


def test_open_and_details_are_told_apart_by_a_screen_reader() -> None:
    group = drawn(built_in().catalogue, ShowGroup("mlops", ("senior",)))
    spoken = [
        each["accessibility_label"]
        for each in objects(list(group.blocks))
        if "accessibility_label" in each
    ]
    assert len(spoken) == len(set(spoken)) == 5
    assert "Open ML Pipelines" in spoken


def test_no_control_is_counted_more_than_twelve_times_on_any_built_in_card() -> None:
    found = built_in().catalogue
    requests: list[ShowCard] = [ShowSkill(each.key) for each in found.content.skills]
    requests += [ShowGroup(each.key) for each in found.content.groups]
    requests += [ShowRole(each.key) for each in found.content.roles]
    assert max(controls(drawn(found, each)) for each in requests) <= 10


def _cells(found: Catalogue) -> Iterator[Expectation]:
    return (each for each in found.content.expectations if each.wording)


@pytest.mark.parametrize("locale", TRANSLATORS.locales)
def test_a_text_of_the_built_in_framework_is_never_cut_on_a_card(locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    found = built_in().catalogue
    for cell in _cells(found):
        assert cell.wording is not None
        card = drawn(
            found, ShowSkill(cell.skill.key, (cell.level.key,), cell.role.key), locale=locale
        )
        (table,) = [block for block in card.blocks if block["type"] == "table"]
        texts = [plain_text([{**row[1]}]) for row in table["rows"]]
        assert tr.of(cell.wording) in texts

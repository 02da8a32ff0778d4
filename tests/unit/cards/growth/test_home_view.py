"""Home, the hub and the forms around them: taken by Slack whatever they show."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.growth.home.moved import move_line, moved_blocks
from bot.cards.growth.home.view import home_view
from bot.cards.growth.hub_card import hub_card
from bot.cards.growth.rung_form import RungForm, goal_view, role_view
from bot.cards.limits import SECTION
from bot.cards.links import encode
from bot.cards.lookup.role_choice_card import role_choice_card
from bot.cards.members.settings_view import settings_view
from bot.domain.answers import GapReport
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.goal_drift import Move, MoveKind, moves
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.lookup.requests import ANYONE, ShowGap, ShowRole, Viewer
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.lookup.role_choice import chosen_role, role_command
from bot.services.lookup.shelves import Shelf
from bot.text.translator import load_translators
from tests.properties import examples, sampled
from tests.strategies import HOSTILE, TYPED, catalogue_of, catalogues
from tests.unit.cards.holders import NOW
from tests.unit.cards.homes import page, pages
from tests.unit.cards.surfaces import (
    assert_slack_takes,
    assert_slack_takes_form,
    assert_slack_takes_home,
    objects,
)
from tests.unit.cards.test_card_properties import LARGEST
from tests.unit.samples import (
    ALL_WORDS,
    DEEP,
    GLUEING,
    JOINER,
    SANDING,
    SAWING,
    TURNER,
    built_in,
    cell,
    revision,
    workshop,
)

TRANSLATORS = load_translators()
EN = TRANSLATORS.for_locale("en")
ADEPT = Viewer("joiner", "adept")
TO_STAFF = Goal(1, "joiner", "staff", 1, NOW)


def assert_all_taken(
    catalogue: Catalogue, newer: Catalogue, typed: str, locale: str, rng: random.Random
) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for each in pages(catalogue, newer, typed, rng):
        assert_slack_takes_home(home_view(each, tr))
        for role in catalogue.content.roles[:2]:
            assert_slack_takes_home(home_view(each, tr, choosing=role.key))
        assert_slack_takes(hub_card(each, tr, note="*done*"))
    assert_slack_takes(
        role_choice_card(role_command(Shelf(catalogue, ALL_WORDS), typed[:200], ANYONE), tr)
    )
    if not catalogue.content.roles:
        return
    role = rng.choice(catalogue.content.roles)
    levels = role.ladder.levels
    for form in (
        RungForm(catalogue.content.roles),
        RungForm(catalogue.content.roles, role, (), None, "form?o=view"),
        RungForm(catalogue.content.roles, role, levels, levels[-1], "form?o=view"),
    ):
        assert_slack_takes_form(role_view(form, tr))
        assert_slack_takes_form(goal_view(form, tr))
    for answer in (
        role_command(Shelf(catalogue, ALL_WORDS), typed[:200], Viewer(role.key)),
        role_command(Shelf(catalogue, ALL_WORDS), "", ANYONE),
        chosen_role(catalogue, ShowRole(role.key), ANYONE),
        chosen_role(catalogue, ShowRole(role.key, ("no-such-level",)), ANYONE),
    ):
        assert_slack_takes(role_choice_card(answer, tr))


@given(catalogues(), catalogues(), TYPED, st.sampled_from(TRANSLATORS.locales), st.integers(0, 99))
@examples(20)
def test_slack_takes_whatever_home_shows(
    catalogue: Catalogue, newer: Catalogue, typed: str, locale: str, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable samples
    assert_all_taken(catalogue, newer, typed, locale, rng)


@sampled("number", range(len(HOSTILE)))
def test_slack_takes_the_largest_homes(number: int) -> None:
    text = HOSTILE[number]
    locale = TRANSLATORS.locales[number % len(TRANSLATORS.locales)]
    largest = catalogue_of(LARGEST, ((text * 100)[:100],))
    newer = catalogue_of(replace(LARGEST, seed=6), ((text * 90)[:90],))
    rng = random.Random(number)  # noqa: S311 - repeatable samples
    assert_all_taken(largest, newer, text, locale, rng)


@pytest.mark.parametrize("locale", TRANSLATORS.locales)
def test_settings_offer_every_language_and_slacks(locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for chosen in (None, *TRANSLATORS.locales):
        view = settings_view(chosen, "en", TRANSLATORS.own_names, tr)
        assert_slack_takes_form(view)
        (menu,) = [each for each in objects(view["blocks"]) if each.get("action_id") == "language"]
        values = [each["value"] for each in menu["options"]]
        assert values == ["slack", *TRANSLATORS.locales]
        assert menu["initial_option"]["value"] == (chosen or "slack")


def plain(growth: Growth, viewer: Viewer, newer: Catalogue | None = None) -> str:
    return str(home_view(page(workshop(), growth, viewer, newer), EN)["blocks"])


def test_newcomer_chooses_a_role_then_its_level() -> None:
    new = page(workshop(), Growth(), ANYONE)
    first, second = home_view(new, EN), home_view(new, EN, choosing="turner")

    roles = [each for each in objects(first["blocks"]) if each.get("action_id") == "choose_role"]
    assert [each["text"]["text"] for each in roles[0]["options"]] == ["Joiner", "Turner", "Hermit"]
    buttons = [each for each in objects(second["blocks"]) if each.get("type") == "button"]
    levels = {each["text"]["text"]: each["value"] for each in buttons}
    assert levels["Expert"] == encode(ShowRole("turner", ("expert",)))
    assert "pick_role.0" not in str(first["blocks"])


def test_one_who_lost_their_role_is_told_and_keeps_the_goal() -> None:
    shown = plain(Growth(goal=TO_STAFF), Viewer("carpenter", "adept"))

    assert "no longer has the role or level" in shown
    assert "Goal: Joiner, Staff" in shown


def test_without_a_goal_each_level_above_is_offered() -> None:
    shown = home_view(page(workshop(), Growth(), ADEPT), EN)["blocks"]

    offered = {
        each["text"]["text"]: each["value"]
        for each in objects(shown)
        if each.get("type") == "button" and each["action_id"].startswith("pick_goal")
    }
    assert offered == {
        "Set Staff as My Goal": encode(ShowGap("joiner", ("staff",))),
        "Set Manager as My Goal": encode(ShowGap("joiner", ("manager",))),
    }


def test_at_the_top_another_role_is_offered() -> None:
    assert "top of your ladder" in plain(Growth(), Viewer("turner", "expert"))


def test_goal_shows_progress_and_what_is_next() -> None:
    home = page(workshop(), Growth(goal=TO_STAFF), ADEPT)
    assert home.goal is not None
    assert isinstance(home.goal.body, GapReport)
    shown = str(home_view(home, EN)["blocks"])

    assert "*0 met · 1 open*, of 1 optional" in shown
    assert "*Sanding*" in shown
    assert "*Sawing*" not in shown  # the same at both levels: it carries over


def test_met_expectation_leaves_the_next_steps() -> None:
    sanding = cell(JOINER, "staff", SANDING, DEEP, text=None)
    mark = Assessment(key_of(sanding), Status.MET, NOW, "deep")
    shown = plain(growth_of([mark], goal=TO_STAFF), ADEPT)

    assert "*1 met · 0 open*, of 1 optional" in shown
    assert "*Sanding*" not in shown
    assert "Nothing is open on the way to your goal" in shown


def test_reached_goal_offers_the_packet_the_next_one_and_the_new_level() -> None:
    reached = replace(TO_STAFF, state=GoalState.REACHED, ended_at=NOW)
    shown = plain(Growth(goal=reached), ADEPT)

    assert "Goal reached: Joiner, Staff" in shown
    assert "Record Staff as My Level" in shown
    assert encode(ShowGap("joiner", ("fellow",))) in shown
    assert "What to work on next" not in shown
    at_home = plain(Growth(goal=reached), Viewer("joiner", "staff"))
    assert "as My Level" not in at_home


def test_goal_at_or_below_the_recorded_level_offers_the_next_one() -> None:
    for held, offered in (("fellow", []), ("staff", ["Set Fellow as My Goal"])):
        home = home_view(page(workshop(), Growth(goal=TO_STAFF), Viewer("joiner", held)), EN)
        (row,) = [each for each in home["blocks"] if "pick_goal" in str(each)] or [
            next(each for each in home["blocks"] if each["type"] == "actions")
        ]
        assert "*Joiner, Staff* is not above your recorded level any more" in str(home["blocks"])
        elements = list(objects([row]))
        buttons = [each for each in elements if each.get("type") == "button"]
        assert [each["text"]["text"] for each in buttons] == [*offered, "Change Goal"]
        assert [each.get("style") for each in buttons] == ["primary", *(None for _ in offered)]
        (menu,) = [each for each in elements if each.get("type") == "overflow"]
        assert [each["text"]["text"] for each in menu["options"]] == ["Drop Goal…"]


def test_a_goal_whose_beginning_has_gone_is_not_to_be_adopted() -> None:
    home = page(workshop(), Growth(goal=TO_STAFF), ADEPT, newer_workshop())
    assert home.goal is not None
    lost = replace(home, goal=replace(home.goal, adoptable=False))
    assert "Adopt New Version" in str(home_view(home, EN)["blocks"])
    shown = str(home_view(lost, EN)["blocks"])
    assert "Adopt New Version" not in shown
    assert "no longer has the level that you set your goal from" in shown
    assert "now asked for" in shown


def newer_workshop() -> Catalogue:
    """Return the workshop with everything moved at Staff."""
    old = workshop()
    kept = [
        each
        for each in old.content.expectations
        if (each.role.key, each.level.key) != ("joiner", "staff")
    ]
    moved = (
        cell(JOINER, "staff", SAWING, text="Does it better"),
        cell(JOINER, "staff", GLUEING, DEEP, required=True),
    )
    content = replace(old.content, expectations=(*kept, *moved))
    return Catalogue(revision(2), content)


def test_home_says_exactly_what_a_newer_revision_changed() -> None:
    old, new = workshop(), newer_workshop()
    found = moves(old, new, role="joiner", level="staff")
    shown = plain(Growth(goal=TO_STAFF), ADEPT, new)

    assert [move_line(each, EN) for each in found] == [
        "*Sawing*: optional now, was required",
        "*Sawing*: less depth: Deep → Basic",
        "*Sawing*: described differently: “Does it better”",
        "*Sanding*: no longer asked for",
        "*Glueing*: now asked for",
    ]
    assert "The catalogue changed 5 things in your goal" in shown
    assert all(move_line(each, EN) in shown for each in found)
    assert "Adopt New Version" in shown
    assert "Adopt New Version" not in plain(Growth(goal=TO_STAFF), ADEPT)


def test_every_kind_of_move_has_words_of_its_own() -> None:
    before, after = cell(TURNER, "expert", SAWING), cell(TURNER, "expert", SAWING, DEEP)
    (move,) = moves(
        Catalogue(revision(1), replace(workshop().content, expectations=(before,))),
        Catalogue(revision(2), replace(workshop().content, expectations=(after,))),
        role="turner",
        level="expert",
    )
    said = {move_line(replace(move, kind=kind), tr) for kind in MoveKind for tr in (EN,)}
    assert len(said) == len(MoveKind)
    assert move_line(move, EN) == "*Sawing*: more depth: Basic → Deep"
    silent = replace(move, kind=MoveKind.REWORDED, after=cell(TURNER, "expert", SANDING, text=None))
    assert move_line(silent, EN) == "*Sawing*: no longer described"


def test_the_longest_moves_fit_their_section() -> None:
    wide = "<&*" * 200
    skill = replace(SAWING, name=LocalText(wide))
    move = Move(skill, MoveKind.REWORDED, None, cell(TURNER, "expert", SAWING, text=wide))
    (_, told, *_) = moved_blocks([move] * 30, EN)
    text = told["text"]["text"]  # type: ignore[typeddict-item]
    assert len(text) < SECTION
    assert text.endswith("and 20 more")


def test_more_roles_than_a_menu_holds_are_found_by_typing() -> None:
    many = replace(page(workshop(), Growth(), ANYONE), roles=built_in().catalogue.content.roles * 9)
    shown = home_view(many, EN)

    (finder,) = [
        each for each in objects(shown["blocks"]) if each.get("action_id") == "choose_role"
    ]
    assert finder["type"] == "external_select"
    assert_slack_takes_home(shown)

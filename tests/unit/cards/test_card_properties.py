"""Whatever a catalogue contains and whatever is typed, Slack takes every card."""

import random
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.blocks import section
from bot.cards.errors.card import error_card, incident_card, unknown_action_card
from bot.cards.growth.walkthrough_view import assessment_view
from bot.cards.links import decode
from bot.cards.lookup.details.view import details_view
from bot.cards.lookup.finding.suggestions import suggestion_options
from bot.cards.render import render
from bot.cards.standing_lines import reached_text, with_lead
from bot.domain.answers import Answer, Body, GapReport, Receipt
from bot.domain.errors import OutdatedCard
from bot.domain.framework import Ladder, Level, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import Assess
from bot.domain.lookup.requests import ANYONE, ShowDetails, ShowGap, ShowRole
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.growth.own_state import with_own_state
from bot.services.growth.walkthrough import walk
from bot.services.lookup.lookups import turn_details_to
from bot.services.lookup.promotions import gap_command
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import show, show_details
from bot.services.lookup.typeahead import suggest_roles, suggest_subjects, suggest_targets
from bot.text.translator import Translator, load_translators
from tests.properties import examples, sampled
from tests.strategies import HOSTILE, REVISION, TYPED, Shape, catalogue_of, catalogues
from tests.unit.cards.answers import answers
from tests.unit.cards.holders import holding, standings
from tests.unit.cards.surfaces import (
    assert_slack_takes,
    assert_slack_takes_options,
    assert_slack_takes_view,
    controls,
    objects,
)
from tests.unit.samples import ALL_WORDS, JOINER, workshop

TRANSLATORS = load_translators()
# A page of a gap that is to be used, not searched.
MOST_CONTROLS = 12
# Explaining a failure takes many cards and tells little more than the smallest one.
LOCALES = st.sampled_from(TRANSLATORS.locales)


@given(catalogues(), TYPED, LOCALES, st.integers(0, 2**32))
@examples(20)
def test_slack_takes_every_card(catalogue: Catalogue, typed: str, locale: str, seed: int) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for answer in answers(catalogue, typed, random.Random(seed)):  # noqa: S311 - repeatable samples
        for shared in (False, True):
            assert_slack_takes(render(answer, tr, shared=shared))


@given(catalogues(), TYPED, LOCALES, st.integers(0, 2**32))
@examples(20)
def test_slack_takes_every_card_of_a_member_who_holds_something(
    catalogue: Catalogue, typed: str, locale: str, seed: int
) -> None:
    tr, rng = TRANSLATORS.for_locale(locale), random.Random(seed)  # noqa: S311 - repeatable samples
    growth = holding(catalogue, rng)
    known = standings(growth, catalogue)
    for answer in answers(catalogue, typed, rng):
        body = with_own_state(answer.body, known, growth.active_goal)
        assert_slack_takes(render(replace(answer, body=body), tr))
        if isinstance(body, GapReport):
            for check in (False, True):
                _assert_receipts_taken(answer, body, tr, rng, check=check)


def _assert_receipts_taken(
    answer: Answer, report: GapReport, tr: Translator, rng: random.Random, *, check: bool
) -> None:
    """Try the card after a press on one of its items, with a goal reached above it."""
    assert isinstance(answer.request, ShowGap)
    answer = replace(answer, request=replace(answer.request, check=check))
    for gap in report.listed(check=check)[:5]:
        status = rng.choice([*Status, None])
        receipt = Receipt(
            key_of(gap.target), status, rng.choice([0, 7]), rng.randrange(3), "<" * 99
        )
        card = render(replace(answer, body=replace(report, receipt=receipt)), tr)
        reached = with_lead(card, [section(reached_text(None, tr))])
        assert_slack_takes(reached)
        assert controls(reached.blocks) <= MOST_CONTROLS


# The largest of everything, each text hostile in one way at its greatest length.
LARGEST = Shape(
    skills=100,
    groups=100,
    domains=100,
    roles=60,
    ladders=1,
    levels=12,
    forked=False,
    depths=6,
    dense=True,
    long_keys=True,
    seed=5,
)


@sampled("number", range(len(HOSTILE)))
def test_slack_takes_the_largest_cards(number: int) -> None:
    text = HOSTILE[number]
    tr = TRANSLATORS.for_locale(TRANSLATORS.locales[number % len(TRANSLATORS.locales)])
    catalogue = catalogue_of(LARGEST, ((text * 100)[:100],))
    kinds = set()
    growth = holding(catalogue, random.Random(4))  # noqa: S311 - repeatable samples
    known = standings(growth, catalogue)
    for answer in answers(catalogue, text, random.Random(3)):  # noqa: S311 - repeatable samples
        kinds.add(type(answer.body))
        assert_slack_takes(render(answer, tr))
        assert_slack_takes(render(answer, tr, shared=True))
        body = with_own_state(answer.body, known, growth.active_goal)
        kinds.add(type(body))
        card = render(replace(answer, body=body), tr)
        assert_slack_takes(card)
        if isinstance(body, GapReport):
            assert controls(card.blocks) <= MOST_CONTROLS
    assert kinds == set(get_args(Body)), "every kind of answer is tried"


@given(catalogues(), LOCALES, st.data())
@examples(30)
def test_slack_takes_every_modal(catalogue: Catalogue, locale: str, data: st.DataObject) -> None:
    content, tr = catalogue.content, TRANSLATORS.for_locale(locale)
    if not (content.skills and content.roles):
        return
    skill, role = (
        data.draw(st.sampled_from(content.skills)),
        data.draw(st.sampled_from(content.roles)),
    )
    rng = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311 - repeatable samples
    known = standings(holding(catalogue, rng, data.draw(TYPED)), catalogue)
    back = ShowGap(role.key, (role.ladder.levels[0].key,), page=7)
    for level in role.ladder.levels:
        request = ShowDetails(skill.key, role.key, level.key)
        details = show_details(catalogue, request)
        assert_slack_takes_view(details_view(details, tr))
        if details.cell.expectation:
            own = known.own_cell(details.cell.expectation)
            assert_slack_takes_view(details_view(details, tr, own, back=back))
        for other in details.roles:
            turned = turn_details_to(catalogue, request, role=other.key)
            assert turned.rung.role == other


@given(catalogues(), LOCALES, st.integers(0, 2**32))
@examples(20)
def test_slack_takes_every_step_of_a_walk(catalogue: Catalogue, locale: str, seed: int) -> None:
    tr, rng = TRANSLATORS.for_locale(locale), random.Random(seed)  # noqa: S311 - repeatable samples
    known = standings(holding(catalogue, rng), catalogue)
    for role in catalogue.content.roles[:2]:
        for level in role.ladder.levels[:3]:
            target = ShowGap(role.key, (level.key,))
            try:
                found = walk(catalogue, target, ANYONE, known)
            except OutdatedCard:
                assert not catalogue.expectations_at(role, level)
                continue
            for at in range(min(3, len(found.steps))):
                assert_slack_takes_view(assessment_view(found, Assess(target), at, tr))
            assert_slack_takes_view(assessment_view(found, Assess(target), len(found.steps), tr))


@given(catalogues(), TYPED, LOCALES)
@examples(15)
def test_slack_takes_every_suggestion(catalogue: Catalogue, typed: str, locale: str) -> None:
    shelf, tr = Shelf(catalogue, ALL_WORDS), TRANSLATORS.for_locale(locale)
    for suggest in (suggest_subjects, suggest_roles, suggest_targets):
        for text in (typed, "", typed[:2]):
            offers = suggest(shelf, text)
            options = suggestion_options(offers, tr)
            assert len(options) == len(offers), "no suggestion is too long to carry"
            assert_slack_takes_options(options)


@given(TYPED, LOCALES)
def test_slack_takes_every_error(text: str, locale: str) -> None:
    tr = TRANSLATORS.for_locale(locale)
    for code in ("query_too_long", "outdated_card", "too_slow", "store_unavailable", text):
        assert_slack_takes(error_card(code, {"limit": 300}, tr))
    assert_slack_takes(incident_card(text, tr))
    assert_slack_takes(unknown_action_card(tr))


@pytest.mark.parametrize("lines", [1, 2, 59, 60, 61, 400])
def test_a_long_text_in_a_modal_is_never_cut_within_an_entity(lines: int) -> None:
    text = LocalText("\n".join(["&" * 60] * lines))
    catalogue = workshop()
    found = show_details(catalogue, ShowDetails("sawing", "joiner", "adept"))
    expectation = found.cell.expectation
    assert expectation is not None
    long = found.cell._replace(expectation=replace(expectation, text=text))
    view = details_view(replace(found, cell=long, below=long), TRANSLATORS.for_locale("en"))
    assert_slack_takes_view(view)


def test_a_full_ladder_fits_its_section() -> None:
    """Twelve long names and long sentences, and nothing else that would make the card tighter."""
    long = LocalText("W" * 300)
    levels = tuple(Level(f"l{rank}", long, rank) for rank in range(1, 13))
    ladder = Ladder("full", long, levels)
    role = replace(JOINER, ladder=ladder, focus={level.key: long for level in levels})
    content = workshop().content
    full = replace(content, ladders=(ladder,), roles=(role,), expectations=())
    request = ShowRole(role.key, ("l12",))
    for tr in map(TRANSLATORS.for_locale, TRANSLATORS.locales):
        assert_slack_takes(render(show(Catalogue(REVISION, full), request, ANYONE), tr))


def test_asking_for_the_role_keeps_what_was_typed() -> None:
    tr = TRANSLATORS.for_locale("en")
    card = render(gap_command(Shelf(workshop(), ALL_WORDS), "staff", ANYONE), tr)
    values = [each["value"] for each in objects(list(card.blocks)) if each.get("type") == "button"]
    assert ShowGap("joiner", ("staff",)) in map(decode, values)

"""With a prefix every card names the commands that work, and differs in nothing else."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.cards.card import Card
from bot.cards.errors.card import error_card, unknown_command_card
from bot.cards.errors.stale_words import STALE_WORDS
from bot.cards.growth.home.view import home_view
from bot.cards.growth.hub_card import hub_card
from bot.cards.render import render
from bot.domain.answers import Answer, Help
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ANYONE
from bot.services.growth.own_state import with_own_state
from bot.text.translator import Translator
from tests.prefixed import ACME, named_plainly
from tests.unit.cards.homes import pages
from tests.unit.cards.test_card_snapshots import (
    ANSWERS,
    ERRORS,
    GROWTH,
    KNOWN,
    OWN,
    SHARED,
    TRANSLATORS,
)
from tests.unit.samples import built_in

Shown = Callable[[Translator], str]
IN_TEXT = "use /skill mlops, or /growth"


def _card(build: Callable[[Translator], Card]) -> Shown:
    return lambda tr: build(tr).json.decode()


def _own(name: str) -> Shown:
    answer = ANSWERS[name]()
    body = with_own_state(answer.body, KNOWN, GROWTH.active_goal)
    return _card(lambda tr: render(replace(answer, body=body), tr))


def _home(page: HomePage, tr: Translator) -> str:
    return json.dumps(home_view(page, tr), ensure_ascii=False)


@pytest.fixture(params=TRANSLATORS.locales)
def tr(request: pytest.FixtureRequest) -> Translator:
    return TRANSLATORS.for_locale(request.param)


def assert_only_named_anew(shown: Shown, tr: Translator) -> None:
    """Hold that a prefix changes the names of the commands, each of them, and nothing else."""
    plain, named = shown(tr), shown(tr.naming(ACME))
    assert named == ACME.in_text(plain)
    assert not named_plainly(named)


@pytest.mark.parametrize("name", ANSWERS)
def test_cards(name: str, tr: Translator) -> None:
    answer = ANSWERS[name]()
    assert_only_named_anew(_card(lambda tr: render(answer, tr)), tr)


@pytest.mark.parametrize("name", OWN)
def test_own_cards(name: str, tr: Translator) -> None:
    assert_only_named_anew(_own(name), tr)


@pytest.mark.parametrize("name", SHARED)
def test_shared_cards(name: str, tr: Translator) -> None:
    answer = ANSWERS[name]()
    assert_only_named_anew(_card(lambda tr: render(answer, tr, shared=True)), tr)


@pytest.mark.parametrize("command", ["skill", "promote-gap", "growth"])
def test_help(command: str, tr: Translator) -> None:
    answer = Answer(Help(command), ANYONE)
    assert_only_named_anew(_card(lambda tr: render(answer, tr)), tr)
    assert f"/acme-{command}" in render(answer, tr.naming(ACME)).text


@pytest.mark.parametrize("code", [*ERRORS, *STALE_WORDS])
def test_errors(code: str, tr: Translator) -> None:
    build = ERRORS.get(code) or (lambda tr: error_card(code, {}, tr))
    assert_only_named_anew(_card(build), tr)
    assert_only_named_anew(_card(unknown_command_card), tr)


def test_homes_and_hubs(tr: Translator) -> None:
    catalogue = built_in().catalogue
    for page in pages(catalogue, catalogue, "A note", random.Random(1)):  # noqa: S311
        assert_only_named_anew(partial(_home, page), tr)
        assert_only_named_anew(_card(partial(hub_card, page)), tr)


def test_what_a_member_wrote_stays_as_typed(tr: Translator) -> None:
    typed = Answer(replace(ANSWERS["unknown"]().body, typed=IN_TEXT), ANYONE)  # type: ignore[arg-type]
    card = render(typed, tr.naming(ACME))
    assert IN_TEXT in card.text
    assert IN_TEXT in card.blocks_json
    catalogue = built_in().catalogue
    for page in pages(catalogue, catalogue, IN_TEXT, random.Random(2))[3:]:  # noqa: S311
        before, after = (_home(page, each) for each in (tr, tr.naming(ACME)))
        assert after.count(IN_TEXT) == before.count(IN_TEXT)

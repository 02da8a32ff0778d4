"""Every card in Chinese: no English word of ours is left, and all marks show as bold or code."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

import pytest

from bot.cards.blocks import View
from bot.cards.card import Card
from bot.cards.errors.card import error_card, incident_card, unknown_action_card
from bot.cards.growth.evidence_views import (
    EvidenceDraft,
    deleted_view,
    evidence_form,
    evidence_list,
    gone_view,
    kept_view,
)
from bot.cards.lookup.details.view import details_view
from bot.cards.lookup.finding.finder_view import finder_view
from bot.cards.lookup.finding.suggestions import suggestion_options
from bot.cards.lookup.sharing import with_shared_note, with_sharer
from bot.cards.render import render
from bot.domain import errors
from bot.domain.answers import Ambiguous, Answer, Body, NeedsLevel, Offer, Unknown
from bot.domain.framework import CellKey
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.own_profile import OwnProfile
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.picked import Picked
from bot.domain.lookup.requests import ANYONE, ShowDetails, ShowDomain, ShowGap, ShowSkill, Viewer
from bot.domain.text import LocalText
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.lookups import skill_command
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import show, show_details
from bot.text.translator import Translator, load_translators
from tests.tools.messages import touching_marks
from tests.unit.cards.holders import holding, standings
from tests.unit.samples import built_in

V = TypeVar("V")

# What is the same in every language: commands, and the names of products and abbreviations.
SAME = re.compile(
    r"`[^`]*`|<@\w+>|/skill mlops senior|/skill|/promote-gap|/growth goal|/growth|Nextrung|Slack"
    r"|“sr”|“mlops senior”|Save as growth evidence|https://example.com/page|<(!date|https:)[^|]*"
)
LATIN = re.compile(r"[A-Za-z]+")
ENGINEER = Viewer("llm-engineer", "senior")
TEXT_KEYS = ("text", "placeholder", "description", "accessibility_label", "title", "close")


@pytest.fixture(scope="module")
def tr() -> Translator:
    return load_translators().for_locale("zh-CN")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return built_in()


def _answers(shelf: Shelf) -> Iterator[Answer]:
    for text in (
        *("", "help", "mlops senior", "mlops", "ml-experiment-tracking lead", "llm-engineer"),
        *("promt engineering lead", "containers senior", "senior", "不存在的词", "？？"),
    ):
        for viewer in (ANYONE, ENGINEER, Viewer("data-scientist", "middle")):
            yield skill_command(shelf, text, viewer)
    for text in (
        *("", "help", "llm-engineer lead", "llm-engineer", "llm-engineer senior", "不存在的词"),
        *("llm-engineer lead from data-scientist senior", "data-scientist from llm-engineer"),
        *("llm-engineer junior", "llm-engineer principal", "llm-engineer 院士"),
    ):
        for viewer in (ANYONE, ENGINEER, Viewer("llm-engineer", "principal")):
            yield gap_command(shelf, text, viewer)
    catalogue = shelf.catalogue
    yield show(catalogue, ShowDomain(catalogue.content.domains[0].key), ANYONE)
    skill = show(catalogue, ShowSkill("ml-experiment-tracking"), ENGINEER)
    yield skill
    growth = holding(catalogue, random.Random(4))  # noqa: S311 - repeatable samples
    known = standings(growth, catalogue)
    yield replace(skill, body=with_own_state(skill.body, known, growth.active_goal))
    yield show_gap(catalogue, ShowGap("mlops-engineer", ("lead",), page=1), ENGINEER)
    offers = tuple(
        Offer(kind, LocalText("示例"), ShowDomain("sample")) for kind in (Kind.ROLE, *Kind)
    )
    yield Answer(Ambiguous("词", offers * 3), ANYONE)
    yield Answer(Ambiguous("高级", offers * 3, is_level=True), ANYONE)
    yield Answer(Unknown("词", offers), ANYONE)
    corrections = (("错字", LocalText("示例")), ("别字", LocalText("示例")))
    yield Answer(Unknown("", ()), ANYONE, corrections=corrections, ignored=("多余", "无关"))
    yield Answer(Unknown("词", ()), ANYONE, former=corrections)


def _in_chinese(value: V, known: dict[int, Any] | None = None) -> V:
    """Return the value with Chinese for every catalogue text, so that any English is ours."""
    known = {} if known is None else known
    if id(value) in known:
        found: V = known[id(value)]
        return found
    built: Any = value
    if isinstance(value, LocalText):
        built = LocalText("示例名称")
    elif isinstance(value, tuple | Picked):
        parts_of = [_in_chinese(each, known) for each in value]
        # A named tuple stays one.
        built = type(value)(*parts_of) if hasattr(value, "_fields") else tuple(parts_of)
    elif isinstance(value, Mapping):
        built = {key: _in_chinese(each, known) for key, each in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: _in_chinese(getattr(value, each.name), known) for each in fields(value)}
        built = replace(value, **parts)
    known[id(value)] = built
    return built  # type: ignore[no-any-return]  # rebuilt as the same type


def _texts(value: Any) -> Iterator[str]:
    """Yield every string of a card that a person sees or hears."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in TEXT_KEYS and isinstance(each, str):
                yield each
            else:
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _english(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if LATIN.search(SAME.sub("", text))]


def _everything_shown(shelf: Shelf, tr: Translator) -> Iterator[tuple[str, Any]]:
    """Yield each card, modal and note in Chinese under a name."""
    for answer in _answers(shelf):
        chinese = _in_chinese(replace(answer, corrections=answer.corrections and CORRECTED))
        # What is a member's own is never shared.
        for shared in (False,) if isinstance(answer.body, OwnProfile) else (False, True):
            card = render(_typed_in_chinese(chinese), tr, shared=shared)
            yield type(answer.body).__name__, {"text": card.text, "blocks": card.blocks}
    role = shelf.catalogue.role("data-scientist")
    assert role is not None
    for skill in shelf.catalogue.content.skills:
        for level in role.ladder.levels:
            found = show_details(shelf.catalogue, ShowDetails(skill.key, role.key, level.key))
            yield "Details", details_view(_in_chinese(found), tr)
    yield from (("Evidence", each) for each in _evidence_views(shelf, tr))
    for code in _codes():
        card = error_card(code, {"limit": 200}, tr)
        yield code, {"text": card.text, "blocks": card.blocks}
    for card in (incident_card("1234", tr), unknown_action_card(tr)):
        yield "error", {"text": card.text, "blocks": card.blocks}
    note = Card("", [])
    yield "note", asdict(with_shared_note(with_sharer(note, "U0ENGINEER", tr), tr))
    offers = tuple(Offer(kind, LocalText("示例"), ShowDomain("sample")) for kind in Kind)
    yield "suggestions", suggestion_options(offers, tr)


def _evidence_views(shelf: Shelf, tr: Translator) -> Iterator[View]:
    """Yield the modals of evidence and the finder, with samples of a Chinese member's."""
    skill = shelf.catalogue.content.skills[0]
    expectation = _in_chinese(shelf.catalogue.expectations_of(skill)[0])
    cells = tuple((CellKey("r", "l", "键"), each) for each in (None, expectation))
    added = datetime(2026, 11, 23, tzinfo=UTC)
    message = Evidence(1, EvidenceKind.SLACK_MESSAGE, "记录", "https://x.slack.com/p1", added)
    draft = EvidenceDraft("记录", supports=cells, piece=message, quoted=True, cut=True)
    yield from (evidence_form(each, tr, metadata="") for each in (EvidenceDraft(), draft))
    yield from (evidence_list([(message, each)] * 12, 0, tr) for each in ((), cells))
    yield from (evidence_list([], 0, tr), kept_view(message, cells, 1, tr))
    yield from (deleted_view(tr), gone_view(tr), finder_view(tr))
    found = show(shelf.catalogue, ShowSkill(skill.key), ANYONE)
    yield finder_view(tr, _in_chinese(found))


CORRECTED = (("错字", LocalText("示例")),)


def _typed_in_chinese(answer: Answer) -> Answer:
    """Put a Chinese word for what the card repeats of the member's own typing."""
    body = changed = answer.body
    if isinstance(body, Ambiguous | Unknown | NeedsLevel) and body.typed:
        changed = replace(body, typed="词")
    return replace(answer, body=changed, ignored=tuple("词" for _ in answer.ignored))


def _codes() -> list[str]:
    found = [each for each in vars(errors).values() if isinstance(each, type)]
    return [each.code for each in found if issubclass(each, errors.NextrungError)]


def test_samples_show_every_kind_of_answer(shelf: Shelf) -> None:
    assert {type(each.body) for each in _answers(shelf)} == set(get_args(Body))


def test_no_english_word_of_the_interface_is_left(shelf: Shelf, tr: Translator) -> None:
    left = {
        name: found
        for name, card in _everything_shown(shelf, tr)
        if (found := _english(_texts(card)))
    }
    assert left == {}


def test_marks_are_apart_from_chinese_signs(shelf: Shelf, tr: Translator) -> None:
    touching = {
        name: found
        for name, card in _everything_shown(shelf, tr)
        if (found := [mark for text in _texts(card) for mark in touching_marks(text)])
    }
    assert touching == {}


def test_the_test_itself_sees_english(shelf: Shelf) -> None:
    english = load_translators().for_locale("en")
    seen = {name for name, card in _everything_shown(shelf, english) if _english(_texts(card))}
    assert seen >= {each.__name__ for each in get_args(Body)} | {"Details", "note", "suggestions"}

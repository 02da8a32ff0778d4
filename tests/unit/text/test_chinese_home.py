"""Home, hub, forms and settings in Chinese: no English word of ours, and all marks show."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.cards.growth.home.moved import move_line
from bot.cards.growth.home.view import home_view
from bot.cards.growth.hub_card import hub_card
from bot.cards.growth.rung_form import RungForm, goal_view, role_view
from bot.cards.lookup.role_choice_card import role_choice_card
from bot.cards.members.settings_view import settings_view
from bot.domain.growth.goal_drift import MoveKind, moves
from bot.domain.lookup.requests import ANYONE, Viewer
from bot.domain.revision import Catalogue
from bot.services.lookup.role_choice import role_command
from bot.services.lookup.shelves import Shelf
from bot.text.translator import Translator, load_translators
from tests.strategies import Shape, catalogue_of
from tests.tools.messages import touching_marks
from tests.unit.cards.homes import pages
from tests.unit.samples import ALL_WORDS
from tests.unit.text.test_chinese_cards import _english, _texts

TRANSLATORS = load_translators()
MODEST = Shape(
    skills=6, groups=2, domains=2, roles=4, ladders=1, levels=5, forked=False, depths=3,
    dense=True, long_keys=False, seed=3,
)  # fmt: skip
DATE = re.compile(r"<!date\^[^|]*\|")


def catalogues_in_chinese() -> tuple[Catalogue, Catalogue]:
    first = catalogue_of(MODEST, ("示例名称",))
    return first, catalogue_of(MODEST, ("另一名称",))


def everything_shown(tr: Translator) -> Iterator[tuple[str, Any]]:
    old, new = catalogues_in_chinese()
    role = old.content.roles[0]
    for seed in range(12):
        rng = random.Random(seed)  # noqa: S311 - repeatable samples
        for page in pages(old, new, "一条笔记", rng):
            yield "home", home_view(page, tr)
            yield "home", home_view(page, tr, choosing=role.key)
            card = hub_card(page, tr)
            yield "hub", {"text": card.text, "blocks": card.blocks}
    for form in (RungForm((role,), role, role.ladder.levels), RungForm((role,), role)):
        yield "role form", role_view(form, tr)
        yield "goal form", goal_view(form, tr)
    for chosen in (None, "zh"):
        yield "settings", settings_view(chosen, "zh", {"zh": "中文"}, tr)
    for text in ("", "不存在", "？？"):
        for viewer in (ANYONE, Viewer(role.key)):
            card = role_choice_card(role_command(Shelf(old, ALL_WORDS), text, viewer), tr)
            yield "role choice", {"text": card.text, "blocks": card.blocks}
    expectation = old.content.expectations[0]
    found = moves(old, new, role=expectation.role.key, level=expectation.level.key)
    for move in found[:1]:
        for kind in MoveKind:
            built = type(move)(move.skill, kind, move.before, move.after)
            yield f"move {kind}", {"text": move_line(built, tr)}


def cleaned(texts: Iterator[str]) -> list[str]:
    """Return what is seen: dates without the code that Slack reads, and no key that is lost."""
    return [DATE.sub("", text).replace("gone", "已删") for text in texts]


def test_no_english_word_of_the_interface_is_left() -> None:
    tr = TRANSLATORS.for_locale("zh-CN")
    left = {
        name: found
        for name, shown in everything_shown(tr)
        if (found := _english(iter(cleaned(_texts(shown)))))
    }
    assert left == {}


def test_marks_are_apart_from_chinese_signs() -> None:
    tr = TRANSLATORS.for_locale("zh-CN")
    touching = {
        name: found
        for name, shown in everything_shown(tr)
        if (found := [mark for text in cleaned(_texts(shown)) for mark in touching_marks(text)])
    }
    assert touching == {}


def test_the_test_itself_sees_english() -> None:
    english = TRANSLATORS.for_locale("en")
    seen = {name for name, shown in everything_shown(english) if _english(_texts(shown))}
    assert seen >= {"home", "hub", "role form", "goal form", "settings", "role choice"}
    assert len(seen) >= 6 + len(MoveKind)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("ZH_tw", "zh"),
        ("Chinese", "zh"),
        ("simplified chinese", "zh"),
        ("中文", "zh"),
        ("简体中文", "zh"),
        ("en", "en"),
        (" English ", "en"),
        ("英语", "en"),
        ("klingon", None),
        ("", None),
        ("x" * 300, None),
    ],
)
def test_languages_are_named_in_any_of_ours(typed: str, tag: str | None) -> None:
    assert TRANSLATORS.named(typed) == tag


def test_languages_have_names_in_every_language() -> None:
    assert TRANSLATORS.for_locale("en").language_name("zh") == "Chinese"
    assert TRANSLATORS.for_locale("zh").language_name("zh") == "中文"
    assert TRANSLATORS.for_locale("zh").language_name("en") == "英语"

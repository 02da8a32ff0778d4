"""Each fact of the web page that a skill profile stands for, and where the bot shows it."""

from collections import Counter

import pytest

from bot.cards.card import Card
from bot.cards.lookup.details.view import details_view
from bot.cards.render import render
from bot.domain.framework import Expectation
from bot.domain.lookup.requests import ANYONE, ShowDetails, ShowSkill
from bot.sandbox.plain import plain_text
from bot.services.lookup.showing import show, show_details
from bot.text.translator import Translator, load_translators
from bot.text.words import requirement_name
from tests.unit.cards.surfaces import objects
from tests.unit.samples import built_in

SKILL = "ml-experiment-tracking"
CATALOGUE = built_in().catalogue
# What the page says above its tables, in its own language and in English.
HEAD = {
    "zh": {
        "领域": "机器学习与人工智能",
        "技能档案": "技能档案",
        "角色数": "4 个角色",
        "级别数": "5 个级别",
        "必要要求": "0 项必要要求，其余 20 项可选",
        "技能组": "MLOps",
        "更新": "更新于2026年11月29日",
        "选择当前级别": "级别：初级",
    },
    "en": {
        "领域": "Machine Learning &amp; AI",
        "技能档案": "Skill profile",
        "角色数": "4 roles",
        "级别数": "5 levels",
        "必要要求": "0 mandatory, the other 20 optional",
        "技能组": "MLOps",
        "更新": "updated Nov 29, 2026",
        "选择当前级别": "Level: Junior",
    },
}
TRANSLATORS = load_translators()


def card(request: ShowSkill, tr: Translator) -> Card:
    return render(show(CATALOGUE, request, ANYONE), tr)


def plain(shown: Card) -> str:
    return plain_text([{**block} for block in shown.blocks])


@pytest.mark.parametrize("locale", HEAD)
def test_the_head_of_the_page_is_on_the_card(locale: str) -> None:
    said = plain(card(ShowSkill(SKILL), TRANSLATORS.for_locale(locale)))
    assert {fact: words in said for fact, words in HEAD[locale].items()} == dict.fromkeys(
        HEAD[locale], True
    )


def test_the_four_roles_are_on_the_card_and_in_its_menu() -> None:
    shown = card(ShowSkill(SKILL), TRANSLATORS.for_locale("en"))
    menus = [each for each in objects(list(shown.blocks)) if each.get("action_id") == "find_role"]
    (labels,) = [[each["text"]["text"] for each in menu["options"]] for menu in menus]
    names = ["Data Scientist", "ML Engineer", "LLM Engineer", "MLOps Engineer"]
    assert labels == [f"Role: {name}" for name in names]
    assert [name for name in names if f"*{name} · Junior*" not in plain(shown)] == []


CELLS = [each for each in CATALOGUE.content.expectations if each.skill.key == SKILL]


def test_four_roles_have_five_rows_each() -> None:
    """The page has the rows of two of them."""
    assert Counter(each.role.key for each in CELLS) == {
        "data-scientist": 5,
        "ml-engineer": 5,
        "llm-engineer": 5,
        "mlops-engineer": 5,
    }


@pytest.mark.parametrize("locale", HEAD)
@pytest.mark.parametrize("cell", CELLS, ids=lambda each: f"{each.role.key}-{each.level.key}")
def test_each_row_of_the_page_is_in_the_table_of_its_role(cell: Expectation, locale: str) -> None:
    """Another role's table is one choice in the menu away, and Details are one press away."""
    tr = TRANSLATORS.for_locale(locale)
    assert cell.wording is not None
    shown = card(ShowSkill(SKILL, role=cell.role.key), tr)
    (table,) = [block for block in shown.blocks if block["type"] == "table"]
    rows = [[plain_text([{**piece}]) for piece in row] for row in table["rows"]]
    assert tr.of(cell.role.name) in rows[0][1]
    (text,) = [row[1] for row in rows if row[0].splitlines()[0] == tr.of(cell.level.name)]
    (told,) = [row[0] for row in rows if row[0].splitlines()[0] == tr.of(cell.level.name)]
    assert text == tr.of(cell.wording)
    assert requirement_name(cell.requirement, tr) in told
    details = show_details(CATALOGUE, ShowDetails(SKILL, cell.role.key, cell.level.key))
    view = details_view(details, tr)
    seen = [each["text"] for each in objects(list(view["blocks"])) if each.get("type") == "mrkdwn"]
    assert any(tr.of(cell.wording).replace("&", "&amp;") in each for each in seen)

"""Words, numbers, dates and lists in a member's language."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.said import Said, said
from bot.domain.text import LocalText
from bot.text.translator import Translators, load_translators

DUTCH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello {name}"
msgstr "Dag {name}"

msgid "{count} skill of {name}"
msgid_plural "{count} skills of {name}"
msgstr[0] "{count} vaardigheid van {name}"
msgstr[1] "{count} vaardigheden van {name}"

#, fuzzy
msgid "Unsure"
msgstr "Onzeker"
"""


@pytest.fixture(scope="module")
def translators() -> Translators:
    return load_translators()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh_Hans_CN", "zh"),
        ("en", "en"),
        ("en-GB", "en"),
        ("xx-YY", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_falls_back_from_region_to_language_to_english(
    translators: Translators, asked: str | None, given: str
) -> None:
    assert translators.for_locale(asked).locale == given


def test_exact_region_comes_before_its_language(tmp_path: Path) -> None:
    for name in ("nl.po", "nl-BE.po"):
        (tmp_path / name).write_text(DUTCH, encoding="utf-8")
    translators = load_translators(tmp_path)
    assert translators.for_locale("nl-BE").locale == "nl-BE"
    assert translators.for_locale("nl_BE").locale == "nl-BE"
    assert translators.for_locale("nl-NL").locale == "nl"


def test_third_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "nl.po").write_text(DUTCH, encoding="utf-8")
    translators = load_translators(tmp_path)
    assert translators.locales == ("en", "nl")
    tr = translators.for_locale("nl")
    assert tr("Hello {name}", name="Sample Engineer") == "Dag Sample Engineer"
    assert tr("Not in the file") == "Not in the file"
    assert tr("Unsure") == "Unsure"  # what nobody has confirmed is not shown
    forms = [
        tr.plural("{count} skill of {name}", "{count} skills of {name}", count, name="X")
        for count in (0, 1, 1234)
    ]
    assert forms == [
        "0 vaardigheden van X",
        "1 vaardigheid van X",
        "1.234 vaardigheden van X",
    ]


def test_english_needs_no_file(tmp_path: Path) -> None:
    tr = load_translators(tmp_path).for_locale("zh-CN")
    assert tr("Details") == "Details"
    assert tr.plural("{count} skill", "{count} skills", 1) == "1 skill"
    assert tr.plural("{count} skill", "{count} skills", 1234) == "1,234 skills"


def test_chinese_has_one_plural_form(translators: Translators) -> None:
    tr = translators.for_locale("zh-CN")
    forms = [tr.plural("{count} skill", "{count} skills", count) for count in (0, 1, 2, 1234)]
    assert forms == ["0 项技能", "1 项技能", "2 项技能", "1,234 项技能"]


def test_braces_in_a_filled_in_name_stay(translators: Translators) -> None:
    tr = translators.for_locale("zh")
    assert tr("Gap to {level}", level="{count} 100%") == "晋升差距：{count} 100%"


def test_a_sentence_made_elsewhere_is_said_in_each_language(translators: Translators) -> None:
    made = said("more than {rows} rows; split the table into several files", rows=12_000)
    assert made == "more than 12,000 rows; split the table into several files"
    assert translators.for_locale("en").said(made) == made
    assert translators.for_locale("zh").said(made) == "超过 12,000 行；请把表格拆成几个文件"
    inner = said("the alias is the key of another {kind}; remove it", kind=said("skill"))
    assert translators.for_locale("zh").said(inner) == "这个别名是另一个技能的键；请删除它"


def test_what_nobody_translates_stays_as_it_is(translators: Translators) -> None:
    chinese = translators.for_locale("zh")
    assert chinese.said(Said("expected {token}")) == "expected {token}"
    assert chinese.said("plain") == "plain"
    quoted = said("'{name}' is missing; add it", name="{braces}")
    assert chinese.said(quoted) == "缺少 '{braces}'；请补上"


def test_numbers_and_dates_are_those_of_the_language(translators: Translators) -> None:
    english, chinese = translators.for_locale("en"), translators.for_locale("zh")
    day = date(2026, 2, 22)
    assert (english.number(1234567), chinese.number(1234567)) == ("1,234,567", "1,234,567")
    assert (english.date(day), chinese.date(day)) == ("Feb 22, 2026", "2026年2月22日")


def test_catalogue_texts_fall_back_to_the_base_language(translators: Translators) -> None:
    both = LocalText("Senior", {"zh": "高级"})
    only_base = LocalText("Fellow")
    chinese, english = translators.for_locale("zh-CN"), translators.for_locale("en-GB")
    assert (chinese.of(both), chinese.of(only_base)) == ("高级", "Fellow")
    assert (english.of(both), english.of(only_base)) == ("Senior", "Fellow")


@pytest.mark.parametrize("name", ["SRE", "a \u2060*\u2060 b", "\u2060*\u2060"])
def test_a_name_within_chinese_words_is_not_bold_whatever_is_in_it(name: str) -> None:
    told = load_translators().for_locale("zh")(
        "Which level of {role} do you want to reach?", role=f"*{name}*"
    )
    assert told == f"你想达到{name}的哪个级别？"

"""Chinese messages use the words that the list for contributors names, and no other."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from bot.text.translator import LOCALES
from tests.docs.pages import Page

HAN = "\u4e00-\u9fff"
CODE = re.compile(r"`[^`]*`")
BOLD = re.compile(r"(?<![\w/])\*[^*\n]+\*")
# Names of the catalogue, and dates, which are Chinese themselves; other places hold numbers, code
# and the like.
_CATALOGUE = ("rung", "role", "level", "skill", "target", "group", "domain", "depth")
NAMES = "|".join((*_CATALOGUE, "date", "month", "moment", "rhythm", "days"))
HOLE = re.compile(rf"[{HAN}，。：；！？] \{{({NAMES})\}}|\{{({NAMES})\}} [{HAN}，。：；！？]")
NARROW = re.compile(rf"[{HAN}][,;!?](?!\w)|[{HAN}]:(?! )|[,;!?:][{HAN}]")


def messages() -> Iterator[str]:
    """Yield each Chinese text without its code."""
    with (LOCALES / "zh.po").open("rb") as file:
        catalog = read_po(file, locale="zh")
    for message in catalog:
        if message.id:
            forms = (message.string,) if isinstance(message.string, str) else message.string or ()
            yield from (CODE.sub("x", each) for each in forms)


def terms() -> list[tuple[str, str]]:
    """Return each word that is never used, with the one to use."""
    rows = Page("CONTRIBUTING.md").rows("words in Chinese")
    return [(word, row[1]) for row in rows for word in row[2].split(", ")]


@pytest.mark.parametrize(("never", "instead"), terms())
def test_each_thing_has_one_word(never: str, instead: str) -> None:
    assert [each for each in messages() if never in each] == [], f"write {instead}"


@pytest.mark.parametrize(("never", "instead"), terms())
def test_words_to_use_are_used(never: str, instead: str) -> None:
    assert never not in instead.split(", ")
    text = "\n".join(messages())
    assert instead == "token" or any(each in text for each in instead.split(", "))


def test_bold_is_a_whole_line_or_nothing() -> None:
    lines = [line for each in messages() for line in each.split("\n") if BOLD.search(line)]
    assert lines
    assert [each for each in lines if not BOLD.fullmatch(each)] == []


def test_names_stand_without_holes() -> None:
    assert [each for each in messages() if HOLE.search(each)] == []


def test_punctuation_is_full_width() -> None:
    assert [each for each in messages() if NARROW.search(each)] == []


@pytest.mark.parametrize("text", ["目标： {rung}", "{skill} 已恢复原样", "设定于 {date}"])
def test_the_test_itself_sees_holes(text: str) -> None:
    assert HOLE.search(text)

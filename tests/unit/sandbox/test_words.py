"""The local Slack's words: a language is one file, and each has all of them."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from bot.sandbox import words as words_module
from bot.sandbox.dispatch.says import Phrase, says
from bot.sandbox.page.words import translator
from bot.sandbox.rendering.words import Word
from bot.sandbox.words import FOLDER, Part, words

PARTS: tuple[Part, ...] = get_args(Part)
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
_VALUE = re.compile(r"{(\w+)}")


def test_english_and_chinese_are_there() -> None:
    assert {"en", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_language_has_every_word_with_the_same_values(part: Part, language: str) -> None:
    english, other = words(part, "en"), words(part, language)
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert sorted(_VALUE.findall(text)) == sorted(_VALUE.findall(other[key])), key
        assert other[key].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_no_other_sections(language: str) -> None:
    text = (FOLDER / f"{language}.toml").read_text("utf-8")
    assert re.findall(r"^\[(.+)\]$", text, re.MULTILINE) == list(PARTS)


def test_the_code_asks_for_the_words_that_are_there() -> None:
    assert words("notices", "en").keys() == set(get_args(Phrase))
    assert words("blocks", "en").keys() == set(get_args(Word))


def test_a_third_language_is_one_more_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    english = (FOLDER / "en.toml").read_text("utf-8")
    made = re.sub(r' = "', ' = "fr: ', english)
    (tmp_path / "fr.toml").write_text(made, encoding="utf-8")
    monkeypatch.setattr(words_module, "FOLDER", tmp_path)
    assert translator("fr")("close") == "fr: Close"
    assert says("fr-CA", "bad_command", name="/x") == "fr: /x is not a valid command."
    assert words("blocks", "fr")["choose"] == "fr: Choose an option"
    assert words("days", "fr")["today"] == "fr: Today"
    assert translator("zh")("close") == "关闭"


def test_a_language_without_a_file_reads_english() -> None:
    assert words("days", "de") == words("days", "en")

"""The page's words: each template and script finds its own, in each language."""

import re
from pathlib import Path

import pytest

from bot.sandbox import page
from bot.sandbox.page.words import SCRIPT_WORDS, script_words, translator
from bot.sandbox.words import words

FOLDER = Path(page.__file__).parent
# Keys put together from a prefix and a value.
BUILT = ("fault_", "kind_", "plan_", "theme_", "wrong_", "apps_")
ENGLISH = words("page", "en")


def _used() -> set[str]:
    templates = [path.read_text("utf-8") for path in (FOLDER / "templates").rglob("*.j2")]
    modules = [path.read_text("utf-8") for path in FOLDER.glob("*.py") if path.stem != "words"]
    return set(re.findall(r"\bt\(\s*\"(\w+)\"", "\n".join(templates + modules)))


def test_every_word_asked_for_is_there() -> None:
    assert {key for key in _used() if not key.endswith("_")} <= ENGLISH.keys()


def test_every_word_of_the_scripts_is_sent_and_no_other() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (FOLDER / "assets").rglob("*.js"))
    assert set(re.findall(r"\bword\(\"(\w+)\"", scripts)) == set(SCRIPT_WORDS)
    assert script_words("zh").keys() == set(SCRIPT_WORDS)


def test_no_word_is_kept_that_nothing_asks_for() -> None:
    everything = "".join(
        path.read_text("utf-8")
        for path in [*FOLDER.rglob("*.j2"), *FOLDER.glob("*.py"), *FOLDER.rglob("*.js")]
        if path.stem != "words"
    )
    unused = {
        key
        for key in ENGLISH
        if f'"{key}"' not in everything
        and f"'{key}'" not in everything
        and not key.startswith(BUILT)
    }
    by_value = {"home", "messages", "about", "is_admin", "is_restricted", "deleted", "from_bot"}
    assert unused - by_value == set()


@pytest.mark.parametrize(("language", "close"), [("en", "Close"), ("zh", "关闭"), ("de", "Close")])
def test_an_unknown_language_reads_english(language: str, close: str) -> None:
    assert translator(language)("close") == close

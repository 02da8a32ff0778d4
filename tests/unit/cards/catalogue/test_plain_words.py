"""What is wrong with a file is told in Slack without a word of mappings or of the command line."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import bot.formats
from bot.cards.catalogue.plain_words import _PLAIN, plain_words
from bot.domain.said import said
from bot.text.translator import load_translators

FORMATS = Path(bot.formats.__path__[0])
# A flag, a mapping, or the quoted name of one of its fields.
TECHNICAL = re.compile(r"--\w|\bmapping\b|'[a-z]+(_[a-z]+)*'|'\{(slot|field)\}'")
# What only who writes a mapping, the native YAML, or a command can bring about.
ELSEWHERE = ("mapping/", "native", "yaml_file.py", "imports/drafting.py", "proposing/questions.py")
OF_A_MAPPING = {
    "the mapping",
    "the mapping names a file or sheet that is not there; correct its name",
    "the mapping names no such sheet or table, so it is left unread",
    "the path under 'records' leads to no record; compare it with the document",
    # Only the command line takes a folder.
    "this is a folder; name a file, or import the folder with --format native",
    # How a table was read: the name is that of a column.
    "{where}: an empty cell of '{field}' is taken to repeat the one above",
}


@cache
def sentences() -> frozenset[str]:
    return frozenset(_sentences())


def _sentences() -> Iterator[str]:
    for path in sorted(FORMATS.rglob("*.py")):
        if path.relative_to(FORMATS).as_posix().startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
                yield ast.literal_eval(node.args[0])


def test_every_technical_sentence_has_plain_words() -> None:
    technical = {each for each in sentences() if TECHNICAL.search(each)}

    assert technical - OF_A_MAPPING == technical & _PLAIN.keys()
    assert sentences() >= OF_A_MAPPING


@pytest.mark.parametrize("template", _PLAIN)
def test_plain_words_are_plain_and_fit(template: str) -> None:
    plain = _PLAIN[template].template

    assert not TECHNICAL.search(plain)
    assert not plain.endswith(" so"), "it would lead to what was left out"
    assert template in sentences()
    assert {*_places(plain)} <= {*_places(template)}


def test_a_sentence_within_another_is_told_plainly_too() -> None:
    tr = load_translators().for_locale("en")
    inner = said(
        "the encoding of the file is not known; {advice}, or name it with --encoding", advice="x"
    )

    assert plain_words(said("{guess}; {other}", guess=inner, other="y"), tr) == (
        "the encoding of the file is not known; x; y"
    )


def _places(template: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(template) if name)

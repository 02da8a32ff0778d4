"""Broken files, each with all that is said about it. See tests/corpus/README.md."""

import re
from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.mapping.reader import read_mapping
from bot.text.translator import load_translators
from tests.unit.formats.imports.importing import told

CORPUS = Path(__file__).parents[3] / "corpus"
CHINESE = load_translators().for_locale("zh")
HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"'[^']*'|（[^）]*）|\[\{.*?\}\]|File > Export To > Excel")
ENGLISH = re.compile(r"\b(?:the|a|of|is|and|or|in|it)\b")
FILES = sorted(
    path
    for path in CORPUS.iterdir()
    if path.suffix not in {".txt", ".yaml"} and path.stem != "README"
)


def report(path: Path) -> str:
    """Return everything that is said about a file, in the order in which it is said."""
    mapping = path.with_suffix(".yaml")
    result = import_catalogue(path, mapping=read_mapping(mapping) if mapping.exists() else None)
    size = None if result.content is None else len(result.content.expectations)
    fate = "refused" if size is None else f"imported: {size} expectations"
    return "\n".join([fate, *told(result)]) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_says_what_is_wrong_and_what_to_do(path: Path) -> None:
    assert report(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_everything_is_also_said_in_chinese(path: Path) -> None:
    mapping = path.with_suffix(".yaml")
    result = import_catalogue(path, mapping=read_mapping(mapping) if mapping.exists() else None)
    for finding in (*result.problems, *result.warnings, *result.notes):
        shown = CHINESE.said(finding.message)
        assert HAN.search(shown), finding.message
        # What stays in English is quoted from the file or the mapping, or a library's own words.
        assert not ENGLISH.search(QUOTED.sub("", shown)), shown


def test_the_corpus_is_whole() -> None:
    """At least 60 files, each one refused or imported with something to say."""
    assert len(FILES) >= 60
    stems = [path.stem for path in FILES]
    assert len(set(stems)) == len(stems)
    for path in FILES:
        assert len(path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()) > 1, path

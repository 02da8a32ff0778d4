"""The lists of typed words: one YAML file per language, read once, checked to the last phrase."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.days.typed import DATE_PLACES
from bot.domain.errors import NextrungError
from bot.domain.typed_phrases import BadPhrase, evened, pattern_of
from bot.domain.typed_words import SECTIONS, TypedWords, united
from bot.values import dataclass

# The one in C is several times as fast, where it was built.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TYPED = Path(__file__).parent / "typed"
# Where a phrase may have places, by section.
_PLACES: Mapping[str, frozenset[str]] = {"rhythm": frozenset({"weekday"}), "dates": DATE_PLACES}
# Where phrases are compared as they stand, not as patterns.
_WORDS_ALONE = frozenset({"spellings", "levels", "plurals", "numbers", "months", "slips", "lookup"})
_NOTATION = re.compile(r"[\[\](){}|]")
# Sections in which a word may be said for several meanings: it is understood by where it stands.
_MANY_MEANINGS = frozenset(
    {"lookup.filler", "lookup.courtesies", "rhythm.filler", "pause.lead", "plurals"}
)


class BrokenWordList(NextrungError):
    """A list of typed words cannot be used. Params: `remedy`: file, line, key, what to do."""

    code = "broken_word_list"


@dataclass(frozen=True, slots=True)
class _Phrase:
    section: str
    meaning: str
    text: str
    file: str
    line: int

    def broken(self, todo: str) -> BrokenWordList:
        return _broken(self.file, self.line, f"{self.section}.{self.meaning}", todo)


@cache
def load_typed_words(folder: Path = TYPED) -> TypedWords:
    """Read every ``<tag>.yaml`` of the folder as one value, once per process.

    Raises:
        BrokenWordList: a list is unreadable, has a key that no parser knows, a phrase that is not
            in the notation, or one that stands for two things, in one language or in two.
    """
    told: dict[tuple[str, str], _Phrase] = {}
    lists = []
    for path in sorted(folder.glob("*.yaml")):
        phrases = list(_phrases(path))
        for each in phrases:
            _check(each, told)
        lists.append(_words(phrases))
    return united(lists)


def _words(phrases: list[_Phrase]) -> TypedWords:
    found: dict[str, dict[str, list[str]]] = {name: {} for name in SECTIONS}
    for each in phrases:
        found[each.section].setdefault(each.meaning, []).append(each.text)
    return TypedWords(
        **{
            name: {key: tuple(texts) for key, texts in meanings.items()}
            for name, meanings in found.items()
        }
    )


def _check(phrase: _Phrase, told: dict[tuple[str, str], _Phrase]) -> None:
    """Refuse a phrase that no parser could use, or that already means something else."""
    if phrase.section in _WORDS_ALONE and _NOTATION.search(phrase.text):
        raise phrase.broken(f"write “{phrase.text}” as plain words, one item per spelling")
    places = dict.fromkeys(_PLACES.get(phrase.section, ()), "x")
    try:
        pattern_of((phrase.text,), places)
    except BadPhrase as error:
        raise phrase.broken(f"correct “{phrase.text}”: it {error}") from None
    if {phrase.section, f"{phrase.section}.{phrase.meaning}"} & _MANY_MEANINGS:
        return
    other = told.setdefault((phrase.section, phrase.text), phrase)
    if other.meaning != phrase.meaning:
        place = f"{phrase.section}.{other.meaning} ({other.file}, line {other.line})"
        raise phrase.broken(f"take “{phrase.text}” out here or there: it also means {place}")


def _phrases(path: Path) -> Iterator[_Phrase]:
    for section, line, meanings in _pairs(path, _root(path), ""):
        if section not in SECTIONS:
            raise _broken(path.name, line, section, f"use one of: {', '.join(SECTIONS)}")
        for meaning, at, items in _pairs(path, meanings, section):
            key, allowed = f"{section}.{meaning}", SECTIONS[section]
            if allowed is not None and meaning not in allowed:
                raise _broken(path.name, at, key, f"use one of: {', '.join(sorted(allowed))}")
            if not isinstance(items, yaml.SequenceNode):
                raise _broken(path.name, at, key, "write a list of words, such as [one, two]")
            for item in items.value:
                if not isinstance(item, yaml.ScalarNode):
                    raise _broken(path.name, at, key, "write each item as words")
                place = path.name, item.start_mark.line + 1
                yield _Phrase(section, meaning, evened(item.value).strip(), *place)


def _root(path: Path) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(path.name, line, "", f"correct the YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _broken(path.name, 1, "", f"make it a readable UTF-8 file: {error}") from None
    return root


def _pairs(
    path: Path, node: yaml.Node | None, section: str
) -> Iterator[tuple[str, int, yaml.Node]]:
    """Yield the keys of a mapping with their lines and values; a key stands once."""
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise _broken(path.name, line, section, "write keys with lists of words; see en.yaml")
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            place = f"{section}.{name}".lstrip(".")
            raise _broken(path.name, line, place, "write this key once, with all its words")
        seen.add(name)
        yield name, line, value


def _broken(file: str, line: int, key: str, todo: str) -> BrokenWordList:
    place = ", ".join(each for each in (file, f"line {line}", key) if each)
    return BrokenWordList(remedy=f"{place}: {todo}.")

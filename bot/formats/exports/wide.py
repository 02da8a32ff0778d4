"""The wide table: a row for each role and skill, a column for each level."""

import re
from collections.abc import Callable, Iterator

from bot.domain.framework import CatalogueContent, Expectation, Proficiency, Role, Skill
from bot.formats.exports.columns import (
    PROFICIENCY,
    PROMPTS,
    REQUIREMENT,
    Column,
    Line,
    Value,
    expectation_columns,
    key_columns,
    meaning_columns,
    name_columns,
    role_columns,
    skill_columns,
)
from bot.formats.exports.language import Language
from bot.formats.exports.matrix import matrices
from bot.formats.exports.rows import (
    Sheet,
    shown,
    translated_columns,
    translation_of,
    values_of,
)

ExportedPart = tuple[str, Callable[[Expectation], Value]]
"""What a column of a level holds: the word behind the level's name, and the value."""

_NAMES = 2
_GAPS = re.compile(r"[^a-z0-9]+")


def wide_sheet(content: CatalogueContent, language: Language) -> Sheet:
    """Return the table of one row for each role and skill.

    Each level has a column with its texts, under its name. Behind these stand columns
    ``<level> requirement``, ``<level> proficiency`` and, where there are any, ``<level> prompts``.
    Texts of levels are in one language; what levels are beside their names and keys (tracks,
    aliases, what they are about in a role) has no place here.
    """
    titles, parts = level_titles(content, language), _parts(content)
    about = _about(content, language)

    def lines() -> Iterator[Line]:
        return (Line(role, skill=skill) for role, skill, _ in _pairs(content))

    translated = translated_columns(about, language, lines)
    columns = [(title, *part) for part in parts for title in dict.fromkeys(titles.values())]
    header = (
        *(column.name for column in about[:_NAMES]),
        *(f"{title} {word}".strip() for title, word, _ in columns),
        *(column.name for column in about[_NAMES:]),
        *(f"{about[at].name}.{locale}" for at, locale in translated),
    )

    def rows() -> Iterator[tuple[str, ...]]:
        pairs = zip(_pairs(content), values_of(about, lines()), strict=True)
        for (role, _, cells), values in pairs:
            by_title = {titles[role.ladder.key, key]: each for key, each in cells.items()}
            known = [shown(value, language) for value in values]
            yield (
                *known[:_NAMES],
                *(
                    shown(value(by_title[title]), language) if title in by_title else ""
                    for title, _, value in columns
                ),
                *known[_NAMES:],
                *(translation_of(values[at], locale) for at, locale in translated),
            )

    return Sheet("", header, rows)


def _about(content: CatalogueContent, language: Language) -> list[Column]:
    """Return the columns beside those of levels, the names of role and skill first."""
    role_name, _, skill_name = name_columns()
    role_key, _, skill_key, *_ = key_columns()
    return [
        *(role_name, skill_name, role_key, skill_key),
        *meaning_columns(_explained(content, language)),
        *skill_columns(content),
        *role_columns(content),
    ]


def _explained(content: CatalogueContent, language: Language) -> list[Proficiency]:
    """Return the proficiencies that are asked for, in order, where any is explained.

    Cells name them, columns know them by key: one whose name does not tell its key is left out.
    """
    asked = {each.proficiency.key for each in content.expectations if each.proficiency}
    kept = [
        each
        for each in content.proficiencies
        if each.key in asked and _plain_key(language.say(each.name)) == each.key
    ]
    return kept if any(each.summary for each in kept) else []


def _parts(content: CatalogueContent) -> list[ExportedPart]:
    parts: list[ExportedPart] = [
        ("", lambda each: each.wording),
        (REQUIREMENT, lambda each: each.requirement.value),
        (PROFICIENCY, lambda each: each.proficiency.name if each.proficiency else None),
    ]
    if any(each.prompts for each in content.expectations):
        parts.append((PROMPTS, lambda each: each.prompts))
    return parts


def level_titles(content: CatalogueContent, language: Language) -> dict[tuple[str, str], str]:
    """Return the column of each level by the keys of its ladder and itself.

    Levels of one name and key share a column. A title carries the level's key where the name does
    not tell it: ``Senior [sr]``, or everywhere if two levels of a ladder, or a level and another
    column, would have one title.
    """
    levels = [(ladder, level) for ladder in content.ladders for level in ladder.levels]
    plain = {(ladder.key, level.key): language.say(level.name) for ladder, level in levels}
    clear = _is_clear(plain, content)
    return {
        (ladder, key): name if clear and _plain_key(name) == key else f"{name} [{key}]"
        for (ladder, key), name in plain.items()
    }


def _is_clear(titles: dict[tuple[str, str], str], content: CatalogueContent) -> bool:
    folded = {place: title.casefold() for place, title in titles.items()}
    words = set(folded.values())
    taken = {column.name for column in [*name_columns(), *expectation_columns(), *key_columns()]}
    suffixed = {f"{word} {part}" for word in words for part in (REQUIREMENT, PROFICIENCY, PROMPTS)}
    if words & (taken | suffixed):
        return False
    return all(
        len({folded[ladder.key, level.key] for level in ladder.levels}) == len(ladder.levels)
        for ladder in content.ladders
    )


def _plain_key(name: str) -> str:
    return _GAPS.sub("-", name.casefold()).strip("-")


def _pairs(content: CatalogueContent) -> Iterator[tuple[Role, Skill, dict[str, Expectation]]]:
    """Yield each role with each skill that it asks for and its cells by level, in order."""
    for matrix in matrices(content):
        for skill, cells in matrix.rows:
            yield matrix.role, skill, {each.level.key: each for each in cells if each}

"""The tables of an export, as rows of plain texts that any format can write."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.domain.framework import CatalogueContent, Role, Skill
from bot.formats.exports.columns import (
    Column,
    ExportedRung,
    Line,
    expectation_columns,
    key_columns,
    level_columns,
    line_of,
    name_columns,
    proficiency_columns,
    role_columns,
    skill_columns,
)
from bot.formats.exports.language import Language
from bot.formats.exports.rows import (
    Sheet,
    shown,
    translated_columns,
    translation_of,
    values_of,
)

EXPECTATIONS, ROLES, SKILLS = "Expectations", "Roles", "Skills"
"""Names of the tables that hold everything, in files of several tables."""


def long_sheet(content: CatalogueContent, language: Language) -> Sheet:
    """Return the table of one row for each expectation, with all that it stands on."""
    columns = [
        *name_columns(),
        *expectation_columns(),
        *key_columns(),
        *proficiency_columns(),
        *skill_columns(content),
        *role_columns(content),
        *level_columns(),
    ]
    return _sheet(EXPECTATIONS, language, columns, lambda: _lines(content))


def book_sheets(content: CatalogueContent, language: Language) -> tuple[Sheet, ...]:
    """Return the same content as three tables: skills, roles with their levels, expectations."""
    names, keys = name_columns(), key_columns()
    skills = [names[2], keys[2], *skill_columns(content)]
    roles = [names[0], names[1], keys[0], keys[1], *role_columns(content), *level_columns()]
    expectations = [*names, *expectation_columns(), *keys, *proficiency_columns()]
    return (
        _sheet(SKILLS, language, skills, lambda: _skill_lines(content.skills)),
        _sheet(ROLES, language, roles, lambda: _role_lines(content.roles)),
        _sheet(EXPECTATIONS, language, expectations, lambda: _expected(content)),
    )


def _expected(content: CatalogueContent) -> Iterator[Line]:
    return map(line_of, content.expectations)


def _skill_lines(skills: Iterable[Skill]) -> Iterator[Line]:
    return (Line(skill=skill) for skill in skills)


def _role_lines(roles: Iterable[Role]) -> Iterator[Line]:
    return (Line(role, ExportedRung(role, level)) for role in roles for level in role.ladder.levels)


def _lines(content: CatalogueContent) -> Iterator[Line]:
    """Yield the expectations, then each level and skill of which no expectation told."""
    yield from _expected(content)
    rungs = {(each.role.key, each.level.key) for each in content.expectations}
    for line in _role_lines(content.roles):
        if line.rung and (line.rung.role.key, line.rung.level.key) not in rungs:
            yield line
    skills = {each.skill.key for each in content.expectations}
    yield from _skill_lines(skill for skill in content.skills if skill.key not in skills)


def _sheet(
    name: str,
    language: Language,
    columns: Sequence[Column],
    lines: Callable[[], Iterator[Line]],
) -> Sheet:
    translated = translated_columns(columns, language, lines)
    header = (
        *(column.name for column in columns),
        *(f"{columns[at].name}.{locale}" for at, locale in translated),
    )

    def rows() -> Iterator[tuple[str, ...]]:
        for values in values_of(columns, lines()):
            yield (
                *(shown(value, language) for value in values),
                *(translation_of(values[at], locale) for at, locale in translated),
            )

    return Sheet(name, header, rows)

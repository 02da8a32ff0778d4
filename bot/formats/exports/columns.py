"""The columns of exported tables. An import reads them by these names without a mapping.

Every row of the long table names its role, level and skill by name and by key. Texts and lists
that belong to one of these (summaries, aliases, the skill's own texts) stand only in the first row
in which it occurs. A role, level or skill of which nothing is expected has a
row of its own at the end, with the rest left blank.

``depth_<proficiency key>`` is the skill's own text for that proficiency; in the wide table
``proficiency_summary_<proficiency key>`` is what a proficiency means, in the first row. A name
that ends with a dot and a language tag (``text.zh``) is the translation of the column before the
dot.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from bot.domain.framework import CatalogueContent, Expectation, Level, Proficiency, Role, Skill
from bot.domain.guidance import NO_GUIDE, Band, Resource
from bot.domain.text import LocalText
from bot.formats.resource_lines import resource_line
from bot.values import dataclass

REQUIREMENT, PROFICIENCY, TEXT, PROMPTS = "requirement", "proficiency", "text", "prompts"
RESOURCES = "resources"
LONG_FIRST = ("role", "level", "skill", REQUIREMENT, PROFICIENCY, TEXT)
"""What the long table begins with."""

Value = LocalText | tuple[LocalText, ...] | tuple[str, ...] | str | int | date | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExportedRung:
    """A level of a role."""

    role: Role
    level: Level


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of a table is about; parts that it does not name are None."""

    role: Role | None = None
    rung: ExportedRung | None = None
    skill: Skill | None = None
    expectation: Expectation | None = None

    @property
    def proficiency(self) -> Proficiency | None:
        return self.expectation.proficiency if self.expectation else None


def line_of(expectation: Expectation) -> Line:
    """Return the line of an expectation."""
    role, level = expectation.role, expectation.level
    return Line(role, ExportedRung(role, level), expectation.skill, expectation)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, and what a row holds in it.

    `once` gives what the value belongs to, where only the first row of that has it.
    """

    name: str
    value: Callable[[Line], Value]
    once: Callable[[Line], object] | None = None


def name_columns() -> list[Column]:
    """Return the names of a row's role, level and skill."""
    return [
        _column("role", _role, lambda role: role.name),
        _column("level", _rung, lambda rung: rung.level.name),
        _column("skill", _skill, lambda skill: skill.name),
    ]


def expectation_columns() -> list[Column]:
    """Return what an expectation says of itself. Without its own text it shows the skill's."""
    return [
        _column(REQUIREMENT, _expectation, lambda each: each.requirement.value),
        _column(PROFICIENCY, _proficiency, lambda each: each.name),
        _column(TEXT, _expectation, lambda each: each.wording),
        _column(PROMPTS, _expectation, lambda each: each.prompts),
        _column(RESOURCES, _expectation, lambda each: _lines(each.resources)),
    ]


def key_columns() -> list[Column]:
    """Return the stable keys that tie a row to its role, level, skill and proficiency."""
    return [
        _column("role_key", _role, lambda role: role.key),
        _column("level_key", _rung, lambda rung: rung.level.key),
        _column("skill_key", _skill, lambda skill: skill.key),
        _column("proficiency_key", _proficiency, lambda each: each.key),
        _column("proficiency_rank", _proficiency, lambda each: each.rank),
    ]


def proficiency_columns() -> list[Column]:
    """Return what is said about a proficiency."""
    return [
        _column("proficiency_summary", _proficiency, lambda each: each.summary, _proficiency_key),
    ]


def meaning_columns(proficiencies: Iterable[Proficiency]) -> list[Column]:
    """Return a column for what each proficiency means, for tables whose rows are about none.

    It stands in the first row, and says nothing about what that is about.
    """
    return [_meaning(each) for each in proficiencies]


def _meaning(proficiency: Proficiency) -> Column:
    name = f"proficiency_summary_{proficiency.key}"
    return Column(name, lambda _: proficiency.summary, lambda _: proficiency.key)


def skill_columns(content: CatalogueContent) -> list[Column]:
    """Return what is said about a skill, its group and its domain."""
    order = {skill.key: at for at, skill in enumerate(content.skills, 1)}
    columns = [
        _column("domain", _skill, lambda skill: skill.group.domain.name),
        _column("domain_key", _skill, lambda skill: skill.group.domain.key),
        _column("group", _skill, lambda skill: skill.group.name),
        _column("group_key", _skill, lambda skill: skill.group.key),
        _column("group_summary", _skill, lambda skill: skill.group.summary, _group_key),
        _column("group_aliases", _skill, lambda skill: skill.group.aliases, _group_key),
        _column("skill_order", _skill, lambda skill: order[skill.key]),
        _column("skill_summary", _skill, lambda skill: skill.summary, _skill_key),
        _column("skill_aliases", _skill, lambda skill: skill.aliases, _skill_key),
        _column("skill_prompts", _skill, lambda skill: skill.prompts, _skill_key),
        *(_guide_column(band, part) for part in ("prompts", "evidence") for band in Band),
        _column("skill_resources", _skill, lambda skill: _lines(skill.resources), _skill_key),
        _column("skill_updated", _skill, lambda skill: skill.updated_on, _skill_key),
    ]
    # A column of a depth that nothing asks for would come back as a depth without a name.
    asked = {each.proficiency.key for each in content.expectations if each.proficiency}
    used = asked & {key for skill in content.skills for key in skill.depths}
    return columns + [_depth(each.key) for each in content.proficiencies if each.key in used]


def role_columns(content: CatalogueContent) -> list[Column]:
    """Return what is said about a role, its family and its ladder."""
    order = {role.key: at for at, role in enumerate(content.roles, 1)}
    return [
        _column("role_order", _role, lambda role: order[role.key]),
        _column("role_family", _role, lambda role: role.family.name),
        _column("role_family_key", _role, lambda role: role.family.key),
        _column("ladder", _role, lambda role: role.ladder.name),
        _column("ladder_key", _role, lambda role: role.ladder.key),
        _column("role_summary", _role, lambda role: role.summary, _role_key),
        _column("role_aliases", _role, lambda role: role.aliases, _role_key),
    ]


def level_columns() -> list[Column]:
    """Return what is said about a level, and about it in the row's role."""
    return [
        _column("level_rank", _rung, lambda rung: rung.level.rank),
        _column("level_track", _rung, lambda rung: rung.level.track),
        _column("level_scope", _rung, _scope),
        _column("level_aliases", _rung, lambda rung: rung.level.aliases, _level_key),
        _column("level_summary", _rung, lambda rung: rung.role.focus.get(rung.level.key), _focus),
    ]


def _guide_column(band: Band, part: str) -> Column:
    def lines(skill: Skill) -> tuple[LocalText, ...]:
        guide = skill.guides.get(band, NO_GUIDE)
        return guide.prompts if part == "prompts" else guide.evidence

    return _column(f"skill_{part}_{band.value}", _skill, lines, _skill_key)


def _lines(resources: tuple[Resource, ...]) -> tuple[LocalText, ...]:
    return tuple(LocalText(resource_line(each)) for each in resources)


def _scope(rung: ExportedRung) -> str | None:
    return rung.level.scope and rung.level.scope.value


def _depth(key: str) -> Column:
    return _column(f"depth_{key}", _skill, lambda skill: skill.depths.get(key), _skill_key)


def _column(
    name: str,
    part: Callable[[Line], T | None],
    value: Callable[[T], Value],
    once: Callable[[T], object] | None = None,
) -> Column:
    """Return the column of a value of one part of a line; lines without that part have none."""

    def found(line: Line) -> Value:
        thing = part(line)
        return None if thing is None else value(thing)

    def owner(line: Line) -> object:
        thing = part(line)
        return None if thing is None or once is None else once(thing)

    return Column(name, found, owner if once else None)


def _role(line: Line) -> Role | None:
    return line.role


def _rung(line: Line) -> ExportedRung | None:
    return line.rung


def _skill(line: Line) -> Skill | None:
    return line.skill


def _expectation(line: Line) -> Expectation | None:
    return line.expectation


def _proficiency(line: Line) -> Proficiency | None:
    return line.proficiency


def _proficiency_key(proficiency: Proficiency) -> str:
    return proficiency.key


def _role_key(role: Role) -> str:
    return role.key


def _skill_key(skill: Skill) -> str:
    return skill.key


def _group_key(skill: Skill) -> str:
    return skill.group.key


def _level_key(rung: ExportedRung) -> tuple[str, str]:
    return rung.role.ladder.key, rung.level.key


def _focus(rung: ExportedRung) -> tuple[str, str]:
    return rung.role.key, rung.level.key

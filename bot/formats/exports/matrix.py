"""One role as people read it: its skills down, its levels across."""

from collections.abc import Iterator

from bot.domain.framework import CatalogueContent, Expectation, Level, Role, Skill
from bot.formats.exports.language import Language
from bot.values import dataclass

UNDEFINED = "—"
LEGEND = f"{UNDEFINED} means: not defined at this level. That is not the same as optional."


@dataclass(frozen=True, slots=True)
class Matrix:
    """A role, its levels from the lowest, and its skills; a None cell is not defined."""

    role: Role
    levels: tuple[Level, ...]
    rows: tuple[tuple[Skill, tuple[Expectation | None, ...]], ...]


def matrices(content: CatalogueContent) -> Iterator[Matrix]:
    """Yield the matrix of each role, in catalogue order."""
    cells: dict[str, dict[str, dict[str, Expectation]]] = {}
    for each in content.expectations:
        of_role = cells.setdefault(each.role.key, {})
        of_role.setdefault(each.skill.key, {})[each.level.key] = each
    order = {skill.key: at for at, skill in enumerate(content.skills)}
    for role in content.roles:
        asked = cells.get(role.key, {})
        rows = (
            (
                content.skills[order[key]],
                tuple(asked[key].get(level.key) for level in role.ladder.levels),
            )
            for key in sorted(asked, key=order.__getitem__)
        )
        yield Matrix(role, role.ladder.levels, tuple(rows))


def heading(expectation: Expectation, language: Language) -> str:
    """Return what stands above a cell's text: ``Required · Advanced``."""
    words = [expectation.requirement.value.capitalize()]
    if expectation.proficiency:
        words.append(language.say(expectation.proficiency.name))
    return " · ".join(words)


def cell_of(expectation: Expectation | None, language: Language) -> str:
    """Return a cell as lines: requirement and proficiency, then the text."""
    if expectation is None:
        return UNDEFINED
    lines = (heading(expectation, language), language.say(expectation.wording))
    return "\n".join(line for line in lines if line)

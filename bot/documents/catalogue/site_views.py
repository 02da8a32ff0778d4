"""What stands on each page of a framework, in one language: plain text, in the order of reading."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from bot.documents.catalogue.addresses import file_of
from bot.documents.catalogue.links import Link, links_of
from bot.domain.framework import Expectation, Level, Proficiency, Role, Skill
from bot.domain.guidance import Band
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.text.translator import Translator
from bot.text.words import requirement_name, scope_name

# More dots tell nothing at a glance.
_MOST_DOTS = 6
_MOST_NAMES = 8


class Entry(NamedTuple):
    """A role or a skill where it is linked."""

    file: str
    name: str
    about: str = ""


class Depth(NamedTuple):
    """A proficiency; `scale` is how far up it is, in dots."""

    name: str
    scale: str
    about: str


class CellView(NamedTuple):
    """An expectation; `kind` is empty where none is defined."""

    level: str
    kind: str = ""
    requirement: str = ""
    depth: Depth | None = None
    text: str = ""
    prompts: tuple[str, ...] = ()
    resources: tuple[Link, ...] = ()


class LevelView(NamedTuple):
    name: str
    facts: str
    about: str


class RoleView(NamedTuple):
    """A role's page: its ladder, then its skills by group, with a cell for each level."""

    name: str
    family: str
    about: str
    figures: str
    aliases: str
    levels: tuple[LevelView, ...]
    groups: list[tuple[str, list[tuple[Entry, list[CellView | None]]]]]


class RoleCells(NamedTuple):
    file: str
    name: str
    cells: list[CellView]


class GuideView(NamedTuple):
    name: str
    prompts: tuple[str, ...]
    evidence: tuple[str, ...]


class SkillView(NamedTuple):
    """A skill's page: what each role asks, level by level, and what helps to grow."""

    name: str
    domain: str
    group: str
    about: str
    figures: str
    aliases: str
    roles: list[RoleCells]
    prompts: tuple[str, ...]
    guides: list[GuideView]
    resources: tuple[Link, ...]


class IndexView(NamedTuple):
    figures: str
    families: list[tuple[str, list[Entry]]]
    domains: list[tuple[str, list[tuple[Entry, list[Entry]]]]]
    depths: list[Depth]


class Views:
    """The pages of one framework in one language."""

    def __init__(self, catalogue: Catalogue, language: str, tr: Translator) -> None:
        """Read texts in `language`, and say all else with `tr`."""
        self._catalogue = catalogue
        self._language = language
        self._tr = tr

    def of(self, text: LocalText | None) -> str:
        """Return a text of the framework; empty where there is none."""
        return text.in_locale(self._language) if text else ""

    @cached_property
    def _depths(self) -> Mapping[str, Depth]:
        ordered = sorted(self._catalogue.content.proficiencies, key=lambda each: each.rank)
        return {
            each.key: Depth(self.of(each.name), _dots(at + 1, len(ordered)), self.of(each.summary))
            for at, each in enumerate(ordered)
        }

    @cached_property
    def index(self) -> IndexView:
        """The first page."""
        content, catalogue = self._catalogue.content, self._catalogue
        domains = []
        for domain in content.domains:
            groups = [
                (Entry("", self.of(group.name), self.of(group.summary)), self._skills(skills))
                for group in catalogue.groups_of(domain)
                if (skills := catalogue.skills_of(group))
            ]
            if groups:
                domains.append((self.of(domain.name), groups))
        families = []
        for family in content.families:
            roles = [
                Entry(file_of(each.key), self.of(each.name), self.of(each.summary))
                for each in content.roles
                if each.family.key == family.key
            ]
            if roles:
                families.append((self.of(family.name), roles))
        return IndexView(self._sizes(), families, domains, [*self._depths.values()])

    def _skills(self, skills: Iterable[Skill]) -> list[Entry]:
        return [Entry(file_of(each.key), self.of(each.name)) for each in skills]

    def _sizes(self) -> str:
        content, tr = self._catalogue.content, self._tr
        return " · ".join(
            (
                tr.plural("{count} role", "{count} roles", len(content.roles)),
                tr.plural("{count} skill", "{count} skills", len(content.skills)),
                tr.plural("{count} expectation", "{count} expectations", len(content.expectations)),
            )
        )

    def role(self, role: Role) -> RoleView:
        """Return a role's page."""
        catalogue, levels, tr = self._catalogue, role.ladder.levels, self._tr
        names = [self.of(each.name) for each in levels]
        rows = [catalogue.cells_at(role, each) for each in levels]
        groups: list[tuple[str, list[tuple[Entry, list[CellView | None]]]]] = []
        group = ""
        for skill in catalogue.skills_asked_of(role):
            if skill.group.key != group or not groups:
                group = skill.group.key
                named = f"{self.of(skill.group.domain.name)} › {self.of(skill.group.name)}"
                groups.append((named, []))
            cells = [
                self._cell(cell, name) if (cell := row.get(skill.key)) else None
                for row, name in zip(rows, names, strict=True)
            ]
            groups[-1][1].append((Entry(file_of(skill.key), self.of(skill.name)), cells))
        asked = len(catalogue.skills_asked_of(role))
        return RoleView(
            name=self.of(role.name),
            family=self.of(role.family.name),
            about=self.of(role.summary),
            figures=" · ".join(
                (
                    tr.plural("{count} level", "{count} levels", len(levels)),
                    tr.plural("{count} skill", "{count} skills", asked),
                )
            ),
            aliases=self._aliases(role),
            levels=tuple(self._level(role, each) for each in levels),
            groups=groups,
        )

    def _level(self, role: Role, level: Level) -> LevelView:
        cells = self._catalogue.cells_at(role, level).values()
        required = sum(each.required for each in cells)
        facts = [scope_name(level.scope, self._tr)] if level.scope else []
        facts.append(self._counts(required, len(cells) - required))
        return LevelView(self.of(level.name), " · ".join(facts), self.of(role.focus.get(level.key)))

    def _counts(self, required: int, optional: int) -> str:
        tr = self._tr
        return tr(
            "{required} required, {optional} optional",
            required=tr.number(required),
            optional=tr.number(optional),
        )

    def _aliases(self, named: Role | Skill) -> str:
        """Return other names, as far as they are written like the name: not those of a language
        that the reader does not read."""
        tr, plain = self._tr, self.of(named.name).isascii()
        names = [each for each in named.aliases if each.isascii() is plain][:_MOST_NAMES]
        return tr("Also called: {names}", names=", ".join(names)) if names else ""

    def _cell(self, cell: Expectation, level: str) -> CellView:
        return CellView(
            level,
            cell.requirement.value,
            requirement_name(cell.requirement, self._tr),
            self._depth(cell.proficiency),
            self.of(cell.wording),
        )

    def _depth(self, proficiency: Proficiency | None) -> Depth | None:
        if proficiency is None:
            return None
        return self._depths.get(proficiency.key) or Depth(self.of(proficiency.name), "", "")

    def skill(self, skill: Skill) -> SkillView:
        """Return a skill's page."""
        roles = [self._of_role(role, skill) for role in self._catalogue.roles_with(skill)]
        return SkillView(
            name=self.of(skill.name),
            domain=self.of(skill.group.domain.name),
            group=self.of(skill.group.name),
            about=self.of(skill.summary),
            figures=self._skill_figures(skill, len(roles)),
            aliases=self._aliases(skill),
            roles=roles,
            prompts=self._all(skill.prompts),
            guides=[
                GuideView(self._band(band), self._all(guide.prompts), self._all(guide.evidence))
                for band in Band
                if (guide := skill.guides.get(band))
            ],
            resources=links_of(skill.resources, self._tr),
        )

    def _skill_figures(self, skill: Skill, roles: int) -> str:
        tr, places = self._tr, self._catalogue.places_of(skill)
        required = sum(each.required for each in places)
        facts = [
            tr.plural("Asked of {count} role", "Asked of {count} roles", roles),
            self._counts(required, len(places) - required),
        ]
        if skill.updated_on:
            facts.append(tr("Last updated: {date}", date=tr.date(skill.updated_on)))
        return " · ".join(facts)

    def _of_role(self, role: Role, skill: Skill) -> RoleCells:
        cells = []
        for level in role.ladder.levels:
            cell, name = self._catalogue.expectation(role, level, skill), self.of(level.name)
            if cell is None:
                cells.append(CellView(name))
                continue
            prompts, resources = self._all(cell.prompts), links_of(cell.resources, self._tr)
            shown = self._cell(cell, name)._replace(prompts=prompts, resources=resources)
            cells.append(shown)
        return RoleCells(file_of(role.key), self.of(role.name), cells)

    def _band(self, band: Band) -> str:
        tr = self._tr
        return tr("In the first levels") if band is Band.EARLY else tr("In the later levels")

    def _all(self, texts: tuple[LocalText, ...]) -> tuple[str, ...]:
        return tuple(self.of(each) for each in texts)


def _dots(rank: int, of: int) -> str:
    return "●" * rank + "○" * (of - rank) if of <= _MOST_DOTS else ""

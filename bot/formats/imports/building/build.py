"""Builds a catalogue from what an assembler has put together."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.domain.framework import NO_DEPTHS, CatalogueContent, Expectation, Level, Role, RoleFamily
from bot.domain.said import said
from bot.domain.text import LocalText
from bot.formats.imports.building.assembler import MOST_LEVELS, MOST_SKILLS, Assembler
from bot.formats.imports.building.before import Before
from bot.formats.imports.building.cells import DraftCell
from bot.formats.imports.building.drafts import RowDraft
from bot.formats.imports.building.ladders import Ladders
from bot.formats.imports.building.naming import alias_problems, keys_of, nameless
from bot.formats.imports.building.taxonomy import Taxonomy
from bot.formats.imports.building.texts import (
    local_text,
    optional_text,
    resources_of,
    text_of,
    translations,
)
from bot.formats.imports.values import aliases_in
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import BadRows, LevelOrder
from bot.formats.proposing.questions import Deciding


def build_content(
    assembler: Assembler, before: Before, name: LocalText, deciding: Deciding | None = None
) -> CatalogueContent | None:
    """Return the catalogue in the order in which cards show it; None where an error stands.

    `deciding` asks what only the file's owner knows; None where nobody can be asked.
    """
    findings = assembler.findings
    for registry in (assembler.roles, assembler.skills):
        nameless(registry, findings)
        if not registry.drafts:
            message = said(
                "no row names a {kind}; check that the columns (or the mapping) fit the file,"
                " and that there are rows below the header",
                kind=registry.kind,
            )
            findings.error("nothing", message)
    if findings.failed:
        return None
    if not assembler.cells:
        message = said(
            "nothing is expected of any role: no row says anything about a level and a skill"
        )
        findings.warning("no-expectations", message)
    return _Builder(assembler, before, deciding).content(name)


class _Builder:
    def __init__(self, assembler: Assembler, before: Before, deciding: Deciding | None) -> None:
        self._from = assembler
        self._before = before
        self._mapping = assembler.mapping
        self._deciding = deciding

    def content(self, name: LocalText) -> CatalogueContent | None:
        source = self._from
        taxonomy = Taxonomy(source, self._before)
        families, of_role = self._families()
        role_drafts = _in_order(self._readable_roles(), Field.ROLE_ORDER)
        role_keys = self._role_keys(role_drafts)
        ladders = Ladders(
            {draft.number: source.scope(draft) for draft in role_drafts},
            role_keys,
            self._before,
            source.findings,
            by_name=self._mapping.level_order is LevelOrder.NAMES,
            deciding=self._deciding,
        )
        all_ladders = ladders.build(role_drafts)
        roles = {
            draft.number: self._role(draft, role_keys[draft.number], of_role, ladders)
            for draft in role_drafts
        }
        alias_problems(source.roles, roles, source.findings)
        if source.findings.failed:
            return None
        return CatalogueContent(
            name=name,
            base_locale=self._mapping.base_locale,
            proficiencies=taxonomy.proficiencies,
            ladders=all_ladders,
            domains=taxonomy.domains,
            groups=taxonomy.groups,
            skills=tuple(taxonomy.skills.values()),
            families=families,
            roles=tuple(roles.values()),
            expectations=self._expectations(roles, ladders, taxonomy),
        )

    def _role_keys(self, roles: Iterable[RowDraft]) -> Mapping[int, str]:
        """Return the key of each role: the mapping's, its own, that of before, or a new one."""
        source = self._from
        given = {
            draft.number: spec.key
            for draft in roles
            if (spec := source.role_spec(draft)) and spec.key
        }
        return keys_of(source.roles, self._before.roles, source.findings, given)

    def _readable_roles(self) -> list[RowDraft]:
        """Return the roles; without those of which every row was skipped."""
        source = self._from
        if self._mapping.bad_rows is BadRows.STOP:
            return source.roles.drafts
        kept: list[RowDraft] = []
        for draft in source.roles.drafts:
            if source.scope(draft).levels.drafts or source.scope(draft).specs:
                kept.append(draft)
            else:
                message = said("a role is left out, because none of its rows could be read")
                source.findings.warning("role-left-out", message, draft.place.of(draft.title))
        return kept

    def _families(self) -> tuple[tuple[RoleFamily, ...], dict[int, RoleFamily]]:
        """Return all families, and the family of each role that has one."""
        source = self._from
        default = self._mapping.defaults.family
        for role in source.roles.drafts:
            spec = source.role_spec(role)
            if spec and spec.family:
                source.family_of[role.number] = source.families.find("", spec.family, role.place)
            elif role.number not in source.family_of:
                source.family_of[role.number] = source.families.find("", default, role.place)
        keys = keys_of(source.families, self._before.families, source.findings)
        families = {
            draft.number: RoleFamily(
                keys[draft.number],
                local_text(draft.title, translations(draft.values, Field.FAMILY)),
            )
            for draft in source.families.drafts
        }
        of_role = {role: families[draft.number] for role, draft in source.family_of.items()}
        return tuple(families.values()), of_role

    def _role(
        self, draft: RowDraft, key: str, families: Mapping[int, RoleFamily], ladders: Ladders
    ) -> Role:
        spec = self._from.role_spec(draft)
        aliases = [*(spec.aliases if spec else ())]
        aliases += aliases_in(draft.values.get(FieldSlot(Field.ROLE_ALIASES), ""))
        levels = ladders.levels[draft.number]
        focus = {
            level.key: text_of(self._from.focus[draft.number, number])
            for number, level in levels.items()
            if (draft.number, number) in self._from.focus
        }
        return Role(
            key=key,
            name=local_text(draft.name, translations(draft.values, Field.ROLE)),
            family=families[draft.number],
            ladder=ladders.ladder_of[draft.number],
            summary=optional_text(draft.values, Field.ROLE_SUMMARY),
            aliases=tuple(dict.fromkeys(aliases)),
            focus=MappingProxyType(focus) if focus else NO_DEPTHS,
        )

    def _expectations(
        self, roles: Mapping[int, Role], ladders: Ladders, taxonomy: Taxonomy
    ) -> tuple[Expectation, ...]:
        """Return the cells by role, then level, then skill. Empties the assembler's cells."""
        role_at = {number: at for at, number in enumerate(roles)}
        level_at = {
            role: {number: at for at, number in enumerate(levels)}
            for role, levels in ladders.levels.items()
        }
        skill_at = {number: at for at, number in enumerate(taxonomy.skills)}

        def position(cell: int) -> tuple[int, int, int]:
            role, level, skill = _parts(cell)
            return role_at[role], level_at[role][level], skill_at[skill]

        cells = self._from.cells
        found: list[Expectation] = []
        for at in sorted(cells, key=position):
            role, level, skill = _parts(at)
            found.append(
                self._expectation(
                    roles[role], ladders.levels[role][level], skill, cells.pop(at), taxonomy
                )
            )
        return tuple(found)

    def _expectation(
        self, role: Role, level: Level, skill: int, cell: DraftCell, taxonomy: Taxonomy
    ) -> Expectation:
        text = cell.text
        if self._mapping.fold_texts and text is not None and cell.depth is not None:
            own = self._from.depth_texts.get((skill, cell.depth), {})
            if text in (own, own.get("")):
                text = None
        return Expectation(
            role=role,
            level=level,
            skill=taxonomy.skills[skill],
            requirement=cell.requirement or self._mapping.defaults.requirement,
            proficiency=None if cell.depth is None else taxonomy.depths[cell.depth],
            text=None if text is None else text_of(text),
            prompts=tuple(text_of(prompt) for prompt in cell.prompts),
            resources=resources_of(cell.resources),
        )


def _parts(cell: int) -> tuple[int, int, int]:
    rest, skill = divmod(cell, MOST_SKILLS)
    role, level = divmod(rest, MOST_LEVELS)
    return role, level, skill


def _in_order(drafts: Iterable[RowDraft], order: Field) -> list[RowDraft]:
    """Return the drafts by the number that rows give, else as they appeared."""
    return sorted(drafts, key=lambda draft: int(draft.values.get(FieldSlot(order), draft.number)))

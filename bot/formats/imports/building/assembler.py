"""Puts together what rows say: roles, levels, skills and the cells between them."""

from collections.abc import Mapping as ReadOnly
from enum import Enum

from bot.domain.said import said
from bot.formats.imports.building.cells import DraftCell, fits, joined
from bot.formats.imports.building.drafts import Registry, RowDraft, Values, report_differing
from bot.formats.imports.building.keys import slug
from bot.formats.imports.building.scopes import RowScope
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.fields import GUIDES, Field, FieldSlot
from bot.formats.mapping.model import ColumnMapping, DepthSpec, Duplicates, RoleSpec
from bot.formats.mapping.words import normal

MOST_LEVELS = 1 << 12
MOST_SKILLS = 1 << 24


class RowOutcome(Enum):
    """What became of what a row says about one cell."""

    NEW = "new"
    SAME = "same"
    ADDED = "added"
    KEPT = "kept"
    REPLACED = "replaced"
    REFUSED = "refused"
    TOO_MUCH = "too-much"


class Assembler:
    """Collects a catalogue from rows in any order. Every fault goes to `findings`."""

    def __init__(self, mapping: ColumnMapping, findings: ImportProblems) -> None:
        self.mapping = mapping
        self.findings = findings
        self.roles = Registry(said("role"), findings)
        self.families = Registry(said("role family"), findings)
        self.ladders = Registry(said("ladder"), findings)
        self.skills = Registry(said("skill"), findings)
        self.groups = Registry(said("skill group"), findings)
        self.domains = Registry(said("domain"), findings)
        self.depths = Registry(said("proficiency"), findings)
        self.family_of: dict[int, RowDraft] = {}
        self.scope_of: dict[int, RowScope] = {}
        self.groups_of: dict[int, dict[int, RowDraft]] = {}
        self.domain_of: dict[int, RowDraft] = {}
        self.focus: dict[tuple[int, int], dict[str, str]] = {}
        self.depth_texts: dict[tuple[int, int], dict[str, str]] = {}
        self.cells: dict[int, DraftCell] = {}
        self._ladder_scopes: dict[int, RowScope] = {}
        self._role_specs = _role_specs(mapping.roles)
        self._depth_specs = _depth_specs(mapping.proficiencies)

    def role(self, values: Values, place: ImportPlace) -> RowDraft:
        """Return the role of a row that holds its name or key."""
        role = self.roles.find(*_identity(values, Field.ROLE), place)
        self.roles.tell(role, _about(values, _ROLE), place)
        key, name = _identity(values, Field.FAMILY)
        if key or name:
            family = self.families.find(key, name, place)
            self.families.tell(family, _about(values, {Field.FAMILY}), place)
            if self.family_of.setdefault(role.number, family) is not family:
                report_differing(
                    self.roles.kind, "role_family", place.of(name or key), self.findings
                )
        key, name = _identity(values, Field.LADDER)
        if (key or name) and role.number not in self.scope_of:
            ladder = self.ladders.find(key, name, place)
            self.ladders.tell(ladder, _about(values, {Field.LADDER}), place)
            self.scope_of[role.number] = self._ladder_scope(ladder, role)
        return role

    def role_spec(self, role: RowDraft) -> RoleSpec | None:
        """Return what the mapping says about a role."""
        return self._role_specs.get(normal(role.name)) or self._role_specs.get(normal(role.key))

    def scope(self, role: RowDraft) -> RowScope:
        """Return the levels that the role climbs."""
        found = self.scope_of.get(role.number)
        if found is None:
            found = self.scope_of[role.number] = self._new_scope(role, role, shared=False)
        return found

    def _ladder_scope(self, ladder: RowDraft, role: RowDraft) -> RowScope:
        found = self._ladder_scopes.get(ladder.number)
        if found is None:
            found = self._new_scope(ladder, role, shared=True)
            self._ladder_scopes[ladder.number] = found
        return found

    def _new_scope(self, owner: RowDraft, role: RowDraft, *, shared: bool) -> RowScope:
        spec = self.role_spec(role)
        own = spec.levels if spec else ()
        levels = own or self.mapping.levels
        return RowScope(owner, levels, self.findings, shared=shared, own=bool(own))

    def level(self, role: RowDraft, values: Values, place: ImportPlace) -> RowDraft | None:
        """Return the level of a row, or None (and a finding) where the role has no such level."""
        level = self.scope(role).level(values, place)
        if level is not None:
            texts = _locales(values, Field.LEVEL_SUMMARY)
            self._tell(self.focus, (role.number, level.number), texts, "level_summary", place)
        return level

    def skill(self, values: Values, place: ImportPlace) -> RowDraft:
        """Return the skill of a row that holds its name or key."""
        skill = self.skills.find(*_identity(values, Field.SKILL), place)
        self.skills.tell(skill, _about(values, _SKILL), place)
        domain = None
        key, name = _identity(values, Field.DOMAIN)
        if key or name:
            domain = self.domains.find(key, name, place)
            self.domains.tell(domain, _about(values, {Field.DOMAIN}), place)
        key, name = _identity(values, Field.GROUP)
        if key or name or domain is not None:
            group = self._group(
                key, name or (domain.title if domain and not key else ""), domain, place
            )
            self.groups.tell(group, _about(values, _GROUP), place)
            self.groups_of.setdefault(skill.number, {}).setdefault(group.number, group)
        return skill

    def _group(self, key: str, name: str, domain: RowDraft | None, place: ImportPlace) -> RowDraft:
        scope = f"{domain.number}\n" if domain else ""
        if domain is not None and not key and self.groups.named(name, scope=scope) is None:
            homeless = self.groups.named(name)
            if homeless is not None and homeless.number not in self.domain_of:
                self.groups.rescope(homeless, scope)
        group = self.groups.find(key, name, place, scope=scope)
        self.groups.rescope(group, "")
        if domain is not None and self.domain_of.setdefault(group.number, domain) is not domain:
            report_differing(self.groups.kind, "domain", place.of(domain.title), self.findings)
        return group

    def depth(self, values: Values, place: ImportPlace) -> RowDraft | None:
        """Return the proficiency of a row, None where it names none or (a finding) a wrong one."""
        key, name = _identity(values, Field.PROFICIENCY)
        if not (key or name):
            return None
        if self._depth_specs:
            spec = self._depth_specs.get(normal(name)) or self._depth_specs.get(normal(key))
            if spec is None:
                message = said(
                    "the mapping does not list this proficiency; correct the cell, or add it"
                    " under 'proficiencies' (or 'ignore', where it means nothing)"
                )
                self.findings.row("unknown-proficiency", message, place.of(name or key))
                return None
            key, name = spec.key or key, spec.name
        if not key and self.depths.named(name) is None:
            # Columns of a skill's own texts know a proficiency by its key alone.
            key = self.depths.nameless(slug(name))
        depth = self.depths.find(key, name, place)
        self.depths.tell(depth, _about(values, _DEPTH), place)
        return depth

    def depth_text(
        self, skill: RowDraft, depth: RowDraft, texts: ReadOnly[str, str], place: ImportPlace
    ) -> bool:
        """Add the skill's own text for a proficiency; return whether it is new."""
        return self._tell(self.depth_texts, (skill.number, depth.number), texts, "text", place)

    def cell(
        self,
        role: RowDraft,
        level: RowDraft,
        skill: RowDraft,
        cell: DraftCell,
        *,
        goes_on: bool = False,
    ) -> RowOutcome:
        """Add what a row says about one cell; one that `goes_on` adds lines to it.

        Where it contradicts an earlier row, the mapping says which of both stays; where the mapping
        does not, the earlier one stays and the outcome is REFUSED. It stays too where both together
        are TOO_MUCH for a catalogue.
        """
        at = (role.number * MOST_LEVELS + level.number) * MOST_SKILLS + skill.number
        before = self.cells.setdefault(at, cell)
        if before is cell:
            return RowOutcome.NEW
        lines = goes_on or self.mapping.duplicates is Duplicates.JOIN
        both = joined(before, cell, lines=lines)
        if both is not None:
            if both != before and not fits(both):
                return RowOutcome.TOO_MUCH
            self.cells[at] = both
            return RowOutcome.SAME if both == before else RowOutcome.ADDED
        if self.mapping.duplicates is Duplicates.LAST:
            self.cells[at] = cell
            return RowOutcome.REPLACED
        return (
            RowOutcome.KEPT if self.mapping.duplicates is Duplicates.FIRST else RowOutcome.REFUSED
        )

    def first_of(self, role: RowDraft, level: RowDraft, skill: RowDraft) -> DraftCell:
        """Return what is known of a cell that exists."""
        return self.cells[(role.number * MOST_LEVELS + level.number) * MOST_SKILLS + skill.number]

    def _tell(
        self,
        store: dict[tuple[int, int], dict[str, str]],
        key: tuple[int, int],
        texts: ReadOnly[str, str],
        slot: str,
        place: ImportPlace,
    ) -> bool:
        new = False
        for locale, text in texts.items():
            told = store.setdefault(key, {})
            new = new or locale not in told
            if told.setdefault(locale, text) != text:
                kind = self.skills.kind if slot == "text" else said("level")
                report_differing(kind, slot, place.of(text), self.findings)
        return new


def _identity(values: Values, field: Field) -> tuple[str, str]:
    """Return the key and the name that a row gives for one kind of thing, "" where it does not."""
    return values.get(FieldSlot(Field(f"{field}_key")), ""), values.get(FieldSlot(field), "")


def _about(values: Values, fields: frozenset[Field] | set[Field]) -> Values:
    """Return what a row says about one kind of thing, its identity apart."""
    return {
        slot: value
        for slot, value in values.items()
        if slot.field in fields and (slot.locale or slot.field not in _IDENTITIES)
    }


def _locales(values: Values, field: Field) -> dict[str, str]:
    return {slot.locale: value for slot, value in values.items() if slot.field is field}


def _role_specs(specs: tuple[RoleSpec, ...]) -> dict[str, RoleSpec]:
    return {
        normal(word): spec
        for spec in reversed(specs)
        for word in (*spec.aliases, spec.key or spec.name, spec.name)
    }


def _depth_specs(specs: tuple[DepthSpec, ...]) -> dict[str, DepthSpec]:
    return {
        normal(word): spec
        for spec in reversed(specs)
        for word in (*spec.words, spec.key or spec.name, spec.name)
    }


_IDENTITIES = frozenset(
    {
        Field.ROLE,
        Field.FAMILY,
        Field.LADDER,
        Field.SKILL,
        Field.GROUP,
        Field.DOMAIN,
        Field.PROFICIENCY,
    }
)
_ROLE = frozenset({Field.ROLE, Field.ROLE_ORDER, Field.ROLE_SUMMARY, Field.ROLE_ALIASES})
_SKILL = frozenset(
    {
        Field.SKILL,
        Field.SKILL_ORDER,
        Field.SKILL_SUMMARY,
        Field.SKILL_ALIASES,
        Field.SKILL_PROMPTS,
        Field.SKILL_UPDATED,
        Field.SKILL_RESOURCES,
        *GUIDES,
    }
)
_GROUP = frozenset({Field.GROUP, Field.GROUP_SUMMARY, Field.GROUP_ALIASES})
_DEPTH = frozenset({Field.PROFICIENCY, Field.PROFICIENCY_RANK, Field.PROFICIENCY_SUMMARY})

"""The skills of a catalogue with all they hang on: domains, groups and proficiencies."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.framework import NO_DEPTHS, Domain, Proficiency, Skill, SkillGroup
from bot.domain.guidance import NO_GUIDE, NO_GUIDES, Band, Guide
from bot.domain.said import said
from bot.domain.text import LocalText
from bot.formats.imports.building.assembler import Assembler
from bot.formats.imports.building.before import Before
from bot.formats.imports.building.drafts import RowDraft, Values
from bot.formats.imports.building.naming import alias_problems, keys_of
from bot.formats.imports.building.texts import (
    joined_prompts,
    local_text,
    optional_text,
    resources_of,
    text_of,
    translations,
)
from bot.formats.imports.report import THE_MAPPING, ImportPlace
from bot.formats.imports.values import MAX_ORDER, aliases_in, lines_of, parsed_date
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.vocabulary import depth_order
from bot.formats.mapping.words import normal, one_line

MOST_DEPTHS = 20
RANK = FieldSlot(Field.PROFICIENCY_RANK)
_LISTED = ImportPlace(THE_MAPPING)


class Taxonomy:
    """Built from an assembler. Every fault goes to its findings."""

    def __init__(self, source: Assembler, before: Before) -> None:
        self._from = source
        self._before = before
        self._findings = source.findings
        self._group_of = {draft.number: self._group(draft) for draft in source.skills.drafts}
        for group in source.groups.drafts:
            if group.number not in source.domain_of:
                name = source.mapping.defaults.domain
                source.domain_of[group.number] = source.domains.find("", name, group.place)
        self.depths = self._depths()
        """Each proficiency by the number of its draft, shallowest first."""
        self._first_skills = self._lowest_orders()
        self._domains = self._built_domains()
        self._groups = self._built_groups()
        self.skills = self._built_skills()
        """Each skill by the number of its draft, in catalogue order."""

    @property
    def proficiencies(self) -> tuple[Proficiency, ...]:
        return tuple(self.depths.values())

    @property
    def domains(self) -> tuple[Domain, ...]:
        return tuple(self._domains.values())

    @property
    def groups(self) -> tuple[SkillGroup, ...]:
        return tuple(self._groups.values())

    def _group(self, skill: RowDraft) -> RowDraft:
        source, defaults = self._from, self._from.mapping.defaults
        groups = list(source.groups_of.get(skill.number, {}).values())
        if not groups:
            return source.groups.find("", defaults.group, skill.place)
        if len(groups) > 1 and defaults.shared_group:
            return source.groups.find("", defaults.shared_group, skill.place)
        if len(groups) > 1:
            message = said(
                "rows put one skill into several groups; the first is kept: write the same in"
                " every row, or name a 'shared_group' under 'defaults' of the mapping"
            )
            shown = " / ".join(group.title for group in groups)
            self._findings.warning(
                "several-groups", message, skill.place.of(f"{skill.name}: {shown}")
            )
        return groups[0]

    def _depths(self) -> dict[int, Proficiency]:
        registry = self._from.depths
        for spec in self._from.mapping.proficiencies:
            registry.find(spec.key or "", spec.name, _LISTED)
        if len(registry.drafts) > MOST_DEPTHS:
            message = said(
                "a catalogue has at most {most} proficiencies; check the column, or"
                " list the true ones under 'proficiencies' of the mapping",
                most=MOST_DEPTHS,
            )
            place = registry.drafts[MOST_DEPTHS].place.of(
                said("{count} proficiencies", count=len(registry.drafts))
            )
            self._findings.error("too-many-proficiencies", message, place)
        keys = keys_of(registry, self._before.proficiencies, self._findings)
        told = self._depth_summaries(keys)
        return {
            draft.number: Proficiency(
                keys[draft.number], self._depth_name(draft), rank, told.get(keys[draft.number])
            )
            for rank, draft in enumerate(self._ordered_depths(), 1)
        }

    def _depth_summaries(self, keys: Mapping[int, str]) -> dict[str, LocalText | None]:
        """Return what each depth means by its key; as before where no row says it of any."""
        told = {
            keys[draft.number]: optional_text(draft.values, Field.PROFICIENCY_SUMMARY)
            for draft in self._from.depths.drafts
        }
        if any(told.values()):
            return told
        before = self._before.content
        return {each.key: each.summary for each in (before.proficiencies if before else ())}

    def _ordered_depths(self) -> list[RowDraft]:
        drafts = self._from.depths.drafts
        specs = self._from.mapping.proficiencies
        if specs:
            listed = {one_line(spec.name): at for at, spec in enumerate(specs)}
            return sorted(drafts, key=lambda draft: listed[draft.name])
        if any(RANK in draft.values for draft in drafts):
            return sorted(drafts, key=_rank_finder())
        known = self._known_ranks()
        if all(normal(draft.title) in known for draft in drafts):
            return sorted(drafts, key=lambda draft: known[normal(draft.title)])
        order = depth_order([draft.title for draft in drafts])
        if order is None:
            shown = " < ".join(draft.title for draft in drafts)
            message = said(
                "the names of the proficiencies do not say their order, so they stand as in"
                " the file; list them shallowest first under 'proficiencies' of a mapping"
            )
            self._findings.warning("depth-order", message, drafts[0].place.of(shown))
            return drafts
        return [drafts[at] for at in order]

    def _known_ranks(self) -> Mapping[str, int]:
        before = self._before.content
        listed = before.proficiencies if before else ()
        return {normal(each.name.base): each.rank for each in listed}

    def _depth_name(self, draft: RowDraft) -> LocalText:
        specs = {one_line(spec.name): spec for spec in self._from.mapping.proficiencies}
        others = dict(specs[draft.name].names) if draft.name in specs else {}
        return local_text(draft.title, others | translations(draft.values, Field.PROFICIENCY))

    def _built_domains(self) -> dict[int, Domain]:
        """Return the domains by the order of their first skill, else as they appeared."""
        registry = self._from.domains
        keys = keys_of(registry, self._before.domains, self._findings)
        lowest: dict[int, int] = {}
        for group, domain in self._from.domain_of.items():
            first = self._first_skills[group]
            lowest[domain.number] = min(lowest.get(domain.number, first), first)
        ordered = sorted(
            registry.drafts, key=lambda draft: (lowest.get(draft.number, MAX_ORDER), draft.number)
        )
        return {
            draft.number: Domain(
                keys[draft.number],
                local_text(draft.title, translations(draft.values, Field.DOMAIN)),
            )
            for draft in ordered
        }

    def _built_groups(self) -> dict[int, SkillGroup]:
        """Return the groups by domain, then by their first skill, else as they appeared."""
        registry, domain_of = self._from.groups, self._from.domain_of
        keys = keys_of(registry, self._before.groups, self._findings)
        domain_at = {number: at for at, number in enumerate(self._domains)}
        ordered = sorted(
            registry.drafts,
            key=lambda draft: (
                domain_at[domain_of[draft.number].number],
                self._first_skills[draft.number],
                draft.number,
            ),
        )
        groups = {
            draft.number: SkillGroup(
                key=keys[draft.number],
                name=local_text(draft.title, translations(draft.values, Field.GROUP)),
                domain=self._domains[domain_of[draft.number].number],
                summary=optional_text(draft.values, Field.GROUP_SUMMARY),
                aliases=tuple(aliases_in(draft.values.get(FieldSlot(Field.GROUP_ALIASES), ""))),
            )
            for draft in ordered
        }
        alias_problems(registry, groups, self._findings)
        return groups

    def _lowest_orders(self) -> dict[int, int]:
        """Return the lowest order number among each group's skills; 0 where a skill has none."""
        order = FieldSlot(Field.SKILL_ORDER)
        first = {draft.number: 0 for draft in self._from.groups.drafts}
        skills = self._from.skills.drafts
        if all(order in skill.values for skill in skills):
            lowest: dict[int, int] = {}
            for skill in skills:
                group = self._group_of[skill.number].number
                lowest[group] = min(lowest.get(group, MAX_ORDER), int(skill.values[order]))
            first |= lowest
        return first

    def _built_skills(self) -> dict[int, Skill]:
        """Return the skills by group, then by the order that rows give, then as they appeared."""
        registry = self._from.skills
        keys = keys_of(registry, self._before.skills, self._findings)
        group_at = {number: at for at, number in enumerate(self._groups)}
        order = FieldSlot(Field.SKILL_ORDER)
        ordered = sorted(
            registry.drafts,
            key=lambda draft: (
                group_at[self._group_of[draft.number].number],
                int(draft.values.get(order, draft.number)),
            ),
        )
        texts: dict[int, dict[int, LocalText]] = {}
        for (skill, depth), text in self._from.depth_texts.items():
            texts.setdefault(skill, {})[depth] = text_of(text)
        skills = {
            draft.number: self._skill(draft, keys[draft.number], texts.get(draft.number, {}))
            for draft in ordered
        }
        alias_problems(registry, skills, self._findings)
        return skills

    def _skill(self, draft: RowDraft, key: str, texts: Mapping[int, LocalText]) -> Skill:
        depths = {
            depth.key: texts[number] for number, depth in self.depths.items() if number in texts
        }
        return Skill(
            key=key,
            name=local_text(draft.name, translations(draft.values, Field.SKILL)),
            group=self._groups[self._group_of[draft.number].number],
            summary=optional_text(draft.values, Field.SKILL_SUMMARY),
            updated_on=parsed_date(draft.values.get(FieldSlot(Field.SKILL_UPDATED), "")),
            aliases=tuple(aliases_in(draft.values.get(FieldSlot(Field.SKILL_ALIASES), ""))),
            depths=MappingProxyType(depths) if depths else NO_DEPTHS,
            prompts=_items(draft.values, Field.SKILL_PROMPTS),
            guides=_guides(draft.values),
            resources=resources_of(
                lines_of(draft.values.get(FieldSlot(Field.SKILL_RESOURCES), ""))
            ),
        )


def _items(values: Values, field: Field) -> tuple[LocalText, ...]:
    """Return the texts of a field that has one on each line, with their translations."""
    told = {slot.locale: value for slot, value in values.items() if slot.field is field}
    return tuple(text_of(each) for each in joined_prompts(told))


def _guides(values: Values) -> Mapping[Band, Guide]:
    """Return what rows give each band of levels to go by."""
    found = {
        Band.EARLY: Guide(
            _items(values, Field.SKILL_PROMPTS_EARLY), _items(values, Field.SKILL_EVIDENCE_EARLY)
        ),
        Band.LATER: Guide(
            _items(values, Field.SKILL_PROMPTS_LATER), _items(values, Field.SKILL_EVIDENCE_LATER)
        ),
    }
    told = {band: guide for band, guide in found.items() if guide != NO_GUIDE}
    return MappingProxyType(told) if told else NO_GUIDES


def _rank_finder() -> Callable[[RowDraft], tuple[int, int]]:
    """Return a sort key: the rank that rows give; without one, beside the draft before it."""
    last = 0

    def rank(draft: RowDraft) -> tuple[int, int]:
        nonlocal last
        last = int(draft.values.get(RANK, last))
        return last, draft.number

    return rank

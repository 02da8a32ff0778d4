"""The four shapes of a table: what one row of each says."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.formats.imports.beside_things import MERGED, UNDEFINED, Rejected
from bot.formats.imports.building.assembler import Assembler, RowOutcome
from bot.formats.imports.building.cells import DraftCell
from bot.formats.imports.building.drafts import RowDraft
from bot.formats.imports.building.texts import joined_prompts
from bot.formats.imports.plan import ImportPart, ImportPlan
from bot.formats.imports.reading import RowReader
from bot.formats.imports.report import TableAccount
from bot.formats.imports.values import Words
from bot.formats.mapping.fields import DEPTH_FIELDS, Field, FieldSlot
from bot.formats.mapping.model import Holds, Shape, TableSpec

NO_LEVEL = "no level says anything about this skill: not defined"

_MISSING = "a role, level or skill is missing or unknown"


class LongReader(RowReader):
    """A row is one expectation."""

    needs_several = True

    def __init__(
        self,
        assembler: Assembler,
        spec: TableSpec,
        plan: ImportPlan,
        words: Words,
        account: TableAccount,
    ) -> None:
        super().__init__(assembler, spec, plan, words, account)
        self._requirement = plan.places.get(FieldSlot(Field.REQUIREMENT))
        self._depth = plan.part(DEPTH_FIELDS)
        self._text = plan.part(frozenset({Field.TEXT}))
        self._prompts = plan.part(frozenset({Field.PROMPTS}))
        self._resources = plan.part(frozenset({Field.RESOURCES}))
        says = {Field.REQUIREMENT, Field.TEXT, Field.PROMPTS, Field.RESOURCES} | DEPTH_FIELDS
        self._says = plan.part(frozenset(says))

    def read_cells(self, line: int, cells: list[str]) -> None:
        """Read one expectation; a row whose cells about it are all empty defines none."""
        silent = self._silent(cells)
        if silent and self._tells_of_one(line, cells):
            self.account.imported += 1
            return
        known = self.known() if silent else 0
        role, skill = self.role(line, cells), self.skill(line, cells)
        level = self.level(role, line, cells) if role else None
        if role is None:
            self.level_missing(line, cells)
        if role is None or level is None or skill is None:
            raise Rejected(_MISSING)
        self.depth_texts(skill, line, cells)
        if silent and self.known() > known:
            self.account.imported += 1
            return
        if silent:
            self.account.ignored[UNDEFINED] += 1
            return
        outcome = self.add(role, level, skill, self._cell(line, cells))
        if outcome is RowOutcome.NEW:
            self.account.imported += 1
        else:
            self.account.merged[MERGED[outcome]] += 1

    def _silent(self, cells: list[str]) -> bool:
        """Whether there are columns about the expectation, and this row has nothing in them."""
        return bool(self._says.slots) and not any(map(self.words.said, self._says.raw(cells)))

    def _tells_of_one(self, line: int, cells: list[str]) -> bool:
        """Read a row that is about a role's level or about a skill only, of which nothing is asked.

        Returns whether it is such a row.
        """
        named = [
            any(not self.words.blank(cell) for cell in part.raw(cells))
            for part in (self.role_part, self.level_part, self.skill_part)
        ]
        if named == [True, True, False]:
            role = self.role(line, cells)
            return role is not None and self.level(role, line, cells) is not None
        if named == [False, False, True]:
            skill = self.skill(line, cells)
            return skill is not None and (self.depth_texts(skill, line, cells) or True)
        return False

    def _cell(self, line: int, cells: list[str]) -> DraftCell:
        requirement = None
        if self._requirement is not None and cells[self._requirement]:
            place = self.place(line, FieldSlot(Field.REQUIREMENT))
            requirement = self.requirement(cells[self._requirement], place)
        depth = self.depth(self._depth, self._depth.raw(cells), line)
        return DraftCell(
            line=line,
            table=self.account.table,
            requirement=requirement,
            depth=None if depth is None else depth.number,
            text=self.texts(self._text, cells, line),
            prompts=self.prompts(self._prompts, cells, line),
            resources=self.resources(self._resources, cells, line),
        )


class _Target(NamedTuple):
    """What columns belong to: level (with its key), role and skill, "" for what rows tell."""

    level: str
    key: str
    role: str
    skill: str


class WideReader(RowReader):
    """A row is one skill of a role; some columns belong to each level (or role, or skill)."""

    needs_several = True

    def __init__(
        self,
        assembler: Assembler,
        spec: TableSpec,
        plan: ImportPlan,
        words: Words,
        account: TableAccount,
    ) -> None:
        super().__init__(assembler, spec, plan, words, account)
        self._columns: dict[_Target, dict[Holds, list[tuple[str, int]]]] = {}
        for column, at in plan.level_columns:
            target = _Target(column.name, column.key, column.role, column.skill)
            kinds = self._columns.setdefault(target, {})
            kinds.setdefault(column.holds, []).append((column.locale, at))
        self._rungs: dict[tuple[int, str, str], RowDraft | None] = {}
        self._named_things: dict[tuple[Field, str], RowDraft] = {}
        self._role_in_rows = any(not target.role for target in self._columns)
        self._skill_in_rows = any(not target.skill for target in self._columns)

    def read_cells(self, line: int, cells: list[str]) -> None:
        """Read every cell that says something, each for its role, level and skill."""
        known = self.known()
        role = self.role(line, cells) if self._role_in_rows else None
        skill = self.skill(line, cells) if self._skill_in_rows else None
        if (self._role_in_rows and role is None) or (self._skill_in_rows and skill is None):
            raise Rejected(_MISSING)
        if skill is not None:
            self.depth_texts(skill, line, cells)
        outcomes = set()
        for target, kinds in self._columns.items():
            told = [
                at
                for places in kinds.values()
                for _, at in places
                if not self.words.blank(cells[at])
            ]
            if told:
                outcomes.add(self._read_target(target, kinds, role, skill, (line, cells)))
        self._count(outcomes, new=self.known() > known)

    def _read_target(
        self,
        target: _Target,
        kinds: dict[Holds, list[tuple[str, int]]],
        role: RowDraft | None,
        skill: RowDraft | None,
        row: tuple[int, list[str]],
    ) -> RowOutcome:
        line, cells = row
        role = self._of_column(Field.ROLE, target.role) if target.role else role
        skill = self._of_column(Field.SKILL, target.skill) if target.skill else skill
        if role is None or skill is None:
            raise Rejected(_MISSING)
        if target.level:
            level = self._rung(role, target.level, target.key)
        else:
            level = self.level(role, line, cells)
        if level is None:
            raise Rejected(_MISSING)
        return self.add(role, level, skill, self._cell(line, cells, kinds))

    def _of_column(self, field: Field, name: str) -> RowDraft:
        """Return the role or the skill that a column belongs to."""
        found = self._named_things.get((field, name))
        if found is None:
            slot, place = FieldSlot(field), self.plan.columns.place(name)
            values = {slot: self.words.checked(slot, name, place, self.findings)}
            make = self.assembler.role if field is Field.ROLE else self.assembler.skill
            found = self._named_things[field, name] = make(values, place)
        return found

    def _count(self, outcomes: set[RowOutcome], *, new: bool) -> None:
        if RowOutcome.NEW in outcomes or (new and not outcomes):
            self.account.imported += 1
        elif outcomes:
            self.account.merged[MERGED[min(outcomes, key=list(RowOutcome).index)]] += 1
        else:
            self.account.ignored[NO_LEVEL] += 1

    def _rung(self, role: RowDraft, name: str, key: str) -> RowDraft | None:
        at = (role.number, name, key)
        if at not in self._rungs:
            slot, place = FieldSlot(Field.LEVEL), self.plan.columns.place(name)
            values = {slot: self.words.checked(slot, name, place, self.findings)}
            values |= {FieldSlot(Field.LEVEL_KEY): key} if key else {}
            self._rungs[at] = self.assembler.level(role, values, place)
        return self._rungs[at]

    def _cell(
        self, line: int, cells: list[str], kinds: dict[Holds, list[tuple[str, int]]]
    ) -> DraftCell:
        requirement = depth = None
        for _, at in kinds.get(Holds.REQUIREMENT, ()):
            requirement = self.requirement(cells[at], self.place_at(line, at)) or requirement
        for _, at in kinds.get(Holds.PROFICIENCY, ()):
            part = ImportPart.of([(FieldSlot(Field.PROFICIENCY), at)])
            depth = self.depth(part, (cells[at],), line) or depth
        texts = self._by_locale(kinds.get(Holds.TEXT, ()), cells, Field.TEXT, line)
        prompts = self._by_locale(kinds.get(Holds.PROMPTS, ()), cells, Field.PROMPTS, line)
        return DraftCell(
            line=line,
            table=self.account.table,
            requirement=requirement,
            depth=None if depth is None else depth.number,
            text=texts.get("") if texts.keys() <= {""} else texts,
            prompts=joined_prompts(prompts),
        )

    def _by_locale(
        self, places: Iterable[tuple[str, int]], cells: list[str], field: Field, line: int
    ) -> dict[str, str]:
        part = ImportPart.of((FieldSlot(field, locale), at) for locale, at in places)
        found = self.values(part, part.raw(cells), line)
        return {slot.locale: text for slot, text in found.items()}


class SkillsReader(RowReader):
    """A row is one skill, or one proficiency of it."""

    def __init__(
        self,
        assembler: Assembler,
        spec: TableSpec,
        plan: ImportPlan,
        words: Words,
        account: TableAccount,
    ) -> None:
        super().__init__(assembler, spec, plan, words, account)
        self._depth = plan.part(DEPTH_FIELDS)
        self._text = plan.part(frozenset({Field.TEXT}))

    def read_cells(self, line: int, cells: list[str]) -> None:
        """Read what the row says about a skill and its depths."""
        skill = self.skill(line, cells)
        if skill is None:
            raise Rejected("the skill is missing")
        raw = self.skill_part.raw(cells)
        new = raw not in self.told
        self.told.add(raw)
        depth = self.depth(self._depth, self._depth.raw(cells), line)
        if depth is not None:
            new = self.depth_text(skill, depth, self._text, line, cells) or new
        new = self.depth_texts(skill, line, cells) or new
        if new:
            self.account.imported += 1
        else:
            self.account.merged[MERGED[RowOutcome.SAME]] += 1


class RolesReader(RowReader):
    """A row is one role, or one level of it."""

    def read_cells(self, line: int, cells: list[str]) -> None:
        """Read what the row says about a role and its level."""
        role = self.role(line, cells)
        if role is None:
            raise Rejected("the role is missing")
        raw = self.level_part.raw(cells)
        if (
            any(not self.words.blank(cell) for cell in raw)
            and self.level(role, line, cells) is None
        ):
            raise Rejected("the level is missing or unknown")
        self.account.imported += 1


READERS: Mapping[Shape, type[RowReader]] = {
    Shape.LONG: LongReader,
    Shape.WIDE: WideReader,
    Shape.SKILLS: SkillsReader,
    Shape.ROLES: RolesReader,
}
"""The reader of each shape."""

"""Reads tables in which a row is a skill, and columns belong to levels, roles or skills."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.said import said
from bot.formats.imports.beside_things import MERGED, Rejected
from bot.formats.imports.building.assembler import Assembler, RowOutcome
from bot.formats.imports.building.cells import DraftCell
from bot.formats.imports.building.drafts import RowDraft
from bot.formats.imports.building.texts import joined_prompts
from bot.formats.imports.plan import ImportPart, ImportPlan
from bot.formats.imports.reading import MISSING, RowReader
from bot.formats.imports.report import TableAccount
from bot.formats.imports.values import Words
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import Holds, TableSpec
from bot.formats.mapping.words import normal

NO_LEVEL = "no level says anything about this skill: not defined"
_SEVERAL = 2


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
            raise Rejected(MISSING)
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

    def levels_said(self) -> Iterator[tuple[str, bool]]:
        """Yield each level that a column is about, and whether a cell of it is filled."""
        filled = {name for _, name, _ in self._rungs}
        levels = (target.level for target in self._columns if target.level)
        return ((level, level in filled) for level in levels)

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
            raise Rejected(MISSING)
        if target.level:
            level = self._rung(role, target.level, target.key)
        else:
            level = self.level(role, line, cells)
        if level is None:
            raise Rejected(MISSING)
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
        for _, at in self._said_once(kinds.get(Holds.REQUIREMENT, ()), cells, line):
            requirement = self.requirement(cells[at], self.place_at(line, at)) or requirement
        for _, at in self._said_once(kinds.get(Holds.PROFICIENCY, ()), cells, line):
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
        self, places: Sequence[tuple[str, int]], cells: list[str], field: Field, line: int
    ) -> dict[str, str]:
        """Return what columns hold by language; of several in one, each adds its lines."""
        if len(places) > 1 and len(places) > len({locale for locale, _ in places}):
            return self._joined(places, cells, field, line)
        part = ImportPart.of((FieldSlot(field, locale), at) for locale, at in places)
        found = self.values(part, part.raw(cells), line)
        return {slot.locale: text for slot, text in found.items()}

    def _joined(
        self, places: Sequence[tuple[str, int]], cells: list[str], field: Field, line: int
    ) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for locale, at in places:
            part = ImportPart.of([(FieldSlot(field, locale), at)])
            for text in self.values(part, part.raw(cells), line).values():
                kept = found.setdefault(locale, [])
                kept += [text] if text not in kept else []
        faults, place = self.findings.row_faults, self.place_at(line, places[0][1])
        joined: dict[str, str] = {}
        for locale, texts in found.items():
            text = "\n".join(texts)
            # Each is short enough by itself; what they come to together may not be.
            if len(texts) >= _SEVERAL:
                text = self.words.checked(FieldSlot(field, locale), text, place, self.findings)
            joined[locale] = text
        self.skip_faulty(faults)
        return joined

    def _said_once(
        self, places: Sequence[tuple[str, int]], cells: list[str], line: int
    ) -> Sequence[tuple[str, int]]:
        """Return columns of one level, for each of which one word has room: that they differ is
        a fault.
        """
        if len(places) < _SEVERAL:
            return places
        said_here = {normal(cells[at]) for _, at in places if not self.words.blank(cells[at])}
        if len(said_here) > 1:
            message = said(
                "two columns say different things about one role, level and skill; correct one of"
                " them, or say in a mapping which of them is read"
            )
            shown = " / ".join(cells[at] for _, at in places)
            self.findings.row(
                "columns-differ", message, self.place_at(line, places[-1][1]).of(shown)
            )
        return places

"""The four shapes of a table: what one row of each says."""

from collections.abc import Mapping

from bot.formats.imports.beside_things import MERGED, UNDEFINED, Rejected
from bot.formats.imports.building.assembler import Assembler, RowOutcome
from bot.formats.imports.building.cells import DraftCell
from bot.formats.imports.plan import ImportPlan
from bot.formats.imports.reading import MISSING, RowReader
from bot.formats.imports.report import TableAccount
from bot.formats.imports.values import Words
from bot.formats.imports.wide import WideReader
from bot.formats.mapping.fields import DEPTH_FIELDS, Field, FieldSlot
from bot.formats.mapping.model import Shape, TableSpec


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
            raise Rejected(MISSING)
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

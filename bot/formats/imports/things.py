"""The things that rows name, each found once, and what rows say about an expectation."""

from bot.domain.framework import Requirement
from bot.domain.said import said
from bot.formats.imports.beside_things import MERGED, Footer, Rejected
from bot.formats.imports.building.assembler import Assembler, RowOutcome
from bot.formats.imports.building.cells import DraftCell, Texts
from bot.formats.imports.building.drafts import RowDraft, Values
from bot.formats.imports.building.texts import joined_prompts
from bot.formats.imports.plan import ImportPart, ImportPlan
from bot.formats.imports.report import ImportPlace, TableAccount
from bot.formats.imports.values import (
    MAX_TEXT,
    MOST_PROMPTS,
    MOST_RESOURCES,
    Words,
    lines_of,
)
from bot.formats.mapping.fields import LEVEL_FIELDS, ROLE_FIELDS, SKILL_FIELDS, Field, FieldSlot
from bot.formats.mapping.model import DepthColumn
from bot.formats.names.footers import is_footer

_CALLED = {
    Field.ROLE: said("role"),
    Field.LEVEL: said("level"),
    Field.SKILL: said("skill"),
}

_UPDATED = FieldSlot(Field.SKILL_UPDATED)


class ThingReader:
    """Reads cells of one table into an assembler: roles, levels, skills, depths, expectations."""

    def __init__(
        self, assembler: Assembler, plan: ImportPlan, words: Words, account: TableAccount
    ) -> None:
        self.assembler = assembler
        self.findings = assembler.findings
        self.plan = plan
        self.words = words
        self.account = account
        self.role_part = plan.part(ROLE_FIELDS)
        self.level_part = plan.part(LEVEL_FIELDS)
        self.skill_part = plan.part(SKILL_FIELDS)
        self._roles: dict[tuple[str, ...], RowDraft] = {}
        self._levels: dict[tuple[int, tuple[str, ...]], RowDraft] = {}
        self._skills: dict[tuple[str, ...], RowDraft] = {}
        self._depths: dict[tuple[str, ...], RowDraft | None] = {}
        self._depth_parts = [
            (self._depth_of(column), ImportPart.of([(FieldSlot(column.field, column.locale), at)]))
            for column, at in plan.depth_columns
        ]

    def place(self, line: int, *slots: FieldSlot) -> ImportPlace:
        """Return the place of a row, in the column of the first of these fields."""
        return ImportPlace(self.account.file, self.account.table, line, self.plan.title(slots))

    def place_at(self, line: int, index: int) -> ImportPlace:
        """Return the place of one cell of a row."""
        return ImportPlace(self.account.file, self.account.table, line, self.plan.title_at(index))

    def values(self, part: ImportPart, raw: tuple[str, ...], line: int) -> Values:
        """Return what the cells of a part say, checked.

        Raises:
            Rejected: a cell cannot be kept, and such rows are skipped.
        """
        faults = self.findings.row_faults
        values = {
            slot: self.words.checked(slot, cell, self.place_at(line, at), self.findings)
            for slot, at, cell in zip(part.slots, part.indexes, raw, strict=True)
            if not self.words.blank(cell)
        }
        if values.get(_UPDATED) == "":
            del values[_UPDATED]
        self.skip_faulty(faults)
        return values

    def skip_faulty(self, faults: int) -> None:
        """Return where no fault of rows was found since so many were, or none may be skipped.

        Raises:
            Rejected: a cell cannot be kept, and such rows are skipped.
        """
        if self.findings.row_faults > faults and not self.findings.failed:
            raise Rejected("a cell cannot be kept")

    def role(self, line: int, cells: list[str]) -> RowDraft | None:
        """Return the role of a row; None (and a finding) where it names none."""
        raw = self.role_part.raw(cells)
        role = self._roles.get(raw)
        if role is None:
            values = self.values(self.role_part, raw, line)
            if not self._named(values, Field.ROLE, line):
                return None
            self._check_footer(values.get(FieldSlot(Field.ROLE), ""), cells)
            role = self.assembler.role(values, self.place(line, FieldSlot(Field.ROLE)))
            self._roles[raw] = role
        return role

    def skill(self, line: int, cells: list[str]) -> RowDraft | None:
        """Return the skill of a row; None (and a finding) where it names none."""
        raw = self.skill_part.raw(cells)
        skill = self._skills.get(raw)
        if skill is None:
            values = self.values(self.skill_part, raw, line)
            if not self._named(values, Field.SKILL, line):
                return None
            self._check_footer(values.get(FieldSlot(Field.SKILL), ""), cells)
            skill = self.assembler.skill(values, self.place(line, FieldSlot(Field.SKILL)))
            self._skills[raw] = skill
        return skill

    def known(self) -> int:
        """Return how many roles, levels and skills are known: a row that adds one is imported."""
        return len(self.assembler.roles.drafts) + len(self.assembler.skills.drafts)

    def _check_footer(self, name: str, cells: list[str]) -> None:
        if name and is_footer(name, (cell for cell in cells[: self.plan.width] if cell != name)):
            raise Footer

    def level(self, role: RowDraft, line: int, cells: list[str]) -> RowDraft | None:
        """Return the level of a row; None (and a finding) where the role has no such level."""
        raw = self.level_part.raw(cells)
        level = self._levels.get((role.number, raw))
        if level is None:
            values = dict(self.values(self.level_part, raw, line))
            default = self.assembler.mapping.defaults.level
            if default and not {FieldSlot(Field.LEVEL), FieldSlot(Field.LEVEL_KEY)} & values.keys():
                values[FieldSlot(Field.LEVEL)] = default.replace("{role}", role.title).replace(
                    "{sheet}", self.account.table
                )
            if not self._named(values, Field.LEVEL, line):
                return None
            place = self.place(line, FieldSlot(Field.LEVEL))
            level = self.assembler.level(role, values, place)
            if level is not None:
                self._levels[role.number, raw] = level
        return level

    def level_missing(self, line: int, cells: list[str]) -> None:
        """Report a level that is missing in a row whose role is missing too."""
        if not self.assembler.mapping.defaults.level:
            self._named(
                self.values(self.level_part, self.level_part.raw(cells), line), Field.LEVEL, line
            )

    def depth(self, part: ImportPart, raw: tuple[str, ...], line: int) -> RowDraft | None:
        """Return the proficiency that some cells name, None where they name none.

        Raises:
            Rejected: the mapping does not list it.
        """
        if raw not in self._depths:
            values = self.values(part, raw, line)
            place = self.place(line, FieldSlot(Field.PROFICIENCY))
            depth = self.assembler.depth(values, place)
            if depth is None and values:
                raise Rejected("the proficiency is not known")
            self._depths[raw] = depth
        return self._depths[raw]

    def depth_texts(self, skill: RowDraft, line: int, cells: list[str]) -> bool:
        """Read the columns about one proficiency; return whether a text of the skill's is new."""
        new = False
        for depth, part in self._depth_parts:
            if depth is None or self.words.blank(cells[part.indexes[0]]):
                continue
            if part.slots[0].field is Field.PROFICIENCY_SUMMARY:
                values = self.values(part, part.raw(cells), line)
                self.assembler.depths.tell(depth, values, self.place_at(line, part.indexes[0]))
            else:
                new = self.depth_text(skill, depth, part, line, cells) or new
        return new

    def depth_text(
        self, skill: RowDraft, depth: RowDraft, part: ImportPart, line: int, cells: list[str]
    ) -> bool:
        """Read the skill's own text for a proficiency; return whether it is new."""
        found = self.values(part, part.raw(cells), line)
        texts = {slot.locale: text for slot, text in found.items()}
        place = self.place(line, FieldSlot(Field.SKILL))
        return self.assembler.depth_text(skill, depth, texts, place)

    def requirement(self, cell: str, place: ImportPlace) -> Requirement | None:
        """Return what a cell says about the requirement, None where it says nothing.

        Raises:
            Rejected: it is no word for a requirement.
        """
        if self.words.blank(cell):
            return None
        found = self.words.requirement(cell)
        if found is None:
            message = said(
                "the cell is neither required nor optional; correct it, or list its word under"
                " 'required_words' or 'optional_words'"
            )
            self.findings.row("unknown-requirement", message, place.of(cell))
            raise Rejected("the requirement is not known")
        return found

    def texts(self, part: ImportPart, cells: list[str], line: int) -> Texts | None:
        """Return the text of a row in its languages, None where there is none."""
        found = self.values(part, part.raw(cells), line)
        if not found:
            return None
        texts = {slot.locale: text for slot, text in found.items()}
        return texts[""] if texts.keys() == {""} else texts

    def prompts(self, part: ImportPart, cells: list[str], line: int) -> tuple[Texts, ...]:
        """Return the growth prompts of a row, those in other languages beside the first ones."""
        if not part.slots:
            return ()
        found = self.values(part, part.raw(cells), line)
        return joined_prompts({slot.locale: value for slot, value in found.items()})

    def resources(self, part: ImportPart, cells: list[str], line: int) -> tuple[str, ...]:
        """Return the resources of a row, a line each."""
        if not part.slots:
            return ()
        found = self.values(part, part.raw(cells), line)
        return tuple(line for value in found.values() for line in lines_of(value))

    def add(self, role: RowDraft, level: RowDraft, skill: RowDraft, cell: DraftCell) -> RowOutcome:
        """Add a cell, and report one that was there before.

        Raises:
            Rejected: the cell contradicts an earlier one, and the mapping does not say which wins;
                or both together are too much.
        """
        outcome = self.assembler.cell(role, level, skill, cell, goes_on=self.plan.continued)
        if outcome in (RowOutcome.NEW, RowOutcome.ADDED):
            return outcome
        first = self.assembler.first_of(role, level, skill)
        about = f"{role.title} / {level.title} / {skill.title}"
        where = said("as line {line}: {cell}", line=str(first.line), cell=about)
        place = self.place(cell.line, FieldSlot(Field.SKILL)).of(where)
        if outcome is RowOutcome.TOO_MUCH:
            message = said(
                "rows about one role, level and skill are joined to more than {characters}"
                " characters, {prompts} prompts or {resources} resources; shorten them",
                characters=MAX_TEXT,
                prompts=MOST_PROMPTS,
                resources=MOST_RESOURCES,
            )
            self.findings.row("too-long", message, place)
            raise Rejected("says too much with earlier rows")
        if outcome is RowOutcome.REFUSED:
            message = said(
                "a role, level and skill stand there twice with different contents; correct"
                " one of them, or set 'duplicates' to first, last or join in the mapping"
            )
            self.findings.row("duplicate", message, place)
            raise Rejected("contradicts an earlier row")
        self.findings.note("merged", said("a row {what}", what=MERGED[outcome]), place)
        return outcome

    def _named(self, values: Values, field: Field, line: int) -> bool:
        if FieldSlot(field) in values or FieldSlot(Field(f"{field}_key")) in values:
            return True
        message = said(
            "the {thing} is missing; fill the cell, or list '{field}' under 'fill_down'",
            thing=_CALLED[field],
            field=field,
        )
        self.findings.row(f"no-{field}", message, self.place(line, FieldSlot(field)))
        return False

    def _depth_of(self, column: DepthColumn) -> RowDraft | None:
        name, key = FieldSlot(Field.PROFICIENCY), FieldSlot(Field.PROFICIENCY_KEY)
        values = {key: column.key} if column.key else {name: column.name}
        return self.assembler.depth(values, self.plan.columns.place(column.column))

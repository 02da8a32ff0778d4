"""Proposes a mapping for tables nobody has described: by their headers and first rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from glob import escape

from bot.domain.catalogue.uploading import NO_ANSWERS
from bot.domain.said import Said, said
from bot.formats.grids.blocks import tables_of
from bot.formats.grids.columns import Headed
from bot.formats.grids.legends import beside_table, legend_in
from bot.formats.grids.samples import ColumnSample
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import ColumnMapping, Defaults, Duplicates, Shape, TableSpec
from bot.formats.mapping.words import normal
from bot.formats.proposing.asked import stands_aside
from bot.formats.proposing.dates import date_order
from bot.formats.proposing.doubts.several import ask_of_lists
from bot.formats.proposing.held import has_scale
from bot.formats.proposing.ladder.columns import common_levels
from bot.formats.proposing.ladder.listed import (
    beside_levels,
    in_order,
    listed_above,
    listed_levels,
    lists_levels,
)
from bot.formats.proposing.missing import left_out, nothing, order_alone, skills_alone
from bot.formats.proposing.names_above import told_above, told_by_sheets
from bot.formats.proposing.owned import is_own, own_spec
from bot.formats.proposing.questions import Deciding, Question
from bot.formats.proposing.role_of import with_role
from bot.formats.proposing.slots import LEVEL, SKILL
from bot.formats.proposing.table import Place, Read, read_table
from bot.values import dataclass

MOST_SAMPLED = 20_000
"""Rows that are looked at where several tables stand on one sheet."""
SAMPLED = 300
"""Rows of each table that are looked at."""

_Reading = tuple[ColumnSample, Headed, Read]
"""A table that is read, with its sample."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping, None where no table could be understood, and remarks about what was decided.

    `readings` say how each table is read. While `questions` are open there is no mapping.
    """

    mapping: ColumnMapping | None
    remarks: tuple[Said, ...]
    readings: tuple[Said, ...] = ()
    questions: tuple[Question, ...] = ()


def propose(
    samples: Sequence[ColumnSample],
    *,
    only: Shape | None = None,
    answers: Mapping[str, str] = NO_ANSWERS,
    folder: str = "",
) -> Proposal:
    """Return a mapping for these tables. `only` asks for one shape, whatever a table looks like.

    A file that Nextrung has exported is recognised by its columns, and read exactly. `answers` are
    those to questions that an earlier proposal left open. `folder` is the name of the files'
    folder, which is the role where they are named as its levels.
    """
    legend, samples = _legend_of(samples)
    found = [
        (sample, table)
        for sample in samples
        for table in tables_of(sample.rows, more=sample.is_named)
    ]
    own = [(sample, own_spec(table)) for sample, table in found if is_own(table)]
    if own:
        exact = ColumnMapping(tables=(), empty_words=(), separators=(",",), fold_texts=True)
        return _proposal(exact, own, samples, Deciding(exact=True))
    has_roles = any(_names_roles(table) for _, table in found)
    deciding = Deciding(answers, has_roles=has_roles, folder=folder)
    lists = _lists([table for _, table in found])
    for sample, table in found:
        if table in lists and (unread := beside_levels(table)):
            deciding.remark(order_alone(sample.where, unread))
    found = [(sample, table) for sample, table in found if table not in lists]
    deciding.is_alone = len(found) == 1
    told, titles = told_by_sheets(found), told_above(found, deciding)
    reads: list[_Reading] = []
    for sample, table in found:
        if stands_aside(sample, table, found, deciding):
            continue
        tries = _tries(sample, told.get(id(sample), {}), titles[id(table)])
        graded = has_scale(table, [each for _, each in found])
        read = _read(sample, table, tries, legend, deciding, only, graded=graded)
        if read is not None:
            reads.append((sample, table, read))
    listed = [in_order(table) for table in lists]
    listed += [listed_above(sample.rows) for sample in samples]
    mapping = _whole(reads, listed, deciding)
    specs = [(one, read.spec) for one, _, read in reads]
    return _proposal(mapping, specs, samples, deciding, [table for _, table in found])


def _legend_of(
    samples: Sequence[ColumnSample],
) -> tuple[Mapping[str, str], Sequence[ColumnSample]]:
    """Return what figures and letters stand for, and the samples without what says it beside."""
    legend = legend_in([row for sample in samples for row in sample.rows])
    parted: list[ColumnSample] = []
    for sample in samples:
        rows, found = beside_table(sample.rows)
        legend = legend or found
        parted.append(replace(sample, rows=tuple(rows)))
    return legend, parted


def _proposal(
    mapping: ColumnMapping,
    specs: Sequence[tuple[ColumnSample, TableSpec]],
    samples: Sequence[ColumnSample],
    deciding: Deciding,
    tables: Sequence[Headed] = (),
) -> Proposal:
    levels = mapping.levels
    if not levels and not deciding.questions:
        levels = common_levels([spec.level_columns for _, spec in specs], deciding)
    remarks, questions = tuple(deciding.remarks), tuple(deciding.questions.values())
    readings = tuple(deciding.readings)
    if questions:
        return Proposal(None, remarks, readings, questions)
    if all(spec.shape is Shape.ROLES for _, spec in specs):
        return Proposal(None, (*remarks, nothing([sample.rows for sample in samples], tables)))
    if not deciding.exact and all(spec.shape is Shape.SKILLS for _, spec in specs):
        return Proposal(None, (*remarks, skills_alone(tables)))
    mapping = replace(mapping, tables=_merged(specs, samples), levels=levels)
    return Proposal(mapping, remarks, readings)


def _whole(
    reads: Sequence[_Reading], lists: Sequence[Sequence[str]], deciding: Deciding
) -> ColumnMapping:
    """Return what the tables ask of the mapping together."""
    joined = any(read.joined for _, _, read in reads)
    if joined:
        deciding.remark(said("several rows about one skill and level are joined as lines"))
    # A title without a level is the plain rung of its role.
    rungs = "titles" in deciding.answers
    return ColumnMapping(
        tables=(),
        duplicates=Duplicates.JOIN if joined else Duplicates.STOP,
        proficiencies=next((read.depths for _, _, read in reads if read.depths), ()),
        defaults=Defaults(level="{role}") if rungs else Defaults(),
        dates=date_order([table for _, table, _ in reads]),
        levels=listed_levels(lists, _levels_used(reads)),
    )


def _levels_used(reads: Sequence[_Reading]) -> Iterator[str]:
    """Yield the levels that tables name; "" where they may name more than was looked at."""
    for sample, table, read in reads:
        yield from (column.name for column in read.spec.level_columns if column.name)
        if LEVEL in read.spec.columns:
            at = table.names.index(read.spec.columns[LEVEL][0])
            yield from filter(None, table.column(at))
            if len(sample.rows) >= SAMPLED:
                yield ""


def _lists(tables: Sequence[Headed]) -> list[Headed]:
    """Return the tables that list the levels, beside others about skills.

    Where several are alike, each is about a skill.
    """
    found = [table for table in tables if lists_levels(table)]
    heads = Counter(tuple(map(normal, table.header.cells)) for table in found)
    alone = [table for table in found if heads[tuple(map(normal, table.header.cells))] == 1]
    return alone if len(alone) < len(tables) else []


def _names_roles(table: Headed) -> bool:
    return bool(table.fields & {Field.ROLE, Field.ROLE_KEY, Field.TITLE}) and SKILL in table.slots


def _tries(
    sample: ColumnSample, told: Mapping[FieldSlot, str], title: Mapping[FieldSlot, str]
) -> list[Mapping[FieldSlot, str]]:
    """Return what may be true of every row: by the title, then with the sheet as the skill."""
    tries: list[Mapping[FieldSlot, str]] = [{**title, **told}]
    if sample.is_named and not told:
        tries.append({SKILL: "{sheet}", **title})
    return tries


def _read(
    sample: ColumnSample,
    table: Headed,
    tries: Sequence[Mapping[FieldSlot, str]],
    legend: Mapping[str, str],
    deciding: Deciding,
    only: Shape | None,
    *,
    graded: bool,
) -> Read | None:
    """Return the first reading of a table that makes sense of it, with what names the role."""
    for each in tries:
        trial = deciding.about(sample.where, graded=graded)
        read = read_table(table, Place(sample.where, each), legend, trial, only)
        if read is not None:
            ask_of_lists(table, read.spec.columns, trial)
            deciding.take(trial)
            return with_role(sample, table, read, deciding)
    if not legend or legend_in((table.header, *table.body)) != legend:
        deciding.remark(left_out(sample.where, table))
    return None


def _merged(
    specs: Sequence[tuple[ColumnSample, TableSpec]], samples: Sequence[ColumnSample]
) -> tuple[TableSpec, ...]:
    """Return the specs, those of sheets with one layout as one."""
    several_files = len({sample.file for sample in samples}) > 1
    merged: dict[tuple[str, int], tuple[TableSpec, list[str]]] = {}
    for sample, spec in specs:
        kept = next(
            (
                names
                for (file, _), (known, names) in merged.items()
                if file == sample.file and known == spec
            ),
            None,
        )
        if kept is None:
            merged[sample.file, len(merged)] = (spec, [sample.table])
        else:
            kept.append(sample.table)
    tables = len(samples)
    return tuple(
        replace(
            spec,
            files=(escape(file),) if several_files else (),
            sheets=tuple(escape(name) for name in names if name) if tables > 1 else (),
        )
        for (file, _), (spec, names) in merged.items()
    )

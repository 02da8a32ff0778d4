"""Axes that a table does not tell by itself: its owner is asked what they are."""

import re
from collections.abc import Sequence

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.grids.samples import ColumnSample
from bot.formats.mapping.model import DepthColumn, LevelColumn, Shape
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal
from bot.formats.names.figures import is_number
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import Titles, kind_of_titles, title_of
from bot.formats.problems import shortened
from bot.formats.proposing.axes import Axes, columns_named
from bot.formats.proposing.ladder.two_rows import Placed
from bot.formats.proposing.questions import Choice, Deciding, Question, answered
from bot.formats.proposing.slots import DEPTH, LEVEL, ROLE, SKILL, TEXT, TITLE

_SHOWN = 6
_SEVERAL = 2
_LISTS = frozenset(
    {
        *("roles", "job roles", "applies to", "applicable roles", "for roles", "rollen"),
        *("适用岗位", "适用角色"),
    }
)
_ASIDE = re.compile(
    r"(?:(?:the |a )?(?:templates?|examples?|samples?|overview|summary|all(?: roles)?|draft|old"
    r"|copy|archive|backup|vorlage|beispiele?|übersicht|modèle|exemple|plantilla|ejemplo|resumen"
    r"|шаблон|пример|テンプレート|サンプル|템플릿|模板|示例|样例|总览|汇总|概览))(?: \d+)?"
)
_APART = re.compile(r"[,;|\n、，；]|\s/\s")


def axes_of_titles(
    table: Headed, at: int, depths: tuple[DepthColumn, ...], deciding: Deciding
) -> Axes:
    """Return a long table without a column of levels: its titles say them, or somebody must."""
    titles = list(dict.fromkeys(filter(None, table.column(at))))
    kind = kind_of_titles(titles)
    if DEPTH in table.slots and _are_levels(table.column(table.slots.index(DEPTH))):
        return Axes(Shape.LONG, (), depths, {LEVEL: table.slots.index(DEPTH)})
    if all(title_of(title).level for title in titles):
        if deciding.answers.get("titles") == "roles":
            return Axes(Shape.LONG, (), depths, {ROLE: at})
        _tell_parted(titles, deciding)
        return Axes(Shape.LONG, (), depths, {TITLE: at})
    example = next((each for each in map(title_of, titles) if each.level), title_of(titles[0]))
    shown = ", ".join(f"'{title}'" for title in titles[:8])
    own = Choice(
        "roles", said("each is a role of its own, with one level"), "defaults: {level: '{role}'}"
    )
    parted = Choice(
        "levels",
        said("each is a role at a level"),
        f"columns: {{title: {table.names[at]}}} (titles: {{{example.text}:"
        f" {{role: {example.role}, level: {example.level or '…'}}}}})",
    )
    text = said("No column says the level of {titles}: what are they?", titles=shown)
    choices = (own,) if kind is Titles.NONE else (parted, own)
    answer = deciding.ask(Question("titles", text, choices))
    return Axes(Shape.LONG, (), depths, {TITLE if answer == "levels" else ROLE: at})


def _tell_parted(titles: Sequence[str], deciding: Deciding) -> None:
    parted = [title_of(title) for title in titles]
    shown = [f"{each.text} = {each.role}, {each.level}" for each in parted[:_SHOWN]]
    message = said(
        "{where}: {count} titles are read as a role at a level: {titles}. If each is a role of its"
        " own: --answer titles=roles",
        where=deciding.where,
        count=len(titles),
        titles="; ".join(shown) + (" …" if len(parted) > _SHOWN else ""),
    )
    deciding.remark(message)


def axes_of_roles(
    table: Headed, free: Sequence[int], depths: tuple[DepthColumn, ...], deciding: Deciding
) -> Axes:
    """Return a table whose columns are roles, or else levels: nothing in it says which."""
    names = ", ".join(f"'{table.header.cells[at]}'" for at in free)
    first = table.header.cells[free[0]]
    question = Question(
        "axis",
        said("Nothing says whether the columns {names} are roles or levels: which?", names=names),
        (
            Choice(
                "roles",
                said("roles, each with one level"),
                f"level_columns: [{{column: {first}, role: {first}, level: {first}}}, …]",
            ),
            Choice(
                "levels",
                said("levels of one role, lowest first"),
                f"level_columns: [{{column: {first}, level: {first}}}, …]",
            ),
        ),
    )
    belongs = "level" if deciding.ask(question) == "levels" else "role"
    deciding.exact = belongs == "level"
    placed: Sequence[Placed] = columns_named(table, free, belongs)
    if belongs == "role":
        placed = [
            (LevelColumn(column.column, column.role, role=column.role), at) for column, at in placed
        ]
    return Axes(Shape.WIDE, placed, depths)


def stands_once(table: Headed, names: int) -> bool:
    """Whether no skill stands there twice under one title: its figure is no level then."""
    at = table.slots.index(SKILL) if SKILL in table.slots else names
    pairs = list(zip(table.column(names), table.column(at), strict=True))
    return at == names or len(set(pairs)) == len(pairs)


def titles_of_levels(table: Headed, at: int, deciding: Deciding) -> bool:
    """Whether a title stands beside each level as another name of it, and not for a role."""
    if LEVEL not in table.slots:
        return False
    levels, titles = table.column(table.slots.index(LEVEL)), table.column(at)
    pairs = set(zip(map(normal, levels), map(normal, titles), strict=True))
    if len(pairs) < _SEVERAL or not len(pairs) == len(set(levels)) == len(set(titles)):
        return False
    name = table.names[at]
    question = Question(
        "title-column",
        said("Each level has a title of its own in '{column}': what are these?", column=name),
        (
            Choice(
                "levels", said("other names of the levels"), f"columns: {{level_aliases: {name}}}"
            ),
            Choice("roles", said("roles, each with one level"), f"columns: {{role: {name}}}"),
        ),
    )
    return deciding.ask(question) == "levels"


def axes_of_others(
    table: Headed,
    free: Sequence[int],
    depths: tuple[DepthColumn, ...],
    deciding: Deciding,
    *,
    roles: bool = True,
) -> Axes:
    """Return a table with a level and a skill in each row, whose other columns nobody knows.

    One of them says what is expected, or they are `roles`.
    """
    names = [table.names[at] for at in free]
    if len(free) == 1:
        message = said(
            "{where}: the column '{column}' is taken for what is expected",
            where=deciding.where,
            column=names[0],
        )
        deciding.remark(message)
        return Axes(Shape.LONG, (), depths, {TEXT: free[0]})
    answer = deciding.ask(_question_of_others(names, roles=roles))
    told = next((at for at in free if answered(table.names[at]) == answer), None)
    if answer != "roles" and told is not None:
        return Axes(Shape.LONG, (), depths, {TEXT: told})
    if not roles:
        return Axes(Shape.LONG, (), depths)
    return Axes(Shape.WIDE, columns_named(table, free, "role"), depths)


def _question_of_others(names: Sequence[str], *, roles: bool) -> Question:
    columns = ", ".join(f"'{name}'" for name in names)
    texts = [
        Choice(
            answered(name),
            said("'{column}' says what is expected, the others are not read", column=name),
            f"columns: {{text: {name}}}",
        )
        for name in names[:_SHOWN]
    ]
    if not roles:
        text = said("Which of the columns {columns} says what is expected?", columns=columns)
        return Question("others", text, tuple(texts))
    text = said(
        "Nothing says what the columns {columns} are: roles, or what is expected?", columns=columns
    )
    each = Choice(
        "roles",
        said("each is a role"),
        f"level_columns: [{{column: {names[0]}, role: {names[0]}}}, …]",
    )
    return Question("others", text, (each, *texts))


def role_list(table: Headed, deciding: Deciding) -> int | None:
    """Return the column whose header says that it names roles, perhaps several in one cell.

    What several mean is asked; None where there is no such column, or it is not to be read.
    """
    at = next((at for at in range(table.width) if normal(table.header.cells[at]) in _LISTS), None)
    if at is None or table.slots[at] is not None:
        return None
    several = next((cell for cell in table.column(at) if _APART.search(cell)), "")
    if not several:
        return at
    name = table.names[at]
    question = Question(
        "roles",
        said(
            "A cell of '{column}' names several roles ('{cell}'): give each role a row of its own,"
            " or how is it read?",
            column=name,
            cell=shortened(several),
        ),
        (
            Choice("one", said("each cell is the name of one role"), f"columns: {{role: {name}}}"),
            Choice(
                "unread", said("it is not read, everybody is asked for all"), "values: {role: …}"
            ),
        ),
    )
    return at if deciding.ask(question) == "one" else None


def stands_aside(
    sample: ColumnSample,
    table: Headed,
    found: Sequence[tuple[ColumnSample, Headed]],
    deciding: Deciding,
) -> bool:
    """Whether a sheet such as *Template* or *Overview* beside others like it is not to be read."""
    head = [*map(normal, table.header.cells)]
    beside = [
        other.table
        for other, each in found
        if other.table != sample.table and [*map(normal, each.header.cells)] == head
    ]
    if not beside or not _ASIDE.fullmatch(normal(sample.table)):
        return False
    question = Question(
        f"sheet-{answered(sample.table)}",
        said(
            "The sheet '{sheet}' stands beside {others}: is it read like them?",
            sheet=sample.table,
            others=", ".join(f"'{name}'" for name in dict.fromkeys(beside[:_SHOWN])),
        ),
        (
            Choice("no", said("it is left out"), f"sheets: [{', '.join(beside[:_SHOWN])}]"),
            Choice("yes", said("it is read"), f"sheets: [{sample.table}, …]"),
        ),
    )
    return deciding.ask(question) == "no"


def _are_levels(cells: Sequence[str]) -> bool:
    """Whether cells name levels, and can be no depths."""
    filled = {cell for cell in cells if cell}
    plain = all(is_level_name(cell) and not is_number(cell) for cell in filled)
    return bool(filled) and plain and not all(map(is_depth_name, filled))

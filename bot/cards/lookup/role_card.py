"""The role card: what each level is about, and the skill matrix around one level."""

from collections.abc import Sequence

from bot.cards.blocks import (
    Actions,
    Block,
    RichText,
    TableCell,
    actions,
    bullets,
    context,
    header,
    section,
    table,
    text_cell,
    titled,
    titled_cell,
)
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    gap_buttons,
    page_buttons,
    page_of,
    share_button,
    show_button,
    try_next,
)
from bot.cards.choosers import role_and_level
from bot.cards.elements import typeahead
from bot.cards.excerpt import excerpt, plain_excerpt
from bot.cards.ids import Action
from bot.cards.lookup.figures import levels_count, skills_count
from bot.cards.mrkdwn import bold, clip, named, safe, unmarked
from bot.domain.answers import Answer
from bot.domain.framework import Domain, Expectation, Level, Skill
from bot.domain.lookup.gap import GapReason, change_of
from bot.domain.lookup.profiles import Pages, RoleOverview
from bot.domain.lookup.requests import ShowRole
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import depth_name, requirement_name, scope_name

# A longer ladder is named in one line, with the focus of the shown levels alone.
MOST_FOCUS = 6
_RAISED = (GapReason.NEW, GapReason.NOW_REQUIRED, GapReason.DEEPER)


def role_card(answer: Answer, overview: RoleOverview, tr: Translator, *, shared: bool) -> Card:
    """Build a role: what each level is about, and a page of skills around the shown level."""
    asked = answer.request.page if isinstance(answer.request, ShowRole) else 0
    pages = overview.pages
    page, count = page_of(len(pages), asked, 1)
    explained = explanation(answer, tr)
    controls = [] if shared else _controls(answer, overview, page, tr)
    foot = [] if shared else _foot(overview, pages, page, tr)

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explained, *_head(overview, tr, room)]
        blocks += _ladder(overview, tr, room)
        blocks += controls
        if pages[page]:
            blocks.append(_matrix(overview, pages, page, tr, room))
            blocks.append(context(_legend(overview, page, count, tr)))
        return Card(text=_fallback(overview, tr), blocks=[*blocks, *foot])

    return fit(build)


def _head(overview: RoleOverview, tr: Translator, room: Room) -> list[Block]:
    role = overview.role
    crumbs = [
        tr("Role"),
        named(tr.of(role.family.name), room.name),
        levels_count(len(role.ladder.levels), tr),
        *_core(overview, tr),
    ]
    if overview.own:
        crumbs.append(tr("your role"))
    blocks: list[Block] = [header(tr.of(role.name)), context(" · ".join(crumbs))]
    if role.summary:
        blocks.append(section(excerpt(tr.of(role.summary), room.text, tr)))
    return blocks


def _core(overview: RoleOverview, tr: Translator) -> list[str]:
    """Count the skills: those that some level requires, and the specialisms."""
    core, every = len(overview.core), len(overview.skills)
    if core in (0, every):
        return [skills_count(every, tr)]
    return [
        tr.plural("{count} core skill", "{count} core skills", core),
        tr.plural("{count} optional specialism", "{count} optional specialisms", every - core),
    ]


def _ladder(overview: RoleOverview, tr: Translator, room: Room) -> list[Block]:
    """Say what each level is about; of a long ladder, what those around the shown one are about."""
    levels = overview.role.ladder.levels
    focus = overview.role.focus
    told = levels if len(levels) <= MOST_FOCUS else overview.columns
    told = tuple(each for each in told if focus.get(each.key)) if room.rows > 1 else ()
    blocks: list[Block] = []
    if len(told) < len(levels):
        blocks.append(section(_row_of_levels(overview, tr, room)))
    if told:
        blocks.append(_focus(overview, told, tr, room))
    return blocks


def _row_of_levels(overview: RoleOverview, tr: Translator, room: Room) -> str:
    names = []
    for each in overview.role.ladder.levels:
        name = _level_name(overview, each, tr, room)
        names.append(bold(name, room.name) if each == overview.level else named(name, room.name))
    return " › ".join(names)


def _focus(
    overview: RoleOverview, levels: tuple[Level, ...], tr: Translator, room: Room
) -> RichText:
    items = []
    for level in levels:
        name = _level_name(overview, level, tr, room)
        text = plain_excerpt(tr.of(overview.role.focus[level.key]), room.text // 2, tr)
        if level.scope:
            text = tr("{scope}. {text}", scope=scope_name(level.scope, tr), text=text)
        items.append(titled(name, tr(": {text}", text=text)))
    return bullets(items)


def _level_name(overview: RoleOverview, level: Level, tr: Translator, room: Room) -> str:
    name = clip(unmarked(tr.of(level.name)), room.name)
    if overview.here and overview.here.key == level.key:
        return tr("{level} (you)", level=name)
    return name


def _controls(answer: Answer, overview: RoleOverview, page: int, tr: Translator) -> list[Block]:
    """Build the level menu with the way to the next level beside it."""
    rung = Rung(overview.role, overview.level)
    request = ShowRole(overview.role.key, (overview.level.key,), page)
    gaps = gap_buttons(answer.viewer, rung, tr)
    rows = role_and_level(request, rung, tr, here=overview.here)
    if rows:
        row: Actions = {**rows[0], "elements": [*rows[0]["elements"], *gaps]}
        return [row]
    return [actions(gaps)] if gaps else []


def _matrix(overview: RoleOverview, pages: Pages, page: int, tr: Translator, room: Room) -> Block:
    columns = overview.columns
    head = [text_cell(tr("Skill"))]
    head += [text_cell(_level_name(overview, each, tr, room)) for each in columns]
    last = pages[page - 1][-1].group.domain.key if page else None
    lines: list[list[TableCell]] = [head]
    counts = overview.required({each.group.domain.key for each in pages[page]})
    key = None
    for skill in pages[page]:
        domain = skill.group.domain
        if domain.key != key:
            key = domain.key
            lines.append(_heading(domain, counts[key], key == last, tr, room))
        name = clip(unmarked(tr.of(skill.name)), room.name)
        if overview.core and skill.key not in overview.core:
            name = f"{name}\n{tr('specialism')}"
        lines.append([text_cell(name), *_depths(overview, skill, tr, room)])
    return table(lines, wrapped=[True] * (1 + len(columns)))


def _heading(
    domain: Domain, counts: Sequence[int], again: bool, tr: Translator, room: Room
) -> list[TableCell]:
    name = clip(unmarked(tr.of(domain.name)), room.name)
    if again:
        name = tr("{domain} (continued)", domain=name)
    told = (tr.plural("{count} required", "{count} required", each) for each in counts)
    return [titled_cell(name), *(text_cell(each) for each in told)]


def _depths(overview: RoleOverview, skill: Skill, tr: Translator, room: Room) -> list[TableCell]:
    """Return what each column asks; raised against the shown level to its right with an arrow."""
    today: Expectation | None = None
    built = []
    passed = False
    for level, cell in zip(overview.columns, overview.row(skill), strict=True):
        text = _depth(cell, tr, room)
        if passed and cell and change_of(today, cell) in _RAISED:
            text = f"{text} ↑"
        if level.key == overview.level.key:
            today, passed = cell, True
        built.append(text_cell(text))
    return built


def _depth(expectation: Expectation | None, tr: Translator, room: Room) -> str:
    if expectation is None:
        return tr("not defined")
    depth = clip(unmarked(depth_name(expectation, tr)), room.name)
    if not depth:
        return requirement_name(expectation.requirement, tr)
    return depth if expectation.required else tr("{depth}, optional", depth=depth)


def _legend(overview: RoleOverview, page: int, pages: int, tr: Translator) -> str:
    lines = [tr("What does not say “optional” is required.")]
    if overview.columns[-1].key != overview.level.key:
        level = named(tr.of(overview.level.name), 60)
        lines.insert(0, tr("↑ is new, deeper or newly required against {level}.", level=level))
    if pages > 1:
        lines.append(tr("Page {page} of {pages}", page=page + 1, pages=pages))
    return "\n".join(lines)


def _foot(overview: RoleOverview, pages: Pages, page: int, tr: Translator) -> list[Block]:
    role = overview.role

    def at(number: int) -> ShowRole:
        return ShowRole(role.key, (overview.level.key,), number)

    buttons = page_buttons(page, len(pages), at, tr)
    if page < len(pages) - 1:
        buttons[-1] = show_button(_next_label(pages[page + 1 :], tr), at(page + 1), 91)
    row = actions(
        [*buttons, typeahead(Action.FIND, tr("Open a skill")), share_button(at(page), tr)]
    )
    return [row, try_next(_commands(overview), tr)]


def _next_label(following: Pages, tr: Translator) -> str:
    """Return "Next: Software Engineering and 2 More": the domains that the next pages hold."""
    domains = {skill.group.domain.key: skill.group.domain for page in following for skill in page}
    name = clip(unmarked(tr.of(next(iter(domains.values())).name)), 40)
    rest = len(domains) - 1
    if not rest:
        return tr("Next: {domain}", domain=name)
    return tr.plural(
        "Next: {domain} and {count} More", "Next: {domain} and {count} More", rest, domain=name
    )


def _commands(overview: RoleOverview) -> list[str]:
    role = overview.role
    above = role.ladder.above(overview.level)
    top = above[0] if above else role.ladder.levels[-1]
    commands = [f"/promote-gap {role.key} {top.key}"]
    if overview.skills:
        commands.append(f"/skill {overview.skills[0].key}")
    return commands


def _fallback(overview: RoleOverview, tr: Translator) -> str:
    levels = " → ".join(tr.of(level.name) for level in overview.role.ladder.levels)
    return safe(tr("{role}: {levels}", role=tr.of(overview.role.name), levels=levels), 600)

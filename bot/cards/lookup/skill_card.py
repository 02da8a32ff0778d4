"""The skill profile card."""

from collections.abc import Mapping

from bot.cards.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    fields,
    header,
    section,
    table,
)
from bot.cards.card import (
    STANDING,
    Card,
    Room,
    explanation,
    fit,
    gap_request,
    level_select,
    share_button,
    show_button,
    standing,
    try_next,
    typed,
    wording,
)
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.figures import skill_figures
from bot.cards.lookup.steps import step_text
from bot.cards.mrkdwn import bold, clip, safe
from bot.cards.standing_lines import own_line
from bot.domain.answers import Answer
from bot.domain.framework import CellKey, Level, Role
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.profiles import DEPTH_ROLES, Cell, SkillProfile
from bot.domain.lookup.requests import ShowDetails, ShowGroup, ShowSkill
from bot.text.translator import Translator


def skill_card(
    answer: Answer,
    profile: SkillProfile,
    standings: Mapping[CellKey, Standing],
    tr: Translator,
    *,
    shared: bool,
) -> Card:
    """Build the profile of a skill: figures, expectations at one level, next step, depth.

    `standings` says where the viewer stands with the cells and steps; empty where that is not
    known, or not to be shown.
    """

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), *_head(profile, tr, room)]
        if profile.rung is None:
            blocks.append(section(tr("No role asks for this skill yet.")))
        else:
            blocks += _levels(answer, profile, profile.rung.level, tr, shared=shared)
            blocks += _expectations(profile, standings, tr, room)
            blocks += _next_steps(profile, standings, tr, room)
            blocks += _depth(profile, tr, room)
        blocks += _foot(answer, profile, tr, shared=shared)
        return Card(text=_fallback(profile, tr), blocks=blocks)

    return fit(build)


def _head(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    skill = profile.skill
    group = skill.group
    crumbs = [
        tr("Skill profile"),
        f"{safe(tr.of(group.domain.name), room.name)} › {safe(tr.of(group.name), room.name)}",
    ]
    blocks: list[Block] = [header(tr.of(skill.name)), context(" · ".join(crumbs))]
    if skill.summary:
        blocks.append(section(safe(tr.of(skill.summary), room.text)))
    blocks.append(fields(skill_figures(profile.figures, skill.updated_on, tr)))
    return blocks


def _levels(
    answer: Answer, profile: SkillProfile, level: Level, tr: Translator, *, shared: bool
) -> list[Block]:
    if shared or profile.rung is None:
        return []
    asked = answer.request.role if isinstance(answer.request, ShowSkill) else None
    request = ShowSkill(profile.skill.key, role=asked)
    chooser = level_select(profile.rung.role.ladder.levels, level, tr)
    return [actions([chooser], encode(request))]


def _expectations(
    profile: SkillProfile, standings: Mapping[CellKey, Standing], tr: Translator, room: Room
) -> list[Block]:
    blocks: list[Block] = [divider()]
    shown = profile.cells[: room.rows]
    for number, cell in enumerate(shown):
        own = profile.own and number == 0
        blocks.append(_expectation(profile, standings, cell, number, tr, room, own=own))
    rest = len(profile.cells) - len(shown)
    if rest:
        more = tr.plural(
            "{count} more role asks for this skill: choose it in *Details*.",
            "{count} more roles ask for this skill: choose them in *Details*.",
            rest,
        )
        blocks.append(context(more))
    if profile.undefined_for:
        name = bold(tr.of(profile.undefined_for.name), room.name)
        blocks.append(context(tr("{role}, your role, does not define this skill.", role=name)))
    return blocks


def _expectation(
    profile: SkillProfile,
    standings: Mapping[CellKey, Standing],
    cell: Cell,
    number: int,
    tr: Translator,
    room: Room,
    *,
    own: bool,
) -> Block:
    title = bold(tr.of(cell.role.name), room.name)
    if cell.level is None:
        missing = tr("_This role's ladder has no such level._")
        return section(f"{title}\n{missing}")
    title += f" · {safe(tr.of(cell.level.name), room.name)}"
    if own:
        title += " · " + tr("your role")
    stands = safe(standing(cell.expectation, tr), STANDING)
    mine = own_line(cell.expectation, standings, profile.roles, tr)
    text = "\n".join([title, stands, *mine, wording(cell.expectation, tr, room.text)])
    # With nothing of the member's own on it, the card has nothing to redraw after a change.
    back = _shareable(profile) if standings and room.rows > 1 else None
    request = ShowDetails(profile.skill.key, cell.role.key, cell.level.key, back)
    return section(text, button(numbered(Action.DETAILS, number), tr("Details"), encode(request)))


def _next_steps(
    profile: SkillProfile, standings: Mapping[CellKey, Standing], tr: Translator, room: Room
) -> list[Block]:
    if not profile.steps or profile.rung is None:
        return []
    blocks: list[Block] = [divider()]
    for step in profile.steps[:4]:
        target = step.target if isinstance(step, Gap) else step.expectation
        mine = own_line(target, standings, profile.roles, tr)
        blocks.append(section("\n".join([step_text(step, profile.rung, tr, room), *mine])))
    return blocks


def _depth(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    roles = profile.roles[: min(DEPTH_ROLES, room.rows)]
    head = [tr("Level"), *(clip(tr.of(role.name), room.name) for role in roles)]
    rows = [
        [clip(tr.of(level.name), room.name), *_depth_cells(cells, roles, tr)]
        for level, cells in profile.depth
    ]
    return [table([head, *rows])]


def _depth_cells(cells: tuple[Cell, ...], roles: tuple[Role, ...], tr: Translator) -> list[str]:
    return [
        tr("No such level") if cell.level is None else standing(cell.expectation, tr)
        for cell in cells[: len(roles)]
    ]


def _foot(answer: Answer, profile: SkillProfile, tr: Translator, *, shared: bool) -> list[Block]:
    if shared:
        return []
    group = profile.skill.group
    buttons = []
    commands = [f"/skill {group.key}"]
    rung = profile.rung
    if rung is not None:
        above = rung.role.ladder.above(rung.level)
        if above:
            label = tr("Gap to {level}", level=tr.of(above[0].name))
            request = gap_request(answer.viewer, rung, above[0])
            buttons.append(show_button(label, request, 0, primary=True))
            next_rung = ShowSkill(profile.skill.key, (above[0].key,), _not_own(answer, profile))
            commands.insert(0, typed(next_rung))
    label = tr("All of {group}", group=tr.of(group.name))
    levels = (rung.level.key,) if rung else ()
    role = _not_own(answer, profile)
    buttons.append(show_button(label, ShowGroup(group.key, levels, role), 1))
    buttons.append(share_button(_shareable(profile), tr))
    return [actions(buttons), try_next(commands, tr)]


def _not_own(answer: Answer, profile: SkillProfile) -> str | None:
    """Return the role that was asked for, which the next request must name again."""
    asked = answer.request.role if isinstance(answer.request, ShowSkill) else None
    return None if profile.own else asked


def _shareable(profile: SkillProfile) -> ShowSkill:
    rung = profile.rung
    if rung is None:
        return ShowSkill(profile.skill.key)
    return ShowSkill(profile.skill.key, (rung.level.key,), rung.role.key)


def _fallback(profile: SkillProfile, tr: Translator) -> str:
    skill = profile.skill
    where = f"{tr.of(skill.group.domain.name)} › {tr.of(skill.group.name)}"
    name = tr.of(skill.name)
    if profile.rung is None:
        return safe(tr("{skill} ({where})", skill=name, where=where), 600)
    text = tr(
        "{skill} ({where}): {role}, {level}: {standing}",
        skill=name,
        where=where,
        role=tr.of(profile.rung.role.name),
        level=tr.of(profile.rung.level.name),
        standing=standing(profile.cells[0].expectation, tr),
    )
    return safe(text, 600)

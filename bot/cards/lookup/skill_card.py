"""The skill profile card: what is expected, what comes next, and every level in one table."""

from collections.abc import Mapping, Sequence

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    gap_buttons,
    share_button,
    show_button,
    standing,
    standing_line,
    try_next,
    typed,
)
from bot.cards.choosers import role_and_level
from bot.cards.elements import Button, button, labelled
from bot.cards.excerpt import behaviour, excerpt
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.figures import skill_figures, updated
from bot.cards.lookup.helpers_line import helpers_button, helpers_line
from bot.cards.lookup.level_table import level_table
from bot.cards.lookup.steps import step_text
from bot.cards.mrkdwn import named, safe
from bot.cards.standing_lines import own_line
from bot.domain.answers import Answer
from bot.domain.framework import CellKey
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.profiles import Cell, SkillProfile
from bot.domain.lookup.requests import ShowDetails, ShowGroup, ShowSkill
from bot.domain.teams.requests import ShowHelpers
from bot.text.translator import Translator

Standings = Mapping[CellKey, Standing] | None

# `rows` is how many levels around the shown one the table has.
ROOMS = (
    Room(400, 80, 12),
    Room(250, 60, 12),
    Room(120, 40, 12),
    Room(120, 40, 2),
    Room(60, 24, 1),
    Room(24, 12, 1),
)


def skill_card(
    answer: Answer,
    profile: SkillProfile,
    standings: Standings,
    tr: Translator,
    *,
    shared: bool,
    helpers: int | None = None,
) -> Card:
    """Build the profile of a skill: one role's expectation, the next step, others, all levels.

    `standings` says where the viewer stands with the cells and steps; None where that is not
    known, or not to be shown. `helpers` is how many offer help; None where that is not to be shown.
    """
    explained = explanation(answer, tr)
    request = _shareable(profile)
    helped = ShowHelpers(request.skill, levels=request.levels, role=request.role)
    menus = [] if shared else _menus(answer, profile, request, tr)
    help_too = [helpers_button(helped, tr)] if helpers == 0 else []
    foot = [] if shared else _foot(answer, profile, request, help_too, tr)

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explained, *_head(profile, tr, room), *menus]
        if profile.rung is None:
            blocks.append(section(tr("No role asks for this skill yet.")))
        else:
            blocks += [divider(), _expectation(profile, request, standings, tr, room)]
            blocks += _next_steps(profile, standings, tr, room)
        blocks += helpers_line(helpers, helped, tr)
        if profile.rung is not None:
            blocks += _others(profile, standings, tr, room)
            blocks += level_table(profile, tr, room)
        return Card(text=_fallback(profile, tr), blocks=[*blocks, *foot])

    return fit(build, rooms=ROOMS)


def _head(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    skill = profile.skill
    group = skill.group
    crumbs = [
        tr("Skill profile"),
        f"{named(tr.of(group.domain.name), room.name)} › {named(tr.of(group.name), room.name)}",
        *updated(skill.updated_on, tr),
    ]
    lines = [excerpt(tr.of(skill.summary), room.text, tr)] if skill.summary else []
    lines.append(skill_figures(profile.figures, tr))
    return [
        header(tr.of(skill.name)),
        context(" · ".join(crumbs)),
        section("\n".join(each for each in lines if each)),
    ]


def _menus(
    answer: Answer, profile: SkillProfile, request: ShowSkill, tr: Translator
) -> list[Block]:
    if profile.rung is None:
        return []
    return [
        *role_and_level(
            request,
            profile.rung,
            tr,
            roles=profile.roles,
            own_role=answer.viewer.role,
            here=profile.here,
        )
    ]


def _expectation(
    profile: SkillProfile, shown: ShowSkill, standings: Standings, tr: Translator, room: Room
) -> Block:
    cell = profile.cells[0]
    lines = [_title(profile, cell, tr, room), standing_line(cell.expectation, tr)]
    lines += own_line(cell.expectation, standings, profile.roles, tr)
    lines.append(behaviour(cell.expectation, 2 * room.text, tr))
    if profile.undefined_for:
        name = named(tr.of(profile.undefined_for.name), room.name)
        lines.append(tr("{role}, your role, does not define this skill.", role=name))
    level = cell.level.key if cell.level else ""
    # With nothing of the member's own on it, the card has nothing to redraw after a change.
    back = shown if standings is not None and room.text >= 60 else None
    request = ShowDetails(profile.skill.key, cell.role.key, level, back)
    details = button(numbered(Action.DETAILS, 0), tr("Details"), encode(request))
    spoken = tr("Details of {skill}", skill=tr.of(profile.skill.name))
    return section("\n".join(lines), labelled(details, spoken))


def _title(profile: SkillProfile, cell: Cell, tr: Translator, room: Room) -> str:
    """Return "*LLM Engineer · Senior* · your level"."""
    title = f"*{_rung(cell, tr, room)}*"
    if profile.here and cell.level and profile.here.key == cell.level.key:
        return f"{title} · {tr('your level')}"
    return f"{title} · {tr('your role')}" if profile.own else title


def _rung(cell: Cell, tr: Translator, room: Room) -> str:
    level = f" · {named(tr.of(cell.level.name), room.name)}" if cell.level else ""
    return named(tr.of(cell.role.name), room.name) + level


def _next_steps(
    profile: SkillProfile, standings: Standings, tr: Translator, room: Room
) -> list[Block]:
    """Say what the next levels add beside the words that the table has."""
    blocks: list[Block] = []
    for step in profile.steps[:4]:
        target = step.target if isinstance(step, Gap) else step.expectation
        mine = own_line(target, standings, profile.roles, tr)
        blocks.append(section("\n".join([step_text(step, tr, room), *mine])))
    return blocks


def _others(profile: SkillProfile, standings: Standings, tr: Translator, room: Room) -> list[Block]:
    others = profile.cells[1:]
    shown = others[: room.rows]
    blocks: list[Block] = [context(_other(profile, each, standings, tr, room)) for each in shown]
    rest = len(profile.roles) - 1 - len(shown)
    if rest:
        more = tr.plural("{count} more role in the menu", "{count} more roles in the menu", rest)
        blocks.append(context(more))
    return blocks


def _other(
    profile: SkillProfile, cell: Cell, standings: Standings, tr: Translator, room: Room
) -> str:
    title = f"*{_rung(cell, tr, room)}*"
    if cell.level is None:
        return f"{title} · {tr('has no such level')}"
    title += f" · {standing_line(cell.expectation, tr)}"
    lines = [title, *own_line(cell.expectation, standings, profile.roles, tr)]
    if cell.expectation and cell.expectation.wording:
        lines.append(excerpt(tr.of(cell.expectation.wording), room.text * 2 // 3, tr))
    return "\n".join(lines)


def _foot(
    answer: Answer,
    profile: SkillProfile,
    request: ShowSkill,
    more: Sequence[Button],
    tr: Translator,
) -> list[Block]:
    group = profile.skill.group
    rung = profile.rung
    buttons = gap_buttons(answer.viewer, rung, tr) if rung else []
    label = tr("All of {group}", group=tr.of(group.name))
    levels = (rung.level.key,) if rung else ()
    role = rung.role.key if rung and not profile.own else None
    buttons.append(show_button(label, ShowGroup(group.key, levels, role), 10))
    buttons += [share_button(request, tr), *more]
    return [actions(buttons), try_next(_commands(profile, role), tr)]


def _commands(profile: SkillProfile, role: str | None) -> list[str]:
    commands = []
    rung = profile.rung
    above = rung.role.ladder.above(rung.level) if rung else ()
    if above:
        commands.append(typed(ShowSkill(profile.skill.key, (above[0].key,), role)))
    return [*commands, f"/skill {profile.skill.group.key}"]


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

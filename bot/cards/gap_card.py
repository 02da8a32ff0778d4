"""The promotion gap card."""

from dataclasses import replace

from bot.cards.blocks import Block, actions, button, context, divider, header, section
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    level_select,
    listed,
    page_buttons,
    page_of,
    share_button,
    show_button,
    try_next,
    typed,
    wording,
)
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, clip, safe
from bot.cards.steps import news
from bot.domain.answers import Answer, GapReport, Start
from bot.domain.catalogue import Level, Skill
from bot.domain.gap import Gap, PromotionGap, Rung
from bot.domain.requests import ShowDetails, ShowGap, ShowRole, ShowSkill
from bot.text.translator import Translator

PAGE = 6


def gap_card(answer: Answer, report: GapReport, tr: Translator, *, shared: bool) -> Card:
    """Build a page of what changes between two rungs, with the rest folded under counts."""
    gap = report.gap
    asked = answer.request.page if isinstance(answer.request, ShowGap) else 0
    page, pages = page_of(len(gap.gaps), asked, PAGE)
    items = gap.gaps[page * PAGE : (page + 1) * PAGE]

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), *_head(report, tr, room)]
        if not shared:
            chooser = level_select(_targets(report), gap.target.level, tr)
            blocks.append(actions([chooser], encode(replace(_request(report), levels=()))))
        blocks.append(divider())
        today = gap.origin.level if gap.origin and not gap.is_transfer else None
        blocks += _items(items, today, tr, room)
        if not gap.gaps:
            blocks.append(section(_nothing_changes(gap, tr, room)))
        blocks += _folded(gap, tr, room)
        if pages > 1:
            blocks.append(context(tr("Page {page} of {pages}", page=page + 1, pages=pages)))
        if not shared:
            blocks += _foot(answer, report, page, pages, tr)
        return Card(text=_fallback(gap, tr), blocks=blocks)

    return fit(build)


def _request(report: GapReport) -> ShowGap:
    """Return what redraws this gap; the origin is named only where the member named it."""
    target, origin = report.gap.target, report.gap.origin
    request = ShowGap(role=target.role.key, levels=(target.level.key,))
    if origin is None or report.start is not Start.GIVEN:
        return request
    return replace(request, origin_role=origin.role.key, origin_levels=(origin.level.key,))


def _targets(report: GapReport) -> list[Level]:
    """Return the levels worth choosing: above where one stands, or all of another role's ladder."""
    gap = report.gap
    levels = gap.target.role.ladder.levels
    if gap.origin is None or gap.is_transfer:
        return list(levels)
    foot = levels[0] if report.start is Start.LEVEL_BELOW else gap.origin.level
    return [level for level in levels if level.rank > foot.rank]


def rung_name(rung: Rung, tr: Translator) -> str:
    """Return "LLM Engineer, Senior" as plain text."""
    return tr("{role}, {level}", role=tr.of(rung.role.name), level=tr.of(rung.level.name))


def _title(gap: PromotionGap, tr: Translator) -> str:
    target = gap.target
    if gap.origin is None:
        return rung_name(target, tr)
    if gap.is_transfer:
        return f"{rung_name(gap.origin, tr)} → {rung_name(target, tr)}"
    levels = f"{tr.of(gap.origin.level.name)} → {tr.of(target.level.name)}"
    return tr("{role}: {levels}", role=tr.of(target.role.name), levels=levels)


def _head(report: GapReport, tr: Translator, room: Room) -> list[Block]:
    gap = report.gap
    crumbs = [tr("Transfer gap") if gap.is_transfer else tr("Promotion gap")]
    if gap.origin:
        crumbs.append(_why(report.start, gap.origin, tr, room))
    return [header(_title(gap, tr)), context(" · ".join(crumbs)), section(_sum(gap, tr))]


def _why(start: Start | None, origin: Rung, tr: Translator, room: Room) -> str:
    level = safe(tr.of(origin.level.name), room.name)
    if start is Start.OWN_LEVEL:
        return tr("from {level}, your recorded level", level=level)
    if start is Start.LEVEL_BELOW:
        return tr("from {level}, the level below the target", level=level)
    if start is Start.GIVEN:
        return tr("from {level}, as you asked", level=level)
    return tr("from {level}", level=level)


def _sum(gap: PromotionGap, tr: Translator) -> str:
    required = len(gap.required())
    optional = len(gap.gaps) - required
    parts = [
        tr.plural("*{count} required*", "*{count} required*", required),
        tr.plural("{count} optional", "{count} optional", optional),
    ]
    total = tr.plural(
        "*{count}* expectation is new or asks for more",
        "*{count}* expectations are new or ask for more",
        len(gap.gaps),
    )
    return " · ".join((total, *parts))


def _items(items: tuple[Gap, ...], today: Level | None, tr: Translator, room: Room) -> list[Block]:
    blocks: list[Block] = []
    section_of: tuple[bool, str] | None = None
    for number, item in enumerate(items):
        domain = item.target.skill.group.domain
        if (item.target.required, domain.key) != section_of:
            section_of = (item.target.required, domain.key)
            kind = tr("Required") if item.target.required else tr("Optional")
            blocks.append(context(f"*{kind}* · {safe(tr.of(domain.name), room.name)}"))
        blocks.append(_item(item, number, today, tr, room))
    return blocks


def _item(item: Gap, number: int, today: Level | None, tr: Translator, room: Room) -> Block:
    target = item.target
    title = bold(tr.of(target.skill.name), room.name)
    text = f"{title} · {news(item, today, tr, grouped=True)}\n{wording(target, tr, room.text)}"
    request = ShowDetails(target.skill.key, target.role.key, target.level.key)
    return section(text, button(numbered(Action.DETAILS, number), tr("Details"), encode(request)))


def _nothing_changes(gap: PromotionGap, tr: Translator, room: Room) -> str:
    target = bold(rung_name(gap.target, tr), room.name * 2)
    if not gap.carried and not gap.met:
        return tr("The catalogue defines no expectation for {rung} yet.", rung=target)
    return tr("Nothing new: everything that {rung} asks for is already covered.", rung=target)


def _folded(gap: PromotionGap, tr: Translator, room: Room) -> list[Block]:
    blocks: list[Block] = []
    if gap.met:
        names = _names([each.target.skill for each in gap.met], tr, room)
        met = tr.plural(
            "*{count} already met:* {names}",
            "*{count} already met:* {names}",
            len(gap.met),
            names=names,
        )
        blocks.append(context(met))
    if gap.carried:
        names = _names([each.skill for each in gap.carried], tr, room)
        carried = tr.plural(
            "*{count} carries over:* {names}",
            "*{count} carry over:* {names}",
            len(gap.carried),
            names=names,
        )
        blocks.append(context(carried))
    if gap.undefined:
        level = safe(tr.of(gap.target.level.name), room.name)
        undefined = tr.plural(
            "*{count} not defined at {level}:* {names}",
            "*{count} not defined at {level}:* {names}",
            len(gap.undefined),
            level=level,
            names=_names(list(gap.undefined), tr, room),
        )
        blocks.append(context(undefined))
    return blocks


def _names(skills: list[Skill], tr: Translator, room: Room) -> str:
    shown = [safe(clip(tr.of(skill.name), room.name), room.name) for skill in skills[: room.rows]]
    if len(skills) > len(shown):
        shown.append("…")
    return listed(shown, tr)


def _foot(answer: Answer, report: GapReport, page: int, pages: int, tr: Translator) -> list[Block]:
    gap, request = report.gap, _request(report)

    def at(number: int) -> ShowGap:
        return replace(request, page=number)

    role, level = gap.target.role, gap.target.level
    label = tr("All of {group}", group=tr.of(role.name))
    buttons = [
        *page_buttons(page, pages, at, tr),
        show_button(label, ShowRole(role.key, (level.key,)), 0),
        share_button(at(page), tr),
    ]
    named = None if role.key == answer.viewer.role else role.key
    commands = [
        typed(ShowSkill(each.target.skill.key, (level.key,), named)) for each in gap.gaps[:1]
    ]
    above = role.ladder.above(level)
    if above:
        commands.append(f"/promote-gap {role.key} {above[0].key}")
    return [actions(buttons), try_next(commands or [f"/skill {role.key}"], tr)]


def _fallback(gap: PromotionGap, tr: Translator) -> str:
    total = tr.plural("{count} expectation changes", "{count} expectations change", len(gap.gaps))
    return safe(tr("{gap}: {total}", gap=_title(gap, tr), total=total), 600)

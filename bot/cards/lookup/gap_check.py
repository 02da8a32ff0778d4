"""What the member is to confirm: met in another role, or met long ago. A page of its own."""

from collections.abc import Sequence

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import NAME, Room
from bot.cards.elements import Button, labelled
from bot.cards.excerpt import behaviour, excerpt
from bot.cards.lookup.item import receipt_blocks
from bot.cards.mrkdwn import bold, named
from bot.cards.standing_lines import day, mark_button, reworded_lines, status_line
from bot.domain.answers import GapReport
from bot.domain.framework import Role, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator
from bot.text.words import met_where

_FIRST = 70  # numbers of action ids; below are those of other items


def check_blocks(
    report: GapReport, items: Sequence[Gap], back: ShowGap, tr: Translator, room: Room
) -> list[Block]:
    """Show a page of them: both texts, where and when each was met, and the two answers."""
    blocks: list[Block] = []
    for number, gap in enumerate(items):
        receipt = report.receipt
        if receipt and receipt.status and receipt.cell == key_of(gap.target):
            blocks += receipt_blocks(gap, receipt, number, tr, back=back)
        elif report.own is not None:
            standing = report.own.standings.of(gap)
            blocks += _item(gap, standing, number, back, report, tr, room)
    return blocks


def _item(
    gap: Gap,
    standing: Standing,
    number: int,
    back: ShowGap,
    report: GapReport,
    tr: Translator,
    room: Room,
) -> list[Block]:
    target = gap.target
    kind = [named(tr.of(target.skill.group.name), NAME)]
    if not target.required:
        kind.insert(0, tr("Optional"))
    if target.proficiency is not None:
        kind.append(named(tr.of(target.proficiency.name), NAME))
    title = bold(tr.of(target.skill.name), room.name)
    text = "\n".join([title, " · ".join(kind), behaviour(target, room.text, tr)])
    roles = [target.role, *([report.gap.origin.role] if report.gap.origin else [])]
    likely = likely_lines(standing, target.role, tr, room)
    met = "\n".join(likely or _due(gap, standing, roles, tr))
    return [section(text), context(met), actions(_answers(gap, standing, number, back, tr))]


def likely_lines(standing: Standing, role: Role, tr: Translator, room: Room) -> list[str]:
    """Say where, when and in which words something likely was met; nothing where it is not."""
    likely = standing.likely
    if likely is None:
        return []
    where, when = named(met_where(likely, role, tr), NAME), day(likely.mark.at, tr)
    wording = likely.asked.wording
    if wording is None:
        return [tr("*You met this as {where}* · {date}", where=where, date=when)]
    text = excerpt(tr.of(wording), room.text, tr).replace("\n", " ")
    return [tr("*You met this as {where}* · {date}: {text}", where=where, date=when, text=text)]


def _due(gap: Gap, standing: Standing, roles: list[Role], tr: Translator) -> list[str]:
    return [status_line(standing, tr, roles), *reworded_lines(standing, gap.target, tr)[:1]]


def _answers(
    gap: Gap, standing: Standing, number: int, back: ShowGap, tr: Translator
) -> list[Button]:
    cell, first = key_of(gap.target), _FIRST + 2 * number
    labels = (
        (tr("Holds Here Too"), tr("Not Here"))
        if standing.likely
        else (tr("Still Met"), tr("Not Any More"))
    )
    answers = zip((Status.MET, Status.NOT_YET), labels, strict=True)
    skill = tr.of(gap.target.skill.name)
    return [
        labelled(
            mark_button(cell, status, first + place, tr, back=back, label=label),
            tr("{answer}: {skill}", answer=label, skill=skill),
        )
        for place, (status, label) in enumerate(answers)
    ]

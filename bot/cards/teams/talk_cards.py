"""Messages between two people: what one proposes or answers, and the brief before a talk."""

from collections.abc import Sequence

from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import NAME, Card, Room, fit
from bot.cards.elements import Element, button
from bot.cards.evidence_lines import pieces_within
from bot.cards.excerpt import excerpt
from bot.cards.ids import Action
from bot.cards.mrkdwn import named, safe
from bot.cards.standing_lines import day
from bot.cards.teams.agreed_lines import cell_name, proposal_row, step_text
from bot.cards.teams.rhythm_words import both_times
from bot.cards.teams.talk_links import Of, encode_of
from bot.cards.teams.talks_view import point_text
from bot.domain.teams.agreed import AgreedAct, AgreedStep, SharedDelta, person_of
from bot.domain.teams.talk import Brief, Moved, OpenPoint
from bot.text.translator import Translator
from bot.text.words import rung_name, status_name

POINTS = 10
_EVIDENCE, _PIECES = 120, 2700


def agreed_card(step: AgreedStep, seen: SharedDelta, tr: Translator) -> Card:
    """Build the letter about a step: with the answers, as long as it waits for one."""
    told = step_text(step, seen, tr)
    waiting = any(each.step_id == step.id for each in seen.delta.proposals)
    blocks: list[Block] = [section(told)]
    if step.act is AgreedAct.PROPOSED and waiting and step.by is not seen.side:
        blocks.append(proposal_row(step.id, cell_name(step.cell, seen.asked, tr), tr, primary=True))
    elif step.act is AgreedAct.PROPOSED and not waiting:
        blocks.append(context(tr("This proposal is answered by now.")))
    share = encode_of(Of.SHARE, seen.share.id)
    blocks.append(actions([button(Action.TALKS, tr("What Counts"), share)], share))
    return Card(told.replace("*", ""), blocks)


def brief_card(brief: Brief, zone: str, their_zone: str, tr: Translator) -> Card:
    """Build the brief: what moved, what is new, what counts, three points, three questions."""
    return fit(lambda room: _brief(brief, zone, their_zone, room, tr))


def _brief(brief: Brief, zone: str, their_zone: str, room: Room, tr: Translator) -> Card:
    other = person_of(brief.share, brief.side.opposite)
    title = tr("Your talk") if brief.begun else tr("Before your talk")
    when = both_times(brief.talk.at, zone, their_zone, other, tr)
    lead = [tr("With {person}, {moment}", person=f"<@{other}>", moment=when)]
    if brief.target:
        lead.append(safe(rung_name(brief.target, tr), NAME * 2))
    since = day(brief.since, tr)
    parts = [
        _part(tr("*Moved since {date}*", date=since), _moved(brief, room, tr)),
        _part(tr("*New evidence*"), _evidence(brief, room, tr)),
        _part(tr("*What counts*"), _counts(brief, tr)),
        _part(tr("*Open points*"), [_open(each, room, tr) for each in brief.open]),
        _part(tr("*To ask or to do*"), _questions(brief.open, room, tr)),
        _part(tr("*Not done yet*"), _points(brief, tr)),
    ]
    return Card(
        f"{title}: {tr.date(brief.talk.at.date())}",
        [
            header(title),
            context(" · ".join(lead)),
            *(each for part in parts for each in part),
            _row(brief, tr),
        ],
    )


def _part(title: str, lines: Sequence[str]) -> list[Block]:
    return [section("\n".join([title, *lines]))] if lines else []


def _moved(brief: Brief, room: Room, tr: Translator) -> list[str]:
    lines = [_move(each, room, tr) for each in brief.moved[: room.rows + 4]]
    more = brief.moved_in_all - len(lines)
    if more > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", more))
    return lines or [tr("Nothing was marked since.")]


def _move(moved: Moved, room: Room, tr: Translator) -> str:
    name = safe(tr.of(moved.expectation.skill.name), room.name)
    return "• " + tr("{skill}: {status}", skill=name, status=status_name(moved.status, tr))


def _evidence(brief: Brief, room: Room, tr: Translator) -> list[str]:
    shown = brief.evidence[: room.rows + 1]
    told = pieces_within(shown, _PIECES, tr, note=min(_EVIDENCE, room.text))
    lines = [f"• {each}".replace("\n", " · ") for each in told]
    more = brief.pieces_in_all - len(lines)
    if more > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", more))
    return lines


def _counts(brief: Brief, tr: Translator) -> list[str]:
    lines = []
    for item in brief.delta.items:
        name = brief.name_of(item.cell)
        shown = safe(tr.of(name) if name else item.cell.skill, NAME)
        said = tr("{skill}, until {date}", skill=shown, date=tr.date(item.until))
        status = brief.status_of(item.cell)
        lines.append(f"• {said} · {status_name(status, tr)}" if status else f"• {said}")
    return lines


def _open(point: OpenPoint, room: Room, tr: Translator) -> str:
    asked = point.expectation
    name = named(tr.of(asked.skill.name), room.name)
    words = excerpt(tr.of(asked.wording), min(room.text, 200), tr) if asked.wording else ""
    said = tr("{skill}: {text}", skill=name, text=words) if words else name
    return f"• {said}".replace("\n", " ")


def _questions(points: Sequence[OpenPoint], room: Room, tr: Translator) -> list[str]:
    asked = (each.question for each in points)
    return [f"• {safe(tr.of(each), max(room.text, 80))}" for each in asked if each]


def _points(brief: Brief, tr: Translator) -> list[str]:
    lines = [
        "• " + point_text(each, each.by is brief.side, tr).replace("\n", " ")
        for each in brief.points[:POINTS]
    ]
    more = len(brief.points) - len(lines)
    if more > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", more))
    return lines


def _row(brief: Brief, tr: Translator) -> Block:
    talk, share = encode_of(Of.TALK, brief.talk.id), encode_of(Of.SHARE, brief.share.id)
    row: list[Element] = [
        button(Action.TALK_NOTE, tr("What Did You Agree?"), share, primary=True),
        button(Action.TALKS, tr("What Counts and Is Open"), share),
    ]
    return actions(row, talk)

"""A packet in words: what every format of it says, in the order in which it is read. Plain text."""

from bot.documents.packet.others import others
from bot.documents.packet.parts import PacketEntry, PacketPiece, PacketSection, PacketWords
from bot.documents.packet.phrases import (
    SHOWN,
    asked,
    beside_words,
    day_of,
    more_words,
    nothing_shows,
    older_words,
    place,
    reason_missing,
    state_name,
)
from bot.documents.packet.summary import summary
from bot.documents.packet.talk import talk
from bot.documents.progress_chart import alt_text, first_words
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.packet import Packet, PacketItem
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import PromotionGap
from bot.domain.shown import shown
from bot.text.translator import Translator
from bot.text.words import due_words, rung_name, status_name


def packet_words(packet: Packet, tr: Translator) -> PacketWords:
    """Put a packet into words."""
    gap = packet.gap
    target = rung_name(gap.target, tr)
    return PacketWords(
        title=_title(packet.name, target, tr),
        subtitle=_way(packet, target, tr),
        summary=summary(packet, tr),
        talk=talk(packet, tr),
        details=tr("Details"),
        growth=(tr("Progress over time"), _growth(packet, tr)),
        unplaced=(
            tr("Evidence to place"),
            tr("Kept by the member, and tied to no expectation yet."),
        ),
        loose=tuple(_piece(each, packet, tr) for each in packet.unplaced[:SHOWN]),
        loose_more=older_words(len(packet.unplaced) - SHOWN, tr),
        about=tr(
            "Each status is the member's own assessment, and the evidence is what they keep. "
            "Where nothing shows an expectation yet, this says so."
        ),
        facts=_facts(packet, tr),
        columns=(tr("Skill"), tr("Asked for"), tr("Status"), tr("Evidence")),
        sections=_sections(packet, tr),
        lists=_lists(gap, tr),
        evidence=tr("Evidence"),
        others=tr("Others"),
        colon=tr(": {text}", text=""),
    )


def _way(packet: Packet, target: str, tr: Translator) -> str:
    """Say from where to where; of a start that the member did not say is theirs only what it is."""
    if packet.gap.origin is None:
        return target
    origin = rung_name(packet.gap.origin, tr)
    if packet.today:
        return tr("From {origin} to {target}", origin=origin, target=target)
    return tr("{target}, compared with {origin}", origin=origin, target=target)


def _title(name: str, target: str, tr: Translator) -> str:
    if not name:
        return tr("Growth packet: {rung}", rung=target)
    return tr("Growth packet of {name}: {rung}", name=name, rung=target)


def _growth(packet: Packet, tr: Translator) -> str:
    history = packet.history
    if history is None:
        return ""
    return alt_text(history, tr) if history.drawable else first_words(history, tr)


def _facts(packet: Packet, tr: Translator) -> tuple[tuple[str, str], ...]:
    due = sum(1 for each in packet.of(Status.MET) if each.standing.due)
    facts = [(tr("Prepared on"), day_of(packet.taken_at, packet, tr))]
    if due:
        facts.append((tr("Due for a fresh look"), tr.number(due)))
    if packet.goal:
        facts.append((tr("Goal"), _goal(packet.goal, packet, tr)))
    revision = tr(
        "catalogue revision {number} of {date}",
        number=tr.number(packet.revision.number),
        date=day_of(packet.revision.published_at, packet, tr),
    )
    return (*facts, (tr("Measured against"), revision))


def _goal(goal: Goal, packet: Packet, tr: Translator) -> str:
    if goal.state is GoalState.REACHED and goal.ended_at:
        return tr("reached on {date}", date=day_of(goal.ended_at, packet, tr))
    return tr("set on {date}", date=day_of(goal.set_at, packet, tr))


def _sections(packet: Packet, tr: Translator) -> tuple[PacketSection, ...]:
    """Return the expectations by what the member says of them: what is there first.

    What is likely nobody said yet, so it is not met; what was never assessed is not *not yet*.
    """
    said = {status: packet.said(status) for status in Status}
    found = (
        (status_name(Status.MET, tr), said[Status.MET]),
        (status_name(Status.WORKING, tr), said[Status.WORKING]),
        (tr("Likely: met in another role, to be confirmed"), packet.likely),
        (status_name(Status.NOT_YET, tr), said[Status.NOT_YET]),
        (tr("Not assessed"), packet.said(None)),
        (tr("Put aside"), said[Status.NOT_RELEVANT]),
    )
    return tuple(
        PacketSection(title, tuple(entry(each, packet, tr) for each in items))
        for title, items in found
        if items
    )


def entry(item: PacketItem, packet: Packet, tr: Translator) -> PacketEntry:
    """Put one expectation into words."""
    target, mark = item.gap.target, item.standing.mark
    silent = item.standing.status is Status.NOT_RELEVANT or item.evidence
    return PacketEntry(
        skill=tr.of(target.skill.name),
        place=place(target.skill, tr),
        asked=asked(target, tr),
        before=_before(item, packet, tr),
        text=tr.of(target.wording) if target.wording else tr("No description written yet."),
        status=_status(item, packet, tr),
        note=shown(mark.note).strip() if mark else "",
        pieces=tuple(_piece(each, packet, tr) for each in item.evidence[:SHOWN]),
        count=len(item.evidence),
        more=more_words(item, tr),
        hole="" if silent else nothing_shows(target, tr),
        others=others(item, packet, tr),
    )


def _before(item: PacketItem, packet: Packet, tr: Translator) -> str:
    origin = packet.gap.origin
    if origin is None:
        return ""
    name = rung_name(origin, tr) if packet.gap.is_transfer else tr.of(origin.level.name)
    if item.gap.before is None:
        return tr("Not defined at {level}", level=name)
    return tr("{level}: {standing}", level=name, standing=asked(item.gap.before, tr))


def _status(item: PacketItem, packet: Packet, tr: Translator) -> str:
    standing, mark = item.standing, item.standing.mark
    parts = [state_name(item, tr)]
    if mark:
        if not standing.own:
            parts.append(_marked_for(standing, tr))
        parts.append(day_of(mark.at, packet, tr))
    if standing.due:
        parts.append(due_words(standing.due, tr))
    parts += [*beside_words(item, packet, tr), *reason_missing(item, tr)]
    return " · ".join(parts)


def _marked_for(standing: Standing, tr: Translator) -> str:
    """Say on which other expectation a mark was made."""
    then = standing.then
    if then is None:
        return tr("as marked for another role")
    where = tr("{role}, {level}", role=tr.of(then.role.name), level=tr.of(then.level.name))
    return tr("as marked for {where}", where=where)


def _piece(piece: Evidence, packet: Packet, tr: Translator) -> PacketPiece:
    return PacketPiece(day_of(piece.added_at, packet, tr), shown(piece.note).strip(), piece.url)


def _lists(gap: PromotionGap, tr: Translator) -> tuple[tuple[str, tuple[str, ...]], ...]:
    carried = tuple(tr.of(each.skill.name) for each in gap.carried)
    undefined = tuple(tr.of(each.name) for each in gap.undefined)
    origin = rung_name(gap.origin, tr) if gap.origin else ""
    covered = (
        tr("Often carries over from {rung}; nobody marked it, and it is not counted", rung=origin)
        if gap.is_transfer
        else tr("Already covered by {rung}", rung=origin)
    )
    both = (
        (covered, carried),
        (tr("Not defined by the catalogue at this level"), undefined),
    )
    return tuple(each for each in both if each[1])

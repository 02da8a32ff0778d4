"""Short phrases of a packet, the same in each of its parts and formats. Plain text."""

from datetime import datetime

from bot.domain.framework import Expectation, Role, Skill
from bot.domain.growth.packet import Packet, PacketItem
from bot.domain.growth.standing import MarkedElsewhere
from bot.domain.local_time import local_day
from bot.text.translator import Translator
from bot.text.words import depth_name, met_where, requirement_name, status_name

# The newest pieces of evidence of an expectation; the rest is counted. It keeps the largest packet,
# 80 expectations with long notes, at some megabytes.
SHOWN = 20
# Examples of what could fill a hole.
EXAMPLES = 2


def state_name(item: PacketItem, tr: Translator) -> str:
    """Return the state of an expectation; what is likely is neither met nor *not yet*.

    Nor is what the member has said nothing of: it is open, and no words are put into their mouth.
    """
    if item.is_likely:
        return tr("Likely")
    if item.standing.marked is None:
        return tr("Not assessed")
    aside = item.standing.put_aside and item.gap.target.required
    return tr("Put aside") if aside else status_name(item.standing.status, tr)


def nothing_shows(expectation: Expectation, tr: Translator) -> str:
    """Return the words for an honest hole, with what could fill it."""
    examples = [tr.of(each).strip().rstrip(".。") for each in expectation.guide.evidence[:EXAMPLES]]
    if not examples:
        return tr("Nothing shows this yet.")
    return tr("Nothing shows this yet. What could: {examples}.", examples=tr("; ").join(examples))


def more_words(item: PacketItem, tr: Translator) -> str:
    """Say how many older pieces of evidence are left out; empty where none is."""
    return older_words(len(item.evidence) - SHOWN, tr)


def older_words(rest: int, tr: Translator) -> str:
    """Say how many pieces that are; empty for none."""
    if rest <= 0:
        return ""
    return tr.plural("and {count} older piece", "and {count} older pieces", rest)


def place(skill: Skill, tr: Translator) -> str:
    """Return where a skill belongs: "Machine Learning & AI › MLOps"."""
    return f"{tr.of(skill.group.domain.name)} › {tr.of(skill.group.name)}"


def asked(expectation: Expectation, tr: Translator) -> str:
    """Return requirement and depth: "Required · Advanced"."""
    parts = (requirement_name(expectation.requirement, tr), depth_name(expectation, tr))
    return " · ".join(part for part in parts if part)


def day_of(moment: datetime, packet: Packet, tr: Translator) -> str:
    """Return the day of a moment where the member is, in their language."""
    return tr.date(local_day(moment, packet.time_zone))


def beside_words(item: PacketItem, packet: Packet, tr: Translator) -> list[str]:
    """Say what is met elsewhere and is no *met* here: likely, or on a lower level."""
    standing, role = item.standing, item.gap.target.role
    told = []
    if standing.likely:
        where, day = _met(standing.likely, role, packet, tr)
        told.append(tr("met for {where} on {date}", where=where, date=day))
    if standing.below:
        where, day = _met(standing.below, role, packet, tr)
        told.append(tr("met at {level} on {date}", level=where, date=day))
    return told


def reason_missing(item: PacketItem, tr: Translator) -> list[str]:
    """Say where something required was put aside without a word on why."""
    mark = item.standing.mark
    silent = mark is not None and item.standing.put_aside and not mark.note.strip()
    return [tr("no reason given")] if silent and item.gap.target.required else []


def _met(elsewhere: MarkedElsewhere, role: Role, packet: Packet, tr: Translator) -> tuple[str, str]:
    return met_where(elsewhere, role, tr), day_of(elsewhere.mark.at, packet, tr)

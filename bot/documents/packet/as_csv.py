"""A packet as CSV: a row for each piece of evidence, or for each expectation without any."""

from datetime import datetime

from bot.documents.packet.others import others
from bot.documents.packet.phrases import (
    SHOWN,
    beside_words,
    more_words,
    nothing_shows,
    older_words,
    reason_missing,
    state_name,
)
from bot.documents.safe_csv import csv_file
from bot.domain.framework import Expectation, Skill
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.packet import Packet, PacketItem
from bot.domain.local_time import local_day
from bot.text.translator import Translator
from bot.text.words import depth_name, due_words, requirement_name


def packet_csv(packet: Packet, tr: Translator) -> bytes:
    """Return the packet as CSV. Dates are as in 2026-05-03, where the member is."""
    head = (
        tr("Name"),
        tr("Domain"),
        tr("Skill group"),
        tr("Skill"),
        tr("Requirement"),
        tr("Proficiency"),
        tr("Expectation"),
        tr("Status"),
        tr("Marked on"),
        tr("Fresh look"),
        tr("Note"),
        tr("Evidence"),
        tr("Evidence from"),
        tr("Link"),
    )
    rows = [row for item in packet.items for row in _rows(item, packet, tr)]
    transfer = packet.gap.is_transfer
    covered = tr("Often carries over") if transfer else tr("Already covered")
    undefined = tr("Not defined")
    rows += [[*_expectation(each, tr), covered, *[""] * 6] for each in packet.gap.carried]
    rows += [[*_skill(each, tr), *[""] * 3, undefined, *[""] * 6] for each in packet.gap.undefined]
    rows += _unplaced(packet, tr)
    return csv_file(head, ([packet.name, *row] for row in rows))


def _unplaced(packet: Packet, tr: Translator) -> list[list[str]]:
    """Return a row for each piece that is tied to no expectation yet, the newest ones."""
    state = [*[""] * 6, tr("Evidence to place"), *[""] * 3]
    rows = [[*state, *_evidence(each, packet)] for each in packet.unplaced[:SHOWN]]
    more = older_words(len(packet.unplaced) - SHOWN, tr)
    return [*rows, [*state, more, "", ""]] if more else rows


def _rows(item: PacketItem, packet: Packet, tr: Translator) -> list[list[str]]:
    mark = item.standing.mark
    fixed = [
        *_expectation(item.gap.target, tr),
        "; ".join(
            [state_name(item, tr), *beside_words(item, packet, tr), *reason_missing(item, tr)]
        ),
        _day(mark.at, packet) if mark else "",
        due_words(item.standing.due, tr) if item.standing.due else "",
        mark.note if mark else "",
    ]
    return [*_shown_by(item, fixed, packet, tr), *_beside(item, packet, tr)]


def _beside(item: PacketItem, packet: Packet, tr: Translator) -> list[list[str]]:
    """Return a row for each that another person says of an expectation."""
    return [
        [
            *_expectation(item.gap.target, tr),
            tr("{name}: {mark}", name=each.head, mark=each.told),
            *("", "", each.quote, "", "", ""),
        ]
        for each in others(item, packet, tr)
    ]


def _shown_by(
    item: PacketItem, fixed: list[str], packet: Packet, tr: Translator
) -> list[list[str]]:
    if item.evidence:
        rows = [[*fixed, *_evidence(piece, packet)] for piece in item.evidence[:SHOWN]]
        more = more_words(item, tr)
        return [*rows, [*fixed, more, "", ""]] if more else rows
    hole = "" if item.standing.status is Status.NOT_RELEVANT else nothing_shows(item.gap.target, tr)
    return [[*fixed, hole, "", ""]]


def _expectation(each: Expectation, tr: Translator) -> list[str]:
    text = tr.of(each.wording) if each.wording else ""
    return [
        *_skill(each.skill, tr),
        requirement_name(each.requirement, tr),
        depth_name(each, tr),
        text,
    ]


def _skill(skill: Skill, tr: Translator) -> list[str]:
    return [tr.of(skill.group.domain.name), tr.of(skill.group.name), tr.of(skill.name)]


def _evidence(piece: Evidence, packet: Packet) -> list[str]:
    return [piece.note, _day(piece.added_at, packet), piece.url or ""]


def _day(moment: datetime, packet: Packet) -> str:
    return local_day(moment, packet.time_zone).isoformat()

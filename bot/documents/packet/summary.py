"""The three lines that a packet begins with: where I stand, what has moved, what is missing."""

from collections.abc import Iterable

from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Packet, PacketItem
from bot.domain.local_time import local_day
from bot.text.translator import Translator
from bot.text.words import progress_words

NAMED = 3


def summary(packet: Packet, tr: Translator) -> tuple[tuple[str, str], ...]:
    """Return the lines as pairs of a label and plain text."""
    return (
        (tr("Where I stand"), _stands(packet, tr)),
        (tr("What has moved"), _moved(packet, tr)),
        (tr("What is missing"), _missing(packet, tr)),
    )


def _stands(packet: Packet, tr: Translator) -> str:
    """Count what is met, and how much of it is shown; what is likely is counted apart."""
    parts, met = [progress_words(packet.progress, tr)], packet.of(Status.MET)
    if met:
        shown = sum(1 for each in met if each.evidence)
        counts = {"shown": tr.number(shown), "total": tr.number(len(met))}
        parts.append(tr("shown by evidence: {shown} of {total} met", **counts))
    return " · ".join(parts)


def _moved(packet: Packet, tr: Translator) -> str:
    since = tr.date(local_day(packet.since, packet.time_zone))
    met, begun = packet.marked_since(Status.MET), packet.marked_since(Status.WORKING)
    parts = []
    if met:
        names = _named(met, tr)
        parts.append(
            tr.plural("{count} met: {names}", "{count} met: {names}", len(met), names=names)
        )
    if begun:
        names = _named(begun, tr)
        parts.append(
            tr.plural(
                "{count} being worked on: {names}",
                "{count} being worked on: {names}",
                len(begun),
                names=names,
            )
        )
    if not parts:
        return tr("Nothing has moved since {date}.", date=since)
    return tr("Since {date}: {moved}", date=since, moved=" · ".join(parts))


def _missing(packet: Packet, tr: Translator) -> str:
    still = [each for each in packet.items if each.is_open and each.gap.target.required]
    bare = sum(1 for each in packet.of(Status.MET) if not each.evidence)
    waiting = len(packet.likely)
    parts = []
    if still:
        names = _named(still, tr)
        parts.append(
            tr.plural(
                "{count} required open: {names}",
                "{count} required open: {names}",
                len(still),
                names=names,
            )
        )
    if waiting:
        parts.append(tr.plural("{count} likely, to confirm", "{count} likely, to confirm", waiting))
    if bare:
        parts.append(
            tr.plural("{count} met without evidence", "{count} met without evidence", bare)
        )
    return " · ".join(parts) or tr("Nothing required is open, and all that is met is shown.")


def _named(items: Iterable[PacketItem], tr: Translator) -> str:
    """Name the first few, and count the rest."""
    names = [tr.of(each.gap.target.skill.name) for each in items]
    rest = len(names) - NAMED
    more = (
        [tr.plural("and {count} other skill", "and {count} other skills", rest)] if rest > 0 else []
    )
    return tr(", ").join([*names[:NAMED], *more])

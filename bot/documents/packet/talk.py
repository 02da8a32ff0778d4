"""What a talk is about, short enough to be read in three minutes; the details follow it."""

from bot.documents.packet.others import agreed_words, voice_name
from bot.documents.packet.parts import TalkLine, TalkPart
from bot.documents.packet.phrases import day_of, state_name
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import AgreedPoint, ManagersMark, Packet, PacketItem, Voice
from bot.domain.shown import shown
from bot.text.translator import Translator
from bot.text.words import saw_name, status_name

# How many lines of each part are read in three minutes, and how much of a text: about 20 words.
MOST = 5
LONGEST = 110
# A Chinese character says as much as three Latin letters.
LONGEST_WIDE = 44
_FIRST_WIDE = 0x2E80


def talk(packet: Packet, tr: Translator) -> tuple[TalkPart, ...]:
    """Return what there is to talk about, part by part; a part without a line is left out."""
    parts = (
        _claims(packet, tr),
        _voices(packet, tr),
        _managers(packet, tr),
        _agreed(packet, tr),
        _holes(packet, tr),
    )
    return tuple(part for part in parts if part.lines)


def excerpt(text: str) -> str:
    """Return the beginning of a text as one line, cut at a word, with "…" where it goes on."""
    line = " ".join(shown(text).split())
    wide = sum(1 for sign in line if ord(sign) >= _FIRST_WIDE) * 2 > len(line)
    longest = LONGEST_WIDE if wide else LONGEST
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    at_word = cut.rpartition(" ")[0]
    return f"{(at_word if len(at_word) * 2 > longest else cut).rstrip()}…"


def _claims(packet: Packet, tr: Translator) -> TalkPart:
    """Name what is shown: what is met first, then what is being worked on."""
    shown_by = [
        each
        for status in (Status.MET, Status.WORKING)
        for each in packet.of(status)
        if each.evidence
    ]
    lines = [_claim(each, packet, tr) for each in shown_by]
    return _part(tr("Claims with evidence"), "", lines, tr)


def _claim(item: PacketItem, packet: Packet, tr: Translator) -> TalkLine:
    newest, rest = item.evidence[0], len(item.evidence) - 1
    told = f"{state_name(item, tr)} · {day_of(newest.added_at, packet, tr)}"
    if rest:
        told += f" · {tr.plural('{count} more piece', '{count} more pieces', rest)}"
    return TalkLine(_skill(item, tr), told, excerpt(newest.note), newest.url)


def _voices(packet: Packet, tr: Translator) -> TalkPart:
    about = tr("Colleagues whom the member asked. No answer counts as met.")
    known = [each for each in packet.voices if packet.item_of(each.cell)]
    return _part(tr("Voices"), about, [_voice(each, packet, tr) for each in known], tr)


def _voice(voice: Voice, packet: Packet, tr: Translator) -> TalkLine:
    told = [saw_name(voice.saw, tr), day_of(voice.at, packet, tr), voice_name(voice, tr)]
    if not voice.words.strip():
        # The member's own sentence: nobody else is quoted with it.
        told.append(tr("asked: {sentence}", sentence=excerpt(voice.sentence)))
    return TalkLine(_named(packet, voice, tr), " · ".join(told), excerpt(voice.words))


def _managers(packet: Packet, tr: Translator) -> TalkPart:
    """Put what both see differently first; the manager's marks are counted nowhere."""
    known = [each for each in packet.managers if packet.item_of(each.cell)]
    ordered = sorted(known, key=lambda each: _agree(each, packet))
    about = tr(
        "How the manager marks the same, with what to talk about first. It is counted nowhere "
        "above."
    )
    lines = [_beside(each, packet, tr) for each in ordered]
    return _part(tr("The manager's column"), about, lines, tr)


def _agree(mark: ManagersMark, packet: Packet) -> bool:
    item = packet.item_of(mark.cell)
    return item is not None and not item.is_likely and item.standing.status is mark.status


def _beside(mark: ManagersMark, packet: Packet, tr: Translator) -> TalkLine:
    item = packet.item_of(mark.cell)
    own = tr("{name}: {mark}", name=tr("Member"), mark=_own_mark(item, tr) if item else "")
    name = mark.name or tr("The manager")
    theirs = tr("{name}: {mark}", name=name, mark=status_name(mark.status, tr))
    return TalkLine(_named(packet, mark, tr), f"{own} · {theirs}", excerpt(mark.note))


def _own_mark(item: PacketItem, tr: Translator) -> str:
    """Say how the member marked it; beside somebody's mark nothing said is not *not yet*."""
    unsaid = item.standing.marked is None and not item.is_likely
    return tr("Not assessed yet") if unsaid else state_name(item, tr)


def _agreed(packet: Packet, tr: Translator) -> TalkPart:
    known = [each for each in packet.agreed if packet.item_of(each.cell)]
    lines = [
        TalkLine(_named(packet, each, tr), agreed_words(each, tr))
        for each in sorted(known, key=lambda each: each.until)
    ]
    return _part(tr("What we agreed"), "", lines, tr)


def _holes(packet: Packet, tr: Translator) -> TalkPart:
    """Name what nothing shows: what is said to be met first, then what is open."""
    bare = [each for each in packet.items if not (each.evidence or each.standing.put_aside)]
    ordered = sorted(bare, key=lambda each: (not each.gap.target.required, not each.standing.met))
    examples = any(each.gap.target.guide.evidence for each in ordered[:MOST])
    about = (
        tr("Nothing shows these yet; behind each, what could.")
        if examples
        else tr("Nothing shows these yet.")
    )
    return _part(tr("Honest holes"), about, [_hole(each, tr) for each in ordered], tr)


def _hole(item: PacketItem, tr: Translator) -> TalkLine:
    examples = [tr.of(each).strip().rstrip(".。") for each in item.gap.target.guide.evidence[:1]]
    return TalkLine(_skill(item, tr), " · ".join([state_name(item, tr), *map(excerpt, examples)]))


def _part(title: str, about: str, lines: list[TalkLine], tr: Translator) -> TalkPart:
    rest = len(lines) - MOST
    more = tr.plural("and {count} more, see below", "and {count} more, see below", rest)
    return TalkPart(title, about, tuple(lines[:MOST]), more if rest > 0 else "")


def _skill(item: PacketItem, tr: Translator) -> str:
    return tr.of(item.gap.target.skill.name)


def _named(packet: Packet, said: Voice | ManagersMark | AgreedPoint, tr: Translator) -> str:
    item = packet.item_of(said.cell)
    return _skill(item, tr) if item else ""

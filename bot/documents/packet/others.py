"""What others say of an expectation, in words: confirmations, a manager's marks, what is agreed."""

from bot.documents.packet.parts import TalkLine
from bot.documents.packet.phrases import day_of
from bot.domain.growth.packet import AgreedPoint, ManagersMark, Packet, PacketItem, Voice
from bot.domain.shown import shown
from bot.text.translator import Translator
from bot.text.words import saw_name, status_name


def others(item: PacketItem, packet: Packet, tr: Translator) -> tuple[TalkLine, ...]:
    """Return all that others say of one expectation, with all their words."""
    marks = [each for each in packet.managers if each.cell in item.cells]
    voices = [each for each in packet.voices if each.cell in item.cells]
    points = [each for each in packet.agreed if each.cell in item.cells]
    return (
        *(manager_line(each, packet, tr) for each in marks),
        *(voice_line(each, packet, tr) for each in voices),
        *(TalkLine(_manager(each.name, tr), agreed_words(each, tr)) for each in points),
    )


def manager_line(mark: ManagersMark, packet: Packet, tr: Translator) -> TalkLine:
    """Return a mark of the manager's column under the manager's name."""
    told = f"{status_name(mark.status, tr)} · {day_of(mark.at, packet, tr)}"
    return TalkLine(_manager(mark.name, tr), told, shown(mark.note).strip())


def voice_line(voice: Voice, packet: Packet, tr: Translator) -> TalkLine:
    """Return an answer under the colleague's name, quoted where they wrote something.

    A sentence that was asked about says what was seen, so it stands there as what was asked.
    """
    told = f"{saw_name(voice.saw, tr)} · {day_of(voice.at, packet, tr)}"
    asked = tr("asked: {sentence}", sentence=shown(voice.sentence).strip())
    return TalkLine(voice_name(voice, tr), f"{told} · {asked}", shown(voice.words).strip())


def voice_name(voice: Voice, tr: Translator) -> str:
    """Return who says so."""
    return voice.name or tr("A colleague")


def agreed_words(point: AgreedPoint, tr: Translator) -> str:
    """Say until when an expectation counts for both."""
    return tr("agreed, until {date}", date=tr.date(point.until))


def _manager(name: str, tr: Translator) -> str:
    return name or tr("The manager")

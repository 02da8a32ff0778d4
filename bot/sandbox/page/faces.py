"""Avatars without pictures: initials on one of eight colours."""

import zlib

from bot.sandbox.model import SLACKBOT, Member
from bot.values import dataclass

_TONES = 8


@dataclass(frozen=True, slots=True)
class Face:
    """``kind`` is ``app``, ``system`` or ``person``; ``tone`` a colour number from 0 to 7."""

    kind: str
    initials: str
    tone: int


def face_of(member: Member) -> Face:
    """The avatar of a member, always the same for the same member."""
    if member.id == SLACKBOT:
        return Face("system", "!", 0)
    tone = zlib.crc32(member.id.encode()) % _TONES
    return Face("app" if member.is_bot else "person", initials(member.name), tone)


def initials(name: str) -> str:
    """Two initials of a name of several words, else its first character."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else name[:1]

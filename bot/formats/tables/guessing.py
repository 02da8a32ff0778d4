"""The likeliest encodings of a text that is not Unicode: by what its letters would be in each.

charset-normalizer ranks encodings of one byte a letter by the words they give. Those of East Asia
it often cannot tell apart in a short table; there the letters that are common in a language do.
"""

import re
from collections.abc import Callable, Mapping

_SAMPLE = 1 << 16
_SINGLE = ("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "koi8_r", "mac_roman")
_FAMILIAR = 0.85
_KANA = 0.2
_KOREAN = 0.97
_FEWEST = 8
_MOSTLY = 0.5
_BETWEEN = "\u2019\u2018\u2010\u2011\u2013\xad\xb7"
"""Signs that do stand between letters."""
_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_MOST_LINES = 400

NAMES: Mapping[str, str] = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp1250": "Windows-1250",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "koi8_r": "KOI8-R",
    "mac_roman": "Mac Roman",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
}
"""Encodings that are found out, with the name that people know."""


def likely_encodings(head: bytes) -> list[str]:
    """Return the encodings that a text may have, likeliest first, by its first bytes.

    A letter that is cut at the end of them does not matter.
    """
    lines = _HIGH_LINE.findall(head[:_SAMPLE])[:_MOST_LINES]
    sample = b"\n".join(lines)
    asian = [name for name, check in _CHECKS if _fits(sample, name, check)]
    return [*asian, *(name for name in _single(sample) if name not in asian)]


def is_nearly_utf8(head: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8."""
    high = sum(byte >= 0x80 for byte in head)
    kept = len(head.decode("utf-8", errors="ignore").encode()) - (len(head) - high)
    return high > 0 and kept >= _MOSTLY * high


def sample_line(head: bytes, encoding: str) -> str:
    """Return the first line that has a letter beyond ASCII, as the encoding gives it."""
    found = _HIGH_LINE.search(head)
    if found is None:
        return ""
    text = found[0].decode(encoding, errors="replace").strip("\ufffd")
    first = next((at for at, letter in enumerate(text) if not letter.isascii()), 0)
    shown = text[max(0, first - 12) : first + 28].strip(" ,;\t")
    return " ".join(letter for letter in shown.split() if letter)


def _fits(sample: bytes, encoding: str, check: Callable[[str, bytes], bool]) -> bool:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 3:
            return False
        text = sample[: error.start].decode(encoding)
    letters = "".join(letter for letter in text if not letter.isascii())
    return bool(letters) and check(letters, sample)


def _japanese(letters: str, _sample: bytes) -> bool:
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in letters)
    narrow = sum("\uff61" <= letter <= "\uff9f" for letter in letters)
    return kana >= _KANA * len(letters) and narrow <= _KANA * len(letters)


def _korean(letters: str, sample: bytes) -> bool:
    """Whether nearly all pairs begin as Hangul does; a short Chinese text may do so by chance."""
    firsts = [pair[0] for pair in _PAIRS.findall(sample) if pair[0] > 0xA3]
    hangul = sum(0xB0 <= first <= 0xC8 for first in firsts)
    whole = all(
        "\uac00" <= letter <= "\ud7a3" or ord(letter) > 0xFF00 or letter in "·、。"
        for letter in letters
    )
    return whole and len(firsts) >= _FEWEST and hangul >= _KOREAN * len(firsts)


def _chinese(codec: str, first: int, last: int) -> Callable[[str, bytes], bool]:
    """Return what tells whether letters are common ones: those are first in their code."""

    def check(letters: str, _sample: bytes) -> bool:
        common = sum(_is_common(letter, codec, first, last) for letter in letters)
        return common >= _FAMILIAR * len(letters)

    return check


def _is_common(letter: str, codec: str, first: int, last: int) -> bool:
    try:
        code = letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and (first <= code[0] <= last or 0xA1 <= code[0] <= 0xA3)


_CHECKS = (
    ("cp932", _japanese),
    ("euc_jp", _japanese),
    ("cp949", _korean),
    ("gb18030", _chinese("gb2312", 0xB0, 0xD7)),
    ("big5", _chinese("big5", 0xA4, 0xC6)),
)


def _single(sample: bytes) -> list[str]:
    """Return encodings of one byte a letter, likeliest first."""
    # It takes a tenth of a second to load, and a file that is not Unicode is rare.
    from charset_normalizer import from_bytes

    found: dict[str, tuple[float, float, float]] = {}
    for match in from_bytes(sample, cp_isolation=list(_SINGLE), enable_fallback=False):
        for name in (match.encoding, *match.could_be_from_charset):
            likely = (round(match.chaos, 1), -round(match.coherence, 1))
            found.setdefault(name, (_marred(sample, name), *likely))
    return sorted(found.keys() & set(_SINGLE), key=lambda name: (*found[name], _SINGLE.index(name)))


def _marred(sample: bytes, encoding: str) -> float:
    """Return the share of letters beyond ASCII that no word has there, in tenths of all.

    They are signs between letters (``R¸ckmeldung``), and capitals behind small letters
    (``rŽsumŽ``).
    """
    text = f" {sample.decode(encoding, errors='replace')} "
    high = [at for at, letter in enumerate(text) if not letter.isascii()]
    odd = sum(
        (not text[at].isalpha() and text[at] not in _BETWEEN and text[at + 1].isalpha())
        if text[at - 1].isalpha() and not text[at].isupper()
        else text[at].isupper() and text[at - 1].islower()
        for at in high
    )
    return round(odd / len(high), 1) if high else 0.0

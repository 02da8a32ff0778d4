"""Fonts for names in a picture: Pillow's own, or one of this machine's where that lacks letters."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
"""Where fonts with many alphabets lie on usual machines, those with Chinese first."""
# No font has a letter here: it is drawn as whatever stands for a missing one.
_MISSING = "\U0010fffd"


def font_for(texts: Iterable[str], size: int) -> Font:
    """Return the first font that has every letter of these texts, else the one that has most."""
    letters = frozenset("".join(texts)) - {" "}
    return min(_fonts(size), key=lambda each: _lacks(each, letters))


def has_all(font: Font, text: str) -> bool:
    """Tell whether a font has every letter of a text."""
    return not _lacks(font, frozenset(text) - {" "})


def fitting(text: str, font: Font, width: int) -> str:
    """Return the text, cut so that it is at most so many pixels wide."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


@lru_cache(maxsize=4)
def _fonts(size: int) -> tuple[Font, ...]:
    found: list[Font] = [ImageFont.load_default(size)]
    for place in PLACES:
        if Path(place).is_file():
            try:
                found.append(ImageFont.truetype(place, size))
            except OSError:
                continue
    return tuple(found)


def _lacks(font: Font, letters: Iterable[str]) -> int:
    return sum(not _has(font, each) for each in letters)


@lru_cache(maxsize=20_000)
def _has(font: Font, letter: str) -> bool:
    missing = font.getmask(_MISSING)
    drawn = font.getmask(letter)
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)

"""Draws a team's grid with Pillow: patterns as well as colours, so that no eye needs the colours.

Met is a full square with a tick, open an empty one, put aside a striped one; a dot is not asked.
"""

import io
from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageDraw

from bot.documents.team.label_fonts import Font, fitting, font_for, has_all
from bot.domain.teams.team_view import TeamCell

_CELL, _GAP, _PAD = 40, 6, 28
_ROW_LABEL, _COLUMN_LABEL, _LEGEND = 330, 190, 64
_TEXT = 18
# Dark and light differ in brightness as well: they stay apart in grey.
_INK, _FULL, _LINE, _STRIPE, _DOT = "#1d1c1d", "#0b4f6c", "#6b6870", "#8a8590", "#b5b2b8"

Draw = ImageDraw.ImageDraw
Corner = tuple[int, int]


def heat_png(
    skills: Sequence[str],
    people: Sequence[str],
    cells: Sequence[Sequence[TeamCell | None]],
    legend: Mapping[TeamCell | None, str],
) -> bytes:
    """Return the grid as PNG: a row for each skill, a column for each person."""
    step = _CELL + _GAP
    width = _ROW_LABEL + len(people) * step + 2 * _PAD
    height = _COLUMN_LABEL + len(skills) * step + _LEGEND + 2 * _PAD
    image = Image.new("RGB", (max(width, 900), height), "white")
    draw = ImageDraw.Draw(image)
    font = font_for([*skills, *people, *legend.values()], _TEXT)
    left, top = _PAD + _ROW_LABEL, _PAD + _COLUMN_LABEL
    for number, name in enumerate(people):
        _column_label(image, font, _numbered(number, name, font), (left + number * step, top))
    for number, name in enumerate(skills):
        y = top + number * step
        label = fitting(_numbered(number, name, font), font, _ROW_LABEL - 12)
        draw.text((left - 12, y + _CELL // 2), label, _INK, font, anchor="rm")
        for column, cell in enumerate(cells[number]):
            _PATTERNS[cell](draw, (left + column * step, y))
    _legend(draw, font, legend, height - _PAD - _CELL)
    return _png(image)


def _numbered(number: int, name: str, font: Font) -> str:
    """Return "3 Ada"; the number alone where the font has not all of the name."""
    return f"{number + 1} {name}" if has_all(font, name) else str(number + 1)


def _column_label(image: Image.Image, font: Font, text: str, corner: Corner) -> None:
    """Write a name upwards above its column."""
    shown = fitting(text, font, _COLUMN_LABEL - 12)
    strip = Image.new("RGB", (_COLUMN_LABEL - 8, _CELL), "white")
    ImageDraw.Draw(strip).text((0, _CELL // 2), shown, _INK, font, anchor="lm")
    image.paste(strip.rotate(90, expand=True), (corner[0], corner[1] - _COLUMN_LABEL))


def _met(draw: Draw, corner: Corner) -> None:
    x, y = corner
    draw.rectangle([x, y, x + _CELL, y + _CELL], fill=_FULL)
    draw.line([(x + 9, y + 21), (x + 17, y + 29), (x + 31, y + 11)], fill="white", width=4)


def _open(draw: Draw, corner: Corner) -> None:
    x, y = corner
    draw.rectangle([x, y, x + _CELL, y + _CELL], outline=_LINE, width=3)


def _aside(draw: Draw, corner: Corner) -> None:
    x, y = corner
    for shift in range(0, 2 * _CELL, 9):
        start = (x + max(0, shift - _CELL), y + min(shift, _CELL))
        end = (x + min(shift, _CELL), y + max(0, shift - _CELL))
        draw.line([start, end], fill=_STRIPE, width=3)
    draw.rectangle([x, y, x + _CELL, y + _CELL], outline=_STRIPE, width=2)


def _not_asked(draw: Draw, corner: Corner) -> None:
    x, y = corner[0] + _CELL // 2, corner[1] + _CELL // 2
    draw.ellipse([x - 3, y - 3, x + 3, y + 3], fill=_DOT)


_PATTERNS: Mapping[TeamCell | None, Callable[[Draw, Corner], None]] = {
    TeamCell.MET: _met,
    TeamCell.OPEN: _open,
    TeamCell.ASIDE: _aside,
    None: _not_asked,
}


def _legend(draw: Draw, font: Font, legend: Mapping[TeamCell | None, str], y: int) -> None:
    x = _PAD
    for cell, name in legend.items():
        _PATTERNS[cell](draw, (x, y))
        label = name if has_all(font, name) else ""
        draw.text((x + _CELL + 12, y + _CELL // 2), label, _INK, font, anchor="lm")
        x += 210


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()

"""Draws the chart of progress with Pillow, which is loaded with the first chart."""

import io
from datetime import date, timedelta
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.values import dataclass

SIZE = (1200, 520)
# Drawn larger and then made smaller by a whole number: that smooths every edge, and is quick.
_SCALE = 2
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 64, 48, 72
_INK, _SOFT, _GRID, _FILL, _LINE, _GOAL = (
    *("#1d1c1d", "#6b6870", "#e4e2dd", "#d5e5e0", "#1f4d45", "#b26a00"),
)
_TICKS = 5
_DATES = 4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where a day and a count lie in the picture, in pixels of the large drawing."""

    first: date
    days: int
    top: int

    def x(self, day: date) -> float:
        width = SIZE[0] - _LEFT - _RIGHT
        return _SCALE * (_LEFT + width * (day - self.first).days / self.days)

    def y(self, count: float) -> float:
        height = SIZE[1] - _TOP - _BOTTOM
        return _SCALE * (_TOP + height * (1 - count / self.top))


def chart_png(
    counts: list[tuple[date, int]], goal: int, *, recounted_on: date | None = None
) -> bytes:
    """Return the chart of how many were met on which day, the oldest first, as PNG of `SIZE`.

    `recounted_on` is a day to mark: since then figures count in another way.
    """
    first, last = counts[0][0], counts[-1][0]
    plane = _Plane(first, max(1, (last - first).days), max(1, goal, *(met for _, met in counts)))
    image = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), "white")
    draw = ImageDraw.Draw(image)
    _axes(draw, plane, goal)
    _steps(draw, plane, counts)
    _goal_line(draw, plane, goal)
    if recounted_on:
        _recount_line(draw, plane, recounted_on)
    _end(draw, plane, counts[-1], goal)
    return _png(image.reduce(_SCALE))


def _axes(draw: ImageDraw.ImageDraw, plane: _Plane, goal: int) -> None:
    left, right = _SCALE * _LEFT, _SCALE * (SIZE[0] - _RIGHT)
    for count in _ticks(plane.top):
        if abs(plane.y(count) - plane.y(goal)) < 24 * _SCALE:
            continue  # the goal's own count stands there
        y = plane.y(count)
        draw.line([(left, y), (right, y)], fill=_GRID, width=_SCALE)
        draw.text((left - 14 * _SCALE, y), str(count), _SOFT, _font(20), anchor="rm")
    foot = plane.y(0)
    draw.line([(left, foot), (right, foot)], fill=_SOFT, width=2 * _SCALE)
    for number, day in enumerate(_days(plane)):
        x = plane.x(day)
        draw.line([(x, foot), (x, foot + 8 * _SCALE)], fill=_SOFT, width=2 * _SCALE)
        anchor = "lt" if number == 0 else "rt" if day == _last(plane) else "mt"
        draw.text((x, foot + 18 * _SCALE), day.isoformat(), _SOFT, _font(20), anchor=anchor)


def _ticks(top: int) -> list[int]:
    """Return round counts from 0 up to `top`, at most six."""
    steps = (size * 10**power for power in range(9) for size in (1, 2, 5))
    step = next(each for each in steps if top / each <= _TICKS)
    return list(range(0, top + 1, step))


def _days(plane: _Plane) -> list[date]:
    """Return the days named at the foot: first and last, and evenly between."""
    parts = min(_DATES, plane.days)
    return [plane.first + timedelta(days=plane.days * part // parts) for part in range(parts + 1)]


def _last(plane: _Plane) -> date:
    return plane.first + timedelta(days=plane.days)


def _steps(draw: ImageDraw.ImageDraw, plane: _Plane, counts: list[tuple[date, int]]) -> None:
    line: list[Point] = []
    for day, met in counts:
        if line:
            line.append((plane.x(day), line[-1][1]))
        line.append((plane.x(day), plane.y(met)))
    foot = plane.y(0)
    draw.polygon([*line, (line[-1][0], foot), (line[0][0], foot)], fill=_FILL)
    draw.line(line, fill=_LINE, width=5 * _SCALE, joint="curve")


def _goal_line(draw: ImageDraw.ImageDraw, plane: _Plane, goal: int) -> None:
    """Draw the goal as a dashed line with its count: told apart by more than its colour."""
    y, x = plane.y(goal), float(_SCALE * _LEFT)
    right, dash = _SCALE * (SIZE[0] - _RIGHT), 16 * _SCALE
    while x < right:
        draw.line([(x, y), (min(x + dash, right), y)], fill=_GOAL, width=3 * _SCALE)
        x += dash * 1.75
    draw.text((_SCALE * (_LEFT - 14), y), str(goal), _GOAL, _font(20), anchor="rm")


def _recount_line(draw: ImageDraw.ImageDraw, plane: _Plane, day: date) -> None:
    """Draw the day of the recount as a dashed upright line with its date."""
    x, y = plane.x(day), float(_SCALE * _TOP)
    foot, dash = plane.y(0), 10 * _SCALE
    while y < foot:
        draw.line([(x, y), (x, min(y + dash, foot))], fill=_SOFT, width=2 * _SCALE)
        y += dash * 1.75
    side = "rb" if x > _SCALE * SIZE[0] / 2 else "lb"
    draw.text((x, _SCALE * (_TOP - 6)), day.isoformat(), _SOFT, _font(20), anchor=side)


def _end(draw: ImageDraw.ImageDraw, plane: _Plane, newest: tuple[date, int], goal: int) -> None:
    """Mark where the member stands today, and write it out."""
    x, y = plane.x(newest[0]), plane.y(newest[1])
    radius = 9 * _SCALE
    draw.ellipse([(x - radius, y - radius), (x + radius, y + radius)], fill=_LINE)
    above = y - 18 * _SCALE
    draw.text((x + radius, above), f"{newest[1]}/{goal}", _INK, _font(26), anchor="rs")


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size * _SCALE)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    # An octree keeps colours as near as the median cut does, in a seventh of the time.
    image.quantize(64, Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()

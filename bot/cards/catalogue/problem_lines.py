"""What is wrong in an uploaded file: in plain words, by the file's own cells, with their rows."""

import html
from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, context, section
from bot.cards.catalogue.plain_words import plain_words
from bot.cards.mrkdwn import clip, escape, safe
from bot.domain.said import Said
from bot.formats.imports.report import ImportPlace, ImportProblem, ImportResult, ShownRow
from bot.formats.mapping.words import normal
from bot.formats.problems import shortened
from bot.text.translator import Translator

KINDS = 6
PLACES = 3
MESSAGE = 300
_PLACE = 110
_NAME = 40
_CELL = 40
_CELLS = 8
# How many places of a kind have their row below them, and what all findings of a message take.
ROWS = 1
ROOM = 5_500


def finding_blocks(
    findings: Sequence[ImportProblem],
    result: ImportResult,
    tr: Translator,
    most: int = KINDS,
    *,
    room: int = ROOM,
) -> list[Block]:
    """Build the first kinds of findings, each with its first places, and a count of the rest.

    They take up to `room` characters: rows that there is no room for are left out, then kinds.
    """
    blocks: list[Block] = []
    for each in findings[:most]:
        text = finding_text(each, result, tr)
        if len(text) > room:
            text = finding_text(each, result, tr, rows=0)
        if len(text) > room and blocks:
            break
        room -= len(text)
        blocks.append(section(text))
    rest = len(findings) - len(blocks)
    if rest > 0:
        more = tr.plural("and {count} more kind", "and {count} more kinds", rest)
        blocks.append(context(more))
    return blocks


def finding_text(
    found: ImportProblem,
    result: ImportResult,
    tr: Translator,
    *,
    places: int = PLACES,
    rows: int = ROWS,
) -> str:
    """Return a finding as mrkdwn that fits a section: what is wrong, and where.

    Of the `places` that are named, the first `rows` have their row of the file below them.
    """
    head = escape(clip(sentence(found.message, tr), MESSAGE))
    if found.count > 1:
        head += f" ({tr.plural('{count} time', '{count} times', found.count)})"
    head = f"*{head}*"
    files = {str(each.file) for each in (*_places(result),)}
    lines = [head]
    for at, place in enumerate(found.places[:places]):
        row = result.rows.get((str(place.file), place.table, place.line or 0))
        lines.append(f"• {_where(place, row, tr, several=len(files) > 1)}")
        if row is not None and at < rows:
            lines.append(f"> {_row(row, place.column, tr)}")
    rest = found.count - min(places, len(found.places))
    if rest > 0 and found.places:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    return within(lines, limits.SECTION)


def sentence(message: str, tr: Translator) -> str:
    """Return a message in plain words as a sentence; a file's name at its beginning stays."""
    told = plain_words(message, tr)
    begins_with_name = isinstance(message, Said) and message.template.startswith("{")
    return told if begins_with_name else told[:1].upper() + told[1:]


def within(lines: Sequence[str], room: int) -> str:
    """Join as many whole lines as there is room for."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)


def _places(result: ImportResult) -> list[ImportPlace]:
    found = (*result.problems, *result.warnings)
    return [place for each in found for place in each.places if place.line is not None]


def _where(place: ImportPlace, row: ShownRow | None, tr: Translator, *, several: bool) -> str:
    """Name a cell as the program that made the file does: *B7*, its column, its sheet."""
    parts = [_cell(place, row, tr)] if place.line is not None else []
    if several or row is None:
        parts.insert(0, safe(tr.said(place.file), _PLACE))
    if place.column:
        parts.append(tr("column “{name}”", name=safe(shortened(place.column), _NAME)))
    if place.table:
        parts.append(tr("sheet “{name}”", name=safe(shortened(place.table), _NAME)))
    if place.value:
        parts.append(_code(shortened(tr.said(place.value))))
    return " · ".join(parts)


def _cell(place: ImportPlace, row: ShownRow | None, tr: Translator) -> str:
    letter = _letter(place.column, row)
    if row is not None and row.exact:
        if letter:
            return f"*{letter}{place.line}*"
        return f"*{tr('Row {number}', number=str(place.line))}*"
    return f"*{tr('Line {number}', number=str(place.line))}*"


def _letter(column: str, row: ShownRow | None) -> str:
    return row.letters.get(normal(column), "") if row is not None and column else ""


def _row(row: ShownRow, column: str, tr: Translator) -> str:
    """Return a row cut short: the cells around the one that is meant, each with its header."""
    wrong = normal(column)
    at = next((at for at, (name, _) in enumerate(row.cells) if wrong == normal(name)), 0)
    # What names the row stands first; a cell far to the right is shown beside it.
    first = max(0, min(at - _CELLS // 2, len(row.cells) - _CELLS))
    shown = {*range(min(2, len(row.cells))), *range(first, min(first + _CELLS, len(row.cells)))}
    parts = [_told(row.cells[each], wrong, tr) for each in sorted(shown)]
    # Empty cells at the end of a row are no part of it.
    ends_before = wrong in row.letters and all(wrong != normal(name) for name, _ in row.cells)
    if ends_before and not wrong.startswith("column "):
        parts.append(_told((column, ""), wrong, tr))
    return " · ".join(filter(None, parts))


def _told(cell: tuple[str, str], wrong: str, tr: Translator) -> str:
    name, text = cell
    is_wrong = bool(name) and normal(name) == wrong
    if not text and not is_wrong:
        return ""
    said = safe(text, _CELL) or tr("(empty)")
    label = safe(name, _NAME)
    told = f"{label}: {said}" if label else said
    return f"*{told}*" if is_wrong else told


def _code(text: str) -> str:
    """Return a text exactly as it is, marks and all, in the typeface of code."""
    shown = clip(text, _PLACE).replace("`", "'")
    return f"`{html.escape(shown, quote=False)}`"

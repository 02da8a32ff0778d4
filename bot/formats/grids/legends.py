"""The legends of a sheet: what its figures and letters stand for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.formats.grids.columns import Headed
from bot.formats.mapping.words import normal, plain_name, words_of
from bot.formats.tables.source import TableRow

_FEWEST_CELLS = 2
_NAME = 60
_LEGEND_TITLE = re.compile(
    r"(?:legend|key|scale|(?:rating|proficiency|skill)s? (?:scale|levels?|key)"
    r"|levels? of proficiency|legende|skala|图例|说明|评分(?:标准)?|等级说明|熟练程度)\s*[:：]?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\d.])(\d)\s*[=:：–—-]\s*([^\d=;,|/\n][^=;,|\n]*?)\s*(?=$|[;,|/\n、；，]|\s\d\s*[=:：])"
)
_ONE = re.compile(r"\d\s*[=＝]\s*\D+")
_SCORES = words_of(
    "score rating points value number scale proficiency wert note punkte punktzahl puntuación"
    " 分数 分值 评分 等级 熟练度 スコア 점수"
)
_MEANINGS = words_of(
    "name label meaning title proficiency description definition bezeichnung bedeutung nom"
    " signification nombre significado 名称 含义 说明 意味 의미"
)
_CODE = re.compile(r"[A-Z]{1,2}")
_CODES = re.compile(
    r"(?<![^\W_])([A-Z]{1,2})\s*[=＝:：]\s*([^=;,|/\n]*?[^=;,|/\n\s)）])\s*"
    r"(?=$|[;,|/\n、；，)）]|\s[A-Z]{1,2}\s*[=＝:：])"
)
_NUMBER = re.compile(r"\d")


def without_legend(table: Headed) -> Headed:
    """Return the table up to the legend that stands below it."""
    for at, row in enumerate(table.body):
        if _begins_legend(table.body, at):
            last = table.body[at - 1].line if at else table.header.line
            return replace(table, body=table.body[:at], last_row=last)
        del row
    return table


def _begins_legend(body: Sequence[TableRow], at: int) -> bool:
    row = body[at]
    cells = [cell for cell in row.cells if cell]
    apart = at > 0 and body[at - 1].line + 1 < row.line and bool(_NUMBER.fullmatch(cells[0]))
    if len(cells) == 1 and (_LEGEND_TITLE.match(cells[0]) or len(_PAIR.findall(cells[0])) > 1):
        return bool(legend_in(body[at:]))
    return apart and len(legend_in(body[at:])) > _FEWEST_CELLS


def legend_in(rows: Sequence[TableRow]) -> Mapping[str, str]:
    """Return what figures stand for, where rows say it: ``0 = none, 1 = basic``, or a row each."""
    found: dict[str, str] = dict(_below_headers(rows))
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        if len(cells) == _FEWEST_CELLS and _NUMBER.fullmatch(cells[0]) and len(cells[1]) <= _NAME:
            found.setdefault(cells[0], _meaning(cells[1]))
        for cell in cells:
            pairs = _PAIR.findall(cell)
            if len(pairs) > 1 or (pairs and (len(cells) == 1 or _ONE.fullmatch(cell))):
                for number, name in pairs:
                    found.setdefault(number, _meaning(name))
    numbers = sorted(map(int, found))
    if len(found) < _FEWEST_CELLS or numbers != list(range(numbers[0], numbers[-1] + 1)):
        return _letters_in(rows)
    return found


def _below_headers(rows: Sequence[TableRow]) -> Iterator[tuple[str, str]]:
    """Yield the figures below a header such as *Score*, with the name beside each."""
    headed = False
    for row in rows:
        first, second = (*row.cells[:_FEWEST_CELLS], "", "")[:_FEWEST_CELLS]
        if normal(first) in _SCORES and normal(second) in _MEANINGS:
            headed = True
        elif headed and _NUMBER.fullmatch(first) and 0 < len(second) <= _NAME:
            yield first, _meaning(second)
        else:
            headed = False


def _letters_in(rows: Sequence[TableRow]) -> dict[str, str]:
    """Return what letters stand for, in the order of the legend: ``B = Basic, E = Expert``."""
    found: dict[str, str] = {}
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        if len(cells) == _FEWEST_CELLS and _CODE.fullmatch(cells[0]) and len(cells[1]) <= _NAME:
            found.setdefault(cells[0], _meaning(cells[1]))
        for cell in cells:
            pairs = _CODES.findall(cell)
            if len(pairs) > 1 or (pairs and len(cells) == 1):
                found |= {code: _meaning(name) for code, name in pairs if code not in found}
    return found if len(found) >= _FEWEST_CELLS else {}


def beside_table(rows: Sequence[TableRow]) -> tuple[list[TableRow], dict[str, str]]:
    """Return the rows of a sheet without the legend to the right of its table, and the legend.

    It stands behind a blank column: a figure or a letter, and beside it what that stands for.
    """
    width = max((len(row.cells) for row in rows), default=0)
    columns = [[_at(row, at) for row in rows] for at in range(width)]
    for at in range(2, width - 1):
        if any(columns[at - 1]) or not any(columns[at]):
            continue
        found = {code: _meaning(name) for code, name in _pairs(columns[at], columns[at + 1])}
        codes = [cell for cell in columns[at] if _NUMBER.fullmatch(cell) or _CODE.fullmatch(cell)]
        others = [cell for cell in columns[at] if cell and cell not in codes]
        headed = all(normal(cell) in _SCORES or _LEGEND_TITLE.fullmatch(cell) for cell in others)
        last = not any(map(any, columns[at + 2 :]))
        if last and headed and len(others) <= 1 and _FEWEST_CELLS <= len(codes) == len(found):
            return [
                replace(row, cells=row.cells[:at]) for row in rows if any(row.cells[:at])
            ], found
    return list(rows), {}


def _pairs(codes: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for code, name in zip(codes, names, strict=True):
        named = name and len(name) <= _NAME and not _NUMBER.fullmatch(name)
        if named and (_NUMBER.fullmatch(code) or _CODE.fullmatch(code)):
            yield code, name


def _at(row: TableRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _meaning(text: str) -> str:
    """Return the name in a legend, without the explanation behind it."""
    name = plain_name(text).strip()
    name = name.rstrip(")）") if not {*"(（"} & {*name} else name
    short = re.split(r"\s[–—-]\s|[:：(（]", name)[0].strip()
    return short or name

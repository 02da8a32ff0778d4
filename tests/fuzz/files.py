"""Files for the importers: tables of anything, real broken ones broken further, archives."""

import csv
import io
import json
import random
import zipfile
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from bot.formats.imports.uploaded import import_uploaded
from tests.fuzz.payloads import TEXTS, bent

CORPUS = Path(__file__).parents[1] / "corpus"
SUFFIXES = (".csv", ".csv", ".tsv", ".xlsx", ".md", ".html", ".json", ".yaml", ".zip", ".txt")
MOST_BYTES = 60_000
_CELLS = (
    *("", "", "", "Skill", "Role", "Level", "Title", "Group", "Text", "Depth", "Required level"),
    *("Junior", "Senior", "Junior Backend", "Senior QA", "Backend Engineer", "QA Engineer", "L1"),
    *("Craft", "Testing", "SQL", "0", "1", "2", "75%", "x", "yes", "Working", "Expert", "★", "-"),
    *("Total", "Legend", "0 = none", "Levels: A < B", "2026-03-01", "03/04/2026", "Last updated"),
    *("技能", "初级", "高级", "Senior (zh)", "Text (Chinese)", "Notes", "~~x~~", "=1+1", "#REF!"),
)


def imported(folder: Path, chance: random.Random) -> None:
    """Make a file and import it, with the first choice of each question.

    Raises:
        AssertionError: nothing came of it, and nothing was said about why.
        Exception: whatever the importers let through; there is nothing that they may.
    """
    suffix = chance.choice(SUFFIXES)
    content = _content(suffix, chance)
    if chance.random() < 0.4:
        content = bent(content, chance)
    name = "framework" + (suffix if chance.random() < 0.95 else chance.choice(SUFFIXES))
    file = folder / name
    file.write_bytes(content)
    first = import_uploaded(file)
    assert first.content is not None or first.problems or first.questions, name
    if first.questions and chance.random() < 0.5:
        answers = {each.key: chance.choice(each.choices).answer for each in first.questions}
        again = import_uploaded(file, answers=answers)
        assert again.content is not None or again.problems or again.questions, name


def _content(suffix: str, chance: random.Random) -> bytes:
    if chance.random() < 0.4 and (kept := _corpus().get(suffix)):
        return chance.choice(kept)
    if suffix == ".zip":
        return _archive(chance)
    rows = _grid(chance)
    match suffix:
        case ".xlsx":
            return _workbook(rows, chance)
        case ".json":
            named = [dict(zip(rows[0], each, strict=False)) for each in rows[1:]]
            return json.dumps(chance.choice((named, {"skills": named}, rows))).encode()
        case ".md":
            lines = ["|" + "|".join(row) + "|" for row in rows]
            return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]).encode()
        case ".html":
            cells = ("".join(f"<td>{each}</td>" for each in row) for row in rows)
            return ("<table>" + "".join(f"<tr>{each}</tr>" for each in cells)).encode()
        case ".yaml":
            return "\n".join(f"- {row[0] or 'x'}: [{', '.join(row[1:])}]" for row in rows).encode()
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if suffix == ".tsv" else chance.choice(",,,;")).writerows(rows)
    coded = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030"))
    return text.getvalue().encode(coded, errors="replace")


def _grid(chance: random.Random) -> list[list[str]]:
    width = chance.randint(1, 7)
    cells = [*_CELLS, *chance.choices(TEXTS, k=3)]
    rows = [
        [_plain(chance.choice(cells)) for _ in range(width)] for _ in range(chance.randint(1, 12))
    ]
    if chance.random() < 0.5:
        rows.insert(0, ["Role", "Level", "Skill", "Requirement", "Proficiency", "Text"][:width])
    return rows


def _plain(text: str) -> str:
    """Return a text that a file can hold."""
    return text.encode(errors="replace").decode()[:400]


def _workbook(rows: list[list[str]], chance: random.Random) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append([each.translate(_NO_CONTROLS) for each in row])
    if chance.random() < 0.3:
        page.merge_cells(start_row=1, start_column=1, end_row=2, end_column=2)
    if chance.random() < 0.2:
        book.create_sheet("Senior").sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


_NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def _archive(chance: random.Random) -> bytes:
    target = io.BytesIO()
    names = (
        "a.csv",
        "b.csv",
        "deep/c.md",
        "../d.csv",
        "/e.csv",
        "a.csv/f.csv",
        "g.zip",
        "",
        "h" * 300,
    )
    with zipfile.ZipFile(target, "w", chance.choice((0, 8))) as packed:
        for name in chance.sample(names, chance.randint(0, 4)):
            suffix = Path(name).suffix
            known = suffix if suffix in {".csv", ".md"} else ".csv"
            packed.writestr(name or "x", _content(known, chance))
    return target.getvalue()


@cache
def _corpus() -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for path in sorted(CORPUS.iterdir()):
        if path.stat().st_size <= MOST_BYTES:
            found.setdefault(path.suffix, []).append(path.read_bytes())
    return found

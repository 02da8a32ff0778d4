"""Any order of columns and any noise of a spreadsheet leads to the same catalogue."""

import random
import tempfile
from dataclasses import fields
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import CatalogueContent
from tests.unit.formats.imports.importing import content_of, imported

HEADER = ("Role", "Level", "Skill", "Requirement", "Proficiency", "Text", "Skill Group", "Domain")
LEVELS = ("Junior", "Middle", "Senior", "Lead", "Principal")
DEPTHS = ("Awareness", "Working", "Advanced", "Expert")
BLANKS = ("", " ", "\u00a0", "\u200b", "\ufeff", "\u2003 ")

Rows = list[tuple[str, ...]]


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Rows of a long table; no role, level and skill comes twice."""
    roles = [f"Role {at}" for at in range(draw(st.integers(1, 3)))]
    skills = [f"Skill {at}" for at in range(draw(st.integers(1, 4)))]
    places = [(role, level, skill) for role in roles for level in LEVELS for skill in skills]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=20, unique=True))
    return [
        (
            *place,
            draw(st.sampled_from(("required", "optional"))),
            draw(st.sampled_from(DEPTHS)),
            f"Does {at}.",
            f"Group {place[2][-1]}",
            "Software",
        )
        for at, place in enumerate(chosen)
    ]


def read(rows: Rows) -> CatalogueContent:
    with tempfile.TemporaryDirectory() as folder:
        return content_of(imported(Path(folder), *rows))


def noisy(rows: Rows, rng: random.Random) -> Rows:
    """Return the table with its columns in any order, and what people leave in spreadsheets."""

    def cell(text: str) -> str:
        return rng.choice(BLANKS) + text + rng.choice(BLANKS)

    def header(text: str) -> str:
        return cell(rng.choice((text, text.upper(), text.lower(), text.replace(" ", "_"))))

    order = list(range(len(HEADER)))
    rng.shuffle(order)
    table = [tuple(header(HEADER[at]) for at in order)]
    table += [tuple(cell(row[at]) for at in order) for row in rows]
    gap = rng.randrange(len(order) + 1)
    table = [(*row[:gap], rng.choice(BLANKS), *row[gap:]) for row in table]
    for _ in range(rng.randrange(3)):
        table.insert(rng.randrange(len(table) + 1), tuple(rng.choice(BLANKS) for _ in order))
    return table


@given(tables(), st.randoms(use_true_random=False))
def test_columns_in_any_order_with_noise(rows: Rows, rng: random.Random) -> None:
    assert read(noisy(rows, rng)) == read([HEADER, *rows])


@given(tables(), st.randoms(use_true_random=False))
def test_rows_in_any_order(rows: Rows, rng: random.Random) -> None:
    """The order of rows is the order in which things are shown; nothing else hangs on it."""
    shuffled = list(rows)
    rng.shuffle(shuffled)
    first, second = read([HEADER, *rows]), read([HEADER, *shuffled])
    for field in fields(CatalogueContent):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if isinstance(one, tuple):
            one, other = sorted(map(repr, one)), sorted(map(repr, other))
        assert one == other, field.name


@given(tables(), st.randoms(use_true_random=False))
def test_every_row_is_accounted_for_once(rows: Rows, rng: random.Random) -> None:
    """Whatever is broken in a table, the figures add up to its rows."""
    broken = [list(row) for row in rows]
    for row in broken:
        if rng.random() < 0.3:
            row[rng.randrange(len(row))] = rng.choice(("", "?", "x" * 150, "TBD"))
    broken += [list(row) for row in rng.choices(rows, k=3)]
    with tempfile.TemporaryDirectory() as folder:
        result = imported(Path(folder), HEADER, *broken)
    account = result.accounting
    assert account.rows == len(broken)
    counted = account.imported + sum(
        sum(counts.values()) for counts in (account.merged, account.ignored, account.rejected)
    )
    assert counted == len(broken)
    assert (result.content is None) == bool(result.problems)
    if result.content is not None:
        assert len(result.content.expectations) == account.imported

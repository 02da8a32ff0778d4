"""What comparing two large revisions costs, beside loading both.

A process of its own, so that nothing else is in its memory:
`python -m tests.benchmarks.catalogue.comparing SIZE FOLDER` publishes a catalogue of this size, and
it once more with every seventh expectation reworded, every eleventh raised, every thirteenth gone.
"""

import asyncio
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bot.domain.catalogue.diff import diff
from bot.domain.framework import CatalogueContent, Expectation, Proficiency
from bot.domain.text import LocalText
from bot.store import migrate
from bot.store.collector import paused_collector
from bot.store.database import Database
from tests.benchmarks.catalogue.results import COMPARING_RATIO, CatalogueCost
from tests.benchmarks.prepare import CATALOGUE_KEY, SIZES

_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_REWORDED, _RAISED, _GONE = 7, 11, 13


def edited(content: CatalogueContent) -> CatalogueContent:
    """Return the content as its owner may have edited it, the same for the same content."""
    deepest = content.proficiencies[-1]
    kept = [each for at, each in enumerate(content.expectations) if at % _GONE]
    cells = (_edited(at, each, deepest) for at, each in enumerate(kept))
    return replace(content, expectations=tuple(cells))


def _edited(at: int, cell: Expectation, deepest: Proficiency) -> Expectation:
    words = cell.text.base if cell.text else "Does it"
    text = cell.text if at % _REWORDED else LocalText(f"{words} In every team.")
    depth = cell.proficiency if at % _RAISED else deepest
    return replace(cell, text=text, proficiency=depth)


async def _published(database: Database, content: CatalogueContent) -> tuple[int, int]:
    first, second = [
        (
            await database.catalogues.publish(
                each, catalogue_key=CATALOGUE_KEY, author="Benchmark", note="", at=_AT
            )
        ).id
        for each in (content, edited(content))
    ]
    return first, second


async def measure(size: str, folder: Path) -> CatalogueCost:
    """Load two revisions, and compare them."""
    url = f"sqlite:///{folder}/comparing.sqlite"
    await migrate.upgrade(url)
    database = Database(url)
    try:
        first, second = await _published(database, SIZES[size].content())
        began = perf_counter()
        old = await database.catalogues.load(first)
        new = await database.catalogues.load(second)
        loaded = perf_counter() - began
        with paused_collector():
            began = perf_counter()
            found = diff(old.content, new.content)
            compared = perf_counter() - began
    finally:
        await database.dispose()
    if not found.differences:
        raise ValueError("the two revisions do not differ")
    return CatalogueCost(
        work=f"diff, {len(found.differences):,} differences",
        size=size,
        seconds=compared,
        beside="loading both revisions",
        beside_seconds=loaded,
        most=COMPARING_RATIO,
    )


def main(arguments: list[str]) -> None:
    """Print the measurement as JSON."""
    size, folder = arguments
    print(json.dumps(asdict(asyncio.run(measure(size, Path(folder))))))


if __name__ == "__main__":
    main(sys.argv[1:])

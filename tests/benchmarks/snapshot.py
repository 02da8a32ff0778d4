"""What a published catalogue costs to load and to hold in memory.

A process of its own, so that nothing else is in its memory:
`python -m tests.benchmarks.snapshot CATALOGUE_KEY`, with DATABASE_URL in the environment.
"""

import asyncio
import gc
import json
import resource
import sys
from time import perf_counter

import psutil

from bot.config import Settings
from bot.services.lookup.shelves import Shelf
from bot.store.database import Database
from tests.unit.samples import ALL_WORDS


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def _peak() -> int:
    """Return the most that was ever resident, in bytes; Linux counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def measure(key: str) -> dict[str, float]:
    """Load the newest revision as the product does, with its index of names.

    Memory is what the process grew by: all that it holds for the catalogue, and what loading left
    behind besides.
    """
    database = Database(Settings().database)
    try:
        revision_id = (await database.catalogues.newest())[key]
        gc.collect()
        before = _resident()
        began = perf_counter()
        shelf = Shelf(await database.catalogues.load(revision_id), ALL_WORDS)
        seconds = perf_counter() - began
        peak = _peak()
        gc.collect()
        return {
            "expectations": len(shelf.catalogue.content.expectations),
            "load_seconds": seconds,
            "held_mb": (_resident() - before) / 1e6,
            "peak_mb": (peak - before) / 1e6,
        }
    finally:
        await database.dispose()


def main(arguments: list[str]) -> None:
    """Print the measurement as JSON."""
    (key,) = arguments
    print(json.dumps(asyncio.run(measure(key))))


if __name__ == "__main__":
    main(sys.argv[1:])

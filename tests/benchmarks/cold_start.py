"""From process start to the first answer over HTTP, in turns with the floor's start."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks import servers
from tests.benchmarks.commands import SKILL, Typed
from tests.benchmarks.floor import COMMAND
from tests.benchmarks.results import ColdStart
from tests.benchmarks.servers import Server
from tests.benchmarks.speed import signed_now
from tests.benchmarks.vocabulary import Vocabulary

_CARD = {"any": {"text": "A card", "blocks": []}}


async def measure(
    runs: int, vocabulary: Vocabulary, folder: Path, slack_url: str
) -> list[ColdStart]:
    """Start `runs` times without a database and as often with one, each beside the floor."""
    return [
        await _beside_floor("existing", ["existing"] * runs, vocabulary, folder, slack_url),
        await _beside_floor(
            "empty", [f"empty{run}" for run in range(runs)], vocabulary, folder, slack_url
        ),
    ]


async def _beside_floor(
    what: str, names: list[str], vocabulary: Vocabulary, folder: Path, slack_url: str
) -> ColdStart:
    if what == "existing":
        async with _product(names[0], vocabulary, folder, slack_url):
            pass  # it makes the database
    product, floor = [], []
    for name in names:
        async with _floor(vocabulary, folder) as server:
            floor.append(server.start_seconds)
        async with _product(name, vocabulary, folder, slack_url) as server:
            product.append(server.start_seconds)
    return ColdStart(what, median(product), max(product), median(floor))


@asynccontextmanager
async def _product(
    name: str, vocabulary: Vocabulary, folder: Path, slack_url: str
) -> AsyncIterator[Server]:
    first = signed_now([Typed(vocabulary.askers[1], SKILL, "mlops senior")])[0]
    async with servers.product(
        database_url=f"sqlite:///{folder}/{name}.sqlite",
        slack_url=slack_url,
        first=first,
        log=folder / "cold.log",
    ) as server:
        yield server


@asynccontextmanager
async def _floor(vocabulary: Vocabulary, folder: Path) -> AsyncIterator[Server]:
    cards_file = folder / "cold-cards.json"
    cards_file.write_text(json.dumps(_CARD), encoding="utf-8")
    first = signed_now([Typed(vocabulary.askers[1], COMMAND, "any")])[0]
    async with servers.floor(
        cards_file=cards_file, first=first, log=folder / "cold-floor.log"
    ) as server:
        yield server

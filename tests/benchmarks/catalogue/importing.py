"""What an import costs, and whether commands are answered while it runs.

The catalogue is written as a long CSV file, and `nextrung catalogue import` reads and publishes it
in a process of its own, on the database of a running `nextrung web`, which answers a command every
few milliseconds meanwhile.

`python -m tests.benchmarks.catalogue.importing SIZE FILE` writes the file.
"""

import asyncio
import os
import subprocess
import sys
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from time import perf_counter

from bot.formats.exports.registry import export
from tests.benchmarks import servers
from tests.benchmarks.catalogue.results import CatalogueImport
from tests.benchmarks.commands import SKILL, Typed, warm
from tests.benchmarks.load import drive
from tests.benchmarks.prepare import BUILT_IN, SEED, SIZES, Size
from tests.benchmarks.results import quantile
from tests.benchmarks.speed import signed_now
from tests.benchmarks.vocabulary import Vocabulary, read_vocabulary

CATALOGUE_KEY = "imported"
_PAUSE_SECONDS = 0.02
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Ended:
    code: int
    seconds: float
    peak_mb: float


async def measure(size: Size, folder: Path, slack_url: str) -> CatalogueImport:
    """Import the catalogue of this size beside a server with the built-in one.

    Raises:
        ServerFailed: the import or the server failed; the message is the end of what it said.
    """
    path = folder / "import.csv"
    await servers.child("catalogue.importing", size.name, str(path))
    url = f"sqlite:///{folder}/import.sqlite"
    vocabulary_file = folder / "import.json"
    await servers.child("prepare", BUILT_IN.name, url, str(vocabulary_file))
    vocabulary = read_vocabulary(vocabulary_file)
    first = signed_now([Typed(vocabulary.askers[0], SKILL, "help")])[0]
    async with servers.product(
        database_url=url, slack_url=slack_url, first=first, log=folder / "import-server.log"
    ) as server:
        running = asyncio.create_task(asyncio.to_thread(_import, path, url, folder))
        answered = await _answers(server.port, vocabulary, running)
        ended = await running
    if ended.code:
        said = (folder / "import.log").read_text(encoding="utf-8", errors="replace")
        raise servers.ServerFailed(said[-2000:])
    return CatalogueImport(
        size=size.name,
        file_mb=path.stat().st_size / 1e6,
        seconds=ended.seconds,
        peak_mb=ended.peak_mb,
        answers=len(answered),
        p50_ms=quantile(answered, 0.5) * 1e3,
        p99_ms=quantile(answered, 0.99) * 1e3,
        slowest_ms=max(answered) * 1e3,
    )


def _import(path: Path, url: str, folder: Path) -> _Ended:
    """Run the import and wait for its end, with the most memory that was ever resident."""
    command = [sys.executable, "-m", "bot", "catalogue", "import", str(path)]
    command += ["--catalogue", CATALOGUE_KEY]
    environment = servers.environment({"DATABASE_URL": url})
    with (folder / "import.log").open("wb") as log:
        began = perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts it in KiB.
    return _Ended(process.returncode, seconds, used.ru_maxrss * 1024 / 1e6)


async def _answers(
    port: int, vocabulary: Vocabulary, running: "asyncio.Task[_Ended]"
) -> list[float]:
    """Send one command after the other until the import has ended; return the seconds of each."""
    requests = cycle(signed_now(list(warm(SKILL, vocabulary, seed=SEED))))
    seconds: list[float] = []
    while not running.done():
        taken = await drive(port, iter([next(requests)]), callers=1, seconds=_PATIENCE_SECONDS)
        seconds += taken.seconds
        await asyncio.sleep(_PAUSE_SECONDS)
    return seconds


def main(arguments: list[str]) -> None:
    """Write the catalogue of a size as a long CSV file."""
    size, path = arguments
    export(SIZES[size].content(), "long-csv", Path(path))


if __name__ == "__main__":
    main(sys.argv[1:])

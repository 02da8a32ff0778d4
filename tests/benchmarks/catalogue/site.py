"""What writing a framework as web pages costs, beside the import that brought it."""

import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.benchmarks import servers
from tests.benchmarks.catalogue.importing import CATALOGUE_KEY
from tests.benchmarks.catalogue.results import SITE_RATIO, CatalogueCost, CatalogueImport


def measure(imported: CatalogueImport, folder: Path) -> CatalogueCost:
    """Write the pages of what `importing.measure` left in `folder`, in a process of their own.

    Raises:
        ServerFailed: the command failed; the message is the end of what it said.
    """
    command = [sys.executable, "-m", "bot", "catalogue", "site", CATALOGUE_KEY, f"{folder}/site"]
    environment = servers.environment({"DATABASE_URL": f"sqlite:///{folder}/import.sqlite"})
    began = perf_counter()
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    seconds = perf_counter() - began
    if done.returncode:
        raise servers.ServerFailed(done.stderr[-2000:])
    sizes = [each.stat().st_size for each in Path(folder, "site").rglob("*") if each.is_file()]
    # They would be in the way of what is measured next.
    os.sync()
    return CatalogueCost(
        work=f"site, {len(sizes):,} files, {sum(sizes) / 1e6:,.0f} MB",
        size=imported.size,
        seconds=seconds,
        beside="the import of the same",
        beside_seconds=imported.seconds,
        most=SITE_RATIO,
    )

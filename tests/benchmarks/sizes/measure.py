"""Rows and bytes of members, on each database and for several numbers of them."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import servers
from tests.benchmarks.sending.tell import Tell
from tests.benchmarks.sizes.plan import SizesPlan
from tests.benchmarks.sizes.results import Sizes, read_filled
from tests.fakes.postgresql import running_server


async def measure(plan: SizesPlan, folder: Path, tell: Tell) -> list[Sizes]:
    """Measure on each database of the plan.

    Raises:
        ServerFailed: a process failed; the message is the end of what it said.
    """
    found = []
    if "SQLite" in plan.databases:
        found.append(
            await _measured("SQLite", lambda name: f"sqlite:///{folder}/{name}.sqlite", plan, tell)
        )
    if "PostgreSQL" in plan.databases:
        with running_server() as server:
            found.append(await _measured("PostgreSQL", server.create, plan, tell))
    return found


async def _measured(
    database: str, create: Callable[[str], str], plan: SizesPlan, tell: Tell
) -> Sizes:
    filled = []
    for members in plan.members:
        tell(f"{members:,} members and what they hold, in {database}")
        url = create(f"sizes{members}")
        printed = await servers.child("sizes.fill", url, str(members), json.dumps(asdict(plan)))
        filled.append(read_filled(json.loads(printed)))
    return Sizes(database, tuple(filled))

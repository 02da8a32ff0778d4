"""What loading the code costs: processor time of fresh processes, in turns with the floor's."""

import os
import subprocess
import sys
from collections.abc import Mapping
from statistics import median
from types import MappingProxyType

from tests.benchmarks.results import ImportCost
from tests.benchmarks.servers import REPOSITORY

FLOOR = "slack_bolt, SQLAlchemy, Starlette, uvicorn"
LIKEWISE = f"{FLOOR}, as a start loads it"
AS_LOADED = "bot.bootstrap, as a start loads it"
_LIBRARIES = "slack_bolt.async_app, sqlalchemy.ext.asyncio, starlette.applications, uvicorn"
# As `nextrung run` does: no collection looks at what is loaded, neither meanwhile nor at the end.
_WITHOUT_COLLECTIONS = """
from bot.cli.loading import lasting_imports
with lasting_imports():
    import {modules}
"""
_COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        FLOOR: ("-c", f"import {_LIBRARIES}"),
        LIKEWISE: ("-c", _WITHOUT_COLLECTIONS.format(modules=_LIBRARIES)),
        "bot.bootstrap": ("-c", "import bot.bootstrap"),
        AS_LOADED: ("-c", _WITHOUT_COLLECTIONS.format(modules="bot.bootstrap")),
        "nextrung --help": ("-m", "bot", "--help"),
    }
)


def measure(runs: int) -> list[ImportCost]:
    """Run each `runs` times, taking turns; one more before them writes the bytecode."""
    taken: dict[str, list[float]] = {name: [] for name in _COMMANDS}
    for _ in range(runs + 1):
        for name, command in _COMMANDS.items():
            taken[name].append(_cpu_seconds(command))
    medians = {name: median(each[1:]) for name, each in taken.items()}
    return [
        ImportCost(what=name, cpu_seconds=cpu, ratio=cpu / medians[FLOOR])
        for name, cpu in medians.items()
    ]


def _cpu_seconds(command: tuple[str, ...]) -> float:
    """Return the user's and the system's processor time of one process."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=REPOSITORY, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime

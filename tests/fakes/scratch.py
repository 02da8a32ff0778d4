"""Where tests put what nobody needs after them: in memory, where there is room for it.

A PostgreSQL database is made for each of some hundred tests. On a disk that takes up to ten times
the processor time that it takes in memory.
"""

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a name of its own
# A run was seen to hold up to a fifth of it. A container's own 64 MB are far from enough.
_ROOM = 4 << 30


def scratch_folder() -> str | None:
    """Return the folder to make temporary ones in; None for the system's own."""
    try:
        roomy = shutil.disk_usage(_MEMORY).free >= _ROOM and _available() >= _ROOM
    except OSError:
        return None
    return str(_MEMORY) if roomy and os.access(_MEMORY, os.W_OK | os.X_OK) else None


def _available() -> int:
    """Return how many bytes of memory may be taken; OSError where nothing tells."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        name, _, kilobytes = line.partition(":")
        if name == "MemAvailable":
            return int(kilobytes.split()[0]) << 10
    raise FileNotFoundError("MemAvailable")

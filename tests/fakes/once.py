"""What the worker processes of one test run make together: the first one makes it, others wait."""

import fcntl
from collections.abc import Callable
from pathlib import Path


def once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Return once it is made: by this process, or before by another one with the same folder.

    What `make` raises reaches the caller; the next one who comes tries again.
    """
    made = folder / f"{name}.made"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go of when the file is closed
        if not made.exists():
            make()
            made.touch()

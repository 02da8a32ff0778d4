"""What must not outlive this process, a killed one neither: servers, other processes, folders."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# It reads until the other end is closed, which the system does for whoever ends without a word.
_ONCE_WE_ARE_GONE = r"""
cat
if read -r postgresql < "$1/postmaster.pid"; then
    kill -QUIT "$postgresql"
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$postgresql" && sleep 0.5; done
fi
if read -r pgbouncer < "$1/pid"; then kill -KILL "$pgbouncer"; fi
grep -F " $1/" /proc/mounts | cut -d ' ' -f 2 | xargs -r umount --lazy
rm -rf "$1"
"""

# Nobody tells a process of an end that came before it asked to be told.
_UNLESS_WE_ARE_GONE = 'test "$PPID" = "$0" && exec "$@"'


@contextmanager
def tidied(folder: Path) -> Iterator[None]:
    """Have a folder removed, and its server ended, if this process ends within the block."""
    watching = subprocess.Popen(
        ["sh", "-c", _ONCE_WE_ARE_GONE, "sh", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C is for us alone
    )
    try:
        yield
    finally:
        watching.kill()
        watching.communicate()


def ended_with_us(*words: str) -> tuple[str, ...]:
    """Return a command as it is killed when the thread that starts it ends, if that can be had.

    Only this process can start it.
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return words
    start = ("sh", "-c", _UNLESS_WE_ARE_GONE, str(os.getpid()), *words)
    return (setpriv, "--pdeathsig", "KILL", *start)

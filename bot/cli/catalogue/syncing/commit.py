"""Who changed a folder last, and why, as git tells it; nothing where there is no git."""

import os
import shutil
import subprocess
from pathlib import Path

from bot.values import dataclass

_SECONDS = 10
# A checkout is somebody else's: nothing that its own settings name is run.
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_TRAILER = "Role-Goes"
_FORMAT = f"%h%x00%s%x00%an%x00%(trailers:key={_TRAILER},valueonly,separator=%x2C)"


@dataclass(frozen=True, slots=True)
class Commit:
    """The newest commit that touched a folder. `changed` tells of changes not committed.

    `may_go` is what its message says in lines such as ``Role-Goes: analyst`` or
    ``Role-Goes: analyst=data-scientist``.
    """

    hash: str
    subject: str
    author: str
    may_go: tuple[str, ...]
    changed: bool

    @property
    def note(self) -> str:
        """What a revision made from it says."""
        note = f"{self.subject} ({self.hash})"
        return f"{note}, with changes that are not committed" if self.changed else note


def newest_commit(path: Path) -> Commit | None:
    """Return the newest commit that touched a folder or a file; None where git knows of none."""
    folder, name = (path, ".") if path.is_dir() else (path.parent, path.name)
    if shutil.which("git") is None:
        return None
    told = _git(folder, "log", "-1", "--no-show-signature", f"--format={_FORMAT}", "--", name)
    if told is None or told.count("\0") != _FORMAT.count("%x00"):
        return None
    short, subject, author, goes = told.strip("\n").split("\0")
    may_go = tuple(filter(None, (each.strip() for each in goes.split(","))))
    changed = _git(folder, "status", "--porcelain", "--untracked-files=normal", "--", name)
    return Commit(short, subject, author, may_go, bool(changed and changed.strip()))


def _git(folder: Path, *words: str) -> str | None:
    """Return what git prints; None where it fails."""
    # Without a terminal to ask on, and without a word of the surroundings on where to look.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            ["git", *_HARMLESS, "-C", str(folder), *words],  # noqa: S607 - the operator's own git
            capture_output=True,
            env={**environment, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"},
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None

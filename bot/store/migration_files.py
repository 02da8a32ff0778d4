"""Which migrations this version brings, read from their files without loading Alembic.

A process that starts on a database that has them all needs to know no more, and loading Alembic
takes a tenth of a second.
"""

import re
from functools import cache
from pathlib import Path

from bot.store.errors import MigrationFailed

_REVISION = re.compile(r'^revision(?:: str)? = "(\w+)"', re.MULTILINE)
_FOLLOWS = re.compile(r'^down_revision(?:: str \| None)? = "(\w+)"', re.MULTILINE)


def folder() -> Path:
    """Return the folder with env.py: bundled in an installed package, else the checkout's."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / "migrations"
    return bundled if bundled.is_dir() else package.parent / "migrations"


@cache
def _follows() -> dict[str, str | None]:
    """Return each migration's id with that of the one before it."""
    found: dict[str, str | None] = {}
    for path in sorted((folder() / "versions").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        own, before = _REVISION.search(text), _FOLLOWS.search(text)
        if own is not None:
            found[own[1]] = before[1] if before else None
    return found


def known() -> frozenset[str]:
    """Return the ids of all migrations of this version."""
    return frozenset(_follows())


@cache
def head() -> str:
    """Return the id of the newest migration.

    Raises:
        MigrationFailed: there is none, or there are several.
    """
    newest = known() - set(_follows().values())
    if len(newest) != 1:
        raise MigrationFailed(reason=f"{len(newest)} newest migrations in {folder()}")
    return next(iter(newest))

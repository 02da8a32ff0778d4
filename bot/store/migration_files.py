"""Which migrations this version brings, read from their files without loading Alembic.

A process that starts on a database that has them all needs to know no more, and loading Alembic
takes a tenth of a second.
"""

import re
from functools import cache
from pathlib import Path

from bot.store.errors import MigrationFailed
from bot.values import dataclass

_REVISION = re.compile(r'^revision(?:: str)? = "(\w+)"', re.MULTILINE)
_CONTRACTS = re.compile(r'^contracts_since: str = "(\w+)"', re.MULTILINE)
_FOLLOWS = re.compile(r'^down_revision(?:: str \| None)? = "(\w+)"', re.MULTILINE)


def folder() -> Path:
    """Return the folder with env.py: bundled in an installed package, else the checkout's."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / "migrations"
    return bundled if bundled.is_dir() else package.parent / "migrations"


@dataclass(frozen=True, slots=True)
class Step:
    """A migration: the one before it, and since which one nobody uses what it takes away."""

    follows: str | None
    contracts_since: str | None


@cache
def steps() -> dict[str, Step]:
    """Return the migrations of this version by their ids."""
    found: dict[str, Step] = {}
    for path in sorted((folder() / "versions").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        own, *more = (each.search(text) for each in (_REVISION, _FOLLOWS, _CONTRACTS))
        if own is not None:
            found[own[1]] = Step(*(each[1] if each else None for each in more))
    return found


def known() -> frozenset[str]:
    """Return the ids of all migrations of this version."""
    return frozenset(steps())


def chain(revision: str) -> tuple[str, ...]:
    """Return the ids of the migrations that lead to one of them, it included, from the first."""
    ids: list[str] = []
    at: str | None = revision
    while at is not None:
        ids.append(at)
        at = steps()[at].follows
    return tuple(reversed(ids))


def floor(revision: str) -> str:
    """Return the oldest migration whose versions of the program still work at `revision`.

    Migrations only add, so that is the first, unless some on the way take away what versions up to
    one that they name still used.
    """
    ids = chain(revision)
    since = [steps()[each].contracts_since for each in ids]
    return ids[max((ids.index(each) for each in since if each is not None), default=0)]


@cache
def head() -> str:
    """Return the id of the newest migration.

    Raises:
        MigrationFailed: there is none, or there are several.
    """
    newest = known() - {each.follows for each in steps().values()}
    if len(newest) != 1:
        raise MigrationFailed(reason=f"{len(newest)} newest migrations in {folder()}")
    return next(iter(newest))

"""What the catalogue commands work with: the store, and catalogues named on the command line."""

import getpass
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Settings
from bot.domain.catalogue.publication import Author
from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.revision import Catalogue, RevisionInfo
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from bot.log import configure_logging
from bot.services.catalogue.publishing import Publishing
from bot.services.clock import SystemClock
from bot.services.lookup.shelves import BUILT_IN
from bot.services.ports import Clock
from bot.store import migrate
from bot.store.database import Database
from bot.values import dataclass

_REVISION = re.compile(r"(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)(?:@(?P<number>[1-9][0-9]{0,8}))?")


class UnknownTarget(NextrungError):
    """The words name neither a folder nor a catalogue. Params: `remedy`."""

    code = "unknown_target"


@dataclass(frozen=True, slots=True)
class Named:
    """A catalogue that was named on the command line: a folder, or a published revision.

    `moves` says what keys of older revisions stand for; a folder knows of none.
    """

    label: str
    content: CatalogueContent
    folder: Path | None = None
    revision: RevisionInfo | None = None
    moves: Moves = NO_MOVES


@dataclass(frozen=True, slots=True)
class _Revision:
    key: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The open store. Closed by the one who opened it."""

    database: Database
    publishing: Publishing
    clock: Clock

    async def newest(self, key: str) -> Catalogue | None:
        """Return the newest revision of a catalogue; None where none has this key.

        Raises:
            StoreError: the database cannot be used.
        """
        number = (await self.database.catalogues.newest()).get(key)
        return None if number is None else await self.database.catalogues.load(number)


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    """Open the store of the settings, with its schema brought up to date as a start would.

    Raises:
        StoreError: the database cannot be used; the error says what to do.
    """
    configure_logging("WARNING", "console")
    url, clock = Settings().database, SystemClock()
    database = Database(url)
    try:
        if database.dialect == "sqlite":
            await migrate.upgrade(url)
        else:
            await migrate.check(url)
        yield Desk(database, Publishing(database.catalogues, clock), clock)
    finally:
        await database.dispose()


async def find(*targets: str) -> tuple[Named, ...]:
    """Return the catalogues that these words name: a folder, KEY, KEY@NUMBER or `built-in`.

    The store is opened only where one of them is in it.

    Raises:
        UnknownTarget, NoSuchRevision: there is nothing of that name.
        CatalogueFileErrors: a folder cannot be read; carries every problem.
        StoreError: the database cannot be used.
    """
    parsed = [_parsed(target) for target in targets]
    if all(isinstance(each, Path) for each in parsed):
        return tuple(_read(each) for each in parsed if isinstance(each, Path))
    async with open_desk() as desk:
        return await _fetched(desk, parsed)


async def _fetched(desk: Desk, parsed: list[Path | _Revision]) -> tuple[Named, ...]:
    found = []
    for each in parsed:
        if isinstance(each, Path):
            found.append(_read(each))
        else:
            catalogue = await desk.publishing.revision(each.key, each.number)
            label = f"{each.key}@{catalogue.revision.number}"
            revision, moves = catalogue.revision, catalogue.moves
            found.append(Named(label, catalogue.content, revision=revision, moves=moves))
    return tuple(found)


def _read(folder: Path) -> Named:
    built_in = folder == _built_in_folder()
    return Named(BUILT_IN if built_in else str(folder), read_folder(folder), folder)


def _parsed(target: str) -> Path | _Revision:
    """Tell a path from a catalogue. A folder that exists wins over a catalogue of its name."""
    path = Path(target)
    if target == BUILT_IN and not path.exists():
        return _built_in_folder()
    if path.is_file():
        raise UnknownTarget(
            remedy=f"“{target}” is one file, and not a catalogue's folder. Import it: "
            f"nextrung catalogue import {target} --dry-run"
        )
    found = _REVISION.fullmatch(target)
    if path.exists() or os.sep in target or found is None:
        return path
    number = found["number"]
    return _Revision(found["key"], int(number) if number else None)


def _built_in_folder() -> Path:
    return data_folder() / "catalogue"


def author_of(name: str | None) -> Author:
    """Return the author of a revision; without a name, the account that runs the command."""
    if name is not None:
        return Author(name)
    try:
        return Author(getpass.getuser())
    except (OSError, KeyError):  # a container may run as a number that has no name
        return Author("operator")

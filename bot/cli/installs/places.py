"""The installation that an operator names, and the store to find it in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bootstrap.from_settings import token_keys_of
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.domain.installs.installation import KnownInstallation
from bot.log import configure_logging
from bot.store import migrate
from bot.store.database import Database


class NoSuchInstallation(NextrungError):
    """Nothing is installed under this id. Params: `remedy`."""

    code = "no_such_installation"


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Give the store, with the keys of the settings, and close it in the end.

    Raises:
        BadTokenKeys: a key is none, or their file cannot be read.
        StoreError: the database cannot be used.
    """
    configure_logging("ERROR", "console")
    await migrate.check(settings.database)
    database = Database(settings.database, token_keys=token_keys_of(settings))
    try:
        yield database
    finally:
        await database.dispose()


async def named(database: Database, place: str) -> KnownInstallation:
    """Return the installation of a workspace or organisation.

    A workspace of an organisation may have the app itself, beside the organisation: each is known
    by its own id.

    Raises:
        NoSuchInstallation: there is none.
    """
    for each in await database.installations.all():
        if place in (each.tenant.team_id, each.tenant.enterprise_id):
            return each
    raise NoSuchInstallation(
        remedy=f"Nothing is installed under {place}; nextrung installs list shows what is."
    )

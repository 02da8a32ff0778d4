"""`nextrung installs check`: whether Slack takes the tokens."""

import typer

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.installs.places import named
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.domain.installs.installation import KnownInstallation
from bot.log import configure_logging
from bot.slack.refusals import CALL_FAILED, UNANSWERED, reason_of
from bot.store import migrate


async def check_installs(place: str | None) -> int:
    """Ask Slack about each token that is kept; return 1 where one does not work, else 0.

    What is found is kept: a token that is of no use is marked, one that works again is not.

    Raises:
        NoSuchInstallation: there is none under this id.
        StoreError: the database, or a key, cannot be used.
    """
    settings = Settings()
    configure_logging("ERROR", "console")
    await migrate.check(settings.database)
    nextrung = bootstrap(settings)
    try:
        database = nextrung.database
        found = [await named(database, place)] if place else await database.installations.all()
        asked = [each for each in found if each.key_id is not None]
        fine = [await _check(nextrung, each) for each in asked]
    finally:
        await nextrung.stop(drain_seconds=0)
    if not asked:
        typer.echo("There is no token to ask about.")
    return 0 if all(fine) else 1


async def _check(nextrung: Nextrung, found: KnownInstallation) -> bool:
    place = found.tenant.team_id or found.tenant.enterprise_id
    try:
        await nextrung.app.workspaces.confirmed(found.tenant)
    except (NextrungError, *CALL_FAILED) as error:
        why = "Slack does not answer: " if isinstance(error, UNANSWERED) else ""
        typer.secho(f"{place}: {why}{reason_of(error)}", fg=typer.colors.RED)
        return False
    typer.echo(f"{place}: works")
    return True

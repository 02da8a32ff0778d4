"""`nextrung installs remove`: an installation's end, by the operator's hand."""

from datetime import timedelta

import typer

from bot.bootstrap import bootstrap
from bot.cli.installs.places import named
from bot.config import Settings
from bot.domain.errors import NextrungError
from bot.domain.installs.installation import KnownInstallation
from bot.log import configure_logging
from bot.slack.auth import Workspaces
from bot.slack.refusals import CALL_FAILED, reason_of
from bot.store import migrate


async def remove_install(place: str, *, yes: bool) -> None:
    """Revoke and delete the token of an installation, and have its data deleted after some days.

    Raises:
        NoSuchInstallation: there is none.
        StoreError: the database, or a key, cannot be used.
    """
    settings = Settings()
    configure_logging("ERROR", "console")
    await migrate.check(settings.database)
    nextrung = bootstrap(settings)
    try:
        found = await named(nextrung.database, place)
        days = timedelta(days=settings.nextrung_keep_removed_days).days
        called = f"{place} ({found.name})" if found.name else place
        if not yes:
            question = f"Delete the token of {called} now, and what is held there in {days} days?"
            typer.confirm(question, abort=True)
        told = await _revoke(nextrung.app.workspaces, found)
        await nextrung.services.installing.end(found.tenant)
    finally:
        await nextrung.stop(drain_seconds=0)
    typer.echo(f"{called}: the token is deleted, and what is held there is in {days} days.")
    typer.echo(told)
    typer.echo("Installing the app again before then keeps everything.")


async def _revoke(workspaces: Workspaces, found: KnownInstallation) -> str:
    """Ask Slack to take the token back; return what came of it."""
    kept = "It may still work in Slack: let somebody there remove the app."
    if found.key_id is None:
        return "There was no token."
    try:
        connected = await workspaces.find(found.tenant)
        if connected is None:
            return "There was no token."
        await connected.client.auth_revoke()
    except (NextrungError, *CALL_FAILED) as error:
        return f"Slack has not taken it back ({reason_of(error)}). {kept}"
    return "Slack has taken it back."

"""`nextrung installs list` and `show`: what is kept of installations, never a token."""

import json
from datetime import datetime, timedelta

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.installs.places import named, opened
from bot.cli.installs.words import moment, remedy_of, state_of
from bot.config import Settings
from bot.domain.installs.installation import KnownInstallation
from bot.slack.installs.manifest import BOT_SCOPES


async def list_installs(*, as_json: bool) -> None:
    """Print every installation: a table, or an object a line.

    Raises:
        StoreError: the database, or a key, cannot be used.
    """
    settings = Settings()
    async with opened(settings) as database:
        found = await database.installations.all()
        keys = database.installations.keys.ids
    kept_for = timedelta(days=settings.nextrung_keep_removed_days)
    if as_json:
        for each in found:
            told = _told(each) | {"state": state_of(each, keys, kept_for)}
            typer.echo(json.dumps(told, ensure_ascii=False))
        return
    if not found:
        typer.echo("Nothing is installed by OAuth.")
    else:
        table = Table("Place", "Name", "Installed (UTC)", "By", "Ends (UTC)", "State")
        for each in found:
            words = (*_place(each), moment(each.installed_at), each.installer or "")
            ends = (moment(each.expires_at), state_of(each, keys, kept_for))
            table.add_row(*map(Text, (*words, *ends)))
        Console().print(table)
    if settings.slack_bot_token is not None:
        typer.echo("SLACK_BOT_TOKEN serves a workspace besides; nextrung doctor looks at it.")


async def show_install(place: str) -> None:
    """Print what is kept of one installation, and what to do about it.

    Raises:
        NoSuchInstallation: there is none.
        StoreError: the database, or a key, cannot be used.
    """
    settings = Settings()
    async with opened(settings) as database:
        found = await named(database, place)
        keys = database.installations.keys.ids
    kept_for = timedelta(days=settings.nextrung_keep_removed_days)
    for name, value in _told(found).items():
        shown = ", ".join(value) if isinstance(value, list) else value
        typer.echo(f"{name}: {shown if shown not in (None, '') else '-'}")
    typer.echo(f"state: {state_of(found, keys, kept_for)}")
    missing = [each for each in BOT_SCOPES if each not in found.scopes]
    if found.scopes and missing:
        typer.echo(f"not allowed there: {', '.join(missing)}")
    if remedy := remedy_of(found, keys):
        typer.echo(remedy)


def _place(found: KnownInstallation) -> tuple[str, str]:
    place = found.tenant.team_id or found.tenant.enterprise_id or ""
    return place, found.name or ""


def _told(found: KnownInstallation) -> dict[str, str | bool | list[str] | None]:
    trouble = found.trouble
    return {
        "place": _place(found)[0],
        "name": found.name,
        "team": found.team_id,
        "enterprise": found.enterprise_id,
        "org_wide": found.org_wide,
        "app": found.app_id,
        "bot": found.bot_user_id,
        "scopes": list(found.scopes),
        "installer": found.installer,
        "installed_at": _iso(found.installed_at),
        "expires_at": _iso(found.expires_at),
        "key": found.key_id,
        "trouble": trouble.reason if trouble else None,
        "trouble_since": _iso(trouble.since if trouble else None),
        "removed_at": _iso(found.removed_at),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None

"""`nextrung audit`: what admins, owners and the operator did."""

import csv
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, datetime, time

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.installs.formats import AuditFormat
from bot.config import Settings
from bot.domain.installs.audit import Actor, AuditEntry
from bot.log import configure_logging
from bot.store import migrate
from bot.store.database import Database

COLUMNS = ("at", "workspace", "who", "act", "about", "detail")
FORGOTTEN = "forgotten"
"""Who did it, or had it done to them, where they had themselves forgotten since."""


async def show_audit(workspace: str | None, since: datetime | None, form: AuditFormat) -> None:
    """Print the acts, oldest first; JSON is one object a line.

    Raises:
        StoreError: the database cannot be used.
    """
    settings = Settings()
    configure_logging("WARNING", "console")
    await migrate.check(settings.database)
    database = Database(settings.database)
    moment = datetime.combine(since.date(), time(), UTC) if since else None
    try:
        await _WRITERS[form](database.audit.entries(workspace=workspace, since=moment))
    finally:
        await database.dispose()


def _row(entry: AuditEntry) -> Mapping[str, str]:
    act, tenant = entry.act, entry.tenant
    ids = (tenant.enterprise_id, tenant.team_id) if tenant else ()
    who = act.slack_id or (FORGOTTEN if act.actor is Actor.MEMBER else act.actor.value)
    about = act.about or (FORGOTTEN if act.kind.value.startswith("owner_") else "")
    moment = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    return dict(
        zip(
            COLUMNS,
            (moment, "/".join(filter(None, ids)), who, act.kind.value, about, act.detail),
            strict=True,
        )
    )


async def _as_table(entries: AsyncIterator[AuditEntry]) -> None:
    table = Table("At (UTC)", "Workspace", "Who", "Act", "About", "Detail")
    async for entry in entries:
        table.add_row(*(Text(each) for each in _row(entry).values()))
    if table.row_count:
        Console().print(table)
    else:
        typer.echo("Nothing was noted.")


async def _as_json(entries: AsyncIterator[AuditEntry]) -> None:
    async for entry in entries:
        typer.echo(json.dumps(_row(entry), ensure_ascii=False))


async def _as_csv(entries: AsyncIterator[AuditEntry]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    async for entry in entries:
        writer.writerow(_row(entry).values())


_WRITERS: Mapping[AuditFormat, Callable[[AsyncIterator[AuditEntry]], Awaitable[None]]] = {
    AuditFormat.TABLE: _as_table,
    AuditFormat.JSON: _as_json,
    AuditFormat.CSV: _as_csv,
}

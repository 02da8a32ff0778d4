"""What was changed since one last asked, in the order of the database and by no clock.

A row of `change` becomes visible when its transaction commits, which may be long after rows with
higher numbers did. On PostgreSQL a snapshot says which transactions were visible when one asked: a
row is new where its transaction was not. A standby lists no open transactions in its snapshots, so
there everything from its oldest one on counts as new: twice is harmless. A standby's sequence may
be up to 32 ahead of the primary's, or lag behind it: what it says tells nothing of a restore. On
SQLite writers come one after another, and numbers are enough.

Each restore begins a history: numbers that none before it has, with room for more than there will
ever be. So whoever remembers another history finds out, even where nothing was changed in either.
Numbers say it, and nothing else, for they stay as they are through dumps, upgrades of the server,
standbys and poolers.
"""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.tenancy import Tenant
from bot.store.dialect import way_for
from bot.store.errors import StoreError
from bot.store.teams.helping.told import OFFERS
from bot.values import dataclass

MOST = 10_000
"""More changes at once than this, and everything counts as changed."""
KEPT = 50_000
"""So many of the newest changes are kept, whatever the time."""

_SQLITE = text(
    """
    SELECT '' AS mark, 0 AS standby,
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0) AS last,
        (SELECT min(seq) FROM change) AS first,
        (SELECT json_group_array(json_array(team_id, enterprise_id, slack_id)) FROM
            (SELECT * FROM change WHERE seq > :last ORDER BY seq LIMIT :most)) AS rows
    """
)
_POSTGRESQL = text(
    """
    SELECT CASE WHEN pg_is_in_recovery()
            THEN format('%1$s:%1$s:', pg_snapshot_xmin(pg_current_snapshot()))
            ELSE CAST(pg_current_snapshot() AS text) END AS mark,
        pg_is_in_recovery() AS standby,
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM change_seq_seq)
            - CASE WHEN pg_is_in_recovery() THEN 32 ELSE 0 END AS last,
        (SELECT min(seq) FROM change) AS first,
        (SELECT json_agg(json_build_array(team_id, enterprise_id, slack_id)) FROM
            (SELECT * FROM change
             WHERE xid >= CAST(CAST(pg_snapshot_xmin(CAST(:mark AS pg_snapshot)) AS text) AS bigint)
                AND NOT pg_visible_in_snapshot(CAST(CAST(xid AS text) AS xid8),
                    CAST(:mark AS pg_snapshot))
             LIMIT :most) AS new) AS rows
    """
)
_PRUNE = text("DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - :kept")
_FORGET_NUMBER = text("DELETE FROM sqlite_sequence WHERE name = 'change'")
_GIVE_NUMBER = text("INSERT INTO sqlite_sequence (name, seq) VALUES ('change', :last)")
# An account that uses the tables of another may lack that right: then numbers go on.
_SET_SEQUENCE = text(
    """
    SELECT setval('change_seq_seq', :last)
    WHERE has_sequence_privilege('change_seq_seq', 'UPDATE')
    """
)
_NOTHING_SEEN = "1:1:"
_HISTORY = 1 << 36
"""Numbers of one history: a hundred changes a second take twenty years to use them up."""
_HISTORIES = 1 << 26
"""All but the first, in which every database begins, are begun by chance."""
_AHEAD = 32
"""The first number of a history: a standby's, which says so many less, is not of another one."""


class DatabaseWentBack(StoreError):
    """The database is another one than a moment ago: a backup was restored. Params: `remedy`."""

    code = "database_went_back"


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where changes are known: opaque. `last` is the highest number given out by then."""

    snapshot: str
    last: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new. `everything` tells to drop all that is remembered of members.

    `installs` are the tenants whose installation changed, None where it may be any; `offers` those
    where somebody offers help now, or does so no more.
    """

    mark: Mark
    members: tuple[tuple[Tenant, str], ...]
    everything: bool
    installs: tuple[Tenant, ...] | None = None
    offers: tuple[Tenant, ...] = ()


async def changes_since(connection: AsyncConnection, mark: Mark | None) -> Changes:
    """Return what was changed after `mark`; all, where there is none yet.

    Raises:
        DatabaseWentBack: numbers that were given out are to come, or are of another history.
    """
    known = mark or Mark(_NOTHING_SEEN, 0)
    query = way_for(connection, sqlite=_SQLITE, postgresql=_POSTGRESQL)
    values: dict[str, Any] = {"most": MOST + 1} | way_for(
        connection, sqlite={"last": known.last}, postgresql={"mark": known.snapshot}
    )
    row = (await connection.execute(query, values)).one()
    another = mark is not None and history_of(row.last) != history_of(known.last)
    if (another or row.last < known.last) and not row.standby:
        raise DatabaseWentBack(
            remedy="Stop every process, run nextrung db restored, then start them again."
        )
    found = _rows(row)
    pruned = known.last < row.last and (row.first is None or row.first > known.last + 1)
    # What names nobody tells of somebody who was forgotten, or of a tenant's installation.
    forgotten = any(not any(row) for row in found)
    unknown = mark is None or another or pruned or len(found) > MOST
    everything = unknown or forgotten
    members = dict.fromkeys(
        (Tenant(team, org), who) for team, org, who in found if who and who != OFFERS
    )
    offers = dict.fromkeys(Tenant(team, org) for team, org, who in found if who == OFFERS)
    # A standby's other history is left for the primary to say, which may be ahead of it.
    mark = Mark(row.mark, known.last if another else max(known.last, row.last))
    installs = dict.fromkeys(
        Tenant(team, org) for team, org, who in found if not who and (team or org)
    )
    return Changes(
        mark,
        () if everything else tuple(members),
        everything,
        None if unknown else tuple(installs),
        tuple(offers),
    )


def history_of(number: int) -> int:
    """Return of which history a number is; 0 is the one that every database begins with."""
    return max(number, 0) // _HISTORY


async def begin_history(connection: AsyncConnection) -> None:
    """Let every process that knows this database, or the one before it, find that it is another.

    It may hear so before the connection's transaction ends; on PostgreSQL also where it is undone.
    """
    last = {"last": _HISTORY * (1 + secrets.randbelow(_HISTORIES - 1)) + _AHEAD}
    if connection.dialect.name == "postgresql":
        await connection.execute(_SET_SEQUENCE, last)
        return
    await connection.execute(_FORGET_NUMBER)
    await connection.execute(_GIVE_NUMBER, last)


async def prune(connection: AsyncConnection) -> None:
    """Delete all but the newest changes; whoever has not asked since drops everything."""
    await connection.execute(_PRUNE, {"kept": KEPT})


def _rows(row: Row[Any]) -> Sequence[Sequence[Any]]:
    found: Sequence[Sequence[Any]] = row.rows or ()
    return json.loads(found) if isinstance(found, str) else found

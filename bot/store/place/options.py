"""Options of a PostgreSQL URL: those of PostgreSQL's client library, and ours."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from sqlalchemy.engine import URL

from bot.store.errors import BadDatabaseUrl

SCHEMA = "schema"
"""Where the tables are; PostgreSQL's own search path where it is left out."""

PGBOUNCER = "pgbouncer"
"""True where a pooler stands between: nothing is ever prepared."""

PREPARE = "prepare_threshold"
"""Executions after which the driver prepares a statement; never, where it is left out."""

HOST, PORT = "host", "port"
OWN = frozenset({SCHEMA, PGBOUNCER, PREPARE})

_MAY_REPEAT = frozenset({HOST, PORT})
_TAKEN = frozenset({HOST, PORT, "user", "password", "dbname"})
_CHOICES = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "target_session_attrs": (
        "any",
        "read-write",
        "read-only",
        "primary",
        "standby",
        "prefer-standby",
    ),
    PGBOUNCER: ("true", "false"),
}
# What other drivers and tools call it.
_ELSEWHERE = {
    "ssl": "sslmode=require",
    "sslaccept": "sslmode=require or sslmode=verify-full",
    "tls": "sslmode=require",
    "sslca": "sslrootcert",
    "currentschema": SCHEMA,
    "search_path": SCHEMA,
    "statement_cache_size": f"{PGBOUNCER}=true",
    "prepared_statements": f"{PGBOUNCER}=true",
    "preparethreshold": PREPARE,
    "timeout": "connect_timeout",
}
_WORD = re.compile(r"\w{1,40}")
_LONGEST_NAME = 63  # bytes; PostgreSQL cuts the rest off in silence


@cache
def known_options() -> frozenset[str]:
    """Return the names of all options that a URL may have."""
    # Slow to load, and needed where PostgreSQL is used only.
    from psycopg import pq  # noqa: PLC0415

    return OWN | {each.keyword.decode() for each in pq.Conninfo.get_defaults()}


def taken_for_options() -> frozenset[str]:
    """Return the options that become a part of the URL proper."""
    return _TAKEN


def check_options(options: Mapping[str, Sequence[str]]) -> None:
    """Return where all options are known and can be used.

    Raises:
        BadDatabaseUrl: they are not. Values are repeated nowhere, since they may be secrets.
    """
    unknown = [_shown(name) for name in options if name not in known_options()]
    if unknown:
        _refuse(f"it has unknown options: {', '.join(unknown)}")
    repeated = [name for name in options if len(options[name]) > 1 and name not in _MAY_REPEAT]
    if repeated:
        _refuse(f"it has {', '.join(repeated)} more than once")
    for name, choices in _CHOICES.items():
        if options.get(name, choices)[0] not in choices:
            _refuse(f"{name} is none of {', '.join(choices)}")
    _check_schema(options.get(SCHEMA))
    _check_preparing(options.get(PREPARE))
    if options.get(PGBOUNCER, [""])[0] == "true":
        _check_pooled(options)


def schema_of(url: URL) -> str | None:
    """Return the schema that a URL of `parse_url` names."""
    found = url.query.get(SCHEMA)
    return found if isinstance(found, str) else None


def prepare_threshold_of(url: URL) -> int | None:
    """Return after how many executions the driver prepares a statement; None for never.

    Poolers in transaction mode lose prepared statements unless they follow them.
    """
    given = url.query.get(PREPARE)
    return int(given) if isinstance(given, str) else None


def _check_schema(given: Sequence[str] | None) -> None:
    if given is None:
        return
    name = given[0]
    if not name or len(name.encode()) > _LONGEST_NAME:
        _refuse(f"{SCHEMA} is not a name of 1 to {_LONGEST_NAME} bytes")
    if name.startswith("pg_") or name == "information_schema":
        _refuse(f"{SCHEMA} is one of PostgreSQL's own")


def _check_preparing(given: Sequence[str] | None) -> None:
    # From the first execution on (0), what begins a transaction would be prepared too.
    if given and (not re.fullmatch("[0-9]{1,9}", given[0]) or not int(given[0])):
        _refuse(f"{PREPARE} is not a number above 0")


def _check_pooled(options: Mapping[str, Sequence[str]]) -> None:
    if PREPARE in options:
        _refuse(f"{PGBOUNCER}=true and {PREPARE} contradict each other: leave one out")
    if "options" in options:
        _refuse(f"PgBouncer refuses options: set them on the server, or leave {PGBOUNCER} out")


def _shown(name: str) -> str:
    """Return an unknown option's name, with what may have been meant."""
    if not _WORD.fullmatch(name):
        return "one that is no word"
    meant = _ELSEWHERE.get(name.lower()) or next(
        iter(get_close_matches(name.lower(), sorted(known_options()), n=1, cutoff=0.8)), None
    )
    return f"{name} (is {meant} meant?)" if meant else name


def _refuse(reason: str) -> None:
    raise BadDatabaseUrl(reason=reason)

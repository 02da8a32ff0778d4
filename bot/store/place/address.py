"""Where the database is: `DATABASE_URL` as people and platforms write it.

A PostgreSQL URL is read here and not by SQLAlchemy: a password that is not percent-encoded may
hold what divides a URL elsewhere. It is taken as it stands where it can be told apart, and else
refused; no other host is ever meant in silence. No error repeats what may be part of a password.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NoReturn, cast
from urllib.parse import unquote

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import BadDatabaseUrl
from bot.store.place.options import (
    HOST,
    PORT,
    check_options,
    known_options,
    taken_for_options,
)

DialectName = Literal["sqlite", "postgresql"]

_SCHEME = re.compile(r"([A-Za-z][\w+.-]*)://", re.ASCII)
_PLACE = re.compile(
    r"""(?P<hosts> (?: \[[^\[\]/?#@]*\] | [^\s/?#@:,\[\]]* ) (?: : \d* )?
                   (?: , (?: \[[^\[\]/?#@]*\] | [^\s/?#@:,\[\]]* ) (?: : \d* )? )* )
        (?: / (?P<database> [^/?#@]* ) )?
        (?: \? (?P<query> [^#]* ) )?""",
    re.VERBOSE | re.ASCII,
)
_HOST = re.compile(r"\[(?P<ipv6>[^\]]*)\](?::(?P<port6>\d*))?|(?P<name>[^:]*)(?::(?P<port>\d*))?")
_WITH_PORT = re.compile(r"([\w.-]*):(\d*)", re.ASCII)  # in an option: a socket's path has none
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # also what was no UTF-8
_ENCODE = "@ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25, a space as %20"
_UNCLEAR = f"it cannot be told where its password or an option ends; in these, write {_ENCODE}"
_HIGHEST_PORT = 65_535

Options = Mapping[str, Sequence[str]]


def parse_url(url: str) -> URL:
    """Return the URL with the async driver that this store uses.

    Accepts sqlite:///path, sqlite+aiosqlite:///path, postgres://, postgresql:// and
    postgresql+psycopg://. What an engine of ours must know of a PostgreSQL URL (`schema`,
    `pgbouncer`, `prepare_threshold`) stays in its query.

    Raises:
        BadDatabaseUrl: anything else. The error never repeats the URL, which may hold a password.
    """
    url = url.strip()
    scheme = _SCHEME.match(url)
    if scheme is None:
        _refuse("it is not of the form scheme://...")
    if _CONTROL.search(url):
        _refuse("it holds a line break or another control character")
    name = scheme[1].lower()
    if name in ("sqlite", "sqlite+aiosqlite"):
        return _sqlite(url)
    if name not in ("postgres", "postgresql", "postgresql+psycopg"):
        _refuse("its scheme is neither sqlite nor postgresql")
    return _postgresql(url[scheme.end() :])


def dialect_of(url: URL) -> DialectName:
    """Return which of the two databases a URL of `parse_url` names."""
    return cast("DialectName", url.get_backend_name())


def _refuse(reason: str) -> NoReturn:
    raise BadDatabaseUrl(reason=reason) from None


def _sqlite(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        _refuse("it is not of the form sqlite:///path")
    if parsed.host or parsed.username:
        _refuse("a SQLite path starts after three slashes: sqlite:///path")
    if not parsed.database or parsed.database == ":memory:" or parsed.query:
        _refuse("SQLite needs the path of a file, without options")
    if parsed.database.startswith("file:"):
        _refuse("SQLite needs a plain path")
    return parsed.set(drivername="sqlite+aiosqlite")


def _postgresql(rest: str) -> URL:
    """Return what stands after the scheme, if there is exactly one way to read it."""
    readings = list(_readings(rest))
    good = [each for each in readings if _is_whole(*each)]
    # With two an @ belongs to a password or to an option; with none something else is wrong.
    if len(good) > 1 or not readings:
        _refuse(_UNCLEAR)
    account, place = good[0] if good else readings[0]
    options = _options(place["query"])
    if not good and "@" in account + (place["query"] or ""):
        _refuse(_UNCLEAR)
    if not _names_database(place, options):
        _refuse("it names no database")
    check_options(options)
    return _made(account, place, options)


def _readings(rest: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the user with the password, and the rest, for each @ that may part them."""
    for at in (-1, *(found.start() for found in re.finditer("@", rest))):
        place = _PLACE.fullmatch(rest, at + 1)
        if place is not None:
            yield rest[: max(at, 0)], place


def _is_whole(_account: str, place: re.Match[str]) -> bool:
    options = _options(place["query"])
    return _names_database(place, options) and options.keys() <= known_options()


def _names_database(place: re.Match[str], options: Options) -> bool:
    return bool(place["database"] or {"dbname", "service"} & options.keys())


def _options(query: str | None) -> Options:
    """Return the values of each option. A plus is a plus, as PostgreSQL's own tools read it."""
    found: dict[str, list[str]] = {}
    for part in filter(None, (query or "").split("&")):
        name, _, value = part.partition("=")
        found.setdefault(_plain(name), []).append(_plain(value))
    return found


def _plain(text: str) -> str:
    """Return a text without percent-encoding; a lone % stands for itself."""
    try:
        plain = unquote(text, errors="strict")
    except UnicodeDecodeError:
        _refuse("what its percent signs encode is not UTF-8; write % itself as %25")
    if "\0" in plain:
        _refuse("it holds %00, which no part of it may")
    return plain


def _made(account: str, place: re.Match[str], options: Options) -> URL:
    user, colon, password = account.partition(":")
    given = {name: values[-1] for name, values in options.items()}
    hosts, ports = _places(place["hosts"], options)
    several = {HOST: ",".join(hosts), PORT: ",".join(ports)} if len(hosts) > 1 else {}
    return URL.create(
        "postgresql+psycopg",
        # As PostgreSQL's own tools do it, an option overrides what stands before.
        username=given.get("user", _plain(user)) or None,
        password=given.get("password", _plain(password) if colon else None),
        host=None if several else hosts[0] or None,
        port=int(ports[0]) if ports[0] and not several else None,
        database=given.get("dbname", _plain(place["database"] or "")) or None,
        query={name: given[name] for name in given.keys() - taken_for_options()} | several,
    )


def _places(authority: str, options: Options) -> tuple[list[str], list[str]]:
    """Return the hosts, and as many ports; an empty one means the usual one."""
    if HOST in options:
        listed = [each for value in options[HOST] for each in value.split(",")]
        parts = [_WITH_PORT.fullmatch(each) for each in listed]
        hosts = [part[1] if part else each for part, each in zip(parts, listed, strict=True)]
        ports = [part[2] if part else "" for part in parts]
    else:
        found = [match for each in authority.split(",") if (match := _HOST.fullmatch(each))]
        hosts = [_plain(each["ipv6"] or each["name"] or "") for each in found]
        ports = [each["port"] or each["port6"] or "" for each in found]
    if PORT in options:
        ports = [each for value in options[PORT] for each in value.split(",")]
        ports = ports * len(hosts) if len(ports) == 1 else ports
    if len(ports) != len(hosts):
        _refuse("it has not as many ports as hosts")
    if not all(not each or (each.isdecimal() and 0 < int(each) <= _HIGHEST_PORT) for each in ports):
        _refuse("its port is not a number from 1 to 65535")
    return hosts, ports

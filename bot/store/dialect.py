"""The one place where the two databases' SQL is told apart."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    Connection,
    Index,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    event,
    insert,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.store.errors import StoreUnavailable
from bot.store.types import NumberList

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert

Way = TypeVar("Way")


def way_for(connection: AsyncConnection, *, sqlite: Way, postgresql: Way) -> Way:
    """Return the one of two ways that suits the connection's database."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def postgresql_begin(
    *,
    timeout_ms: int,
    read_only: bool,
    schema: str | None = None,
    one_moment: bool = False,
    idle_s: int | None = None,
    more: Sequence[str] = (),
) -> str:
    """Return what begins a transaction, with all that is set for it: one batch, one round trip.

    Set here and not when connecting, everything holds behind a pooler as well, which gives one
    connection to many clients in turn. `one_moment` lets all of it see the same moment. Where
    nothing is asked of it for `idle_s`, the server ends it: a process that froze holds up nobody.
    `more` statements come last, such as whose rows it may see.

    It never says READ WRITE: that would override an operator who lets the server only read.
    """
    settings = {"statement_timeout": str(timeout_ms), "timezone": "'UTC'"}
    if idle_s is not None:
        settings["idle_in_transaction_session_timeout"] = f"'{idle_s}s'"
    if schema is not None:
        settings["search_path"] = _quoted(schema)
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if one_moment else "BEGIN"
    begin += " READ ONLY" if read_only else ""
    local = (f"SET LOCAL {name} = {to}" for name, to in settings.items())
    words = "; ".join([begin, *local, *more])
    return words.replace("%", "%%")  # the driver looks for places of parameters


async def make_schema(connection: AsyncConnection, name: str) -> None:
    """Create a schema of PostgreSQL's where there is none, in the connection's transaction.

    Raises:
        StoreUnavailable: there is none, and the role may not create it.
    """
    # IF NOT EXISTS alone would ask for the right to create also where it exists.
    found = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    if (await connection.execute(found, {"name": name})).first() is not None:
        return
    words = f"CREATE SCHEMA IF NOT EXISTS {_quoted(name)}"
    try:
        await connection.exec_driver_sql(words.replace("%", "%%"))
    except ProgrammingError as error:
        reason = StoreUnavailable.because(error.orig).params["reason"]
        remedy = f"have an administrator run CREATE SCHEMA {_quoted(name)} AUTHORIZATION its role"
        raise StoreUnavailable(reason=f"{reason}; {remedy}") from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def begin_with(engine: AsyncEngine, words: Callable[[Mapping[str, Any]], str]) -> None:
    """Let each transaction of an engine, whose driver begins none, begin with these words.

    They are made of the execution options of the connection.
    """

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(words(connection.get_execution_options()))


def partial_index(name: str, *columns: Column[Any], where: str, unique: bool = False) -> None:
    """Index the rows of a table that fulfil `where`, which both databases read alike.

    PostgreSQL's half waits for `complete_indexes`: it would load that dialect at every start.
    """
    Index(name, *columns, unique=unique, sqlite_where=text(where), info={"where": where})


def complete_indexes(tables: MetaData) -> None:
    """Tell the indexes their conditions on PostgreSQL as well, before a schema is written."""
    for index in (each for table in tables.tables.values() for each in table.indexes):
        if "where" in index.info:
            index.dialect_options["postgresql"]["where"] = text(index.info["where"])


class json_row(FunctionElement[Any]):  # noqa: N801 - written like the functions of SQL
    """A JSON array of its columns, in their order."""

    inherit_cache = True


@compiles(json_row, "sqlite")
def _json_row_sqlite(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **options)})"


@compiles(json_row, "postgresql")
def _json_row_postgresql(
    element: FunctionElement[Any], compiler: SQLCompiler, **options: Any
) -> str:
    return f"json_build_array({compiler.process(element.clauses, **options)})"


class json_lines(FunctionElement[str]):  # noqa: N801 - written like the functions of SQL
    """All rows as one text: a line for each, a JSON array of its columns, in no certain order."""

    inherit_cache = True
    type = Text()


@compiles(json_lines, "sqlite")
def _json_lines_sqlite(element: json_lines, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({_json_row_sqlite(element, compiler, **options)}, char(10))"


@compiles(json_lines, "postgresql")
def _json_lines_postgresql(element: json_lines, compiler: SQLCompiler, **options: Any) -> str:
    row = _json_row_postgresql(element, compiler, **options)
    return f"string_agg(CAST({row} AS text), chr(10))"


class _numbers(FunctionElement[int]):  # noqa: N801 - likewise
    """The rows of a bound list of numbers, under the name of `numbers`."""

    inherit_cache = True


@compiles(_numbers, "sqlite")
def _numbers_sqlite(element: _numbers, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)}) AS numbers"


@compiles(_numbers, "postgresql")
def _numbers_postgresql(element: _numbers, compiler: SQLCompiler, **options: Any) -> str:
    given = compiler.process(element.clauses, **options)
    return f"unnest(CAST({given} AS bigint[])) AS numbers (value)"


def numbers_in(name: str) -> Select[int]:
    """Return what `in_` takes for a list of numbers that is bound as `name`, as one value.

    So the statement is the same for however many; to be written out anew with a value for each, in
    a dozen places, took a quarter of reading a page.
    """
    given = _numbers(bindparam(name, type_=NumberList()))
    return select(literal_column("numbers.value", BigInteger())).select_from(given)


def insert_into(connection: AsyncConnection, table: Table) -> "Insert":
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both dialects spell these alike, so SQLite's construct stands for either in the annotation.
    """
    # PostgreSQL's is loaded where it is used: most installations have none.
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return cast("Insert", postgresql.insert(table))
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


async def insert_many(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that name every column of the table, in the connection's transaction.

    PostgreSQL gets them by COPY: measured on 100,000 expectations, half the time and a third of
    this process's work that many INSERTs take.
    """
    if connection.dialect.name == "postgresql":
        await _copy(connection, table, rows)
    else:
        await connection.execute(insert(table), rows)


def listed(
    connection: AsyncConnection,
    name: str,
    rows: Sequence[Sequence[Any]],
    **columns: TypeEngine[Any],
) -> CTE:
    """Return rows of numbers or texts as something to be joined with, one bound value in all.

    So the statement is the same for however many rows, and is compiled once: with VALUES that took
    three quarters of the time of joining people.
    """
    places = enumerate(columns.items())
    if connection.dialect.name == "postgresql":
        found = ", ".join(
            f"CAST(value ->> {place} AS {kind.compile(connection.dialect)}) AS {column}"
            for place, (column, kind) in places
        )
        query = f"SELECT {found} FROM json_array_elements(CAST(:{name}_rows AS json))"  # noqa: S608 - our own names
    else:
        found = ", ".join(
            f"json_extract(value, '$[{place}]') AS {column}" for place, (column, _) in places
        )
        query = f"SELECT {found} FROM json_each(:{name}_rows)"  # noqa: S608 - likewise
    bound = bindparam(f"{name}_rows", json.dumps(rows), type_=Text())
    return text(query).bindparams(bound).columns(**columns).cte(name)


async def renew_statistics(connection: AsyncConnection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL look at tables that have just been filled.

    Without that the first reads would sort or scan instead of using keys.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(each.name for each in tables)
        await connection.execute(text(f"ANALYZE {names}"))


async def wait_for_others(connection: AsyncConnection, lock: int) -> None:
    """Wait until no other transaction holds the lock, and hold it until this one ends.

    SQLite needs none: BEGIN IMMEDIATE lets only one transaction write.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


async def dangling_references(connection: AsyncConnection) -> int:
    """Return how many rows refer to what is not there, where the database did not look itself."""
    if connection.dialect.name != "sqlite":
        return 0
    return len((await connection.execute(text("PRAGMA foreign_key_check"))).all())


async def empty_log(connection: AsyncConnection) -> None:
    """Write SQLite's log back to the file and empty it; for a connection without a transaction.

    Until then both may hold what was deleted. Where somebody reads just then, the log is left for
    another time. PostgreSQL has nothing of the kind: there it is left to VACUUM.
    """
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


async def _copy(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    import psycopg
    from psycopg import sql

    names = [column.name for column in table.columns]
    own_types = {
        column.name: column.type
        for column in table.columns
        if isinstance(column.type, TypeDecorator)
    }
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )

    def stored(row: Mapping[str, Any], name: str) -> object:
        own = own_types.get(name)
        return own.process_bind_param(row[name], connection.dialect) if own else row[name]

    driver = cast(
        "psycopg.AsyncConnection[Any]", (await connection.get_raw_connection()).driver_connection
    )
    try:
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                await copy.write_row([stored(row, name) for name in names])
    # Nobody wraps them: the driver's own connection is used here.
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise StoreUnavailable.because(error) from error
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        raise IntegrityError(None, None, error, hide_parameters=True) from error

"""`DATABASE_URL` as people and platforms write it: it works, or the error says what to do."""

import asyncio
import traceback
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.domain.tenancy import Tenant
from bot.store import migrate
from bot.store.database import Database
from bot.store.errors import BadDatabaseUrl, SchemaOutdated, StoreUnavailable
from bot.store.place.address import parse_url
from tests.fakes.postgresql import PostgresqlServer
from tests.integration.store.test_store_faults import MEMBER, read, save, using
from tests.properties import examples

CONTROL = "".join(map(chr, (*range(0x20), 0x7F)))
# What divides a URL comes often.
LETTERS = st.sampled_from("@:/%#?&=[], +x1") | st.characters(
    exclude_categories=["Cs"], exclude_characters=CONTROL
)
PASSWORDS = st.text(LETTERS, min_size=1, max_size=12)
PLACES = st.sampled_from(
    [
        ("host/db", "host", None),
        ("host.example.com:5433/db?sslmode=require", "host.example.com", 5433),
        ("[::1]:5432/db", "::1", 5432),
        ("%2Fvar%2Frun%2Fpostgresql/db", "/var/run/postgresql", None),
        ("/db?host=/var/run/postgresql&pgbouncer=true", "/var/run/postgresql", None),
    ]
)


@given(password=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@examples(150)
def test_any_password_that_is_percent_encoded_arrives(password: str) -> None:
    parsed = parse_url(f"postgresql://me:{quote(password, safe='')}@host/db")
    assert (parsed.username, parsed.password) == ("me", password)
    assert parse_url(f"postgresql://me@host/db?password={quote(password)}").password == password


@given(password=PASSWORDS, place=PLACES)
@example("p@host/db?user=x", ("host/db", "host", None))
@example("5432/db?application_name=", ("host/db", "host", None))
@examples(300)
def test_a_password_as_it_stands_arrives_or_is_refused(
    password: str, place: tuple[str, str, int | None]
) -> None:
    """And never is another host or database meant."""
    written, host, port = place
    try:
        parsed = parse_url(f"postgresql://me:{password}@{written}")
    except BadDatabaseUrl as refusal:
        told = str(refusal)
    else:
        told = ""
    if told:
        assert any(each in told for each in ("%40", "%25", "%00"))
        return
    if "%" not in password:  # else it may be decoded
        assert parsed.password == password
    assert (parsed.username, parsed.host, parsed.port, parsed.database) == ("me", host, port, "db")


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("me:hunter2@host/db?sslmod=require", "sslmod (is sslmode meant?)"),
        ("me:hunter2@host/db?ssl=hunter2", "ssl (is sslmode=require meant?)"),
        (
            "me:hunter2@host/db?connection_limit=5&currentSchema=x",
            "connection_limit, currentSchema",
        ),
        ("me:hunter2@host/db?hun%20ter=hunter2", "one that is no word"),
        ("me:hunter2@host/db?sslmode=hunter2", "sslmode is none of disable, allow,"),
        ("me:hunter2@host/db?target_session_attrs=hunter2", "any, read-write,"),
        ("me:hunter2@host/db?pgbouncer=hunter2", "pgbouncer is none of true, false"),
        ("me:hunter2@host/db?pgbouncer=true&prepare_threshold=5", "contradict each other"),
        ("me:hunter2@host/db?pgbouncer=true&options=-chunter2", "PgBouncer refuses options"),
        ("me:hunter2@host/db?schema=a&schema=b", "schema more than once"),
        ("me:hunter2@host/db?schema=", "1 to 63 bytes"),
        (f"me:hunter2@host/db?schema={'é' * 32}", "1 to 63 bytes"),
        ("me:hunter2@host/db?schema=pg_hunter2", "PostgreSQL's own"),
        ("me:hunter2@host", "names no database"),
        ("me:hunter2@host?sslmode=require", "names no database"),
        ("me:hunter2@host:hunter2/db", "percent-encod|%40"),
        ("me:hunter2@host:70000/db", "not a number from 1 to 65535"),
        ("me:hunter2@a,b/db?port=1,2,3", "as many ports as hosts"),
        ("me:hunter2%FF@host/db", "write % itself as %25"),
        ("me:hunter2%00@host/db", "%00"),
        ("me:hunter2\n@host/db", "line break"),
        ("me:hunter2\udcff@host/db", "control character"),
        ("me:hunter2@host/db?sslcert=/home/a@b/c", "@ as %40"),
        ("me:hunter2#@host/db#hunter2", "# as %23"),
    ],
)
def test_what_cannot_be_used_is_told_without_the_password(rest: str, says: str) -> None:
    with pytest.raises(BadDatabaseUrl) as refusal:
        Database(f"postgresql://{rest}")
    told = "".join(traceback.format_exception(refusal.value))
    assert any(each in told for each in says.split("|"))
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("a:1,b:2/db?target_session_attrs=read-write", {"host": "a,b", "port": "1,2"}),
        ("a,b/db?port=5", {"host": "a,b", "port": "5,5"}),
        ("/db?host=a:1&host=b:2", {"host": "a,b", "port": "1,2"}),
        ("/?host=a&dbname=db&user=me", {"host": "a", "dbname": "db", "user": "me"}),
        ("me:x@host/db?password=y", {"user": "me", "password": "y", "host": "host"}),
        ("/db?host=/run/a:b", {"host": "/run/a:b"}),
        ("%40abstract/db", {"host": "@abstract"}),
        ("m%40e@host/d%2Fb", {"user": "m@e", "dbname": "d/b"}),
        ("host/db?application_name=a+b%2F%26", {"application_name": "a+b/&"}),
        ("host/db?connect_timeout=7", {"connect_timeout": "7"}),
        ("/?service=here", {"service": "here"}),
        ("host/db?sslmode=verify-full&sslrootcert=/ca.pem", {"sslrootcert": "/ca.pem"}),
    ],
)
def test_what_the_driver_is_given(rest: str, expected: dict[str, str]) -> None:
    database = Database(f"postgresql://{rest}")
    engine = database._writer.sync_engine
    _, given = engine.dialect.create_connect_args(engine.url)
    assert {name: given.get(name) for name in expected} == expected
    assert not {"schema", "pgbouncer", "prepare_threshold"} & given.keys()


@pytest.mark.parametrize("options", ["", "&pgbouncer=true", "&pgbouncer=false&prepare_threshold=1"])
async def test_a_schema_of_its_own(
    postgresql_server: PostgresqlServer, postgresql_url: str, options: str
) -> None:
    """`db upgrade` makes it; nothing is read from or written to another."""
    url = f"{postgresql_url}&schema=o%22w n%25{options}"
    with pytest.raises(SchemaOutdated):
        await migrate.check(url)
    await migrate.upgrade(url)
    await migrate.check(url)
    async with using(url) as database, using(postgresql_url) as other:
        await save(database)
        assert await read(database) == MEMBER
        assert await read(other) is None
        async with database.read(Tenant("T1")) as unit:
            path = await unit.members._connection.scalar(text("SHOW search_path"))
            assert path == '"o""w n%"'
        engine = database._reader
        async with engine.connect() as connection:  # nothing of it stays with the connection
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            cursor = await driver.execute("SHOW search_path")
            assert await cursor.fetchone() == ('"$user", public',)


async def test_a_schema_that_may_not_be_made(
    postgresql_server: PostgresqlServer, postgresql_url: str
) -> None:
    postgresql_server.execute("CREATE ROLE nextrung_lowly LOGIN")
    try:
        url = f"{postgresql_url}&schema=own&user=nextrung_lowly"
        with pytest.raises(StoreUnavailable, match=r"permission denied.*CREATE SCHEMA"):
            await migrate.upgrade(url)
        # Where it exists that right is not asked for.
        with pytest.raises(StoreUnavailable, match="permission denied for table"):
            await migrate.upgrade(url.replace("schema=own", "schema=public"))
    finally:
        postgresql_server.execute("DROP ROLE nextrung_lowly")


@pytest.mark.parametrize(
    ("options", "answer", "says"),
    [
        ("sslmode=require", b"N", "server does not support SSL"),
        ("sslmode=verify-full&sslrootcert=/nowhere/ca.pem", b"S", "/nowhere/ca.pem"),
        ("host=/nowhere/postgresql", b"", "/nowhere/postgresql"),
    ],
)
async def test_where_it_cannot_connect_the_reason_is_told(
    options: str, answer: bytes, says: str
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # what asks for SSL
        writer.write(answer)
        await reader.read()
        writer.close()

    async with await asyncio.start_server(reply, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        url = f"postgresql://me:hunter2@127.0.0.1:{port}/db?{options}"
        async with using(url) as database:
            with pytest.raises(StoreUnavailable) as failure:
                await database.fitness.check()
    told = "".join(traceback.format_exception(failure.value))
    assert says in str(failure.value.params["reason"])
    assert "hunter2" not in told

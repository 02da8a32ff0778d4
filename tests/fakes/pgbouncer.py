"""A real PgBouncer for tests, in transaction mode, before a real PostgreSQL.

It is Debian's package `pgbouncer`. It takes requests by a socket in a folder of its own, so no
port is needed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.fakes.left_over import tidied
from tests.fakes.postgresql import ACCOUNT, PostgresqlServer
from tests.fakes.scratch import scratch_folder

_PORT = 6432  # it only names the socket
_PATIENCE_S = 20.0
_SETTINGS = """
[databases]
* = host={socket} user=nextrung
[pgbouncer]
unix_socket_dir = {folder}
listen_port = {port}
auth_type = {auth}
auth_file = {folder}/accounts
pool_mode = transaction
default_pool_size = {servers}
max_client_conn = 500
admin_users = admin
logfile = {folder}/log
pidfile = {folder}/pid
"""


class Pooler:
    """A running PgBouncer before one server."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self._folder = folder
        self._process = process

    def send(self, what: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(what)

    def url(self, server_url: str, *, account: str = ACCOUNT, options: str = "") -> str:
        """Return the way through the pooler to a database, as a person would write it.

        `account` is the user, with the password; `options` begin with an &.
        """
        database = make_url(server_url).database
        place = f"host={self._folder}&port={_PORT}"
        return f"postgresql://{account}@/{database}?{place}&pgbouncer=true{options}"

    def shows(self, what: str) -> list[dict[str, object]]:
        """Return what its console shows, such as `SHOW STATS`."""
        address = f"host={self._folder} port={_PORT} dbname=pgbouncer user=admin"
        with psycopg.connect(address, autocommit=True) as console:
            cursor = psycopg.ClientCursor(console)  # it knows simple queries only
            cursor.execute(f"SHOW {what}".encode())
            names = [each.name for each in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def program() -> str:
    """Return where PgBouncer is; without it a test is skipped, and in CI it fails."""
    found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        reason = "no PgBouncer: install the package pgbouncer"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def pooled(
    server: PostgresqlServer,
    *,
    servers: int = 2,
    passwords: Mapping[str, str] | None = None,
    written: Callable[[str, Path], str] | None = None,
) -> Iterator[Pooler]:
    """Run one before a server, with so many connections to it; end it with the block.

    Anybody is let in, or where there are `passwords`, by user, whoever knows theirs. `written`
    makes its settings of the server's folder and its own, in place of those here.
    """
    executable = program()
    socket = make_url(server.url()).query["host"]
    with (
        tempfile.TemporaryDirectory(prefix="nextrung-pool-", dir=scratch_folder()) as name,
        tidied(Path(name)),
    ):
        folder = Path(name)
        settings = folder / "pgbouncer.ini"
        filled = _SETTINGS.format(
            socket=socket,
            folder=folder,
            port=_PORT,
            servers=servers,
            auth="any" if passwords is None else "scram-sha-256",
        )
        if written is not None:
            filled = written(str(socket), folder)
        settings.write_text(filled, encoding="utf-8")
        accounts = [
            f"{_listed(user)} {_listed(known)}\n" for user, known in (passwords or {}).items()
        ]
        (folder / "accounts").write_text("".join(accounts), encoding="utf-8")
        as_root: list[str] = []
        if server.account is not None:  # as root neither of them runs
            as_root = ["-u", server.account]
            os.chown(folder, pwd.getpwnam(server.account).pw_uid, -1)
        process = subprocess.Popen([executable, "-q", *as_root, str(settings)])
        try:
            _wait_for(folder / f".s.PGSQL.{_PORT}", process)
            yield Pooler(folder, process)
        finally:
            process.send_signal(signal.SIGINT)  # newer ones wait for clients at SIGTERM
            process.wait(_PATIENCE_S)


def _listed(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE_S
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > ends:
            raise AssertionError(f"PgBouncer did not start: {process.returncode}")
        time.sleep(0.01)

"""What docs/operate.md says of PostgreSQL behind PgBouncer, done as it is written there."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tests.docs.pages import Page
from tests.fakes.pgbouncer import pooled
from tests.fakes.postgresql import PostgresqlServer

NAME = "written"
PAGE = Page("docs/operate.md")


def _block(language: str, has: str) -> str:
    """Return the one example that has these words, with names of this trial's own."""
    (found,) = [each for each in PAGE.fences(language) if has in each]
    return found.replace('"nextrung', f'"{NAME}')


def _settings(socket: str, folder: Path) -> str:
    """Return the settings of PgBouncer on the page, but for addresses and names."""
    settings = _block("ini", "[pgbouncer]")
    for written, here in (
        ("nextrung = host=db.example.com port=5432", f"{NAME} = host={socket}"),
        ("listen_addr = 127.0.0.1", f"unix_socket_dir = {folder}"),
        ("/etc/pgbouncer/userlist.txt", f"{folder}/accounts"),
        ("admin_users = nextrung", f"admin_users = {NAME}"),
    ):
        assert written in settings, written
        settings = settings.replace(written, here)
    return settings


def _nextrung(url: str, *command: str) -> str:
    """Run a command of the command line, and return what it said."""
    settings = {name: value for name, value in os.environ.items() if "NEXTRUNG" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        env=settings | {"DATABASE_URL": url, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0 or command == ("doctor",), done.stderr
    return done.stdout


def test_the_page_leads_to_a_locked_database_behind_a_pooler(
    postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    for statement in _block("sql", "CREATE DATABASE").split(";"):
        if statement.strip():
            postgresql_server.execute(statement)
    passwords = {NAME: "password"}
    try:
        with pooled(postgresql_server, passwords=passwords, written=_settings) as pooler:
            url = pooler.url(postgresql_server.url(NAME), account=f"{NAME}:password")
            _nextrung(url, "db", "upgrade")
            assert "up to date" in _nextrung(url, "db", "check")
            told = _nextrung(url, "doctor")
            assert f"kept apart by the database too, as {NAME}" in told
            file = str(tmp_path / "nextrung.zip")
            assert "1 row in" in _nextrung(url, "db", "backup", file)
            _nextrung(url, "db", "restore", file, "--replace", "--confirm", NAME)
            console = make_url(url).set(database="pgbouncer")
            console = console.difference_update_query(["pgbouncer"])
            address = console.render_as_string(hide_password=False)
            with psycopg.connect(address, autocommit=True) as connection:
                psycopg.ClientCursor(connection).execute("RECONNECT")
            assert "up to date" in _nextrung(url, "db", "check")
    finally:
        postgresql_server.drop(NAME)
        for role in (f"{NAME}_across", NAME):
            postgresql_server.execute("DROP ROLE IF EXISTS {}", role)

"""Fixtures for the command line: an empty environment, and logging as it was before."""

import logging
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import structlog
import typer.testing

from tests.fakes.kept_catalogue import kept_catalogue

# As in a process of its own, which also asks each function once what its options are: there are
# over a hundred, and a test runs several commands.
typer.testing._get_command = cache(typer.testing._get_command)  # type: ignore[attr-defined]

SETTINGS = ("SLACK_", "NEXTRUNG_", "DATABASE_URL", "XDG_")


@pytest.fixture(autouse=True)
def empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder of one's own, with no `.env` and no settings; returns the data folder."""
    for name in list(os.environ):
        if name.startswith(SETTINGS):
            monkeypatch.delenv(name)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    data = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setenv("COLUMNS", "200")
    return data


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Undo what a command does to the process's logging."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def prepared(sqlite_bot_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the command a database that holds the built-in catalogue, as all but the first find."""
    monkeypatch.setenv("DATABASE_URL", sqlite_bot_url)
    with kept_catalogue():
        yield

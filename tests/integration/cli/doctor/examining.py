"""What `nextrung doctor` tells, as tests read it."""

import base64

import pytest
from sqlalchemy import text

from bot.cli.doctor.examination import examine
from bot.store.database import Database
from bot.store.engine import transaction

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


async def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit code and what is told of each problem, with its remedy, on one line each."""
    code = await examine()
    told: list[str] = []
    for line in capsys.readouterr().out.splitlines():
        if line.startswith(("ok", "problem")) or not told:
            told.append(line)
        else:  # what goes on below: wrapped to the terminal, or the remedy
            told[-1] += f" {line}"
    found = [" ".join(each.split()) for each in told if each.startswith("problem")]
    return code, found


async def execute(url: str, statement: str) -> None:
    database = Database(url)
    async with transaction(database._writer, timeout_ms=2000, reach=None) as connection:
        await connection.execute(text(statement))
    await database.dispose()


async def told(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return the exit code, and all that is told, on one line."""
    code = await examine()
    return code, " ".join(capsys.readouterr().out.split())

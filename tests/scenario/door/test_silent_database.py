"""A database that takes what it is asked and says nothing: a command is answered all the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

import pytest
from sqlalchemy.engine import make_url

from bot.store.fitness import probe
from tests.fakes.asgi import handed
from tests.fakes.forwarder import Forwarder, forwarding
from tests.scenario.desk import Desk, running_desk
from tests.scenario.published import PeopledUrl

TROUBLE = "I cannot reach my database right now"
ROLE = "/growth role llm-engineer senior"
DEADLINE_SECONDS = 1.0
# A silent server never answers, and the driver alone would wait for five seconds.
IN_TIME_SECONDS = 3.0
# Two seconds is what the database has, where nobody waits for a command.
READY_SECONDS = 6.0


@asynccontextmanager
async def behind(
    url: str, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[tuple[Desk, Forwarder]]:
    """The bot by way of what can fall silent."""
    async with forwarding(url) as way:
        there = make_url(url).update_query_dict({"host": str(way.folder)})
        own = PeopledUrl(there.render_as_string(hide_password=False))
        async with running_desk(own, caplog) as desk:
            try:
                yield desk, way
            finally:
                way.thaw()


def in_time(desk: Desk) -> bool:
    taken = desk.last.seconds
    return taken is not None and taken < IN_TIME_SECONDS


@pytest.mark.parametrize("all_of_it", [True, False], ids=["also-new-ones", "old-connections"])
@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (b"BEGIN", "/growth status"),
        (b"FROM member", "/growth status"),
        (b"ROLLBACK", "/growth status"),
        (b"BEGIN", ROLE),
        (b"UPDATE member", ROLE),
        (b"COMMIT", ROLE),
    ],
)
async def test_a_command_is_answered_whatever_step_is_never_answered(
    postgresql_bot_url: str,
    caplog: pytest.LogCaptureFixture,
    word: bytes,
    typed: str,
    all_of_it: bool,
) -> None:
    async with behind(postgresql_bot_url, caplog) as (desk, way):
        assert TROUBLE not in (await desk.engineer.command(typed)).plain
        desk.nextrung.services.members.clear()
        way.freeze_at(word, all_of_it=all_of_it)
        with patch.object(desk.nextrung.app, "deadline_seconds", DEADLINE_SECONDS):
            answer = await desk.engineer.command(typed)
        assert way.frozen.is_set()
        assert TROUBLE in answer.plain
        assert in_time(desk)

        way.thaw()
        assert TROUBLE not in (await desk.engineer.command(typed)).plain


async def test_a_process_says_in_time_that_its_database_is_silent(
    postgresql_bot_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also at the end of a look that only reads, which a balancer would wait for in vain."""
    for name in ("WRITTEN_FOR_S", "WHOLE_FOR_S"):
        monkeypatch.setattr(probe, name, 0.0)
    async with behind(postgresql_bot_url, caplog) as (desk, way):
        way.freeze_at(b"ROLLBACK", all_of_it=True)
        asked = handed(desk.nextrung.http, "/readyz", headers={}, body=b"", method="GET")
        asking = asyncio.create_task(asked)
        await asyncio.wait({asking}, timeout=READY_SECONDS)
        assert way.frozen.is_set()
        assert asking.done(), "it waits for the silent database"
        status, answer = asking.result()
        assert (status, b"store_unavailable" in answer) == (503, True)

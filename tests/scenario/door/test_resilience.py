"""When the database is locked, slow or away, members get an answer in time; nothing is lost."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from bot.domain.revision import Catalogue
from bot.pauses import Pause
from bot.sandbox.samples import GUEST
from bot.services.lookup import showing
from bot.services.lookup.keep import Keep
from tests.fakes.postgresql import running_server
from tests.scenario.desk import ACK_SECONDS, Desk, running_desk
from tests.scenario.locked import write_locked
from tests.scenario.published import publish_built_in

TROUBLE = "I cannot reach my database right now"


@contextmanager
def exclusively_locked(url: str) -> Iterator[None]:
    """Hold the SQLite file so that nobody else can read or write."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        # In WAL mode readers pass a writer; out of it an exclusive lock keeps out everyone.
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def table_locked(url: str) -> Iterator[None]:
    """Hold the member table of a PostgreSQL database, so that even reading it waits."""
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE member IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def acked_in_time(desk: Desk) -> bool:
    seconds = desk.last.seconds
    return seconds is not None and seconds < ACK_SECONDS and not desk.last.late


async def test_writer_elsewhere_keeps_nobody_waiting(desk: Desk, sqlite_bot_url: str) -> None:
    desk.nextrung.services.members._known.clear()

    with write_locked(sqlite_bot_url):
        card = await desk.engineer.command("/skill mlops senior")

    assert "This is your role." in card.plain
    assert acked_in_time(desk)


async def test_someone_new_is_answered_although_nothing_can_be_written(
    desk: Desk, sqlite_bot_url: str
) -> None:
    with write_locked(sqlite_bot_url):
        card = await desk.slack.member(GUEST).command("/skill mlops senior")

    assert card.blocks
    assert acked_in_time(desk)
    again = await desk.slack.member(GUEST).command("/skill mlops senior")
    assert again.plain.splitlines()[0] == "MLOps"


async def test_locked_sqlite_is_told_in_time_to_members_not_at_hand(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await desk.engineer.command("/skill help")
    await desk.nextrung.database.dispose()  # an exclusive lock needs the file for itself

    with exclusively_locked(sqlite_bot_url):
        stranger = await desk.admin.command("/skill mlops senior")
        assert acked_in_time(desk)
        cached = await desk.engineer.command("/skill mlops senior")
        assert acked_in_time(desk)

    assert TROUBLE in stranger.plain
    assert "This is your role." in cached.plain
    recovered = await desk.admin.command("/skill mlops senior")
    assert recovered.plain.splitlines()[0] == "MLOps"


@pytest.mark.parametrize("command", ["/skill mlops senior", "/promote-gap llm-engineer lead"])
async def test_locked_table_in_postgresql_is_told_in_time(
    postgresql_bot_url: str, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    async with running_desk(postgresql_bot_url, caplog) as desk:
        await desk.engineer.command("/skill help")
        with table_locked(postgresql_bot_url):
            stranger = await desk.admin.command(command)
            assert acked_in_time(desk)
            cached = await desk.engineer.command(command)
            assert acked_in_time(desk)

        assert TROUBLE in stranger.plain
        assert cached.plain.splitlines()[0] in ("MLOps", "LLM Engineer: Senior → Lead")


async def test_postgresql_that_stops_and_comes_back(caplog: pytest.LogCaptureFixture) -> None:
    with running_server() as server:
        url = server.create("nextrung_stopping")
        publish_built_in(url, migrated=False)
        async with running_desk(url, caplog) as desk:
            card = await desk.engineer.command("/skill mlops senior")
            server.stop()

            stranger = await desk.admin.command("/skill mlops senior")
            assert acked_in_time(desk)
            assert TROUBLE in stranger.plain
            cached = await desk.engineer.command("/skill mlops senior")
            assert cached.plain == card.plain
            turned = await card.choose("Choose a level", "lead")
            assert "*LLM Engineer at Lead asks for " in turned.plain

            server.start()
            recovered = await desk.admin.command("/skill mlops senior")
            assert recovered.plain.splitlines()[0] == "MLOps"


async def test_unexpected_error_has_the_same_number_in_card_and_log(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = any_desk
    desk.faults_expected = True

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(showing, "skill_profile", broken)
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    (record,) = desk.logged("request_failed")
    assert f"`{record['incident']}`" in card.plain
    assert isinstance(record["exc_info"], RuntimeError)
    assert "a secret detail" not in json.dumps(desk.last.response)
    second = await desk.engineer.command("/skill ml-experiment-tracking")
    assert second.plain != card.plain  # each its own number


async def test_failed_press_is_told_beside_the_card(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = any_desk
    desk.faults_expected = True
    card = await desk.engineer.command("/skill mlops senior")
    heading = card.plain.splitlines()[0]

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(showing, "skill_profile", broken)
    answer = await card.press("Open")

    (record,) = desk.logged("request_failed")
    assert record["incident"] in answer.plain
    assert card.plain.splitlines()[0] == heading  # the card itself is kept


async def test_catalogue_that_is_not_loaded_yet_is_loaded_for_who_asks(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues = any_desk.nextrung.services.catalogues
    before = catalogues.shelf()
    monkeypatch.setattr(catalogues, "_keep", Keep(1))

    card = await any_desk.engineer.command("/skill mlops")

    assert "MLOps" in card.plain
    assert catalogues.shelf() is not before


async def test_catalogue_whose_load_takes_too_long_is_told_and_there_the_next_time(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogues, goes_on = any_desk.nextrung.services.catalogues, asyncio.Event()
    load = any_desk.nextrung.database.catalogues.load

    async def slow(revision_id: int, *, pause: Pause) -> Catalogue:
        await goes_on.wait()
        return await load(revision_id, pause=pause)

    monkeypatch.setattr(catalogues, "_keep", Keep(1))
    monkeypatch.setattr(any_desk.nextrung.database.catalogues, "load", slow)
    monkeypatch.setattr(any_desk.nextrung.app, "deadline_seconds", 0.6)

    card = await any_desk.engineer.command("/skill mlops")
    assert "still loading" in card.plain

    monkeypatch.undo()
    goes_on.set()
    assert "MLOps" in (await any_desk.engineer.command("/skill mlops")).plain


async def test_answer_that_would_come_too_late_is_a_clear_card(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = any_desk
    desk.nextrung.app.deadline_seconds = 0.2

    async def forever(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(desk.nextrung.services.members, "find", forever)
    card = await desk.slack.member(GUEST).command("/skill mlops")

    assert "took too long" in card.plain
    assert desk.last.seconds is not None
    assert desk.last.seconds < 1

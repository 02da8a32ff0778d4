"""Workspaces that installed the app: each with its own token, known to every process at once."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from sqlalchemy import event

from bot.sandbox.handles.surface import NoAnswer
from bot.sandbox.samples import ENGINEER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from bot.slack.tokens.identity import Claim
from bot.store.tokens.keys import TokenKeyMissing, new_token_key
from tests.scenario.desk import Desk, command_fields
from tests.scenario.installs.office import (
    HERE,
    THERE,
    asked,
    heard,
    install,
    kept,
    office,
    replica,
)


@pytest.fixture
async def desk(bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    async with office(bot_url, caplog) as desk:
        yield desk


def looked_up(desk: Desk) -> list[str]:
    """Note from now on where the store is asked for an installation."""
    sent: list[str] = []

    def note(*given: object) -> None:
        if "FROM installation" in str(given[2]):
            sent.append(str(given[2]))

    for engine in (desk.nextrung.database._reader, desk.nextrung.database._writer):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    return sent


async def test_each_is_answered_with_its_own_token_and_slack_is_never_asked_whose(
    desk: Desk,
) -> None:
    for workspace in (WORKSPACE, OTHER_WORKSPACE):
        await install(desk, workspace)
    queries = looked_up(desk)
    for _ in range(3):
        assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain
        there = desk.slack.member(OTHER_ENGINEER)
        assert "MLOps" in (await there.command("/skill mlops")).plain
    await desk.home(desk.engineer)
    await desk.home(there)
    used = {call.workspace_id for call in desk.slack.inspector.find(kind="api")}
    assert {WORKSPACE, OTHER_WORKSPACE} <= used
    assert asked(desk, "auth.test") == 0
    assert len(queries) == 2, "each is read once, then remembered"


async def test_a_workspace_without_the_app_is_told_so_and_read_once(desk: Desk) -> None:
    await install(desk)
    queries = looked_up(desk)
    for _ in range(3):
        answer = await desk.hand(command_fields(team_id="T0ELSEWHERE", response_url=None))
        assert "installed" in answer.text
    assert len(queries) == 1


async def test_another_process_serves_it_within_two_seconds(desk: Desk, bot_url: str) -> None:
    async with replica(desk.slack, bot_url) as other:
        assert await desk.nextrung.app.workspaces.find(HERE) is None
        made = await install(desk, by=other)
        await heard(desk.nextrung)
        found = await desk.nextrung.app.workspaces.find(HERE)
        assert found is not None
        assert found.client.token == made.token
        await other.services.installing.revoked(HERE, token=made.token)
        await heard(desk.nextrung)
        assert await desk.nextrung.app.workspaces.find(HERE) is None


async def test_two_processes_that_install_at_once_agree(desk: Desk, bot_url: str) -> None:
    async with replica(desk.slack, bot_url) as other:
        await install(desk, by=other)
        newest = await install(desk)
        for each in (desk.nextrung, other):
            await heard(each)
            found = await each.app.workspaces.find(HERE)
            assert found is not None
            assert found.client.token == newest.token


async def test_a_silent_token_of_the_settings_keeps_nobody_waiting(
    bot_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(bot_url, caplog, bot_token=True) as desk:
        gate = desk.slack.faults.hold("auth.test")
        await install(desk, OTHER_WORKSPACE)
        answer = await desk.slack.member(OTHER_ENGINEER).command("/skill mlops")
        assert "MLOps" in answer.plain
        gate.release()


async def test_a_refused_token_of_the_settings_is_not_asked_about_with_each_request(
    bot_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(bot_url, caplog, bot_token=True) as desk:
        desk.slack.revoke()
        for _ in range(5):
            await desk.hand(command_fields())
        assert asked(desk, "auth.test") == 1
        desk.slack.revoke(on=False)
        desk.slack.advance(60)
        assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain


async def test_the_five_minute_way_becomes_oauth_and_loses_nothing(
    bot_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with office(bot_url, caplog, bot_token=True) as desk:
        await desk.engineer.command("/growth goal lead")
        await desk.drained()
        assert await kept(desk) is None, "with two tokens nothing about tokens is kept"
        await install(desk)  # by OAuth, with the token still in .env
        assert (await desk.nextrung.app.workspaces.claimed(Claim(WORKSPACE))) is not None
        async with replica(desk.slack, bot_url) as later:  # the token left .env
            found = await later.app.workspaces.find(HERE)
            assert found is not None
            assert found.identity.tenant == HERE
            async with later.database.read(HERE) as work:
                (goal,) = await work.growth.goals_of(ENGINEER)
            assert (goal.role, goal.level) == ("llm-engineer", "lead")


async def test_a_dead_token_without_an_event_is_marked_and_nothing_is_deleted(desk: Desk) -> None:
    desk.faults_expected = True
    await install(desk)
    await desk.engineer.command("/growth goal lead")
    desk.slack.revoke()
    with suppress(NoAnswer):
        await desk.home(desk.engineer)
    known = await kept(desk)
    assert known is not None
    assert known.key_id is not None
    assert known.removed_at is None
    assert known.trouble is not None
    assert known.trouble.reason == "token_revoked"
    assert len(desk.logged("installation_trouble")) == 1
    desk.slack.revoke(on=False)
    await heard(desk.nextrung)
    await desk.home(desk.engineer)
    known = await kept(desk)
    assert known is not None
    assert known.works


async def test_a_lost_key_hides_a_workspace_and_deletes_nothing(desk: Desk, bot_url: str) -> None:
    desk.faults_expected = True
    await install(desk)
    async with replica(desk.slack, bot_url, keys=[new_token_key()]) as other:
        with pytest.raises(TokenKeyMissing):
            await other.app.workspaces.find(HERE)
        with pytest.raises(TokenKeyMissing):
            await other.services.installing.token_of(HERE)
        assert await other.app.workspaces.find(THERE) is None
    assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain

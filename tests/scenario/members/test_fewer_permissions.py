"""Without a permission something is missing, said in words, and all else works."""

import pytest

from bot.slack.installs.manifest import BOT_SCOPES
from tests.scenario.desk import Desk

OPTIONAL = [scope for scope in BOT_SCOPES if scope != "commands"]
FOR_FILES = ("im:write", "files:write")


def without(desk: Desk, scope: str) -> None:
    scopes = tuple(each for each in BOT_SCOPES if each != scope)
    desk.slack.world.tokens[desk.slack.bot_token].scopes = scopes


@pytest.mark.parametrize("scope", OPTIONAL)
async def test_commands_presses_and_home_work_without_it(desk: Desk, scope: str) -> None:
    without(desk, scope)
    card = await desk.engineer.command("/skill ml-experiment-tracking senior")
    assert "ML Experiment Tracking" in card.plain
    assert "LLM Engineer" in (await desk.engineer.command("/promote-gap")).plain
    told = await desk.engineer.command("/growth goal llm-engineer lead")
    assert "Goal" in told.plain
    assert "Goal" in (await desk.home(desk.engineer)).plain


@pytest.mark.parametrize("scope", FOR_FILES)
async def test_files_that_cannot_come_are_told(desk: Desk, scope: str) -> None:
    without(desk, scope)
    told = await desk.engineer.command("/growth export")
    await desk.drained()
    shown = told.plain + "".join(each.plain for each in desk.engineer.messages("general"))
    assert "I may not send you files here." in shown
    assert desk.engineer.messages("dm") == []


async def test_without_profiles_nobody_is_an_admin(desk: Desk) -> None:
    without(desk, "users:read")
    assert "Upload a File" not in (await desk.home(desk.admin)).buttons

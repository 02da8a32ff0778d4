"""An installation ends: events in any order, late and repeated, and what goes when."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.installs.audit import ActKind
from bot.domain.members.effects import EffectKind, Errand
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import BOT, ENGINEER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from tests.scenario.desk import Desk, Json
from tests.scenario.installs.office import HERE, KEY, THERE, install, kept, office, replica

DAY = timedelta(days=1).total_seconds()
REVOKED: Json = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}}
REMOVED: Json = {"type": "app_uninstalled"}


@pytest.fixture
async def desk(bot_url: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Desk]:
    async with office(bot_url, caplog) as desk:
        for workspace in (WORKSPACE, OTHER_WORKSPACE):
            await install(desk, workspace)
        await desk.engineer.command("/growth goal lead")
        await desk.slack.member(OTHER_ENGINEER).command("/growth role llm-engineer lead")
        yield desk


async def told(desk: Desk, *events: Json) -> None:
    """Let Slack tell of events, one after another."""
    for event in events:
        await desk.slack.event(event)
        await desk.drained()


async def after(desk: Desk, days: float) -> None:
    """Let so many days pass, and then a process look what is to be done."""
    desk.slack.advance(days * DAY)
    await desk.nextrung.services.effects.turn(desk.nextrung.errands)


async def is_held(desk: Desk, slack_id: str = ENGINEER, tenant: Tenant = HERE) -> bool:
    async with desk.nextrung.database.read(tenant) as work:
        return await work.members.get(slack_id) is not None


@pytest.mark.parametrize(
    "events",
    [
        (REVOKED, REMOVED),
        (REMOVED, REVOKED),
        (REMOVED,),
        (REMOVED, REMOVED, REVOKED, REVOKED, REMOVED),
    ],
    ids=["revoked first", "removed first", "removed alone", "repeated"],
)
async def test_tokens_go_at_once_and_members_data_after_a_while(
    desk: Desk, events: tuple[Json, ...]
) -> None:
    desk.slack.installs.remove(WORKSPACE)
    await told(desk, *events)
    known = await kept(desk)
    assert known is not None
    assert (known.key_id, known.works) == (None, False)
    assert known.removed_at is not None
    await after(desk, 13.9)
    assert await is_held(desk)
    await told(desk, REMOVED)
    await after(desk, 0.2)
    assert not await is_held(desk), "being told once more begins nothing anew"
    assert await kept(desk) is None
    assert await is_held(desk, OTHER_ENGINEER, THERE)
    assert await desk.nextrung.app.workspaces.find(THERE) is not None


async def test_a_reinstall_within_the_while_keeps_everything(desk: Desk) -> None:
    desk.slack.installs.remove(WORKSPACE)
    await told(desk, REVOKED, REMOVED)
    await after(desk, 13)
    await install(desk)
    overview = await desk.nextrung.services.effects.overview()
    assert overview.waiting == 0, "the removal is called off"
    await told(desk, REVOKED, REMOVED)  # late, once more
    await after(desk, 30)
    assert await is_held(desk)
    assert "Goal: *LLM Engineer, Lead*" in (await desk.engineer.command("/growth")).plain


async def test_late_events_of_a_working_app_do_nothing(desk: Desk) -> None:
    token = await desk.nextrung.services.installing.token_of(HERE)
    await told(desk, REVOKED, REMOVED, REVOKED)
    assert await desk.nextrung.services.installing.token_of(HERE) == token
    await after(desk, 30)
    assert await is_held(desk)


async def test_a_revoked_token_goes_and_what_members_hold_stays(desk: Desk) -> None:
    """It leaked, say: the app stays installed, and is to be installed once more."""
    await desk.drained()  # nothing else finds out what the token is worth
    desk.slack.revoke()
    await told(desk, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0OTHERBOT"]}})
    known = await kept(desk)
    assert known is not None
    assert known.works, "that was another app's bot"
    await told(desk, REVOKED)
    known = await kept(desk)
    assert known is not None
    assert (known.key_id, known.removed_at) == (None, None)
    assert known.trouble is not None
    await after(desk, 60)
    assert await is_held(desk)
    acts = [each.act.kind async for each in desk.nextrung.database.audit.entries()]
    assert acts.count(ActKind.TOKENS_DELETED) == 1


async def test_an_ip_list_is_no_removal(desk: Desk) -> None:
    desk.faults_expected = True
    desk.slack.faults.error("auth.test", error="invalid_auth", times=99)
    await told(desk, REVOKED, REMOVED)
    for _ in range(8):
        await after(desk, 10)
    assert await is_held(desk)
    assert await desk.nextrung.services.installing.token_of(HERE) is not None


async def test_without_the_key_nothing_is_deleted(desk: Desk, bot_url: str) -> None:
    desk.faults_expected = True
    await desk.nextrung.services.effects.begin(Errand(HERE, EffectKind.FORGET_WORKSPACE))
    async with replica(desk.slack, bot_url, keys=()) as other:
        desk.slack.advance(30 * DAY)
        await other.services.effects.turn(other.errands)
    assert await is_held(desk)
    async with replica(desk.slack, bot_url, keys=(KEY,)) as other:
        desk.slack.advance(DAY)
        await other.services.effects.turn(other.errands)
    assert await is_held(desk), "the token works: nothing was removed"

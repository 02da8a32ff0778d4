"""Organisations, moved and connected workspaces: payloads, events and methods, over real HTTP."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.page import page_routes
from bot.sandbox.sample_organisation import (
    IN_BOTH,
    NORTH,
    NORTH_ADMIN,
    NORTH_ENGINEER,
    ORG_BOT,
    ORGANISATION,
    OWNER,
    SHARED_CHANNEL,
    SOUTH,
    SOUTH_ENGINEER,
)
from bot.sandbox.samples import BOT, ENGINEER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from bot.sandbox.state.installs import KINDS
from tests.integration.sandbox.bots import served, web_client
from tests.integration.sandbox.test_installing import refusal

Json = dict[str, Any]
BUTTON = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}}
    ],
}
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [BUTTON],
}


class Ear:
    """A bot that remembers what it is sent, and opens a modal with `client` wherever it can."""

    def __init__(self) -> None:
        self.bodies: list[Json] = []
        self.client: AsyncWebClient | None = None

    async def answer(self, request: Request) -> Response:
        raw = (await request.body()).decode()
        fields = {} if raw.startswith("{") else dict(parse_qsl(raw))
        body: Json = json.loads(fields.get("payload") or raw) if "command" not in fields else fields
        self.bodies.append(body)
        opens = "trigger_id" in body and body.get("type") != "view_submission"
        if self.client is not None and opens and "view" not in body:
            await self.client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        return PlainTextResponse("")

    @property
    def last(self) -> Json:
        return self.bodies[-1]

    @property
    def events(self) -> list[tuple[str, str | None]]:
        return [(body["event"]["type"], body["team_id"]) for body in self.bodies]


@pytest.fixture
async def ear() -> Ear:
    return Ear()


@pytest.fixture
async def grid(ear: Ear) -> AsyncIterator[LocalSlack]:
    router = Router([Route("/slack/events", ear.answer, methods=["POST"])])
    async with (
        LocalSlack(organisation=True, routes=page_routes) as running,
        served(router) as address,
    ):
        running.connect_bot(f"{address}/slack/events")
        yield running


@pytest.fixture
def org_bot(grid: LocalSlack, ear: Ear) -> AsyncWebClient:
    """A client of the organisation's app, which is in the northern workspace."""
    issued = grid.installs.install(ORGANISATION, OWNER)
    grid.installs.give(NORTH)
    ear.client = web_client(grid, issued.token.value, retry_handlers=[])
    return ear.client


async def test_where_the_app_is_not_nobody_finds_it(grid: LocalSlack) -> None:
    north = grid.member(NORTH_ENGINEER)
    outcome = await grid.interactions.command(north.id, "/skill x", "C0NORTHGENERAL")
    assert outcome.notice == "/skill is not a valid command."
    with pytest.raises(ValueError, match="has not installed"):
        await north.open_home()
    grid.installs.install(ORGANISATION, OWNER)
    with pytest.raises(ValueError, match="has not installed"):
        await north.global_shortcut("find")


async def test_what_an_organisations_app_is_sent(
    grid: LocalSlack, ear: Ear, org_bot: AsyncWebClient
) -> None:
    both = grid.member(IN_BOTH)
    await both.command_view("/skill x", channel="C0NORTHGENERAL")
    told = ("team_id", "enterprise_id", "enterprise_name", "is_enterprise_install")
    assert tuple(ear.last[key] for key in told) == (
        NORTH,
        ORGANISATION,
        "Sample Organisation",
        "true",
    )
    modal = both.modal
    assert modal is not None
    await modal.press("Open")
    assert (ear.last["team"], ear.last["user"]["team_id"]) == (None, NORTH)
    assert ear.last["enterprise"]["id"] == ORGANISATION
    assert ear.last["view"]["app_installed_team_id"] == ORGANISATION
    assert ear.last["view"]["team_id"] == NORTH
    await grid.interactions.global_shortcut(both.id, "find")
    assert ear.bodies[-1]["team"] is None
    grid.installs.org_payloads_lack_team = False
    await grid.interactions.global_shortcut(both.id, "find")
    assert ear.last["team"]["id"] == NORTH
    grid.installs.give(SOUTH)
    await both.command_view("/skill x", channel="C0SOUTHGENERAL")
    assert ear.last["team_id"] == SOUTH


async def test_whom_an_organisations_token_knows(grid: LocalSlack, org_bot: AsyncWebClient) -> None:
    owner = (await org_bot.users_info(user=OWNER))["user"]
    assert owner["enterprise_user"] == {
        "id": OWNER,
        "enterprise_id": ORGANISATION,
        "enterprise_name": "Sample Organisation",
        "is_admin": True,
        "is_owner": True,
        "teams": [NORTH, SOUTH],
    }
    admin = (await org_bot.users_info(user=NORTH_ADMIN))["user"]
    assert (admin["is_admin"], admin["enterprise_user"]["is_owner"]) == (True, False)
    assert await refusal(org_bot.users_info(user=ENGINEER)) == "user_not_found"
    alone = (await web_client(grid).users_info(user=ENGINEER))["user"]
    assert "enterprise_user" not in alone
    teams = await org_bot.api_call("auth.teams.list")
    assert teams["teams"] == [{"id": NORTH, "name": "North Workspace"}]
    listed = (await org_bot.users_list(team_id=NORTH))["members"]
    assert {IN_BOTH, OWNER, ORG_BOT} <= {each["id"] for each in listed}


async def test_a_guest_of_a_shared_channel_brings_their_team_with_a_view_only(
    grid: LocalSlack, ear: Ear
) -> None:
    bot = ear.client = web_client(grid, retry_handlers=[])
    grid.world.channels[SHARED_CHANNEL].member_ids.add(BOT)
    await bot.chat_postMessage(channel=SHARED_CHANNEL, text="Hi", blocks=[BUTTON])
    south = grid.member(SOUTH_ENGINEER)
    card = grid.world.messages[SHARED_CHANNEL][-1]
    await grid.interactions.action(south.id, card, card.blocks[0]["block_id"], "open", None)
    assert (ear.last["team"]["id"], ear.last["user"]["team_id"]) == (WORKSPACE, SOUTH)
    modal = south.modal
    assert modal is not None
    await modal.submit()
    assert ear.last["type"] == "view_submission"
    assert (ear.last["team"]["id"], ear.last["user"]["team_id"]) == (SOUTH, SOUTH)
    assert ear.last["enterprise"]["id"] == ORGANISATION
    assert ear.last["is_enterprise_install"] is False
    view = ear.last["view"]
    assert (view["app_installed_team_id"], view["team_id"]) == (WORKSPACE, SOUTH)
    # They are no stranger to the app; others of their workspace are.
    assert (await bot.users_info(user=SOUTH_ENGINEER))["user"]["team_id"] == SOUTH
    assert await refusal(bot.users_info(user=OWNER)) == "user_not_found"
    # A command typed there is for the app of their own workspace, which has none.
    outcome = await grid.interactions.command(south.id, "/skill x", SHARED_CHANNEL)
    assert outcome.notice is not None


async def test_an_organisation_gives_and_takes_and_removes(
    grid: LocalSlack, ear: Ear, org_bot: AsyncWebClient
) -> None:
    await grid.install_events.give(SOUTH)
    assert ear.last["event"]["team_ids"] == [SOUTH]
    assert (ear.last["team_id"], ear.last["enterprise_id"]) == (None, ORGANISATION)
    assert ear.last["authorizations"][0]["is_enterprise_install"] is True
    await grid.install_events.take([NORTH])
    post = org_bot.chat_postMessage(channel=NORTH_ENGINEER, text="Hi")
    assert await refusal(post) == "team_access_not_granted"
    await grid.uninstall(ORGANISATION)
    assert ear.events == [
        ("team_access_granted", None),
        ("team_access_revoked", None),
        ("team_access_revoked", None),
        ("tokens_revoked", None),
        ("app_uninstalled", None),
    ]
    assert ear.bodies[-2]["event"]["tokens"] == {"oauth": [], "bot": [ORG_BOT]}
    assert await refusal(org_bot.auth_test()) == "account_inactive"
    assert not grid.world.workspaces[SOUTH].has_app
    again = grid.installs.install(ORGANISATION, OWNER)
    assert (await web_client(grid, again.token.value).auth_test())["ok"]


async def test_a_workspace_is_moved_and_ids_change(grid: LocalSlack, ear: Ear) -> None:
    bot = web_client(grid, grid.world.workspaces[OTHER_WORKSPACE].bot_token, retry_handlers=[])
    await bot.chat_postMessage(channel=OTHER_ENGINEER, text="Before")
    users = f"{OTHER_ENGINEER},U0OTHERBOT,U0NOBODY"
    exchange: Json = {"users": users}
    assert await refusal(bot.migration_exchange(**exchange)) == "not_enterprise_team"
    await grid.install_events.start_migration(OTHER_WORKSPACE)
    assert await refusal(bot.auth_test()) == "team_added_to_org"
    await grid.install_events.finish_migration(OTHER_WORKSPACE, renamed=[OTHER_ENGINEER])
    assert ear.events == [
        ("grid_migration_started", OTHER_WORKSPACE),
        ("grid_migration_finished", OTHER_WORKSPACE),
    ]
    assert ear.last["event"]["enterprise_id"] == ORGANISATION
    told = await bot.migration_exchange(**exchange)
    assert told["user_id_map"] == {OTHER_ENGINEER: "W0OTHER", "U0OTHERBOT": "U0OTHERBOT"}
    assert (told["team_id"], told["invalid_user_ids"]) == (OTHER_WORKSPACE, ["U0NOBODY"])
    back = await bot.migration_exchange(users="W0OTHER", to_old=True)
    assert back["user_id_map"] == {"W0OTHER": OTHER_ENGINEER}
    too_many = ",".join(f"U{number}" for number in range(401))
    assert await refusal(bot.migration_exchange(users=too_many)) == "too_many_users"
    assert await refusal(bot.users_info(user=OTHER_ENGINEER)) == "user_not_found"
    moved = (await bot.users_info(user="W0OTHER"))["user"]
    assert moved["enterprise_user"]["enterprise_id"] == ORGANISATION
    assert [each.text for each in grid.member("W0OTHER").messages("dm")] == ["Before"]
    assert (await bot.auth_test())["enterprise_id"] == ORGANISATION
    with pytest.raises(ValueError, match="already"):
        await grid.install_events.start_migration(OTHER_WORKSPACE)
    grid.migrations.leave(OTHER_WORKSPACE)
    assert "enterprise_id" not in await bot.auth_test()


async def test_every_event_is_sent_on_demand_late_and_again(grid: LocalSlack, ear: Ear) -> None:
    for kind in KINDS:
        places = (WORKSPACE, ORGANISATION)
        sent = 0
        for place in places:
            try:
                await grid.install_events.send(kind, place, event_id=f"Ev{kind}")
            except ValueError:
                continue
            sent += 1
            assert ear.last["event"]["type"] == kind
        assert sent == (2 if kind in ("tokens_revoked", "app_uninstalled") else 1)
    # Nothing of it was true.
    assert (await web_client(grid).auth_test())["ok"]
    first = next(e for e in grid.inspector.find(kind="events_api"))
    grid.advance(86_400)
    await grid.events.repeat(first.number)
    assert ear.last == ear.bodies[0]
    with pytest.raises(ValueError, match="no event"):
        await grid.events.repeat(10**6)


async def test_revoking_and_uninstalling_by_the_web_api(grid: LocalSlack, ear: Ear) -> None:
    bot = web_client(grid, retry_handlers=[])
    assert (await bot.auth_revoke(test=True))["revoked"] is False
    assert (await bot.auth_revoke())["revoked"] is True
    await grid.until(lambda: len(ear.bodies) == 1)
    assert await refusal(bot.auth_test()) == "token_revoked"
    other = web_client(grid, grid.world.workspaces[OTHER_WORKSPACE].bot_token, retry_handlers=[])
    await other.apps_uninstall(client_id=grid.client_id, client_secret=grid.client_secret)
    await grid.until(lambda: len(ear.bodies) == 3)
    assert ear.events == [
        ("tokens_revoked", WORKSPACE),
        ("tokens_revoked", OTHER_WORKSPACE),
        ("app_uninstalled", OTHER_WORKSPACE),
    ]
    assert await refusal(other.auth_test()) == "account_inactive"


async def test_the_faults_panel_reaches_an_organisations_token(
    grid: LocalSlack, org_bot: AsyncWebClient
) -> None:
    async def press(member: str, body: Json) -> int:
        async with session.post(f"{grid.url}/as/{member}/faults", json=body) as answer:
            return answer.status

    async with aiohttp.ClientSession() as session:
        fault = {"do": "add", "kind": "error", "value": "fatal_error", "times": "1"}
        assert await press(NORTH_ENGINEER, fault) == 200
        assert await refusal(org_bot.auth_test()) == "fatal_error"
        revoke = {"do": "revoke", "on": True}
        assert await press(NORTH_ENGINEER, revoke) == 200
        assert await refusal(org_bot.auth_test()) == "token_revoked"
        assert await press(SOUTH_ENGINEER, revoke) == 400


async def test_what_the_manifest_does_not_ask_for_is_not_sent() -> None:
    slack = LocalSlack(manifest={}, organisation=True)
    slack.installs.install(ORGANISATION, OWNER)
    await slack.install_events.give(NORTH)
    assert slack.inspector.find(kind="events_api") == []

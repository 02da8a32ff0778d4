"""Installing by OAuth: the page, codes, tokens, organisations, rotation; over real HTTP."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.oauth.asked import WrongAsk
from bot.sandbox.sample_organisation import (
    IN_BOTH,
    NORTH,
    NORTH_ADMIN,
    NORTH_ENGINEER,
    ORGANISATION,
    OWNER,
    SOUTH,
)
from bot.sandbox.samples import GUEST
from tests.integration.sandbox.bots import web_client

Json = dict[str, Any]
BACK = "http://localhost:3000/slack/oauth_redirect"
MANIFEST: Json = {
    "oauth_config": {
        "redirect_urls": [BACK, "https://bot.example.com/back"],
        "scopes": {
            "bot": ["commands", "chat:write", "users:read"],
            "bot_optional": ["files:write"],
        },
    }
}
SCOPES = "commands,chat:write,users:read,files:write"


@pytest.fixture
async def grid() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(manifest=MANIFEST, organisation=True) as running:
        yield running


def authorize(slack: LocalSlack, **changed: str) -> str:
    asked = {"client_id": slack.client_id, "scope": SCOPES, "redirect_uri": BACK, "state": "s&1"}
    return f"{slack.url}/oauth/v2/authorize?{urlencode(asked | changed)}"


def code_in(address: str) -> str:
    return URL(address).query["code"]


async def access(slack: LocalSlack, code: str = "", **more: str) -> Json:
    """Exchange a code as an app does; `more` goes before what is usual."""
    usual = {"client_id": slack.client_id, "client_secret": slack.client_secret}
    asked = usual | {"code": code, "redirect_uri": BACK} | more
    told = await web_client(slack, "", retry_handlers=[]).api_call("oauth.v2.access", data=asked)
    assert isinstance(told.data, dict)
    return told.data


async def refusal(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def bot_with(slack: LocalSlack, token: str) -> AsyncWebClient:
    return web_client(slack, token, retry_handlers=[])


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_a_workspace_is_installed_through_the_page(grid: LocalSlack) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(authorize(grid)) as shown:
            page = await shown.text()
            assert "form-action 'self' http://localhost:3000" in str(
                shown.headers["Content-Security-Policy"]
            )
        for seen in ("Sample Admin", "Sample Workspace", "files:write", 'value="allow"'):
            assert seen in page
        form = dict(URL(authorize(grid)).query) | {"as": "U0ADMIN", "place": "TSAMPLE"}
        address = f"{grid.url}/oauth/v2/authorize"
        async with session.post(
            address, data=form | {"do": "allow"}, allow_redirects=False
        ) as answer:
            location = URL(answer.headers["Location"])
        assert location.query["state"] == "s&1"
        async with session.post(
            address, data=form | {"do": "cancel"}, allow_redirects=False
        ) as answer:
            assert dict(URL(answer.headers["Location"]).query) == {
                "error": "access_denied",
                "state": "s&1",
            }
    # As slack_sdk does: who asks stands in the header.
    told = (
        await web_client(grid, "").oauth_v2_access(
            client_id=grid.client_id,
            client_secret=grid.client_secret,
            code=location.query["code"],
            redirect_uri=BACK,
        )
    ).data
    assert isinstance(told, dict)
    expected = {
        "ok": True,
        "token_type": "bot",
        "team": {"id": "TSAMPLE", "name": "Sample Workspace"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U0ADMIN"},
        "bot_user_id": "U0BOT",
    }
    assert told | expected == told
    assert "refresh_token" not in told
    # The box of the optional permission was not sent: it was unticked. What was granted stays.
    assert told["scope"] == "commands,chat:write,users:read,files:write"
    assert (await bot_with(grid, told["access_token"]).auth_test())["team_id"] == "TSAMPLE"


async def test_an_optional_permission_is_left_out(grid: LocalSlack) -> None:
    address = grid.consent(authorize(grid), member=NORTH_ADMIN, leave_out=["files:write"])
    told = await access(grid, code_in(address))
    assert told["scope"] == "commands,chat:write,users:read"
    assert told["enterprise"] == {"id": ORGANISATION, "name": "Sample Organisation"}
    assert told["team"]["id"] == NORTH
    assert grid.world.workspaces[NORTH].has_app
    # Asked again, the permission is added to the token that is there.
    again = await access(grid, code_in(grid.consent(authorize(grid), member=NORTH_ADMIN)))
    assert again["access_token"] == told["access_token"]
    assert again["scope"] == "commands,chat:write,users:read,files:write"


async def test_a_whole_organisation(grid: LocalSlack) -> None:
    address = grid.consent(authorize(grid), member=OWNER, place=ORGANISATION)
    told = await access(grid, code_in(address))
    assert told["team"] is None
    assert told["is_enterprise_install"] is True
    assert told["enterprise"]["id"] == ORGANISATION
    bot = bot_with(grid, told["access_token"])
    who = await bot.auth_test()
    assert (who["enterprise_id"], who["is_enterprise_install"]) == (ORGANISATION, True)
    # It is in no workspace yet.
    post: Json = {"channel": NORTH_ENGINEER, "text": "Hi"}
    assert await refusal(bot.chat_postMessage(**post)) == "team_access_not_granted"
    grid.installs.give(NORTH)
    assert (await bot.chat_postMessage(**post))["ok"]
    assert await refusal(bot.users_list()) == "missing_argument"
    assert (await bot.users_list(team_id=NORTH))["ok"]
    assert await refusal(bot.users_list(team_id=SOUTH)) == "team_access_not_granted"
    assert await refusal(bot.chat_postMessage(channel="U0ADMIN", text="Hi")) == "channel_not_found"
    # A workspace that has the organisation's app does not take one of its own.
    own = grid.consent(authorize(grid), member=NORTH_ADMIN)
    assert await refusal(access(grid, code_in(own))) == "cannot_install_an_org_installed_app"


async def test_an_organisations_answer_may_name_a_team_all_the_same(grid: LocalSlack) -> None:
    grid.installs.org_answers_name_a_team = True
    address = grid.consent(authorize(grid), member=OWNER, place=ORGANISATION)
    told = await access(grid, code_in(address))
    assert (told["team"]["id"], told["is_enterprise_install"]) == (NORTH, True)
    who = await bot_with(grid, told["access_token"]).auth_test()
    assert (who["team_id"], who["is_enterprise_install"]) == (NORTH, True)


@pytest.mark.parametrize(
    ("member", "place"),
    [(GUEST, None), (NORTH_ADMIN, ORGANISATION), (IN_BOTH, ORGANISATION), (OWNER, "TSAMPLE")],
)
def test_who_may_not_install(member: str, place: str | None) -> None:
    slack = LocalSlack(manifest=MANIFEST, organisation=True)
    with pytest.raises(WrongAsk, match="access_denied"):
        slack.consent(authorize(slack), member=member, place=place)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "commands,admin"}, "invalid_scope"),
        ({"redirect_uri": "http://localhost:3000/elsewhere"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}2"}, "bad_redirect_uri"),
        ({"redirect_uri": "http://bot.example.com/back"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://bot.example.com.evil.example/back"}, "bad_redirect_uri"),
        ({"redirect_uri": "javascript:alert(1)"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://[x/back"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_question_leads_nowhere(
    grid: LocalSlack, changed: dict[str, str], code: str
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(authorize(grid, **changed), allow_redirects=False) as answer,
    ):
        assert answer.status == 400
        assert code in await answer.text()


def test_paths_below_a_listed_address_and_none_at_all() -> None:
    slack = LocalSlack(manifest=MANIFEST)
    below = slack.consent(authorize(slack, redirect_uri=f"{BACK}/more?x=1"))
    assert below.startswith(f"{BACK}/more?x=1&code=")
    assert slack.consent(authorize(slack, redirect_uri="")).startswith(f"{BACK}?code=")


async def test_a_code_is_worth_one_token_to_who_asked_for_it(grid: LocalSlack) -> None:
    def code() -> str:
        return code_in(grid.consent(authorize(grid)))

    assert await refusal(access(grid, code(), client_id="1.2")) == "invalid_client_id"
    assert await refusal(access(grid, code(), client_secret="x")) == "bad_client_secret"
    assert await refusal(access(grid, code(), redirect_uri=f"{BACK}/x")) == "bad_redirect_uri"
    theirs = grid.installs.allow("TSAMPLE", "U0ADMIN", redirect_uri=BACK, client_id="another")
    assert await refusal(access(grid, theirs)) == "invalid_code"
    once, late = code(), code()
    assert (await access(grid, once))["ok"]
    assert await refusal(access(grid, once)) == "invalid_code"
    grid.advance(601)
    assert await refusal(access(grid, late)) == "invalid_code"


async def test_tokens_that_end_after_twelve_hours(grid: LocalSlack) -> None:
    grid.installs.rotates = True
    told = await access(grid, code_in(grid.consent(authorize(grid), member=NORTH_ADMIN)))
    assert told["expires_in"] == 43_200
    assert told["access_token"].startswith("xoxe.xoxb-")
    assert told["refresh_token"].startswith("xoxe-1-")
    first = bot_with(grid, told["access_token"])
    grid.advance(11 * 3600)
    asked = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    fresh = await access(grid, **asked)
    assert (fresh["team"]["id"], fresh["expires_in"]) == (NORTH, 43_200)
    assert fresh["access_token"] != told["access_token"]
    assert await refusal(access(grid, **asked)) == "invalid_refresh_token"
    assert 3595 <= (await first.auth_test())["expires_in"] <= 3600
    grid.advance(3600)
    assert await refusal(first.auth_test()) == "token_expired"
    assert (await bot_with(grid, fresh["access_token"]).auth_test())["ok"]


async def test_a_manifest_turns_rotation_on() -> None:
    slack = LocalSlack(manifest=MANIFEST | {"settings": {"token_rotation_enabled": True}})
    issued = slack.installs.install("TOTHER", "U0OTHER")
    assert issued.refresh_token
    slack.installs.remove("TOTHER")
    assert issued.token.trouble(slack.clock.now()) == "account_inactive"


async def test_a_request_that_an_admin_approves_leads_nobody_back(grid: LocalSlack) -> None:
    grid.installs.needs_approval = True
    form = dict(URL(authorize(grid)).query) | {"as": "U0ENGINEER", "place": "TSAMPLE"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{grid.url}/oauth/v2/authorize", data=form | {"do": "allow"}, allow_redirects=False
        ) as answer,
    ):
        assert answer.status == 200
        assert "An admin has to approve this app" in await answer.text()
    assert grid.installs.requests == {"TSAMPLE": "U0ENGINEER"}
    with pytest.raises(ValueError, match="only an admin"):
        grid.installs.approve("TSAMPLE", "U0ENGINEER")
    # An admin needs nobody; after the approval, nor does who asked.
    assert code_in(grid.consent(authorize(grid), member="U0ADMIN"))
    grid.installs.approve("TSAMPLE", "U0ADMIN")
    assert grid.installs.requests == {}
    assert code_in(grid.consent(authorize(grid), member="U0ENGINEER"))

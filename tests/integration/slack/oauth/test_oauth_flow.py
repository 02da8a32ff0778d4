"""An installation in a browser: every way through it, and every way back to its beginning."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung
from bot.domain.tenancy import Tenant
from bot.services.installs.begun import HOLDS_FOR
from bot.slack.installs.manifest import BOT_SCOPES
from tests.fakes.clock import FrozenClock
from tests.fakes.oauth_slack import (
    CLIENT_ID,
    CLIENT_SECRET,
    OAuthSlack,
    identity,
    organisation_answer,
    workspace_answer,
)
from tests.integration.slack.oauth.in_browser import (
    BACK,
    INSTALL,
    PUBLIC,
    START,
    begun,
    browser_of,
    finished,
    kept,
    shown,
)


async def test_a_workspace_is_installed(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    first = await browser.get(INSTALL)
    assert first.status_code == 200
    assert "Add Nextrung to Slack" in shown(first)
    assert f'href="{START}"' in first.text
    assert slack.asked == []

    sent = await browser.get(START)
    place = urlsplit(sent.headers["location"])
    assert f"{place.scheme}://{place.netloc}{place.path}" == "https://slack.com/oauth/v2/authorize"
    asked = parse_qs(place.query)
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["scope"] == [",".join(BOT_SCOPES)]
    assert asked["redirect_uri"] == [f"{PUBLIC}{BACK}"]
    assert CLIENT_SECRET not in sent.headers["location"]

    done = await browser.get(BACK, params={"code": "good", "state": asked["state"][0]})
    assert done.status_code == 200
    text = shown(done)
    assert "Nextrung is in Northwind" in text
    assert "What was left out" not in text
    assert "https://slack.com/app_redirect?app=A0NEXTRUNG&amp;team=T0NORTH" in done.text

    found = await kept(nextrung)
    assert found is not None
    assert (found.token, found.team_id, found.bot_id) == ("xoxb-north", "T0NORTH", "B0BOT")
    assert (found.name, found.installer, found.org_wide) == ("Northwind", "U0INSTALLER", False)
    assert found.scopes == tuple(BOT_SCOPES)
    method, given = slack.asked[0]
    assert (method, given["code"]) == ("oauth.v2.access", "good")
    assert given["redirect_uri"] == f"{PUBLIC}{BACK}"


async def test_an_organisation_is_led_to_where_workspaces_are_added(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    told = identity("T0MAIN", enterprise_id="E0GRID", is_enterprise_install=True)
    # Slack may name a workspace beside the organisation all the same.
    answer = organisation_answer() | {"team": {"id": "T0MAIN", "name": "Main"}}
    slack.install("org", answer, told)
    done = await finished(browser, "org")
    text = shown(done)
    assert "Nextrung is installed for Grid & Sons" in text
    assert "It is in no workspace yet" in text
    add = "https://app.slack.com/manage/E0GRID/integrations/profile/A0NEXTRUNG/workspaces/add"
    assert f'href="{add}"' in done.text
    found = await kept(nextrung, Tenant(None, "E0GRID"))
    assert found is not None
    assert (found.org_wide, found.team_id, found.enterprise_id) == (True, None, "E0GRID")
    assert await kept(nextrung, Tenant("T0MAIN")) is None


async def test_a_rotating_token_is_kept_with_its_end(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack, clock: FrozenClock
) -> None:
    answer = workspace_answer() | {"refresh_token": "xoxe-1-refresh", "expires_in": 43200}
    slack.install("rotating", answer, identity())
    await finished(browser, "rotating")
    found = await kept(nextrung)
    assert found is not None
    assert found.expires_at is not None
    assert found.refresh_token == "xoxe-1-refresh"
    assert (found.expires_at - clock.now()).total_seconds() == 43200


async def test_installing_again_renews_it_and_says_what_is_new(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack, clock: FrozenClock
) -> None:
    few = workspace_answer(token="xoxb-first", scope="commands,chat:write,users:read")
    slack.install("few", few, identity())
    text = shown(await finished(browser, "few"))
    assert "What was left out" in text
    assert text.count("Nobody is sent files") == 1
    assert "No framework can be uploaded in Slack." in text
    clock.advance(HOLDS_FOR * 12)
    text = shown(await finished(browser))
    assert "everything that members keep is still there" in text
    assert "What it may do from now on" in text
    assert "Send the files that somebody asks for" in text
    assert "What was left out" not in text
    found = await kept(nextrung)
    assert found is not None
    assert found.token == "xoxb-north"


async def test_a_state_is_used_once(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    state = await begun(browser)
    first = await browser.get(BACK, params={"code": "good", "state": state})
    slack.install("next", workspace_answer(), identity())
    again = await browser.get(BACK, params={"code": "next", "state": state})
    assert (first.status_code, again.status_code) == (200, 400)
    assert "This page cannot finish an installation" in shown(again)
    assert len(slack.asked) == 2, "the second code was not even sent"


async def test_two_tabs_of_a_browser_are_two_installations(
    browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    slack.install("next", workspace_answer(), identity())
    one, two = await begun(browser), await begun(browser)
    for code, state in (("good", two), ("next", one)):
        answer = await browser.get(BACK, params={"code": code, "state": state})
        assert answer.status_code == 200


async def test_another_browser_finishes_nothing_and_spoils_nothing(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    state = await begun(browser)
    async with browser_of(nextrung) as other:
        for _ in range(2):  # without a cookie, then with one of its own
            answer = await other.get(BACK, params={"code": "good", "state": state})
            assert answer.status_code == 400
            await begun(other)
    assert slack.asked == []
    answer = await browser.get(BACK, params={"code": "good", "state": state})
    assert answer.status_code == 200


async def test_one_that_is_too_old_is_told_and_the_button_is_there(
    browser: httpx.AsyncClient, slack: OAuthSlack, clock: FrozenClock
) -> None:
    state = await begun(browser)
    clock.advance(HOLDS_FOR * 1.01)
    answer = await browser.get(BACK, params={"code": "good", "state": state})
    assert answer.status_code == 400
    text = shown(answer)
    assert "more than ten minutes old" in text
    assert "Did an admin agree to it meanwhile" in text
    assert f'href="{INSTALL}"' in answer.text
    assert slack.asked == []


@pytest.mark.parametrize("query", ["", "?code=good", "?state=" + "s" * 43, "?x=1"])
async def test_the_redirect_without_a_state_makes_sense(
    browser: httpx.AsyncClient, slack: OAuthSlack, query: str
) -> None:
    await begun(browser)
    answer = await browser.get(BACK + query)
    assert answer.status_code == 400
    assert "Did an admin agree to it meanwhile" in shown(answer)
    assert slack.asked == []


async def test_a_denial_is_no_fault_and_uses_the_state_up(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    state = await begun(browser)
    with capture_logs() as logs:
        answer = await browser.get(BACK, params={"error": "access_denied", "state": state})
    assert answer.status_code == 200
    assert "Nothing was installed" in shown(answer)
    assert [each for each in logs if each["log_level"] != "info"] == []
    after = await browser.get(BACK, params={"code": "good", "state": state})
    assert after.status_code == 400
    assert await kept(nextrung) is None


async def test_another_error_of_slacks_is_told_by_its_name(browser: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        answer = await browser.get(BACK, params={"error": "invalid_scope"})
    assert "Slack says: invalid_scope" in shown(answer)
    assert logs[-1]["reason"] == "invalid_scope"

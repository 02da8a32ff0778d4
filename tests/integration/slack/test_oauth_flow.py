"""An installation in a browser: every way through it, and every way that ends before."""

import asyncio
import base64
import hashlib
import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import html5lib
import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.domain.installs.installation import Installation
from bot.domain.tenancy import Tenant
from bot.services.installs.begun import HOLDS_FOR
from bot.slack.installs.manifest import BOT_SCOPES
from bot.slack.installs.oauth import exchange, flow
from bot.store.errors import StoreUnavailable
from tests.fakes.clock import FrozenClock
from tests.fakes.oauth_slack import (
    CLIENT_ID,
    CLIENT_SECRET,
    OAuthSlack,
    identity,
    oauth_slack,
    organisation_answer,
    workspace_answer,
)

PUBLIC = "https://nextrung.example.com"
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
INSTALL, START, BACK = "/slack/install", "/slack/install/start", "/slack/oauth_redirect"
HERE = Tenant("T0NORTH")


@pytest.fixture
async def slack() -> AsyncIterator[OAuthSlack]:
    async with oauth_slack() as slack:
        slack.install("good", workspace_answer(), identity())
        yield slack


def settings(slack: OAuthSlack, url: str, **more: Any) -> Settings:
    given: dict[str, Any] = {
        "slack_signing_secret": SecretStr("a secret"),
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": SecretStr(CLIENT_SECRET),
        "slack_api_url": slack.api_url,
        "nextrung_public_url": PUBLIC,
        "nextrung_token_keys": SecretStr(KEY),
        "database_url": url,
    }
    return Settings(_env_file=None, **given | more)


@pytest.fixture
async def nextrung(
    slack: OAuthSlack, sqlite_url: str, clock: FrozenClock
) -> AsyncIterator[Nextrung]:
    built = bootstrap(settings(slack, sqlite_url), clock=clock)
    yield built
    await built.stop()


def browser_of(nextrung: Nextrung, **headers: str) -> httpx.AsyncClient:
    """A browser with cookies of its own, which follows nothing by itself."""
    transport = httpx.ASGITransport(app=nextrung.http)
    return httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers=headers)


@pytest.fixture
async def browser(nextrung: Nextrung) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_of(nextrung) as client:
        yield client


async def begun(browser: httpx.AsyncClient) -> str:
    """Press the button; return the state that Slack is handed."""
    sent = await browser.get(START)
    assert sent.status_code == 302
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    return asked["state"][0]


async def finished(browser: httpx.AsyncClient, code: str = "good") -> httpx.Response:
    """Go the whole way, as a browser does."""
    return await browser.get(BACK, params={"code": code, "state": await begun(browser)})


def shown(answer: httpx.Response) -> str:
    """Return what a page says, as plain text; it is valid HTML, safe, and kept by nobody."""
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(answer.text)
    headers = answer.headers
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text
    body = tree.find("{http://www.w3.org/1999/xhtml}body")
    return " ".join("".join(body.itertext()).split())


async def kept(nextrung: Nextrung, tenant: Tenant = HERE) -> Installation | None:
    async with nextrung.database.read(tenant) as work:
        found: Installation | None = await work.installations.get()
        return found


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


ANSWER = workspace_answer()


@pytest.mark.parametrize(
    ("answer", "told", "status", "words"),
    [
        ({"ok": False, "error": "invalid_code"}, None, 400, "belongs to another app"),
        ({"ok": False, "error": "bad_client_secret"}, None, 502, "nextrung doctor"),
        ({"ok": False, "error": "bad_redirect_uri"}, None, 502, "nextrung doctor"),
        ({"ok": False, "error": "fatal_error"}, None, 502, "begin again in a moment"),
        (ANSWER, {"ok": False, "error": "token_revoked"}, 409, "took it back"),
        (ANSWER, {"ok": False, "error": "account_inactive"}, 409, "took it back"),
        (ANSWER, {"ok": False, "error": "internal_error"}, 502, "begin again in a moment"),
        (ANSWER, identity("T0OTHER"), 502, "does not say which workspace"),
        (ANSWER, identity("T0NORTH", bot_id=None), 502, "does not say which workspace"),
        (ANSWER | {"team": None}, identity(), 502, "does not say which workspace"),
        (ANSWER | {"team": {"id": "<b>"}}, identity("<b>"), 502, "does not say which workspace"),
        (ANSWER | {"access_token": None}, None, 502, "does not say which workspace"),
        (
            organisation_answer(),
            identity("T0MAIN", enterprise_id="E0OTHER", is_enterprise_install=True),
            502,
            "does not say which workspace",
        ),
    ],
)
async def test_without_a_token_that_works_nothing_is_kept(
    nextrung: Nextrung,
    browser: httpx.AsyncClient,
    slack: OAuthSlack,
    answer: dict[str, Any],
    told: dict[str, Any] | None,
    status: int,
    words: str,
) -> None:
    slack.codes["odd"] = answer
    if told is not None:
        slack.tokens[answer["access_token"]] = told
    with capture_logs() as logs:
        page = await finished(browser, "odd")
    assert page.status_code == status
    assert words in shown(page)
    assert f'href="{INSTALL}"' in page.text
    assert "install_not_granted" in [each["event"] for each in logs]
    assert await nextrung.database.installations.all() == []


async def test_another_clients_code_is_none_of_ours(
    nextrung: Nextrung, browser: httpx.AsyncClient
) -> None:
    page = await finished(browser, "a-code-of-another-app")
    assert page.status_code == 400
    assert "belongs to another app" in shown(page)
    assert await kept(nextrung) is None


async def test_slack_that_is_silent_is_told_and_a_code_is_never_sent_twice(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    slack.away = ["oauth.v2.access"]
    page = await finished(browser)
    assert page.status_code == 502
    assert "Slack does not answer just now" in shown(page)
    assert [method for method, _ in slack.asked] == ["oauth.v2.access"] or slack.asked == []
    assert await kept(nextrung) is None


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_nobody_waits_for_slack_for_ever(
    browser: httpx.AsyncClient, slack: OAuthSlack, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(exchange, "_SECONDS", 0.05)
    slack.silent = {method}
    page = await finished(browser)
    assert page.status_code == 502
    assert "Slack does not answer just now" in shown(page)


async def test_a_lost_answer_about_the_token_is_asked_for_again(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    slack.away = ["auth.test"]
    assert (await finished(browser)).status_code == 200
    assert await kept(nextrung) is not None


class Away:
    """A database that is away for so many calls, then back."""

    def __init__(self, times: int, real: Any) -> None:
        self.times, self.real = times, real

    async def __call__(self, *given: Any, **named: Any) -> Any:
        if self.times:
            self.times -= 1
            raise StoreUnavailable(reason="away")
        return await self.real(*given, **named)


async def test_a_database_that_is_down_loses_nothing_and_the_same_address_works_later(
    nextrung: Nextrung,
    browser: httpx.AsyncClient,
    slack: OAuthSlack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states = nextrung.database.oauth_states
    monkeypatch.setattr(states, "keep", Away(1, states.keep))
    page = await browser.get(START)
    assert page.status_code == 503
    assert f'href="{START}"' in page.text
    assert "Nothing is lost" in shown(page)

    state = await begun(browser)
    monkeypatch.setattr(states, "take", Away(1, states.take))
    page = await browser.get(BACK, params={"code": "good", "state": state})
    assert page.status_code == 503
    assert slack.asked == []
    retry = f"{BACK}?code=good&amp;state={state}"
    assert f'href="{retry}"' in page.text
    done = await browser.get(retry.replace("&amp;", "&"))
    assert done.status_code == 200
    assert await kept(nextrung) is not None


@pytest.mark.parametrize(("times", "status"), [(1, 200), (2, 503)])
async def test_a_database_that_goes_down_meanwhile_is_tried_again_then_told(
    nextrung: Nextrung,
    browser: httpx.AsyncClient,
    slack: OAuthSlack,
    monkeypatch: pytest.MonkeyPatch,
    times: int,
    status: int,
) -> None:
    installing = nextrung.services.installing
    monkeypatch.setattr(installing, "install", Away(times, installing.install))
    page = await finished(browser)
    assert page.status_code == status
    if status == 503:
        assert "Slack has added Nextrung" in shown(page)
        slack.install("again", workspace_answer(), identity())
        assert (await finished(browser, "again")).status_code == 200
    assert await kept(nextrung) is not None


async def test_what_nobody_thought_of_is_a_page_and_a_log_entry(
    nextrung: Nextrung, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: Any, **_named: Any) -> bool:
        raise RuntimeError("unheard of")

    monkeypatch.setattr(nextrung.database.oauth_states, "take", broken)
    with capture_logs() as logs:
        page = await finished(browser)
    assert page.status_code == 500
    assert "unheard of" not in page.text
    assert "it was noted" in shown(page)
    assert [each["event"] for each in logs] == ["install_failed"]


@pytest.mark.parametrize("path", [INSTALL, START, BACK + "?code=good&state=" + "s" * 43])
async def test_a_look_whether_the_page_is_there_does_nothing(
    browser: httpx.AsyncClient, slack: OAuthSlack, path: str
) -> None:
    answer = await browser.head(path)
    assert (answer.status_code, answer.text) == (200, "")
    assert "set-cookie" not in answer.headers
    assert slack.asked == []
    for method in ("POST", "PUT", "DELETE"):
        assert (await browser.request(method, path)).status_code == 405


EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\r\nSet-Cookie: a=b"


@pytest.mark.parametrize("name", ["code", "state", "error", "team", "error_description", EVIL])
async def test_nothing_of_a_query_reaches_a_page(browser: httpx.AsyncClient, name: str) -> None:
    for path in (INSTALL, BACK):
        answer = await browser.get(path, params={name: EVIL})
        shown(answer)
        assert "alert" not in answer.text
        assert "alert" not in str(answer.headers)


async def test_names_of_slacks_are_shown_as_text(
    nextrung: Nextrung, browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    slack.install("evil", workspace_answer(name=EVIL + "\0\ud800"), identity())
    done = await finished(browser, "evil")
    assert done.status_code == 200
    assert "<script>alert(1)</script>" in shown(done), "as words, and as nothing else"
    assert "&lt;script&gt;" in done.text


async def test_a_huge_query_is_refused_before_anything(
    browser: httpx.AsyncClient, slack: OAuthSlack
) -> None:
    for query in ("code=" + "a" * 60_000, "&".join(f"a{n}=1" for n in range(5000)), "code=%ff"):
        answer = await browser.get(f"{BACK}?{query}")
        assert answer.status_code == 400
        assert "This address cannot be understood" in shown(answer)
    assert slack.asked == []


async def test_it_speaks_the_language_of_the_browser(nextrung: Nextrung) -> None:
    async with browser_of(nextrung, **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}) as chinese:
        page = await chinese.get(INSTALL)
        assert '<html lang="zh">' in page.text
        assert "Slack" in shown(page)
        assert re.search(r"[\u4e00-\u9fff]{4}", shown(page))
        assert "Add" not in shown(page)
        done = await finished(chinese)
        assert "Northwind" in shown(done)
        assert re.search(r"[\u4e00-\u9fff]{4}", shown(done))


async def test_more_than_people_do_is_held_back(
    slack: OAuthSlack, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "PER_MINUTE", 3)
    monkeypatch.setattr(flow, "monotonic", lambda: 1000.0)
    built = bootstrap(settings(slack, sqlite_url))
    try:
        async with browser_of(built) as browser:
            states = [await begun(browser) for _ in range(3)]
            back = {"code": "good", "state": states[0]}
            for answer in (await browser.get(START), await browser.get(BACK, params=back)):
                assert answer.status_code == 429
                assert "try again in a minute" in shown(answer)
            assert (await browser.get(INSTALL)).status_code == 200
    finally:
        await built.stop()


async def test_two_replicas_that_install_at_once_keep_one(
    slack: OAuthSlack, database_url: str
) -> None:
    """One person in two tabs, whose answers reach two processes: both pages are true."""
    slack.install("next", workspace_answer(), identity())
    here, there = (bootstrap(settings(slack, database_url)) for _ in range(2))
    try:
        async with browser_of(here) as one, browser_of(there) as two:
            states = [await begun(one)]
            two.cookies = one.cookies
            states.append(await begun(two))
            done = await asyncio.gather(
                one.get(BACK, params={"code": "good", "state": states[1]}),
                two.get(BACK, params={"code": "next", "state": states[0]}),
            )
        assert [each.status_code for each in done] == [200, 200]
        assert len(await here.database.installations.all()) == 1
        assert await kept(there) is not None
    finally:
        await here.stop()
        await there.stop()


async def test_below_a_path_and_on_this_machine_links_and_cookies_fit(
    slack: OAuthSlack, sqlite_url: str
) -> None:
    public = "http://127.0.0.1:3000/nextrung"
    built = bootstrap(settings(slack, sqlite_url, nextrung_public_url=public))
    try:
        transport = httpx.ASGITransport(app=built.http)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            page = await client.get(INSTALL)
            assert f'href="/nextrung{START}"' in page.text
            assert (await finished(client)).status_code == 200
    finally:
        await built.stop()


async def test_without_oauth_there_is_no_such_page(slack: OAuthSlack, sqlite_url: str) -> None:
    built = bootstrap(
        settings(slack, sqlite_url, slack_client_id=None, slack_bot_token=SecretStr("xoxb-1"))
    )
    try:
        async with browser_of(built) as client:
            for path in (INSTALL, START, BACK):
                assert (await client.get(path)).status_code == 404
    finally:
        await built.stop()


async def test_no_secret_is_logged(
    browser: httpx.AsyncClient, slack: OAuthSlack, capsys: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as logs:
        await finished(browser)
        await finished(browser, "a-code-of-another-app")
    for secret in ("xoxb-north", CLIENT_SECRET, "a-code-of-another-app", KEY):
        assert secret not in str(logs)
        assert secret not in "".join(capsys.readouterr())

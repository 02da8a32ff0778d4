"""The pages of an installation: safe, in one language, at their addresses, and not too many."""

import asyncio
import re

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung, bootstrap
from bot.slack.installs.oauth import flow
from tests.fakes.oauth_slack import CLIENT_SECRET, OAuthSlack, identity, workspace_answer
from tests.integration.slack.oauth.in_browser import (
    BACK,
    INSTALL,
    KEY,
    START,
    begun,
    browser_of,
    finished,
    kept,
    settings,
    shown,
)


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

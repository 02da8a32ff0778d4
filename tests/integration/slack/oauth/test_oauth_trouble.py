"""An installation in a browser that ends before: by tokens, by Slack, by the database."""

from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.bootstrap import Nextrung
from bot.slack.installs.oauth import exchange
from bot.store.errors import StoreUnavailable
from tests.fakes.oauth_slack import OAuthSlack, identity, organisation_answer, workspace_answer
from tests.integration.slack.oauth.in_browser import (
    BACK,
    INSTALL,
    START,
    begun,
    finished,
    kept,
    shown,
)

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

"""The one error handler: every kind of request gets an answer that it can show."""

import json
import re
from collections.abc import AsyncIterator, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from structlog.testing import capture_logs

from bot.domain.errors import (
    CatalogueUnavailable,
    NextrungError,
    OutdatedCard,
    QueryTooLong,
    TooSlow,
)
from bot.domain.growth.standing import FRESH_FOR
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.judge import judge_message, judge_view
from bot.services.bundle import Services, build_services
from bot.services.installs.moving import Moves
from bot.services.lookup.held_catalogues import Catalogues
from bot.slack.client import SlackClient, slack_client
from bot.slack.context import Here
from bot.slack.errors import answer_error
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.text.translator import load_translators
from tests.fakes.clock import FrozenClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.messenger import SampleMessenger
from tests.fakes.profiles import SampleProfiles
from tests.fakes.published import SamplePublished
from tests.unit.samples import ALL_WORDS, built_in

TRANSLATORS = load_translators()
COMMAND = {"command": "/skill", "text": "mlops"}


@pytest.fixture
async def services(sqlite_url: str, clock: FrozenClock) -> AsyncIterator[Services]:
    database = Database(sqlite_url)
    yield build_services(
        database,
        catalogues=Catalogues(SamplePublished(), ALL_WORDS),
        profiles=SampleProfiles(None),
        messenger=SampleMessenger(),
        directory=FakeDirectory(),
        translators=TRANSLATORS,
        moves=Moves(database, clock),
        clock=clock,
        fresh_for=FRESH_FOR,
    )
    await database.dispose()


def _never(work: Coroutine[Any, Any, None], *, turn: Hashable = None) -> bool:
    raise AssertionError("no error is answered beside the answer")


def context_in(locale: str | None, services: Services) -> AsyncBoltContext:
    """A context as Bolt has it: with the member, or from a request that failed before."""
    context = AsyncBoltContext({"team_id": "T0SAMPLE", "user_id": "U0ENGINEER"})
    context["client"] = slack_client(None, api_url="http://127.0.0.1:9/api/")
    if locale:
        member = Member(Tenant("T0SAMPLE"), "U0ENGINEER", locale=locale)
        context["here"] = Here(
            member,
            built_in(),
            TRANSLATORS.for_locale(locale),
            services,
            later=_never,
            client=cast("SlackClient", context.client),
        )
    return context


def body_of(response: BoltResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.body)
    return found


def refused(code: str) -> SlackApiError:
    return SlackApiError("refused", {"error": code})  # type: ignore[no-untyped-call]  # slack_sdk's


ERRORS: list[Exception] = [
    QueryTooLong(limit=300),
    OutdatedCard(),
    CatalogueUnavailable(),
    TooSlow(),
    StoreUnavailable(reason="database is locked"),
    refused("expired_trigger_id"),
    refused("invalid_blocks"),
    RuntimeError("secret detail"),
]


@pytest.mark.parametrize("locale", [None, "en-US", "zh-CN"])
@pytest.mark.parametrize("error", ERRORS, ids=repr)
async def test_a_command_gets_a_card_that_only_its_sender_sees(
    error: Exception, locale: str | None, services: Services
) -> None:
    response = await answer_error(error, COMMAND, context_in(locale, services), services)
    body = body_of(response)
    assert (response.status, body["response_type"]) == (200, "ephemeral")
    assert not judge_message(body).violations
    assert "secret detail" not in response.body
    assert "locked" not in response.body
    chinese = bool(re.search("[\u4e00-\u9fff]", body["text"]))
    assert chinese is (locale == "zh-CN")


async def test_each_typed_error_has_its_own_words(services: Services) -> None:
    texts = {
        type(error): body_of(
            await answer_error(error, COMMAND, context_in("en", services), services)
        )["text"]
        for error in ERRORS
        if isinstance(error, NextrungError)
    }
    assert len(set(texts.values())) == len(texts) == 5
    assert "300" in texts[QueryTooLong]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("expired_trigger_id", "within three seconds"),
        ("exchanged_trigger_id", "has opened its form already"),
        ("invalid_trigger_id", "did not let a form open this time"),
        ("not_found", "was closed before I could bring it up to date"),
    ],
)
async def test_a_form_that_is_past_says_in_which_way(
    code: str, words: str, services: Services
) -> None:
    answer = await answer_error(refused(code), COMMAND, context_in("en", services), services)
    assert words in body_of(answer)["text"]


async def test_a_modal_turned_twice_at_once_has_nothing_to_tell(services: Services) -> None:
    response = await answer_error(
        refused("hash_conflict"), COMMAND, context_in("en", services), services
    )
    assert (response.status, response.body) == (200, "")


async def test_the_member_and_the_log_see_the_same_incident(services: Services) -> None:
    shown = []
    with capture_logs() as logged:
        for _ in range(2):
            response = await answer_error(
                RuntimeError("boom"), COMMAND, context_in("en", services), services
            )
            shown += re.findall("[0-9a-f]{8}", body_of(response)["text"])
    assert len(set(shown)) == 2
    assert [each["incident"] for each in logged] == shown


async def test_a_select_gets_no_options(services: Services) -> None:
    body = {"type": "block_suggestion", "value": "ml"}
    response = await answer_error(TooSlow(), body, context_in("en", services), services)
    assert body_of(response) == {"options": []}


async def test_a_form_shows_the_error_in_its_place(services: Services) -> None:
    body = {"type": "view_submission", "view": {"id": "V1"}}
    response = await answer_error(TooSlow(), body, context_in("zh-CN", services), services)
    answer = body_of(response)
    assert answer["response_action"] == "update"
    assert not judge_view(answer["view"], surface="modal").violations


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event": {"type": "user_change"}},
        {"type": "view_closed"},
        {"type": "shortcut"},
        {"type": "block_actions", "view": {"id": "V1"}},
        {},
    ],
    ids=str,
)
async def test_what_can_show_nothing_is_acknowledged(
    body: dict[str, Any], services: Services
) -> None:
    response = await answer_error(RuntimeError("boom"), body, context_in("en", services), services)
    assert (response.status, response.body) == (200, "")


@dataclass
class ResponseUrl:
    """A response URL on loopback that keeps what it got."""

    url: str = ""
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        return web.Response(status=self.status, text="ok")


@pytest.fixture
async def response_url() -> AsyncIterator[ResponseUrl]:
    hook = ResponseUrl()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    hook.url = f"http://127.0.0.1:{port}/hook"
    yield hook
    await runner.cleanup()


@pytest.mark.parametrize("kind", ["block_actions", "message_action"])
async def test_a_press_is_answered_beside_its_message(
    kind: str, services: Services, response_url: ResponseUrl
) -> None:
    body = {"type": kind, "response_url": response_url.url}
    response = await answer_error(OutdatedCard(), body, context_in("en", services), services)
    assert (response.status, response.body) == (200, "")
    (shown,) = response_url.got
    assert (shown["response_type"], shown["replace_original"]) == ("ephemeral", False)
    assert not judge_message(shown).violations


async def test_a_lost_error_card_does_not_fail_the_ack(
    services: Services, response_url: ResponseUrl
) -> None:
    response_url.status = 500
    for url in (response_url.url, "http://127.0.0.1:9/nobody", "no url"):
        body = {"type": "block_actions", "response_url": url}
        response = await answer_error(
            RuntimeError("boom"), body, context_in("en", services), services
        )
        assert response.status == 200

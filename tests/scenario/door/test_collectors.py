"""What an operator's own collectors receive: where time went and where it broke, nobody's words."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import structlog
from pydantic import SecretStr

from bot.bootstrap import bootstrap, telemetry
from bot.bootstrap.telemetry import headers_in
from bot.cli.samples import introduce
from bot.cli.serving import serving
from bot.config import Settings
from bot.log import configure_logging
from bot.sandbox import samples
from bot.sandbox.local_slack import LocalSlack
from bot.services.lookup import showing
from bot.slack.installs.manifest import EVENTS_PATH, build_manifest
from bot.telemetry.otlp import OtlpTracer
from tests.fakes.collectors import Collectors, collectors, facts_of
from tests.fakes.kept_catalogue import kept_catalogue
from tests.scenario.desk import Desk, _client, begin_at_work
from tests.scenario.nudging import begin

# A hang fails instead of holding up the run; nothing is measured.
PATIENCE = 60.0
PARTS = {"guard", "member", "service", "card"}


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave logging as it was."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    kept = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:], level, own = kept
    root.setLevel(level)
    ours.setLevel(own)
    structlog.reset_defaults()


@asynccontextmanager
async def watched_desk(database_url: str, collected: Collectors) -> AsyncIterator[Desk]:
    """Run the pair with both collectors set; what waits is sent when it ends."""
    configure_logging("INFO", "json")
    async with LocalSlack(manifest=build_manifest()) as slack:
        begin_at_work(slack)
        settings = Settings(
            slack_bot_token=SecretStr(slack.bot_token),
            slack_signing_secret=SecretStr(slack.signing_secret),
            slack_api_url=slack.api_url,
            database_url=database_url,
            nextrung_member_per_minute=0,
            nextrung_otlp_url=collected.address,
            nextrung_otlp_headers=SecretStr("api-key=sample, tenant=mine"),
            nextrung_sentry_dsn=SecretStr(collected.dsn),
        )
        with kept_catalogue():
            nextrung = bootstrap(settings, clock=slack.clock, bot_tokens=slack.bot_tokens)
            try:
                await nextrung.start()
                await nextrung.clockwork.stop()
                await introduce(nextrung.services.members, slack)
                async with (
                    serving(nextrung.http, host="127.0.0.1", port=0) as address,
                    _client() as client,
                ):
                    slack.connect_bot(address + EVENTS_PATH)
                    yield Desk(slack, nextrung, [], client)
                    await slack.settled(quiet=0.01)
            finally:
                async with asyncio.timeout(PATIENCE):
                    await nextrung.stop()


async def test_a_command_a_failing_press_and_a_nudge_are_seen_and_nobodys_words_are(
    bot_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        quietly_typed = "the quiet zebra"  # noqa: F841 - a local variable may be anybody's words
        raise RuntimeError("the quiet zebra")

    async with collectors() as collected:
        async with watched_desk(bot_url, collected) as desk:
            card = await desk.engineer.command("/skill Ml-Experiment-Tracking senior")
            await desk.engineer.command("/skill quiet zebra")
            await begin(desk, desk.engineer)
            with monkeypatch.context() as patch:
                patch.setattr(showing, "skill_profile", broken)
                await card.choose("Choose a level", "Level: Principal")
            ids = {desk.engineer.id, samples.WORKSPACE, "C0GENERAL"}

        spans = collected.spans
        assert all(each["Api-Key"] == "sample" for each in collected.headers if "Api-Key" in each)
        whole = [span for span in spans if not span.parent_span_id]
        (command, *_) = [span for span in whole if span.name == "command /skill"]
        assert facts_of(command)["nextrung.outcome"] == "answered"
        inside = [span for span in spans if span.parent_span_id == command.span_id]
        assert {each.name for each in inside} >= PARTS
        assert all(each.trace_id == command.trace_id for each in inside)
        # Sums of moments of one clock: whatever the machine does meanwhile, they hold.
        for each in inside:
            assert command.start_time_unix_nano <= each.start_time_unix_nano
            assert each.start_time_unix_nano <= each.end_time_unix_nano
            assert each.end_time_unix_nano <= command.end_time_unix_nano

        names = {span.name for span in spans}
        assert {"database read", "database write", "slack"} <= names
        methods = {facts_of(span).get("nextrung.method") for span in spans if span.name == "slack"}
        assert "chat.postMessage" in methods

        (nudge,) = [span for span in whole if span.name == "nudge"]
        assert facts_of(nudge)["nextrung.outcome"] == "sent"
        parts = {span.name for span in spans if span.parent_span_id == nudge.span_id}
        assert {"account", "pace", "mark", "post", "keep", "slack"} <= parts

        (press,) = [span for span in whole if facts_of(span).get("nextrung.outcome") == "fault"]
        assert facts_of(press)["nextrung.kind"] == "press"
        assert press.status.code == press.status.STATUS_CODE_ERROR

        (fault,) = collected.faults
        assert fault["message"] == "request_failed"
        assert fault["tags"]["trace"] == press.trace_id.hex()
        assert fault["tags"]["incident"] in capsys.readouterr().err
        raised = fault["exception"]["values"][-1]
        assert raised["type"] == "RuntimeError"
        last = raised["stacktrace"]["frames"][-1]
        assert last["function"] == "broken"
        assert set(last) <= {"filename", "module", "function", "lineno", "in_app"}

        said = "\n".join(collected.raw).lower()
        secrets = {desk.slack.bot_token, desk.slack.signing_secret, "xoxb", bot_url}
        words = {"zebra", "ml-experiment-tracking", "senior", "sample engineer"}
        for word in {*ids, *secrets, *words}:
            assert word.lower() not in said, word


@pytest.mark.parametrize("state", ["silent", "down"])
async def test_collectors_that_are_no_use_cost_no_command_anything(
    sqlite_bot_url: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telemetry, "LAST_SECONDS", 0.1)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    async with collectors() as collected:
        if state == "silent":
            collected.silent = True
        else:
            # Nobody listens there.
            collected.address = "http://127.0.0.1:9"
        async with watched_desk(sqlite_bot_url, collected) as desk:
            monkeypatch.setattr(showing, "skill_profile", broken)
            for _ in range(5):
                await desk.engineer.command("/skill mlops senior")
                await desk.engineer.command("/skill model-serving")
            assert not any(entry.late for entry in desk.answers)
            assert all((entry.status or 200) == 200 for entry in desk.answers)
    # What gives up later says so in the log, which must not be another test's.
    for thread in threading.enumerate():
        if thread.name.startswith("OtelBatch"):
            await asyncio.to_thread(thread.join, PATIENCE)
            assert not thread.is_alive()


async def test_what_waits_for_a_silent_collector_is_bounded() -> None:
    async with collectors() as collected:
        collected.silent = True
        tracer = OtlpTracer(collected.address, version="1", most_waiting=8, every_seconds=0.01)
        for _ in range(100):
            span = tracer.begin("request")
            assert span is not None
            span.end("command /skill", {"outcome": "answered"}, faulty=False)
            await asyncio.sleep(0)
        collected.silent = False
        collected.ended.set()
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(tracer.close)
        # A batch on its way, one that waits, and one that a thread took in between.
        assert 8 <= len(collected.spans) < 100


async def test_a_share_alone_is_traced() -> None:
    async with collectors() as collected:
        none = OtlpTracer(collected.address, version="1", share=0.0)
        some = OtlpTracer(collected.address, version="1", share=0.5)
        assert not any(none.begin("request") for _ in range(50))
        begun = [each for _ in range(200) if (each := some.begin("request"))]
        assert 0 < len(begun) < 200
        await asyncio.to_thread(none.close)
        await asyncio.to_thread(some.close)


def test_headers_are_read_as_they_are_written() -> None:
    assert headers_in("api-key=abc==, tenant=mine") == [("api-key", "abc=="), ("tenant", "mine")]
    assert headers_in("") == []

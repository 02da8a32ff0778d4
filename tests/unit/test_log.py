"""What is logged: nothing secret, and nothing that libraries say of members' words."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterator

import pytest
import structlog

from bot.log import configure_logging, get_logger, number_request


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


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_our_own_log_has_the_level_that_was_set(level: str) -> None:
    configure_logging(level, "json")
    ours = logging.getLogger("bot.slack.reply.home")
    wanted = logging.getLevelNamesMapping()[level]
    assert ours.getEffectiveLevel() == wanted


@pytest.mark.parametrize("name", ["slack_sdk.webhook.async_client", "slack_bolt.App", "nextrung"])
def test_libraries_log_warnings_alone(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bolt logs whole bodies at INFO, and gives its loggers the level that the root has."""
    configure_logging("DEBUG", "json")
    logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        logging.getLogger(name).debug("body: the quiet zebra")
        logging.getLogger(name).info("Invalid request signature detected (body: the quiet zebra)")
        logging.getLogger(name).warning("Connection lost (body: the quiet zebra)")
    finally:
        logging.getLogger(name).setLevel(logging.NOTSET)
    shown = capsys.readouterr().err
    assert "zebra" not in shown
    assert "Invalid request" not in shown
    assert "Connection lost" in shown


SECRETS = (
    "xoxb-1234-abcd",
    "xoxe.xoxp-1-abcd",
    "xapp-1-A1-2-beef",
    "https://hooks.slack.com/commands/T1/2/quietzebra",
    "wss://wss-primary.slack.com/link/?ticket=quietzebra&app_id=1",
    "http://nextrung:quietzebra@proxy.example.com:3128",
    "v0=0123456789abcdef0123456789abcdef",
    "token=t&team_id=T1&user_id=U1&command=%2Fskill&text=quietzebra&x=1",
    '{"type": "block_actions", "text": "quietzebra"}',
)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", ["bot.sample", "slack_sdk.sample"])
def test_secrets_are_scrubbed_wherever_they_stand(
    name: str, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("INFO", "json")
    lines = (f"it failed with {secret}", "it failed")

    def fail() -> None:
        raise ValueError(lines[0])

    try:
        fail()
    except ValueError:
        logging.getLogger(name).exception(lines[0])
        structlog.get_logger(name).exception(lines[1], reason=lines[0])
    shown = capsys.readouterr().err
    assert "it failed" in shown
    assert "ValueError" in shown
    for each in ("quietzebra", "1234-abcd", "1-abcd", "beef", "0123456789abcdef"):
        assert each not in shown


def test_a_secret_is_hidden_and_a_fault_shows_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO", "json")

    def fail(note: str) -> None:
        raise ValueError(len(note))

    try:
        fail(" ".join(("the", "quiet", "zebra")))
    except ValueError:
        structlog.get_logger("bot.sample").exception("failed", bot_token="-".join("xoxb"))
    shown = capsys.readouterr().err
    assert "x-o-x-b" not in shown
    assert "ValueError: 15" in shown
    assert "quiet zebra" not in shown


async def test_lines_of_one_request_have_its_name_beside_the_answer_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("INFO", "json")
    log = get_logger("bot.sample")

    async def beside() -> None:
        log.info("beside")

    async def request() -> None:
        number_request()
        log.info("answering")
        await asyncio.create_task(beside())

    log.info("before")
    await asyncio.gather(asyncio.create_task(request()), asyncio.create_task(request()))
    found = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    named = defaultdict(set)
    for each in found:
        named[each.get("request")].add(each["event"])
    assert named.pop(None) == {"before"}
    assert [*named.values()] == [{"answering", "beside"}] * 2

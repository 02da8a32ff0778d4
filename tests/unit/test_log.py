"""What is logged: nothing secret, and nothing that libraries say of members' words."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import configure_logging


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
def test_libraries_never_log_at_debug(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There the webhook's client, for one, logs every message it sends."""
    # Bolt gives its logger the level that the root had when an app was built, in any test before.
    logging.getLogger(name).setLevel(logging.NOTSET)
    configure_logging("DEBUG", "json")
    logging.getLogger(name).debug("body: the quiet zebra")
    logging.getLogger(name).info("connected")
    shown = capsys.readouterr().err
    assert "zebra" not in shown
    assert "connected" in shown


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

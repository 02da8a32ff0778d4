"""The bot beside a local Slack, in one process: what preview and sandbox share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot.bootstrap import Nextrung, bootstrap
from bot.cli.samples import introduce
from bot.cli.serving import serving
from bot.config import Settings
from bot.sandbox.local_slack import LocalSlack
from bot.services.installs.limits import Limits
from bot.slack.installs.manifest import EVENTS_PATH
from bot.text.languages import Languages
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Local:
    """A running pair."""

    slack: LocalSlack
    nextrung: Nextrung


@asynccontextmanager
async def beside(
    slack: LocalSlack,
    *,
    database_url: str,
    languages: Languages | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Local]:
    """Run the bot over HTTP beside a started local Slack, with the sample members introduced.

    `languages` are those that come with Nextrung unless others are given. However much is asked is
    answered unless limits are given: programs press faster than people.

    Raises:
        StoreError: the database cannot be used.
    """
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        database_url=database_url,
        # What is only tried is nobody's to trace.
        nextrung_otlp_url=None,
        nextrung_sentry_dsn=None,
    )
    nextrung = bootstrap(
        settings,
        clock=slack.clock,
        bot_tokens=slack.bot_tokens,
        languages=languages,
        limits=limits or Limits(member=0, workspace=0),
    )
    try:
        await nextrung.start()
        await introduce(nextrung.services.members, slack)
        async with serving(nextrung.http, host="127.0.0.1", port=0) as address:
            slack.connect_bot(address + EVENTS_PATH)
            yield Local(slack, nextrung)
    finally:
        await nextrung.stop()

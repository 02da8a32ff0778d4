"""The floor of sending: loops that post one and the same card, each workspace at its pace.

The client is the product's, used as the product does; there is no database, nothing is decided,
drawn or kept. `python -m tests.benchmarks.sending.bare_loop WORKSPACES EACH PER_MINUTE NUMBER OF
SAMPLE` serves every OF-th workspace from NUMBER on, until SIGTERM.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

from aiolimiter import AsyncLimiter
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.bootstrap.from_settings import network_of
from bot.cli.serving import until_stopped
from bot.config import Settings
from bot.slack.client import slack_client, unrepeating_client
from bot.slack.network import Pool
from tests.benchmarks.sending.crowd import slack_ids, teams, token_of

_AT_ONCE = 6
_SECONDS = 10
_BURST = 3


async def _post(
    client: AsyncWebClient, members: Iterator[str], pace: AsyncLimiter, card: dict[str, Any]
) -> None:
    while True:
        await pace.acquire()
        with suppress(SlackApiError):
            await client.chat_postMessage(**card | {"channel": next(members)})


async def _run(
    places: list[str], each: int, per_minute: int, card: dict[str, Any], settings: Settings
) -> None:
    loops, pool = [], Pool()
    network = replace(network_of(settings), pool=pool)
    for team in places:
        client = unrepeating_client(
            slack_client(token_of(team), api_url=settings.slack_api_url, network=network),
            seconds=_SECONDS,
        )
        members, pace = cycle(slack_ids(team, each)), AsyncLimiter(_BURST, _BURST * 60 / per_minute)
        loops += [
            asyncio.ensure_future(_post(client, members, pace, card)) for _ in range(_AT_ONCE)
        ]
    await until_stopped()
    for each_loop in loops:
        each_loop.cancel()
    await asyncio.wait(loops)
    await pool.close()


def main(arguments: list[str]) -> None:
    """Post until SIGTERM."""
    workspaces, each, per_minute, number, of = map(int, arguments[:5])
    card = json.loads(Path(arguments[5]).read_text(encoding="utf-8"))
    places = teams(workspaces)[number::of]
    asyncio.run(_run(places, each, per_minute, card, Settings()))


if __name__ == "__main__":
    main(sys.argv[1:])

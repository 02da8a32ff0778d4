"""What publishing a Home takes of our own: for members who hold much, all but Slack's answer.

A process of its own: `python -m tests.benchmarks.home VOCABULARY_FILE COUNT`, with the product's
settings in the environment. Prints JSON.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any, cast

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.log import configure_logging
from bot.slack.client import SlackClient
from bot.slack.context import Here
from bot.slack.reply.home import publish_home
from tests.benchmarks.prepare import TENANT
from tests.benchmarks.results import quantile
from tests.benchmarks.vocabulary import Asker, Vocabulary, read_vocabulary

_WARM_UP = 5


class SilentSlack:
    """Takes a Home as far as the request's body, and answers nothing."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def views_publish(self, *, user_id: str, view: dict[str, Any]) -> None:
        """Write the body that would be sent."""
        self.sizes.append(len(json.dumps({"user_id": user_id, "view": view})))


async def _here(nextrung: Nextrung, asker: Asker, slack: SilentSlack) -> Here:
    services = nextrung.services
    member = await services.members.find(TENANT, asker.slack_id)
    shelf = services.catalogues.shelf(member.catalogue_key)
    tr = services.translators.for_locale(member.spoken)
    client = cast("SlackClient", slack)
    return Here(member, shelf, tr, services, nextrung.app.later, client)


async def _measure(
    nextrung: Nextrung, vocabulary: Vocabulary, count: int, *, at_hand: bool
) -> dict[str, Any]:
    slack = SilentSlack()
    askers = vocabulary.holders
    taken = []
    for number in range(count + _WARM_UP):
        asker = askers[number % len(askers)]
        here = await _here(nextrung, asker, slack)
        if not at_hand:
            nextrung.services.growth.drop(TENANT, asker.slack_id)
        began = time.perf_counter()
        await publish_home(here)
        taken.append(time.perf_counter() - began)
    return {
        "what": "at hand" if at_hand else "read anew",
        "p50_ms": quantile(taken[_WARM_UP:], 0.5) * 1e3,
        "p99_ms": quantile(taken[_WARM_UP:], 0.99) * 1e3,
        "bytes": max(slack.sizes),
    }


async def run(vocabulary: Vocabulary, count: int) -> list[dict[str, Any]]:
    """Publish Homes of members who hold much, with what they hold at hand and read anew."""
    configure_logging("ERROR", "json")
    nextrung = bootstrap(Settings())
    try:
        await nextrung.start()
        await nextrung.clockwork.stop()
        return [
            await _measure(nextrung, vocabulary, count, at_hand=at_hand)
            for at_hand in (True, False)
        ]
    finally:
        await nextrung.stop()


def main(arguments: list[str]) -> None:
    """Print the measurements as JSON."""
    vocabulary_file, count = arguments
    print(json.dumps(asyncio.run(run(read_vocabulary(Path(vocabulary_file)), int(count)))))


if __name__ == "__main__":
    main(sys.argv[1:])

"""What publishing a Home takes of our own: for members who hold much, all but Slack's answer.

And for one with whom very many share their goals.

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
from bot.cards.teams.shared_goal_card import people_view
from bot.config import Settings
from bot.domain.lookup.requests import ShowGap
from bot.domain.tenancy import Member
from bot.log import configure_logging
from bot.services.teams.shared_goals import PAGE
from bot.slack.client import SlackClient
from bot.slack.context import Here
from bot.slack.reply.home import publish_home
from tests.benchmarks.prepare import TENANT
from tests.benchmarks.results import quantile
from tests.benchmarks.vocabulary import Asker, Vocabulary, read_vocabulary

_WARM_UP = 5
SHARING = 200


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


async def _share_with(nextrung: Nextrung, asker: Asker) -> None:
    """Let very many members share a goal with one."""
    services, shelf = nextrung.services, nextrung.services.catalogues.shelf()
    role = next(each for each in shelf.catalogue.content.roles if len(each.ladder.levels) > 1)
    goal, now = ShowGap(role.key, (role.ladder.levels[-1].key,)), services.clock.now()
    for number in range(SHARING):
        owner = Member(TENANT, f"U0SHARES{number}")
        await services.goals.set(owner, shelf, goal)
        async with nextrung.database.write(TENANT) as work:
            held = await work.members.hold(owner.slack_id, at=now)
            growth = await work.growth.of(owner.slack_id)
            assert held is not None
            assert growth.active_goal is not None
            share_id = await work.shares.ask(
                held, asker.slack_id, goal_id=growth.active_goal.id, shows_from=None, at=now
            )
            assert share_id is not None
            await work.shares.accept(share_id, asker.slack_id, at=now)


async def _measure_shared(nextrung: Nextrung, asker: Asker, count: int) -> list[dict[str, Any]]:
    """Publish the Home of somebody with whom many share, and list a page of them."""
    slack = SilentSlack()
    here = await _here(nextrung, asker, slack)
    homes, lists = [], []
    for number in range(count + _WARM_UP):
        began = time.perf_counter()
        await publish_home(here)
        homes.append(time.perf_counter() - began)
        began = time.perf_counter()
        page = await here.services.shared_goals.page(here.member, number % (SHARING // PAGE))
        view = people_view(page, PAGE, here.tr)
        lists.append(time.perf_counter() - began)
    rows = {f"{SHARING} share with them": (homes, max(slack.sizes))}
    rows[f"a page of {SHARING}"] = (lists, len(json.dumps(view)))
    return [
        {
            "what": what,
            "p50_ms": quantile(taken[_WARM_UP:], 0.5) * 1e3,
            "p99_ms": quantile(taken[_WARM_UP:], 0.99) * 1e3,
            "bytes": size,
        }
        for what, (taken, size) in rows.items()
    ]


async def run(vocabulary: Vocabulary, count: int) -> list[dict[str, Any]]:
    """Publish Homes of members who hold much, with what they hold at hand and read anew."""
    configure_logging("ERROR", "json")
    nextrung = bootstrap(Settings())
    try:
        await nextrung.start()
        await nextrung.clockwork.stop()
        own = [
            await _measure(nextrung, vocabulary, count, at_hand=at_hand)
            for at_hand in (True, False)
        ]
        await _share_with(nextrung, vocabulary.holders[0])
        return [*own, *await _measure_shared(nextrung, vocabulary.holders[0], count)]
    finally:
        await nextrung.stop()


def main(arguments: list[str]) -> None:
    """Print the measurements as JSON."""
    vocabulary_file, count = arguments
    print(json.dumps(asyncio.run(run(read_vocabulary(Path(vocabulary_file)), int(count)))))


if __name__ == "__main__":
    main(sys.argv[1:])

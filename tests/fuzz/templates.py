"""What Slack sends, recorded once: for every listener, payloads that it takes.

`python -m tests.fuzz.templates FOLDER` records them into a file there.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.cli.local import beside
from bot.domain.errors import OutdatedCard
from bot.sandbox.local_slack import LocalSlack
from bot.slack.installs.manifest import build_manifest
from bot.slack.press import Form, Kind, Press, Surface
from bot.slack.routes import Route
from tests.scenario.aiming import aimed, recorded, requests_of
from tests.scenario.desk import Desk

_SHOWN = "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Template:
    """A payload, as JSON text, that leads to the listener called `name`."""

    name: str
    kind: Kind
    text: str


async def record(folder: Path) -> list[Template]:
    """Let the sample engineer do one of everything beside a local Slack; return it aimed."""
    async with LocalSlack(manifest=build_manifest()) as slack, aiohttp.ClientSession() as client:
        url = f"sqlite:///{folder / 'recorded.db'}"
        async with beside(slack, database_url=url) as local:
            await local.nextrung.clockwork.stop()
            desk = Desk(slack, local.nextrung, [], client)
            kept, requests = await recorded(desk), requests_of(desk)
            kept[Kind.OTHER] = kept[Kind.CLOSED]
            return [
                Template(route.name, route.kind, json.dumps(body))
                for route in desk.nextrung.app.routes
                for request in _carried(route, requests)
                for body in aimed(desk, route, kept[route.kind], request)
            ]


def _carried(route: Route, requests: list[str]) -> Iterator[str]:
    """Yield every request that the listener takes."""
    for request in requests:
        sent: Press[str] | Form[str] = Form(view=Surface(), request=request)
        if route.kind is Kind.PRESS:
            sent = Press(action=route.name, request=request, block_id=request)
        with suppress(OutdatedCard):
            route.typed(sent)
            yield request


def main(folder: Path) -> None:
    """Keep what is recorded as `templates.json`: name, kind and text of each."""
    kept = [[each.name, each.kind.name, each.text] for each in asyncio.run(record(folder))]
    (folder / "templates.json").write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

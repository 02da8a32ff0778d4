"""The floor: the least that a Bolt `AsyncApp` does to acknowledge a command with a card.

One command and one listener that acks a fixed card; process_before_response; one workspace,
authorized without network; Bolt's optional middleware off as in the product; no guard in front.
Served exactly as the product is: `python -m tests.benchmarks.floor PORT CARDS_FILE`.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, cast

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.cli.serving import serving, until_stopped
from bot.slack.guard import ASGIApp
from tests.benchmarks.signed import PATH, SIGNING_SECRET

COMMAND = "/floor"
Cards = dict[str, dict[str, Any]]
"""Ack bodies by name; the text of the command says which one to answer."""


def build_floor(cards: Cards) -> AsyncApp:
    """Build the app that answers `/floor NAME` with the card of that name."""
    app = AsyncApp(
        name="floor",
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
        authorize=_authorize,
        ignoring_self_assistant_message_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def answer(ack: AsyncAck, command: dict[str, Any]) -> None:
        card = cards[command["text"]]
        await ack(text=card["text"], blocks=card["blocks"])

    app.command(COMMAND)(answer)
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id,
        team_id=team_id,
        bot_id="B0BENCHMARK",
        bot_user_id="U0BENCHMARKBOT",
        bot_token="xoxb-benchmark",
    )


async def _serve(port: int, cards: Cards) -> None:
    # Bolt annotates the ASGI callables more narrowly than the specification does.
    http = cast("ASGIApp", AsyncSlackRequestHandler(build_floor(cards), path=PATH))
    async with serving(http, host="127.0.0.1", port=port):
        await until_stopped()


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM."""
    port, cards_file = arguments
    cards: Cards = json.loads(Path(cards_file).read_text(encoding="utf-8"))
    asyncio.run(_serve(int(port), cards))


if __name__ == "__main__":
    main(sys.argv[1:])

"""`nextrung worker` for many workspaces: `python -m tests.benchmarks.sending.worker WORKSPACES`.

The command itself knows one workspace, by its token in the settings; this one is handed a token
each. Everything else is the command's own.
"""

import asyncio
import sys

from bot.cli.worker import run_worker
from tests.benchmarks.sending.crowd import teams, token_of


def main(arguments: list[str]) -> None:
    """Plan and send until SIGTERM."""
    tokens = [token_of(team) for team in teams(int(arguments[0]))]
    asyncio.run(run_worker(metrics_port=None, bot_tokens=tokens))


if __name__ == "__main__":
    main(sys.argv[1:])

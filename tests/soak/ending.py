"""A run that is told to end: what it has begun is ended first."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_until_told(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end; SIGINT and SIGTERM end it before, in order, and then this process."""

    async def heeding() -> Result:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(heeding())
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit("told to end")

"""Sends what is planned: one process per workspace at a time, all workspaces side by side."""

import asyncio

from bot.log import get_logger
from bot.services.nudges.run import NudgeRun
from bot.services.nudges.tools import NudgeTools
from bot.store.errors import StoreUnavailable
from bot.store.nudges.senders import Waiting

log = get_logger()


class NudgeSending:
    """The sending side of the worker. `turn` begins, `stop` ends in order."""

    def __init__(self, tools: NudgeTools) -> None:
        self._tools = tools
        self._runs: dict[int, asyncio.Task[None]] = {}

    async def turn(self) -> None:
        """Begin to send for every workspace where something waits; do not wait for the end.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        tools = self._tools
        if tools.stopping.is_set():
            return
        # Those being served are found again, for the lease is our own.
        most = tools.pace.workspaces
        for waiting in await tools.senders.waiting(now=tools.clock.now(), most=most):
            if waiting.workspace_id not in self._runs and len(self._runs) < most:
                self._runs[waiting.workspace_id] = asyncio.ensure_future(self._run(waiting))
        tools.metrics.senders.set(len(self._runs))

    async def settled(self) -> None:
        """Return when nothing is being sent."""
        while self._runs:
            await asyncio.wait(self._runs.values())

    def halt(self) -> None:
        """Begin nothing new from this moment on; what is under way ends."""
        self._tools.stopping.set()

    async def stop(self, *, seconds: float = 10.0) -> None:
        """Send nothing new; let what is under way end, for a while."""
        self._tools.stopping.set()
        if not self._runs:
            return
        _, late = await asyncio.wait(self._runs.values(), timeout=seconds)
        if late:
            # What these were sending stays so, and becomes unknown when the lease has ended.
            log.warning("nudges_abandoned", workspaces=len(late))
            for task in late:
                task.cancel()
            await asyncio.wait(late)

    async def _run(self, waiting: Waiting) -> None:
        try:
            await NudgeRun(self._tools, waiting).run()
        except StoreUnavailable as error:
            log.warning("nudge_run_ended", workspace=waiting.workspace_id, code=error.code)
        except Exception as error:  # one workspace must not end the others
            log.error("nudge_run_failed", workspace=waiting.workspace_id, exc_info=error)  # noqa: TRY400 - error is its level
        finally:
            self._runs.pop(waiting.workspace_id, None)
            self._tools.metrics.senders.set(len(self._runs))

"""A Slack that is slow, refuses, breaks, says nothing, or cannot be found."""

import asyncio
from collections.abc import Callable

from tests.soak.stand import Stand

Body = Callable[[Stand, float], None]


async def _while(stand: Stand, seconds: float) -> None:
    try:
        await asyncio.sleep(seconds)
    finally:
        stand.slack.faults.clear()


async def slow(stand: Stand, seconds: float) -> None:
    """Let each call take a second and a half."""
    stand.slack.faults.slow(seconds=1.5, times=None)
    await _while(stand, seconds)


async def limited(stand: Stand, seconds: float) -> None:
    """Refuse each call with 429, and a second to wait."""
    stand.slack.faults.ratelimit(retry_after=1, times=None)
    await _while(stand, seconds)


async def broken(stand: Stand, seconds: float) -> None:
    """Answer each call with 500 and no JSON."""
    stand.slack.faults.fail(status=500, times=None)
    await _while(stand, seconds)


async def hanging(stand: Stand, seconds: float) -> None:
    """Take each call and answer none."""
    gate = stand.slack.faults.hold(times=None)
    await _while(stand, seconds)
    gate.release()


async def nameless(stand: Stand, seconds: float) -> None:
    """Let Slack's name lead nowhere for any process."""
    for name in stand.keepers:
        stand.shim.tell(name, nameless=True)
    try:
        await asyncio.sleep(seconds)
    finally:
        for name in stand.keepers:
            stand.shim.tell(name)

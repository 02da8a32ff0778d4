"""What holds an answer for a moment: it goes on beside it, and how it ends is heard."""

import asyncio
import gc
from collections.abc import Coroutine
from types import SimpleNamespace
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import NotShown
from bot.domain.tenancy import Member, Tenant
from bot.slack.context import Here
from bot.slack.reply import replies
from bot.slack.reply.replies import held_briefly


class Beside:
    """Works beside the answer."""

    def __init__(self) -> None:
        self.works: list[asyncio.Task[None]] = []
        member = Member(Tenant("T0ONE"), "U0ONE")
        self.here = cast("Here", SimpleNamespace(member=member, later=self.later))

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        self.works.append(asyncio.create_task(work))


@pytest.mark.parametrize("due", [False, True], ids=["slack_is_slow", "the_answer_is_due"])
async def test_what_fails_after_the_answer_is_logged_and_lost_by_nobody(
    due: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "HOLD_SECONDS", 60.0 if due else 0.01)
    beside, begun, let, lost = Beside(), asyncio.Event(), asyncio.Event(), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda _, about: lost.append(about))

    async def sending() -> None:
        begun.set()
        await let.wait()
        raise NotShown(reason="sample")

    answering = asyncio.create_task(held_briefly(beside.here, sending()))
    await begun.wait()
    if due:
        answering.cancel()
    await asyncio.wait({answering})
    assert answering.cancelled() is due
    with capture_logs() as logged:
        let.set()
        await asyncio.wait(beside.works)
    del answering
    gc.collect()
    assert [each["event"] for each in logged] == ["card_not_redrawn"]
    assert lost == []


async def test_what_fails_at_once_is_raised() -> None:
    async def sending() -> None:
        raise NotShown(reason="sample")

    beside = Beside()
    with pytest.raises(NotShown):
        await held_briefly(beside.here, sending())
    assert beside.works == []

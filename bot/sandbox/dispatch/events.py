"""The Events API: delivery with Slack's retries."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.dispatch import payloads
from bot.sandbox.dispatch.sender import Sender
from bot.sandbox.dispatch.transport import Answer, Delivery
from bot.sandbox.model import Json
from bot.sandbox.site import Site

# The first retry comes at once, then one after a minute and one after five.
RETRY_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))


class Events:
    """Sends events, and again where the bot did not take them."""

    def __init__(self, site: Site, sender: Sender) -> None:
        self._site = site
        self._sender = sender
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[tuple[Json, str | None]] = []

    async def send(
        self,
        event: Json,
        *,
        workspace_id: str,
        member_id: str | None = None,
        event_id: str | None = None,
    ) -> Answer:
        """Send an event and return the bot's answer to the first try, or to the immediate retry.

        `workspace_id` may be an organisation's id, for what its app hears.
        Later retries follow on the local Slack's clock. The same `event_id` sent twice is the
        duplicate that every app must expect. An event that is held back on demand (see `Faults`) is
        sent after the next one, and its own answer tells nothing.
        """
        envelope = payloads.event_envelope(
            self._site,
            event,
            place_id=workspace_id,
            event_id=event_id or self._site.world.new_id("Ev"),
        )
        if self._site.faults.take_late_event():
            self._held.append((envelope, member_id))
            return Answer(detail="held back until a later event was delivered")
        answer = await self._deliver(envelope, member_id)
        overtaken, self._held = self._held, []
        for late_envelope, late_member_id in overtaken:
            await self._deliver(late_envelope, late_member_id)
        return answer

    @property
    def held(self) -> int:
        """How many events are held back until a later one was delivered."""
        return len(self._held)

    async def repeat(self, number: int | None = None) -> Answer:
        """Send the newest event, or the one with this number in the log, again, however late.

        It keeps its event_id, as with Slack. Raises ValueError where there is none.
        """
        sent = self._site.inspector.find(kind="events_api")
        if number is not None:
            sent = [entry for entry in sent if entry.number == number]
        if not sent:
            raise ValueError("no event was sent yet: open the app's Home first")
        return await self._deliver(sent[-1].request, sent[-1].member_id)

    async def _deliver(self, envelope: Json, member_id: str | None) -> Answer:
        answer = await self._try(envelope, 0, "", member_id)
        if not _again(answer):
            return answer
        answer = await self._try(envelope, 1, answer.retry_reason, member_id)
        if _again(answer):
            later = self._later(
                envelope, answer.retry_reason, member_id, since=self._site.clock.now()
            )
            self.later(later)
        return answer

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that sends, beside all else; `close` gives it up."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def verify_url(self) -> bool:
        """Send the challenge by which Slack checks a request URL; tell whether it came back."""
        challenge = self._site.world.new_id("challenge")
        payload: Json = {"type": "url_verification", "challenge": challenge, "token": ""}
        delivery = Delivery(kind="events_api", payload=payload)
        answer, entry = await self._sender.send(delivery, name="url_verification")
        self._site.inspector.finish(entry)
        body = answer.body if isinstance(answer.body, dict) else {}
        return challenge in (body.get("challenge"), body.get("text"))

    async def close(self) -> None:
        """Give up the retries that are still to come."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _later(
        self, envelope: Json, reason: str, member_id: str | None, *, since: datetime
    ) -> None:
        for number, wait in enumerate(RETRY_AFTER[1:], start=2):
            await self._site.clock.wait_until(since + wait)
            answer = await self._try(envelope, number, reason, member_id)
            if not _again(answer):
                return
            reason = answer.retry_reason

    async def _try(self, envelope: Json, number: int, reason: str, member_id: str | None) -> Answer:
        answer, entry = await self._sender.send(
            Delivery(kind="events_api", payload=envelope, retry_num=number, retry_reason=reason),
            name=str(envelope["event"].get("type", "")),
            member_id=member_id,
            workspace_id=envelope["team_id"] or envelope.get("enterprise_id"),
        )
        self._site.inspector.finish(entry)
        return answer


def _again(answer: Answer) -> bool:
    return answer.error is not None and not answer.no_retry

"""Sending through whichever way leads to the bot, with an entry in the inspector for each."""

from bot.sandbox.dispatch.transport import TIMEOUT, Answer, Delivery, Transport
from bot.sandbox.inspector import Entry
from bot.sandbox.site import Site

ACK_SECONDS = 3.0


class Sender:
    """Delivers payloads and logs them."""

    def __init__(self, site: Site, transport: Transport) -> None:
        self._site = site
        self._transport = transport
        self.in_flight = 0

    async def send(
        self,
        delivery: Delivery,
        *,
        name: str,
        kind: str | None = None,
        member_id: str | None = None,
        workspace_id: str | None = None,
    ) -> tuple[Answer, Entry]:
        """Deliver a payload; the caller applies the answer and then finishes the entry."""
        entry = self._site.inspector.start(
            direction="to_bot",
            kind=kind or delivery.kind,
            name=name,
            request=delivery.payload,
            member_id=member_id,
            workspace_id=workspace_id,
        )
        self.in_flight += 1
        try:
            answer = await self._transport.deliver(delivery)
        finally:
            self.in_flight -= 1
        entry.response, entry.status, entry.seconds = answer.body, answer.status, answer.seconds
        entry.late = answer.error == TIMEOUT or answer.seconds > ACK_SECONDS
        entry.error = answer.detail or answer.error
        return answer, entry

"""What every way to the bot has in common: a delivery goes out, an answer comes back."""

from typing import Any, Literal, Protocol

from bot.sandbox.model import Json
from bot.values import dataclass

DeliveryKind = Literal["slash_commands", "interactive", "events_api"]

TIMEOUT = "operation_timeout"
FAILED = "dispatch_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One payload for the bot; `retry_num` and `retry_reason` are those of a repeated event."""

    kind: DeliveryKind
    payload: Json
    retry_num: int = 0
    retry_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the bot answered: `body` is JSON, or None where it sent none.

    `error` is Slack's word for why there is no usable answer, `detail` what happened exactly.
    """

    body: Any = None
    status: int | None = None
    seconds: float = 0.0
    error: str | None = None
    detail: str | None = None
    retry_reason: str = ""
    no_retry: bool = False


class Transport(Protocol):
    """A way to the bot: HTTP or Socket Mode."""

    async def deliver(self, delivery: Delivery) -> Answer:
        """Send a payload and return the answer; never raises for what the bot did."""
        ...

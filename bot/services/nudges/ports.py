"""What sending nudges needs from outside: a message drawn and posted once."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Protocol

from bot.domain.nudges.message import NudgeMessage
from bot.domain.tenancy import Tenant
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    """What Slack calls a message."""

    channel: str
    ts: str


class Refusal(Enum):
    """What a refusal is about, which decides what follows from it."""

    MEMBER = "member"  # this member can get nothing any more
    WORKSPACE = "workspace"  # nothing can be sent here until somebody acts
    OURS = "ours"  # the message itself is wrong: a fault of this program
    LATER = "later"  # nothing can be sent now; soon it can


class Refused(Exception):
    """Slack did not take the message: it certainly has not arrived.

    `code` is Slack's word; `retry_after` are the seconds that it asked to wait, if it did.
    """

    def __init__(self, kind: Refusal, code: str, *, retry_after: float | None = None) -> None:
        super().__init__(f"{kind.value}: {code}")
        self.kind = kind
        self.code = code
        self.retry_after = retry_after


class OutcomeUnknown(Exception):
    """The message may have arrived, or not: it must not be sent again. `code` tells why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class DrawnNudge:
    """A nudge as it will be posted, which holds on to nothing that it was drawn from.

    `content` is None where it could not be drawn.
    """

    id: int
    content: Mapping[str, Any] | None


class NudgePost(Protocol):
    """Draws nudges and posts them."""

    def draw(self, message: NudgeMessage, *, language: str) -> DrawnNudge:
        """Draw a message in `language`, such as ``zh-CN``, or in English where we lack that."""
        ...

    async def post_nudge(self, tenant: Tenant, slack_id: str, drawn: DrawnNudge) -> Posted:
        """Post a direct message once; it is never repeated here, whatever happens.

        Raises:
            Refused: it has not arrived.
            OutcomeUnknown: nobody knows whether it has.
        """
        ...

    async def reach(self, tenant: Tenant) -> None:
        """Return where the workspace would take a message; nothing is sent by this.

        Raises:
            Refused: it would not.
        """
        ...

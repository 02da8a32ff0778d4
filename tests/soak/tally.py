"""What one scenario came to."""

from dataclasses import dataclass, field

from bot.sandbox.dispatch.transport import TIMEOUT, Answer, Delivery, Transport

LATE_SECONDS = 3.0
# What an error card says while something is away.
_TROUBLE = (
    *("cannot reach my database", "That took too long", "Slack could not do its part"),
    *("Slack did not take", "it is our fault", "still loading"),
)


@dataclass(slots=True)
class Sent:
    """Requests of one kind. `told` were answered with a card that says why not now."""

    sent: int = 0
    answered: int = 0
    told: int = 0
    late: int = 0
    lost: int = 0
    longest: float = 0.0


@dataclass(slots=True)
class Nudged:
    """Nudges that were due in a scenario, by what became of them.

    `waiting` are still to be sent: while Slack fails, they are tried again less and less often.
    """

    due: int = 0
    sent: int = 0
    doubled: int = 0
    unknown: int = 0
    waiting: int = 0
    lost: int = 0
    early: int = 0


@dataclass(slots=True)
class Outcome:
    """A row of the table. Seconds are None where it did not come to that."""

    name: str
    seconds: float = 0.0
    kinds: dict[str, Sent] = field(default_factory=dict)
    why_lost: dict[str, int] = field(default_factory=dict)
    nudges: Nudged = field(default_factory=Nudged)
    written: int = 0
    data_lost: int = 0
    data_doubled: int = 0
    recovered: float | None = None
    nudges_done: float | None = None
    published: str = ""
    tracebacks: int = 0
    restarts: int = 0
    load: float = 0.0
    lag: float = 0.0
    skipped: str = ""
    wrong: list[str] = field(default_factory=list)

    def lose(self, why: str) -> None:
        """Note why a request was lost."""
        self.why_lost[why] = self.why_lost.get(why, 0) + 1

    @property
    def all(self) -> Sent:
        """All kinds together."""
        found = Sent()
        for each in self.kinds.values():
            found.sent += each.sent
            found.answered += each.answered
            found.told += each.told
            found.late += each.late
            found.lost += each.lost
            found.longest = max(found.longest, each.longest)
        return found


class Counted:
    """A way to the bot that counts what goes by it, for the scenario that is on."""

    def __init__(self, way: Transport) -> None:
        self._way = way
        self.outcome = Outcome("before")

    async def deliver(self, delivery: Delivery) -> Answer:
        """Send a payload on, and note what came of it."""
        outcome, kind = self.outcome, _kind(delivery)
        noted = outcome.kinds.setdefault(kind, Sent())
        noted.sent += 1
        answer = await self._way.deliver(delivery)
        noted.longest = max(noted.longest, answer.seconds)
        if answer.error is None:
            noted.answered += 1
            noted.told += in_trouble(str(answer.body))
            noted.late += answer.seconds > LATE_SECONDS
        elif answer.error == TIMEOUT:
            noted.late += 1
            noted.lost += 1
            outcome.lose("no answer in time")
        else:
            noted.lost += 1
            outcome.lose((answer.detail or answer.error)[:80])
        return answer


def in_trouble(text: str) -> bool:
    """Tell whether an answer only says why there is none."""
    return any(each in text for each in _TROUBLE)


def _kind(delivery: Delivery) -> str:
    payload = delivery.payload
    if delivery.kind == "slash_commands":
        return "command"
    if delivery.kind == "events_api":
        return "home" if payload["event"].get("type") == "app_home_opened" else "event"
    kinds = {"block_actions": "press", "block_suggestion": "suggestion", "view_submission": "form"}
    return kinds.get(str(payload.get("type")), "shortcut")

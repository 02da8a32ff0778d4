"""Each delivery is carried out once: one that arrives again gets the answer of the first.

Slack sends an event again where it saw no answer in time, and Socket Mode an envelope whose ack was
lost. What must not double between processes is held by unique keys and by the member's row.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from sys import getsizeof
from typing import Any

from slack_bolt.response import BoltResponse

# Slack's last try comes five minutes after the first.
_KEPT = 4096
# In bytes: over a socket an answer is a whole card.
_HEAVIEST = 16_000_000
_INTERACTIONS = frozenset({"block_actions", "view_submission", "shortcut", "message_action"})


class Once:
    """Remembers the answers to the newest deliveries by what names them."""

    def __init__(self, kept: int = _KEPT, *, heaviest: int = _HEAVIEST) -> None:
        """At most so many, of together no more than `heaviest` bytes, but for the newest."""
        self._kept = kept
        self._heaviest = heaviest
        self._answers: OrderedDict[Hashable, asyncio.Future[BoltResponse]] = OrderedDict()
        self._weight = 0

    async def do(
        self, delivery: Hashable, work: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Do the work, unless the same delivery was answered or is in hand; return its answer.

        What failed or was cut off does not count, nor does an answer that says so: the next one
        tries again. None names nothing.
        """
        if delivery is None:
            return await work()
        while (first := self._answers.get(delivery)) is not None:
            await asyncio.wait({first})
            if not first.cancelled():
                known = first.result()
                return BoltResponse(status=known.status, body=known.body, headers=known.headers)
        answer = self._answers[delivery] = asyncio.get_running_loop().create_future()
        try:
            done = await work()
        except BaseException:
            if self._answers.get(delivery) is answer:
                del self._answers[delivery]
            answer.cancel()
            raise
        answer.set_result(done)
        if self._answers.get(delivery) is answer:
            if done.status >= 500:
                del self._answers[delivery]
            else:
                self._weight += _weight(answer)
        self._fit()
        return done

    def _fit(self) -> None:
        """Forget the oldest, as many as are too many or too heavy."""
        while len(self._answers) > self._kept or (
            self._weight > self._heaviest and len(self._answers) > 1
        ):
            self._weight -= _weight(self._answers.popitem(last=False)[1])


def _weight(answer: "asyncio.Future[BoltResponse]") -> int:
    """Return how many bytes an answer's body takes; none while it is in hand."""
    return getsizeof(answer.result().body) if answer.done() and not answer.cancelled() else 0


def delivery_of(body: Mapping[str, Any], *, by_socket: bool) -> Hashable:
    """Return what names a delivery, the same each time it is sent; None where nothing does.

    A command over HTTP is never sent again, and has no effect that would show.
    """
    if "command" in body:
        return _command(body) if by_socket else None
    kind = body.get("type")
    if kind == "event_callback":
        event_id = _text(body, "event_id")
        return ("event", _text(body, "team_id"), event_id) if event_id else None
    if kind in _INTERACTIONS and _text(body, "trigger_id"):
        return _interaction(str(kind), body)
    return None


def _command(body: Mapping[str, Any]) -> Hashable:
    names = ("team_id", "user_id", "trigger_id", "response_url", "command", "text")
    return ("command", *(_text(body, name) for name in names))


def _interaction(kind: str, body: Mapping[str, Any]) -> Hashable:
    """Name an interaction by Slack's id for it, and by what was done in which state of what."""
    shown = _part(body, "view")
    whose = (_text(_part(body, "team"), "id"), _text(_part(body, "user"), "id"))
    what = [_text(body, "trigger_id"), _text(body, "response_url"), _text(body, "callback_id")]
    state = [_text(shown, "id"), _text(shown, "hash")]
    return (kind, *whose, *what, *state, *_actions(body))


def _actions(body: Mapping[str, Any]) -> list[str]:
    actions = body.get("actions")
    found = actions if isinstance(actions, list) else []
    names = ("action_id", "block_id", "action_ts")
    return [_text(each, name) for each in found if isinstance(each, Mapping) for name in names]


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""

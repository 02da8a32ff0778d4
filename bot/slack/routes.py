"""What is done with what members do: each listener by the name that it waits for.

A listener is a plain function of the value that was sent and of `Here`. What it returns is the ack:
a card for a command, options for a suggestion, what is wrong or comes next for a form.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, TypeVar, cast

from slack_bolt.response import BoltResponse

from bot.cards.card import Card
from bot.cards.elements import Option
from bot.services.figures.requests import Watch
from bot.slack.context import Here
from bot.slack.press import (
    Carries,
    Command,
    Form,
    Kind,
    Press,
    QuotedMessage,
    Sent,
    Suggestion,
    Told,
    Turned,
    Wrong,
    as_it_is,
    reader,
)
from bot.slack.reading import Unfit
from bot.slack.reply.answering import message
from bot.values import dataclass

_JSON: dict[str, str | Sequence[str]] = {"content-type": ["application/json;charset=utf-8"]}

R = TypeVar("R")
V = TypeVar("V")
A = TypeVar("A")

# What a command is answered with: a card, finished JSON, or nothing where a modal opened.
CommandAnswer = Card | bytes | None
# What a form is answered with: None closes it.
FormAnswer = Turned | Wrong | None
Listener = Callable[[V, Here], Awaitable[A]]


@dataclass(slots=True)
class Route:
    """One listener. `typed` reads what it is given, `ack` writes what it returned."""

    kind: Kind
    name: str
    listener: Callable[..., Awaitable[Any]]
    typed: Callable[[Any], Any]
    ack: Callable[[Any], BoltResponse]
    needs_member: bool = True

    async def follow(self, value: Any, here: Here | None, watch: Watch) -> BoltResponse:
        """Call the listener, and write what it returned.

        Raises:
            OutdatedCard: what was sent does not carry what it should.
        """
        if not self.needs_member:
            done = await self.listener(self.typed(value))
        elif here is None:
            raise Unfit(part="user")
        else:
            done = await self.listener(self.typed(value), here)
        watch.served = perf_counter()
        answer = self.ack(done)
        watch.written = perf_counter()
        return answer


class Routes:
    """All listeners. Registering a name again is a fault of the program."""

    def __init__(self) -> None:
        self._routes: dict[tuple[Kind, str], Route] = {}
        self._numbered: dict[str, Route] = {}
        self._otherwise: dict[Kind, Route] = {}

    def __iter__(self) -> Iterator[Route]:
        yield from self._routes.values()
        yield from self._numbered.values()
        yield from self._otherwise.values()

    def find(self, sent: Sent) -> Route:
        """Return the listener that waits for what was sent."""
        return (
            self._routes.get((sent.kind, sent.name))
            or (self._numbered_for(sent.name) if sent.kind is Kind.PRESS else None)
            or self._otherwise[sent.kind]
        )

    def _numbered_for(self, name: str) -> Route | None:
        action, _, number = name.rpartition(".")
        return self._numbered.get(action) if number.isdecimal() and number.isascii() else None

    def command(self, name: str, listener: Listener[Command, CommandAnswer]) -> None:
        """Wait for a slash command."""
        self._add(Route(Kind.COMMAND, name, listener, _same, _command_ack))

    def press(self, action: str, carries: Carries[R], listener: Listener[Press[R], None]) -> None:
        """Wait for a button, or for an option that is a request itself."""
        self._add(Route(Kind.PRESS, action, listener, _carried(carries), _empty))

    def presses(self, action: str, carries: Carries[R], listener: Listener[Press[R], None]) -> None:
        """Wait for a control of which there are several: its id ends with a dot and a number."""
        self._numbered[action] = Route(Kind.PRESS, action, listener, _carried(carries), _empty)

    def choice(self, action: str, carries: Carries[R], listener: Listener[Press[R], None]) -> None:
        """Wait for a select whose block carries the request; `chosen` is the option."""
        self._add(Route(Kind.PRESS, action, listener, _waiting(carries), _empty))

    def choices(self, action: str, carries: Carries[R], listener: Listener[Press[R], None]) -> None:
        """Wait for such a select of which there are several."""
        self._numbered[action] = Route(Kind.PRESS, action, listener, _waiting(carries), _empty)

    def form(
        self, callback: str, carries: Carries[R], listener: Listener[Form[R], FormAnswer]
    ) -> None:
        """Wait for a form that is sent. Its metadata carries the request."""
        self._add(Route(Kind.FORM, callback, listener, _carried(carries), _form_ack))

    def closed(self, callback: str, carries: Carries[R], listener: Listener[Form[R], None]) -> None:
        """Wait for a modal that is closed."""
        self._add(Route(Kind.CLOSED, callback, listener, _carried(carries), _empty))

    def suggestion(self, action: str, listener: Listener[Suggestion, Sequence[Option]]) -> None:
        """Wait for a select that asks us for its options."""
        self._add(Route(Kind.SUGGESTION, action, listener, _same, _options))

    def shortcut(self, callback: str, listener: Listener[Press[QuotedMessage], None]) -> None:
        """Wait for a shortcut."""
        self._add(Route(Kind.SHORTCUT, callback, listener, _same, _empty))

    def event(self, name: str, listener: Listener[Told, None]) -> None:
        """Wait for what a member did, as Slack tells of it."""
        self._add(Route(Kind.EVENT, name, listener, _same, _empty))

    def news(self, name: str, listener: Callable[[Told], Awaitable[None]]) -> None:
        """Wait for what Slack tells of a workspace or of somebody who did nothing here."""
        self._add(Route(Kind.EVENT, name, listener, _same, _empty, needs_member=False))

    def otherwise(
        self, kind: Kind, listener: Callable[..., Awaitable[Any]], *, needs_member: bool = True
    ) -> None:
        """Do this with all of a kind that no other listener waits for."""
        ack: Callable[[Any], BoltResponse] = _ACKS.get(kind, _empty)
        self._otherwise[kind] = Route(kind, "", listener, _same, ack, needs_member)

    def _add(self, route: Route) -> None:
        key = (route.kind, route.name)
        if key in self._routes:
            raise ValueError(f"two listeners wait for {route.name}")
        self._routes[key] = route


def _same(value: V) -> V:
    return value


def _carried(carries: Carries[R]) -> Callable[[Any], Any]:
    if carries is as_it_is:
        return _same
    read = reader(carries)
    return lambda sent: replace(sent, request=read(sent.request))


def _waiting(carries: Carries[R]) -> Callable[[Press[str]], Press[R]]:
    read = reader(carries)
    return lambda press: press.carrying(read(press.block_id))


def _empty(_: object) -> BoltResponse:
    return BoltResponse(status=200, body="")


def _command_ack(answer: CommandAnswer) -> BoltResponse:
    if isinstance(answer, bytes):
        # Bolt's own bodies are text; to make one of this, and bytes of that, took longer than
        # writing the card. Whoever sends it takes it as it is.
        return BoltResponse(status=200, body=cast("str", answer), headers=_JSON)
    return BoltResponse(status=200, body={**message(answer)} if answer else "")


def _form_ack(answer: FormAnswer) -> BoltResponse:
    body: Mapping[str, Any]
    match answer:
        case None:
            return _empty(answer)
        case Turned(view):
            body = {"response_action": "update", "view": view}
        case Wrong(errors):
            body = {"response_action": "errors", "errors": errors}
    return BoltResponse(status=200, body={**body})


def _options(options: Sequence[Option]) -> BoltResponse:
    return BoltResponse(status=200, body={"options": [*options]})


_ACKS: Mapping[Kind, Callable[[Any], BoltResponse]] = {
    Kind.COMMAND: _command_ack,
    Kind.FORM: _form_ack,
    Kind.SUGGESTION: _options,
}

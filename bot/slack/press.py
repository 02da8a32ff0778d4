"""What members type, press, fill in and use, and what Slack tells, as frozen values.

Each is made once per request, by `bot.slack.reading`. What is not as Slack sends it never becomes
one, so that listeners need not look.
"""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from bot.cards.links import Request, decode
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowCard
from bot.domain.tenancy import Tenant
from bot.values import dataclass

R = TypeVar("R")
K = TypeVar("K")


class Kind(Enum):
    """The kinds of requests that a listener can wait for."""

    COMMAND = auto()
    PRESS = auto()
    FORM = auto()
    CLOSED = auto()
    SUGGESTION = auto()
    SHORTCUT = auto()
    EVENT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that was put into a form. `size` is in bytes, None where Slack does not tell it."""

    id: str
    name: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """What one field of a form holds. `text` is also a day or a time, as Slack writes them."""

    block_id: str = ""
    text: str = ""
    chosen: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    files: tuple[UploadedFile, ...] = ()

    @property
    def choice(self) -> str:
        """The value of the one option that was chosen; empty where none was."""
        return next(iter(self.chosen), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A Home or modal, as it was when something was pressed or sent in it.

    `metadata` is what we gave it to carry, `below` the id of the modal under it. `first_input` is
    the block of its first field.
    """

    id: str = ""
    kind: str = ""
    hash: str = ""
    callback_id: str = ""
    metadata: str = ""
    below: str = ""
    first_input: str = ""
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    named: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, block_id: str) -> Field:
        """Return the one field of a block; an empty one where the form has no such block."""
        return self.fields.get(block_id) or Field()

    def of(self, action_id: str) -> Field:
        """Return the field with this id; an empty one where the form has none.

        For fields whose block has another id each time, so that Slack shows them empty.
        """
        return self.named.get(action_id) or Field()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that a member did, and the ways to answer it beside the ack.

    `url` is its response URL, `trigger` opens one modal within three seconds; each is empty where
    Slack gave none. `view` is the Home or modal where it was done.
    """

    url: str = ""
    trigger: str = ""
    view: Surface | None = None
    is_message: bool = False
    is_own: bool = False
    channel: str = ""
    ts: str = ""

    @property
    def is_in_modal(self) -> bool:
        return self.view is not None and self.view.kind == "modal"

    @property
    def own_url(self) -> str:
        """The response URL where the message is the presser's alone, else empty.

        A channel's message must never be redrawn with what one member holds.
        """
        return self.url if self.is_own else ""

    @property
    def surface(self) -> Surface:
        """The Home or modal where it was done.

        Raises:
            OutdatedCard: it was not done in one.
        """
        if self.view is None:
            raise OutdatedCard
        return self.view


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Asked):
    """A slash command, and what was typed after it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Asked, Generic[R]):
    """A button that was pressed, or an option that was chosen: `chosen` is its value then.

    `request` is what the control carries.
    """

    action: str
    request: R
    chosen: str = ""
    block_id: str = ""

    def carrying(self, request: K) -> "Press[K]":
        """Return the same press with another request."""
        same: Press[Any] = self
        return replace(same, request=request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[R]):
    """A modal that was sent or closed. `request` is what it carries in its metadata."""

    view: Surface
    request: R


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was typed so far into a select that asks us for its options."""

    action: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedMessage:
    """The message that a shortcut was used on: `content` is all that Slack holds of it."""

    content: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    ts: str = ""
    thread_ts: str = ""
    channel: str = ""
    team_domain: str = ""
    is_ephemeral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as Slack tells of them in an event; `value` is Slack's whole user object."""

    id: str = ""
    locale: str = ""
    value: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event: what Slack tells by itself, of the workspace of this tenant.

    `at` is when it was so (UTC, seconds since 1970; 0 where Slack does not say): after an outage
    of Slack's or ours it may be hours ago.
    """

    event: str
    at: int = 0
    tenant: Tenant | None = None
    team_id: str | None = None
    tab: str = ""
    person: Person = field(default_factory=Person)
    revoked_bots: tuple[str, ...] = ()
    team_ids: tuple[str, ...] = ()
    enterprise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """A form's answer: another view takes its place."""

    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form's answer: what is wrong, by block. What was typed stays."""

    errors: Mapping[str, str]


class Sent(NamedTuple):
    """A request: its kind, the name that listeners wait for, and its value."""

    kind: Kind
    name: str
    value: Any


def is_direct(channel: str) -> bool:
    """Tell from its id whether a channel is a direct message of two."""
    return channel.startswith("D")


def card_request(text: str) -> ShowCard:
    """Read the request for a card.

    Raises:
        OutdatedCard: it is not one.
    """
    request = decode(text)
    if not isinstance(request, ShowCard):
        raise OutdatedCard
    return request


def requested(kind: type[K], text: str) -> K:
    """Read a request of one kind.

    Raises:
        OutdatedCard: it is of another kind, or none.
    """
    request: Request = decode(text)
    if not isinstance(request, kind):
        raise OutdatedCard
    return request


def as_it_is(text: str) -> str:
    """Read what is no request, such as a key."""
    return text


# What reads the request that a control or a form carries; a class stands for its own requests.
Carries = type[K] | Callable[[str], K]


def reader(carries: Carries[K]) -> Callable[[str], K]:
    """Return the function that reads such a request, or raises OutdatedCard."""
    if isinstance(carries, type):
        kind = carries
        return lambda text: requested(kind, text)
    return carries

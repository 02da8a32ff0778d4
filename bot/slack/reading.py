"""Slack's JSON, read by type: what is missing is empty, what is of another type does not fit."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from bot.cards.ids import Action
from bot.cards.more_menu import pressed_in_menu
from bot.domain.errors import OutdatedCard
from bot.domain.installs.command_names import plain_name
from bot.domain.tenancy import Tenant
from bot.slack.press import (
    Asked,
    Command,
    Field,
    Form,
    Kind,
    Person,
    Press,
    QuotedMessage,
    Sent,
    Suggestion,
    Surface,
    Told,
    UploadedFile,
    is_direct,
)
from bot.slack.sent_text import typed_text
from bot.values import dataclass

V = TypeVar("V")

# Rows of a gap card and the menus of its items: no shared card has them, so where they stand in a
# direct message it is the member's own.
_OWN_ROWS = ("gap?", "status?", "action?", "talk?")
# Seconds of the year 9999, the last that a date can be in.
_NO_MOMENT = 253_000_000_000
_OF_ACCESS = frozenset({"team_access_granted", "team_access_revoked"})
_FORMS = MappingProxyType({"view_submission": Kind.FORM, "view_closed": Kind.CLOSED})


class Unfit(OutdatedCard):
    """A payload lacks what Slack always sends, or has it in another type. Params: `part`."""


@dataclass(frozen=True, slots=True)
class Payload:
    """An object of a payload. `at` says where in the payload it stands."""

    value: Mapping[str, Any]
    at: str = ""

    def text(self, name: str) -> str:
        """Return a text; empty where it is missing or null."""
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            return found or ""
        return self._unfit(name, "")

    def needed(self, name: str) -> str:
        """Return a text that Slack never leaves out."""
        return self.text(name) or self._unfit(name, "")

    def flag(self, name: str) -> bool:
        """Return a truth; false where it is missing or null."""
        found = self.value.get(name)
        if found is None or isinstance(found, bool):
            return bool(found)
        return self._unfit(name, False)

    def part(self, name: str) -> "Payload":
        """Return an object within this one; an empty one where it is missing or null."""
        found = self.value.get(name)
        if found is not None and not isinstance(found, Mapping):
            found = self._unfit(name, {})
        return type(self)(found or {}, self._place(name))

    def parts(self, name: str) -> list["Payload"]:
        """Return the objects of a list; none where it is missing or null."""
        found = self._list(name)
        fitting = [each for each in found if isinstance(each, Mapping)]
        if len(fitting) < len(found):
            fitting = self._unfit(name, fitting)
        place = self._place(name)
        return [type(self)(each, place) for each in fitting]

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list; none where it is missing or null."""
        found = self._list(name)
        fitting = tuple(each for each in found if isinstance(each, str))
        return fitting if len(fitting) == len(found) else self._unfit(name, fitting)

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if found is None or isinstance(found, list):
            return found or []
        return self._unfit(name, [])

    def _place(self, name: str) -> str:
        return f"{self.at}.{name}" if self.at else name

    def _unfit(self, name: str, instead: V) -> V:  # noqa: ARG002 - for those who need not refuse
        raise Unfit(part=self._place(name))


class Leftover(Payload):
    """An object of a payload that may be broken: what does not fit counts as missing."""

    def _unfit(self, name: str, instead: V) -> V:  # noqa: ARG002
        return instead


def read(
    body: Mapping[str, Any],
    *,
    tenant: Tenant | None,
    team_id: str | None,
    enterprise_id: str | None = None,
) -> Sent:
    """Return what Slack has sent.

    Raises:
        Unfit: it is not as Slack sends it.
    """
    payload = Payload(body)
    if "command" in body:
        name = plain_name(payload.needed("command"))
        text, way = typed_text(payload.text("text")), _way(payload)
        return Sent(Kind.COMMAND, name, Command(name=name, text=text, **way))
    match payload.needed("type"):
        case "block_actions":
            return _press(payload)
        case "view_submission" | "view_closed" as kind:
            view = _surface(payload.part("view"))
            form = Form(view=view, request=view.metadata)
            return Sent(_FORMS[kind], view.callback_id, form)
        case "block_suggestion":
            action = payload.needed("action_id")
            return Sent(Kind.SUGGESTION, action, Suggestion(action, payload.text("value")))
        case "shortcut" | "message_action":
            return _shortcut(payload)
        case "event_callback":
            return _told(payload, tenant, team_id, enterprise_id)
        case _:
            return Sent(Kind.OTHER, "", Press(action="", request="", **_way(payload)))


def misfit(body: Mapping[str, Any]) -> Unfit | None:
    """Return what is not as Slack sends it, if anything."""
    try:
        read(body, tenant=None, team_id=None)
    except Unfit as unfit:
        return unfit
    return None


def way_back(body: Mapping[str, Any]) -> Asked:
    """Return how a request can be answered, as far as a payload that may be broken tells."""
    return Asked(**_way(Leftover(body)))


def _press(payload: Payload) -> Sent:
    action = next(iter(payload.parts("actions")), None) or Payload({}, "actions")
    name, option = action.needed("action_id"), action.part("selected_option")
    chosen, value = option.text("value"), action.text("value")
    block_id, carried = action.text("block_id"), chosen or value
    if name.partition(".")[0] == Action.MORE:
        name, carried = pressed_in_menu(chosen, block_id)
    way = _way(payload)
    if block_id.startswith(_OWN_ROWS) and is_direct(way.get("channel", "")):
        way["is_own"] = True
    press = Press(action=name, request=carried, chosen=chosen, block_id=block_id, **way)
    return Sent(Kind.PRESS, name, press)


def _shortcut(payload: Payload) -> Sent:
    name, message = payload.needed("callback_id"), payload.part("message")
    quoted = QuotedMessage(
        content=message.value,
        ts=message.text("ts") or payload.text("message_ts"),
        thread_ts=message.text("thread_ts"),
        channel=payload.part("channel").text("id"),
        team_domain=payload.part("team").text("domain"),
        is_ephemeral=message.flag("is_ephemeral"),
    )
    return Sent(Kind.SHORTCUT, name, Press(action=name, request=quoted, **_way(payload)))


def _told(
    payload: Payload, tenant: Tenant | None, team_id: str | None, enterprise_id: str | None
) -> Sent:
    event, at = payload.part("event"), payload.value.get("event_time")
    if "type" not in event.value and "event" in event.value:
        # As Slack's documentation has what it tells of the workspaces of an organisation.
        event = event.part("event")
    name = event.needed("type")
    about = Person()
    if isinstance(event.value.get("user"), Mapping):
        user = event.part("user")
        about = Person(
            id=user.text("id"),
            locale=user.text("locale"),
            value=user.value,
        )
    told = Told(
        event=name,
        at=at if isinstance(at, int) and 0 < at < _NO_MOMENT else 0,
        tenant=tenant,
        team_id=team_id,
        tab=event.text("tab"),
        person=about,
        revoked_bots=event.part("tokens").texts("bot") if name == "tokens_revoked" else (),
        enterprise_id=enterprise_id,
        team_ids=event.texts("team_ids") if name in _OF_ACCESS else (),
    )
    return Sent(Kind.EVENT, name, told)


def _way(payload: Payload) -> dict[str, Any]:
    """Return the fields of `Asked`."""
    value = payload.value
    way: dict[str, Any] = {
        "url": payload.text("response_url"),
        "trigger": payload.text("trigger_id"),
    }
    if value.get("view") is not None:
        way["view"] = _surface(payload.part("view"))
    if value.get("container") is not None:
        container = payload.part("container")
        way["is_message"] = container.text("type") == "message"
        way["is_own"] = container.flag("is_ephemeral")
        way["channel"] = container.text("channel_id")
        way["ts"] = container.text("message_ts")
    return way


def _surface(view: Payload) -> Surface:
    fields = dict(_fields(view.part("state").part("values")))
    inputs = (each for each in view.parts("blocks") if each.text("type") == "input")
    first = next(inputs, None)
    return Surface(
        id=view.needed("id"),
        kind=view.text("type"),
        hash=view.text("hash"),
        callback_id=view.text("callback_id"),
        metadata=view.text("private_metadata"),
        below=view.text("previous_view_id"),
        first_input=first.text("block_id") if first else "",
        fields={block: each for (block, _), each in reversed(fields.items())},
        named={action: each for (_, action), each in reversed(fields.items())},
    )


def _fields(values: Payload) -> Iterator[tuple[tuple[str, str], Field]]:
    """Yield ((block id, action id), field), in the order of the form."""
    for block_id in values.value:
        block = values.part(block_id)
        for action_id in block.value:
            yield (block_id, action_id), _field(block_id, block.part(action_id))


def _field(block_id: str, given: Payload) -> Field:
    one = given.part("selected_option").text("value")
    many = tuple(each.text("value") for each in given.parts("selected_options"))
    return Field(
        block_id=block_id,
        text=given.text("value") or given.text("selected_time") or given.text("selected_date"),
        chosen=(one,) if one else many,
        people=given.texts("selected_users") or tuple(filter(None, [given.text("selected_user")])),
        files=tuple(_file(each) for each in given.parts("files")),
    )


def _file(file: Payload) -> UploadedFile:
    size = file.value.get("size")
    return UploadedFile(
        file.needed("id"), file.text("name"), size if isinstance(size, int) else None
    )

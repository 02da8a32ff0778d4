"""What control requests name: members, channels, messages, views."""

from bot.sandbox.backend import Backend
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.dispatch.shapes import message_json, view_json
from bot.sandbox.model import Json, Message, View


class BadRequestError(Exception):
    """A control request that makes no sense; the message says why."""


def text_of(args: Json, name: str) -> str:
    """Return a required text argument."""
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise BadRequestError(f"{name} is missing or no text")
    return value


def channel_id_of(backend: Backend, member_id: str, name: str) -> str:
    """Return the id of a channel by name or id, or of the member's direct messages ("dm")."""
    if name == "dm":
        return backend.site.world.dm(member_id).id
    channel = backend.site.world.channel_for(member_id, name)
    if channel is None:
        raise BadRequestError(f"there is no channel {name}")
    return channel.id


def place_of(backend: Backend, args: Json) -> Place:
    """Return the view or message that a request is about."""
    return view_of(backend, args) if "view_id" in args else message_of(backend, args)


def control_of(backend: Backend, args: Json) -> tuple[str, Place, str, str]:
    """Return who uses what: the member, the place, the block's id and the action's."""
    return (
        text_of(args, "member"),
        place_of(backend, args),
        text_of(args, "block_id"),
        text_of(args, "action_id"),
    )


def view_of(backend: Backend, args: Json) -> View:
    """Return the view that a request is about."""
    return backend.site.world.views[text_of(args, "view_id")]


def message_of(backend: Backend, args: Json) -> Message:
    """Return the message that a request is about, if its member sees it."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(backend, member_id, text_of(args, "channel"))
    message = backend.site.world.message(channel_id, text_of(args, "ts"))
    if message is None or not message.visible_to(member_id):
        raise BadRequestError("the member sees no such message")
    return message


def outcome_json(backend: Backend, outcome: Outcome) -> Json:
    """Return an outcome as JSON values."""
    return {
        "ok": outcome.ok,
        "notice": outcome.notice,
        "messages": [seen_message(backend, message) for message in outcome.messages],
        "view": seen_view(backend, outcome.view) if outcome.view else None,
        "errors": outcome.errors,
        "options": outcome.options,
        "seconds": outcome.entry.seconds if outcome.entry else None,
    }


def seen_message(backend: Backend, message: Message) -> Json:
    """Return a message as the API does, and what only a client knows of it."""
    return message_json(backend.site.world, message) | {
        "channel": message.channel_id,
        "is_ephemeral": message.is_ephemeral,
        "deleted": message.deleted,
        "is_notice": message.is_notice,
    }


def seen_view(backend: Backend, view: View) -> Json:
    """Return a view as the API does, and what only a client knows of it."""
    return view_json(backend.site.world, view) | {"is_open": view.is_open, "errors": view.errors}

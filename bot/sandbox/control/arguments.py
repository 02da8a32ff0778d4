"""What control requests name: members, channels, messages, views."""

from typing import TYPE_CHECKING

from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.dispatch.shapes import message_json, view_json
from bot.sandbox.model import Json, Message, View

if TYPE_CHECKING:
    from bot.sandbox.local_slack import LocalSlack


class BadRequestError(Exception):
    """A control request that makes no sense; the message says why."""


def text_of(args: Json, name: str) -> str:
    """Return a required text argument."""
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise BadRequestError(f"{name} is missing or no text")
    return value


def channel_id_of(slack: "LocalSlack", member_id: str, name: str) -> str:
    """Return the id of a channel by name or id, or of the member's direct messages ("dm")."""
    if name == "dm":
        return slack.world.dm(member_id).id
    channel = slack.world.channel_named(slack.world.workspace_of(member_id).id, name)
    if channel is None:
        raise BadRequestError(f"there is no channel {name}")
    return channel.id


def place_of(slack: "LocalSlack", args: Json) -> Place:
    """Return the view or message that a request is about."""
    return view_of(slack, args) if "view_id" in args else message_of(slack, args)


def view_of(slack: "LocalSlack", args: Json) -> View:
    """Return the view that a request is about."""
    return slack.world.views[text_of(args, "view_id")]


def message_of(slack: "LocalSlack", args: Json) -> Message:
    """Return the message that a request is about, if its member sees it."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(slack, member_id, text_of(args, "channel"))
    message = slack.world.message(channel_id, text_of(args, "ts"))
    if message is None or not message.visible_to(member_id):
        raise BadRequestError("the member sees no such message")
    return message


def outcome_json(slack: "LocalSlack", outcome: Outcome) -> Json:
    """Return an outcome as JSON values."""
    return {
        "ok": outcome.ok,
        "notice": outcome.notice,
        "messages": [seen_message(slack, message) for message in outcome.messages],
        "view": seen_view(slack, outcome.view) if outcome.view else None,
        "errors": outcome.errors,
        "options": outcome.options,
        "seconds": outcome.entry.seconds if outcome.entry else None,
    }


def seen_message(slack: "LocalSlack", message: Message) -> Json:
    """Return a message as the API does, and what only a client knows of it."""
    return message_json(slack.world, message) | {
        "channel": message.channel_id,
        "is_ephemeral": message.is_ephemeral,
        "deleted": message.deleted,
        "is_notice": message.is_notice,
    }


def seen_view(slack: "LocalSlack", view: View) -> Json:
    """Return a view as the API does, and what only a client knows of it."""
    return view_json(slack.world, view) | {"is_open": view.is_open, "errors": view.errors}

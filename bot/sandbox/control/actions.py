"""Control requests that do something as a member, or as Slack."""

from typing import TYPE_CHECKING

from bot.sandbox.control.arguments import (
    BadRequestError,
    channel_id_of,
    message_of,
    outcome_json,
    place_of,
    text_of,
    view_of,
)
from bot.sandbox.model import Json

if TYPE_CHECKING:
    from bot.sandbox.local_slack import LocalSlack


async def command(slack: "LocalSlack", args: Json) -> Json:
    """Type a command, or a message."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(slack, member_id, str(args.get("channel", "general")))
    thread_ts = text_of(args, "thread_ts") if "thread_ts" in args else None
    outcome = await slack.interactions.command(
        member_id, text_of(args, "text"), channel_id, thread_ts=thread_ts
    )
    return outcome_json(slack, outcome)


async def action(slack: "LocalSlack", args: Json) -> Json:
    """Press or choose."""
    outcome = await slack.interactions.action(
        text_of(args, "member"),
        place_of(slack, args),
        text_of(args, "block_id"),
        text_of(args, "action_id"),
        args.get("value"),
    )
    return outcome_json(slack, outcome)


async def suggest(slack: "LocalSlack", args: Json) -> Json:
    """Type into an external select."""
    outcome = await slack.interactions.suggest(
        text_of(args, "member"),
        place_of(slack, args),
        text_of(args, "block_id"),
        text_of(args, "action_id"),
        str(args.get("value", "")),
    )
    return outcome_json(slack, outcome)


async def submission(slack: "LocalSlack", args: Json) -> Json:
    """Fill a modal in and submit it."""
    view, values = view_of(slack, args), args.get("values") or {}
    if not isinstance(values, dict):
        raise BadRequestError("values must be {block_id: {action_id: value}}")
    for block_id, actions in values.items():
        if not isinstance(actions, dict):
            raise BadRequestError("values must be {block_id: {action_id: value}}")
        for action_id, value in actions.items():
            slack.interactions.enter(view, block_id, action_id, value)
    return outcome_json(slack, await slack.interactions.submit(view))


async def close(slack: "LocalSlack", args: Json) -> Json:
    """Close a modal."""
    outcome = await slack.interactions.close(view_of(slack, args), clear=bool(args.get("clear")))
    return outcome_json(slack, outcome)


async def shortcut(slack: "LocalSlack", args: Json) -> Json:
    """Use a global or a message shortcut."""
    member_id, callback_id = text_of(args, "member"), text_of(args, "callback_id")
    if args.get("ts") is None:
        outcome = await slack.interactions.global_shortcut(member_id, callback_id)
    else:
        message = message_of(slack, args)
        outcome = await slack.interactions.message_shortcut(member_id, message, callback_id)
    return outcome_json(slack, outcome)


async def home(slack: "LocalSlack", args: Json) -> Json:
    """Open the App Home."""
    return outcome_json(slack, await slack.interactions.open_home(text_of(args, "member")))


async def event(slack: "LocalSlack", args: Json) -> Json:
    """Send an event."""
    content = args.get("event")
    if not isinstance(content, dict):
        raise BadRequestError("event must be an object")
    workspace_id = str(args.get("workspace", next(iter(slack.world.workspaces))))
    slack.world.workspaces[workspace_id]
    answer = await slack.event(content, workspace_id=workspace_id, event_id=args.get("event_id"))
    return {"error": answer.error, "seconds": answer.seconds}

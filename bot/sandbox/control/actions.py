"""Control requests that do something as a member, or as Slack."""

from bot.sandbox.backend import Backend
from bot.sandbox.control.arguments import (
    BadRequestError,
    channel_id_of,
    control_of,
    message_of,
    outcome_json,
    text_of,
    view_of,
)
from bot.sandbox.model import Json


async def command(backend: Backend, args: Json) -> Json:
    """Type a command, or a message."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(backend, member_id, str(args.get("channel", "general")))
    thread_ts = text_of(args, "thread_ts") if "thread_ts" in args else None
    outcome = await backend.interactions.command(
        member_id, text_of(args, "text"), channel_id, thread_ts=thread_ts
    )
    return outcome_json(backend, outcome)


async def action(backend: Backend, args: Json) -> Json:
    """Press or choose."""
    outcome = await backend.interactions.action(
        *control_of(backend, args),
        args.get("value"),
    )
    return outcome_json(backend, outcome)


async def suggest(backend: Backend, args: Json) -> Json:
    """Type into an external select."""
    outcome = await backend.interactions.suggest(
        *control_of(backend, args),
        str(args.get("value", "")),
    )
    return outcome_json(backend, outcome)


async def submission(backend: Backend, args: Json) -> Json:
    """Fill a modal in and submit it."""
    view, values = view_of(backend, args), args.get("values") or {}
    if not isinstance(values, dict):
        raise BadRequestError("values must be {block_id: {action_id: value}}")
    for block_id, actions in values.items():
        if not isinstance(actions, dict):
            raise BadRequestError("values must be {block_id: {action_id: value}}")
        for action_id, value in actions.items():
            backend.interactions.enter(view.member_id, view, block_id, action_id, value)
    return outcome_json(backend, await backend.interactions.submit(view))


async def close(backend: Backend, args: Json) -> Json:
    """Close a modal."""
    outcome = await backend.interactions.close(
        view_of(backend, args), clear=bool(args.get("clear"))
    )
    return outcome_json(backend, outcome)


async def shortcut(backend: Backend, args: Json) -> Json:
    """Use a global or a message shortcut."""
    member_id, callback_id = text_of(args, "member"), text_of(args, "callback_id")
    if args.get("ts") is None:
        outcome = await backend.interactions.global_shortcut(member_id, callback_id)
    else:
        message = message_of(backend, args)
        outcome = await backend.interactions.message_shortcut(member_id, message, callback_id)
    return outcome_json(backend, outcome)


async def home(backend: Backend, args: Json) -> Json:
    """Open the App Home."""
    return outcome_json(backend, await backend.interactions.open_home(text_of(args, "member")))


async def event(backend: Backend, args: Json) -> Json:
    """Send an event."""
    content = args.get("event")
    if not isinstance(content, dict):
        raise BadRequestError("event must be an object")
    workspace_id = str(args.get("workspace", next(iter(backend.site.world.workspaces))))
    backend.site.installs.place(workspace_id)
    answer = await backend.events.send(
        content, workspace_id=workspace_id, event_id=args.get("event_id")
    )
    return {"error": answer.error, "seconds": answer.seconds}

"""Control requests that look: members, messages, views, log; and the clock."""

from bot.sandbox.backend import Backend
from bot.sandbox.control.arguments import (
    BadRequestError,
    channel_id_of,
    seen_message,
    seen_view,
    text_of,
)
from bot.sandbox.model import Json
from bot.sandbox.planner import move_by, move_to_next, plan_of


async def members(backend: Backend, _: Json) -> Json:
    """Everyone."""
    names = (
        "id",
        "workspace_id",
        "handle",
        "name",
        "tz",
        "locale",
        "is_admin",
        "deleted",
        "is_bot",
    )
    return {
        "members": [
            {name: getattr(member, name) for name in names}
            for member in backend.site.world.members.values()
        ]
    }


async def messages(backend: Backend, args: Json) -> Json:
    """What a member sees in a channel."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(backend, member_id, str(args.get("channel", "dm")))
    seen = backend.site.world.visible(channel_id, member_id)
    return {"channel": channel_id, "messages": [seen_message(backend, m) for m in seen]}


async def views(backend: Backend, args: Json) -> Json:
    """What a member has open."""
    member_id = text_of(args, "member")
    backend.site.world.workspace_of(member_id)
    open_home = backend.site.world.homes.get(member_id)
    return {
        "modals": [
            seen_view(backend, view) for view in backend.site.world.modals.get(member_id, [])
        ],
        "home": seen_view(backend, open_home) if open_home else None,
    }


async def clock(backend: Backend, _: Json) -> Json:
    """Read the clock."""
    plan = await plan_of(backend.site)
    return {
        "now": backend.site.clock.now().isoformat(),
        "offset": backend.site.clock.offset.total_seconds(),
        "next": plan.moment.isoformat() if plan.moment else None,
    }


async def move_clock(backend: Backend, args: Json) -> Json:
    """Move the clock."""
    seconds = args.get("advance")
    if seconds == "next":
        if await move_to_next(backend.site) is None:
            raise BadRequestError("the bot tells of no next moment")
    elif isinstance(seconds, int | float) and not isinstance(seconds, bool):
        move_by(backend.site, seconds)
    else:
        raise BadRequestError('advance must be a number of seconds, or "next"')
    return await clock(backend, args)


async def inspector(backend: Backend, _: Json) -> Json:
    """The log."""
    return {"entries": [entry.as_json() for entry in backend.site.inspector]}


async def clear_inspector(backend: Backend, _: Json) -> Json:
    """Empty the log."""
    backend.site.inspector.clear()
    return {"entries": []}

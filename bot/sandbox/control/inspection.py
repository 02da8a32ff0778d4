"""Control requests that look: members, messages, views, log; and the clock."""

from typing import TYPE_CHECKING

from bot.sandbox.control.arguments import (
    BadRequestError,
    channel_id_of,
    seen_message,
    seen_view,
    text_of,
)
from bot.sandbox.model import Json
from bot.sandbox.planner import plan_of

if TYPE_CHECKING:
    from bot.sandbox.local_slack import LocalSlack


async def members(slack: "LocalSlack", _: Json) -> Json:
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
            for member in slack.world.members.values()
        ]
    }


async def messages(slack: "LocalSlack", args: Json) -> Json:
    """What a member sees in a channel."""
    member_id = text_of(args, "member")
    channel_id = channel_id_of(slack, member_id, str(args.get("channel", "dm")))
    seen = slack.world.visible(channel_id, member_id)
    return {"channel": channel_id, "messages": [seen_message(slack, m) for m in seen]}


async def views(slack: "LocalSlack", args: Json) -> Json:
    """What a member has open."""
    member_id = text_of(args, "member")
    slack.world.workspace_of(member_id)
    open_home = slack.world.homes.get(member_id)
    return {
        "modals": [seen_view(slack, view) for view in slack.world.modals.get(member_id, [])],
        "home": seen_view(slack, open_home) if open_home else None,
    }


async def clock(slack: "LocalSlack", _: Json) -> Json:
    """Read the clock."""
    plan = await plan_of(slack.site)
    return {
        "now": slack.clock.now().isoformat(),
        "offset": slack.clock.offset.total_seconds(),
        "next": plan.moment.isoformat() if plan.moment else None,
    }


async def move_clock(slack: "LocalSlack", args: Json) -> Json:
    """Move the clock."""
    seconds = args.get("advance")
    if seconds == "next":
        if await slack.advance_to_next() is None:
            raise BadRequestError("the bot tells of no next moment")
    elif isinstance(seconds, int | float) and not isinstance(seconds, bool):
        slack.advance(seconds)
    else:
        raise BadRequestError('advance must be a number of seconds, or "next"')
    return await clock(slack, args)


async def inspector(slack: "LocalSlack", _: Json) -> Json:
    """The log."""
    return {"entries": [entry.as_json() for entry in slack.inspector]}


async def clear_inspector(slack: "LocalSlack", _: Json) -> Json:
    """Empty the log."""
    slack.inspector.clear()
    return {"entries": []}

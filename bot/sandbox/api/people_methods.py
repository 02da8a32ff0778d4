"""users.* and conversations.*"""

from typing import TypeVar

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.dispatch.shapes import channel_json, member_json, message_json
from bot.sandbox.model import SLACKBOT, Channel, Json, Member

Item = TypeVar("Item")


def member_of(call: Call, member_id: str, *, missing: str = "user_not_found") -> Member:
    """Return a member of the token's workspace or organisation, else raise ApiError(`missing`)."""
    member = call.site.world.members.get(member_id)
    if member is None or not (member_id == SLACKBOT or call.knows(member)):
        raise ApiError(missing)
    return member


def channel_of(call: Call, channel_id: str) -> Channel:
    """Return a channel of the token's workspace. Raises ApiError channel_not_found."""
    channel = call.site.world.channels.get(channel_id)
    if channel is None or not call.reaches(channel.workspace_id):
        raise ApiError("channel_not_found")
    return channel


def users_info(call: Call) -> Json:
    """users.info, with the locale where it is asked for."""
    (member_id,) = call.required("user")
    world = call.site.world
    known = world.members.get(member_id)
    # Whoever shares a channel is no stranger (`docs.slack.dev/apis/slack-connect`).
    if known is None or not _shares_a_channel(call, known):
        known = member_of(call, member_id)
    locale = call.flag("include_locale")
    return {"ok": True, "user": member_json(world, known, include_locale=locale)}


def _shares_a_channel(call: Call, member: Member) -> bool:
    return any(
        call.reaches(channel.workspace_id)
        for channel in call.site.world.channels_of(member.id)
        if not channel.is_im
    )


def users_list(call: Call) -> Json:
    """users.list, page by page."""
    members = [
        member
        for member in call.site.world.members.values()
        if call.workspace.id in member.workspace_ids or member.id == SLACKBOT
    ]
    page, cursor = paged(call, members, default=1000)
    world, locale = call.site.world, call.flag("include_locale")
    return {
        "ok": True,
        "members": [member_json(world, member, include_locale=locale) for member in page],
        "cache_ts": int(world.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def paged(call: Call, items: list[Item], *, default: int) -> tuple[list[Item], str]:
    """Return the asked page of a list and the cursor of the next, "" at the end."""
    limit = max(1, call.number("limit", default))
    try:
        start = int(call.text("cursor", "0") or "0")
    except ValueError:
        raise ApiError("invalid_cursor") from None
    following = start + limit
    return items[start:following], str(following) if following < len(items) else ""


def conversations_open(call: Call) -> Json:
    """conversations.open: the direct messages with one member."""
    if call.text("channel"):
        channel = channel_of(call, call.text("channel"))
    else:
        (listed,) = call.required("users")
        ids = [item for item in listed.split(",") if item]
        if len(ids) != 1:
            raise ApiError("not_enough_users" if not ids else "too_many_users")
        channel = direct_messages(call, member_of(call, ids[0]))
    brief = {"id": channel.id} if not call.flag("return_im") else channel_json(channel)
    return {"ok": True, "channel": brief}


def direct_messages(call: Call, member: Member) -> Channel:
    """Return the app's direct messages with a member, where Slack would allow them."""
    if member.deleted:
        raise ApiError("user_disabled")
    if member.is_bot or member.id == SLACKBOT:
        raise ApiError("cannot_dm_bot")
    return call.site.world.dm(member.id)


def conversations_info(call: Call) -> Json:
    """conversations.info."""
    (channel_id,) = call.required("channel")
    channel = channel_of(call, channel_id)
    member = call.workspace.bot_member_id in channel.member_ids
    return {"ok": True, "channel": channel_json(channel) | {"is_member": member}}


def conversations_members(call: Call) -> Json:
    """conversations.members, page by page."""
    (channel_id,) = call.required("channel")
    members, cursor = paged(call, sorted(channel_of(call, channel_id).member_ids), default=100)
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": cursor}}


def conversations_history(call: Call) -> Json:
    """conversations.history: newest first, without ephemeral messages, as Slack keeps none."""
    (channel_id,) = call.required("channel")
    channel = channel_of(call, channel_id)
    if call.workspace.bot_member_id not in channel.member_ids:
        raise ApiError("not_in_channel")
    world = call.site.world
    kept = [m for m in world.messages.get(channel.id, []) if not (m.deleted or m.is_ephemeral)]
    page, cursor = paged(call, list(reversed(kept)), default=100)
    return {
        "ok": True,
        "messages": [message_json(world, message) for message in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def conversations_list(call: Call) -> Json:
    """conversations.list: public channels unless `types` asks for direct messages."""
    types = call.text("types", "public_channel").split(",")
    found = [
        channel
        for channel in call.site.world.channels.values()
        if channel.workspace_id == call.workspace.id
        and ("im" if channel.is_im else "public_channel") in types
    ]
    page, cursor = paged(call, found, default=100)
    bot = call.workspace.bot_member_id
    return {
        "ok": True,
        "channels": [channel_json(c) | {"is_member": bot in c.member_ids} for c in page],
        "response_metadata": {"next_cursor": cursor},
    }


METHODS = {
    "users.info": Method(handler=users_info, tier=4, scope="users:read"),
    "users.list": Method(handler=users_list, tier=2, scope="users:read"),
    "conversations.open": Method(handler=conversations_open, tier=3, scope="im:write"),
    "conversations.info": Method(handler=conversations_info, tier=3, scope="channels:read"),
    "conversations.members": Method(handler=conversations_members, tier=4, scope="channels:read"),
    "conversations.history": Method(
        handler=conversations_history, tier=3, scope="channels:history"
    ),
    "conversations.list": Method(handler=conversations_list, tier=2, scope="channels:read"),
}

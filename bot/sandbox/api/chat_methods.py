"""chat.*"""

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.api.people_methods import channel_of, direct_messages, member_of
from bot.sandbox.dispatch.replies import content_fields
from bot.sandbox.dispatch.shapes import message_json
from bot.sandbox.judge import MESSAGE_TEXT, UPDATE_TEXT, judge_message
from bot.sandbox.model import Channel, Json, Message


def post_message(call: Call) -> Json:
    """chat.postMessage: to a channel, or to a member's direct messages by the member's id."""
    channel = _target(call)
    body = _content(call)
    if call.text("thread_ts") and not _thread(call, channel):
        raise ApiError("thread_not_found")
    message = call.site.world.post(
        channel=channel,
        author_id=call.workspace.bot_member_id,
        workspace_id=call.workspace.id,
        thread_ts=call.text("thread_ts") or None,
        **content_fields(call.site, body),
    )
    shape = message_json(call.site.world, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": shape}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: to one member of a channel."""
    _, member_id = call.required("channel", "user")
    channel = _target(call)
    member = member_of(call, member_id)
    if member.id not in channel.member_ids:
        raise ApiError("user_not_in_channel")
    message = call.site.world.post(
        channel=channel,
        author_id=call.workspace.bot_member_id,
        workspace_id=call.workspace.id,
        ephemeral_to=member.id,
        thread_ts=call.text("thread_ts") or None,
        **content_fields(call.site, _content(call)),
    )
    return {"ok": True, "message_ts": message.ts}


def update(call: Call) -> Json:
    """chat.update: only the app's own messages.

    As in Slack: a text without blocks takes the old blocks away; attachments and metadata stay
    unless others are sent; an update by blocks is not marked as edited.
    """
    message = _own(call, refused="cant_update_message")
    body = _content(call, text_limit=UPDATE_TEXT)
    fields = content_fields(call.site, body)
    if body["blocks"] is None and not body["text"]:
        del fields["blocks"], fields["text"]
    for kept in ("attachments", "metadata"):
        if body[kept] is None:
            del fields[kept]
    call.site.world.edit(message, mark_edited=not body["blocks"], **fields)
    return {
        "ok": True,
        "channel": message.channel_id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(call.site.world, message),
    }


def delete(call: Call) -> Json:
    """chat.delete: only the app's own messages."""
    message = _own(call, refused="cant_delete_message")
    call.site.world.delete(message)
    return {"ok": True, "channel": message.channel_id, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink."""
    channel_id, ts = call.required("channel", "message_ts")
    channel = channel_of(call, channel_id)
    message = call.site.world.message(channel.id, ts)
    if message is None or message.is_ephemeral:
        raise ApiError("message_not_found")
    link = f"{call.site.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": link}


def _target(call: Call) -> Channel:
    (wanted,) = call.required("channel")
    world, workspace = call.site.world, call.workspace
    if wanted in world.members:
        return direct_messages(call, member_of(call, wanted, missing="channel_not_found"))
    channel = world.channel_named(workspace.id, wanted)
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.is_archived:
        raise ApiError("is_archived")
    if workspace.bot_member_id not in channel.member_ids:
        raise ApiError("not_in_channel")
    if channel.im_member_id and world.members[channel.im_member_id].deleted:
        raise ApiError("user_disabled")
    return channel


def _thread(call: Call, channel: Channel) -> Message | None:
    return call.site.world.message(channel.id, call.text("thread_ts"))


def _content(call: Call, *, text_limit: int = MESSAGE_TEXT) -> Json:
    body: Json = {
        "text": call.text("text"),
        "blocks": call.structure("blocks", invalid="invalid_blocks_format"),
        "attachments": call.structure("attachments", invalid="invalid_attachments"),
        "metadata": call.structure("metadata", invalid="invalid_metadata_format"),
    }
    if call.text("markdown_text"):
        body["text"] = call.text("markdown_text")
    verdict = judge_message(body, text_limit=text_limit)
    call.entry.record(verdict)
    if verdict.code:
        raise ApiError(verdict.code, messages=verdict.slack_messages)
    kinds = {each.get("type") for each in body["blocks"] or ()}
    if "data_table" in kinds and not call.workspace.has_data_tables:
        raise ApiError("invalid_blocks", messages=["unsupported type: data_table"])
    return body


def _own(call: Call, *, refused: str) -> Message:
    channel_id, ts = call.required("channel", "ts")
    channel = channel_of(call, channel_id)
    message = call.site.world.message(channel.id, ts)
    if message is None or message.is_ephemeral:
        raise ApiError("message_not_found")
    if message.author_id != call.workspace.bot_member_id:
        raise ApiError(refused)
    return message


METHODS = {
    "chat.postMessage": Method(handler=post_message, tier=4, scope="chat:write"),
    "chat.postEphemeral": Method(handler=post_ephemeral, tier=4, scope="chat:write"),
    "chat.update": Method(handler=update, tier=3, scope="chat:write"),
    "chat.delete": Method(handler=delete, tier=3, scope="chat:write"),
    "chat.getPermalink": Method(handler=get_permalink, tier=4),
}

"""files.getUploadURLExternal, files.completeUploadExternal, files.info and files.delete."""

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.api.people_methods import channel_of
from bot.sandbox.dispatch.shapes import file_json, readable_file_json
from bot.sandbox.model import Channel, Json, SharedFile

MAX_BYTES = 50_000_000


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an address to send `length` bytes to."""
    (name, _) = call.required("filename", "length")
    length = call.number("length", 0)
    if not 0 < length <= MAX_BYTES:
        raise ApiError("invalid_arguments", messages=["[ERROR] length is out of range"])
    world = call.site.world
    file = SharedFile(
        id=world.new_id("F"),
        workspace_id=call.workspace.id,
        name=name,
        length=length,
        owner_id=call.workspace.bot_member_id,
        alt_text=call.text("alt_txt"),
    )
    world.files[file.id] = file
    url = f"{call.site.base_url}/upload/{file.id}"
    return {"ok": True, "upload_url": url, "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: shares uploaded files, in one message per channel."""
    listed = call.structure("files", invalid="invalid_arguments")
    if not isinstance(listed, list) or not listed:
        raise ApiError("invalid_arguments", messages=["[ERROR] missing required field: files"])
    files = [_uploaded(call, item) for item in listed]
    places = [call.text("channel_id"), *call.text("channels").split(",")]
    channels = [_target(call, place) for place in places if place]
    for file, item in zip(files, listed, strict=True):
        file.title, file.shared = str(item.get("title") or file.name), True
    for channel in channels:
        call.site.world.post(
            channel=channel,
            author_id=call.workspace.bot_member_id,
            text=call.text("initial_comment"),
            file_ids=[file.id for file in files],
            thread_ts=call.text("thread_ts") or None,
        )
    # Slack's answer also says where each file is to be read.
    told = [
        file_json(each) | {"permalink": f"{call.site.base_url}/files/{each.id}"} for each in files
    ]
    return {"ok": True, "files": told}


def _target(call: Call, channel_id: str) -> Channel:
    channel = channel_of(call, channel_id)
    if call.workspace.bot_member_id not in channel.member_ids:
        raise ApiError("not_in_channel")
    return channel


def _uploaded(call: Call, item: object) -> SharedFile:
    file = call.site.world.files.get(str(item.get("id"))) if isinstance(item, dict) else None
    if file is None or not call.reaches(file.workspace_id) or file.content is None:
        raise ApiError("file_not_found")
    if file.shared:
        raise ApiError("file_already_shared")
    return file


def info(call: Call) -> Json:
    """files.info: a file that people of the workspace, or the app, have uploaded."""
    (file_id,) = call.required("file")
    file = call.site.world.files.get(file_id)
    if file is None or not call.reaches(file.workspace_id) or not file.shared:
        raise ApiError("file_not_found")
    return {"ok": True, "file": readable_file_json(file, call.site.base_url)}


def delete(call: Call) -> Json:
    """files.delete: only the app's own files. They go from where they were shared, too."""
    (file_id,) = call.required("file")
    world = call.site.world
    file = world.files.get(file_id)
    if file is None or not call.reaches(file.workspace_id):
        raise ApiError("file_not_found")
    if file.owner_id != call.workspace.bot_member_id:
        raise ApiError("cant_delete_file")
    for message in (each for channel in world.messages.values() for each in channel):
        if file_id in message.file_ids:
            message.file_ids.remove(file_id)
            world.edit(message, mark_edited=False)
    del world.files[file_id]
    return {"ok": True}


METHODS = {
    "files.getUploadURLExternal": Method(handler=get_upload_url, tier=4, scope="files:write"),
    "files.completeUploadExternal": Method(handler=complete_upload, tier=4, scope="files:write"),
    "files.delete": Method(handler=delete, tier=3, scope="files:write"),
    "files.info": Method(handler=info, tier=4, scope="files:read"),
}

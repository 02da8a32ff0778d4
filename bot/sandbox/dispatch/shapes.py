"""How Slack writes down members, messages and views: the JSON of the API and the payloads."""

from urllib.parse import quote

from bot.sandbox.model import Channel, Json, Member, Message, SharedFile, View, Workspace
from bot.sandbox.samples import APP_ID
from bot.sandbox.state.world import World


def member_json(world: World, member: Member, *, include_locale: bool = False) -> Json:
    """Return a member as users.info does; the world's clock decides about summer time.

    `enterprise_user` is that of `docs.slack.dev/reference/objects/user-object`.
    """
    found: Json = {
        "id": member.id,
        "team_id": member.workspace_id,
        "name": member.handle,
        "deleted": member.deleted,
        "color": "4bbe2e",
        "real_name": member.name,
        "profile": {
            "real_name": member.name,
            "real_name_normalized": member.name,
            "display_name": member.name,
            "display_name_normalized": member.name,
            "team": member.workspace_id,
        },
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": member.updated,
    }
    if member.deleted:
        return found
    org = world.organisation_of(member.workspace_id)
    if org is not None:
        found["enterprise_user"] = {
            "id": member.id,
            "enterprise_id": org.id,
            "enterprise_name": org.name,
            "is_admin": member.id in org.owner_ids,
            "is_owner": member.id in org.owner_ids,
            "teams": list(member.workspace_ids),
        }
    return found | {
        "tz": member.tz,
        "tz_label": member.tz.replace("_", " "),
        "tz_offset": member.tz_offset(world.clock.now()),
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        **({"locale": member.locale} if include_locale else {}),
    }


def workspace_json(workspace: Workspace) -> Json:
    """Return a workspace as team.info does."""
    return {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "enterprise_id": workspace.enterprise_id,
    }


def channel_json(channel: Channel) -> Json:
    """Return a channel or direct message as conversations.info does."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_mpim": False,
        "is_private": False,
        "context_team_id": channel.workspace_id,
    }
    if channel.is_im:
        return common | {"user": channel.im_member_id, "is_user_deleted": False, "priority": 0}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_general": channel.name == "general",
        "num_members": len(channel.member_ids),
    }


def message_json(world: World, message: Message) -> Json:
    """Return a message as chat.postMessage and the interaction payloads do."""
    workspace = world.workspaces[message.workspace_id]
    found: Json = {
        "type": "message",
        "user": message.author_id,
        "text": message.text,
        "ts": message.ts,
        "team": message.workspace_id,
    }
    if message.author_id == workspace.bot_member_id:
        found |= {"bot_id": workspace.bot_id, "app_id": APP_ID}
    if message.blocks:
        found["blocks"] = message.blocks
    if message.attachments:
        found["attachments"] = message.attachments
    if message.thread_ts:
        found["thread_ts"] = message.thread_ts
    if message.metadata:
        found["metadata"] = message.metadata
    if message.edited_ts:
        found["edited"] = {"user": message.author_id, "ts": message.edited_ts}
    if message.file_ids:
        found["files"] = [file_json(world.files[file_id]) for file_id in message.file_ids]
    return found


def view_json(world: World, view: View) -> Json:
    """Return a view as views.* and the interaction payloads do."""
    payload, workspace = view.payload, world.workspaces[view.workspace_id]
    found: Json = {
        "id": view.id,
        "team_id": team_of(world, view.member_id, view.workspace_id),
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": payload.get("private_metadata") or "",
        "callback_id": payload.get("callback_id") or "",
        "state": {"values": view.state},
        "hash": view.hash,
        "title": payload.get("title"),
        "clear_on_close": bool(payload.get("clear_on_close")),
        "notify_on_close": bool(payload.get("notify_on_close")),
        "close": payload.get("close"),
        "submit": payload.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": APP_ID,
        "external_id": payload.get("external_id") or "",
        "app_installed_team_id": workspace.enterprise_id if workspace.org_wide else workspace.id,
        "bot_id": workspace.bot_id,
    }
    if view.type == "modal":
        found["submit_disabled"] = bool(payload.get("submit_disabled"))
    return found


def file_json(file: SharedFile) -> Json:
    """Return a file as messages and files.completeUploadExternal do."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "user": file.owner_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "mimetype": file.picture_type or "application/octet-stream",
        "filetype": file.name.rpartition(".")[2] if "." in file.name else "binary",
        "alt_txt": file.alt_text,
    }


def readable_file_json(file: SharedFile, base_url: str) -> Json:
    """Return a file as files.info and file inputs do: with the addresses of its content.

    `base_url` is the local Slack's own address.
    """
    address = f"{base_url}/files-pri/{file.workspace_id}-{file.id}"
    return file_json(file) | {
        "url_private": f"{address}/{quote(file.name, safe='')}",
        "url_private_download": f"{address}/download/{quote(file.name, safe='')}",
    }


def team_of(world: World, member_id: str, app_workspace_id: str) -> str:
    """Return the workspace that a member is of when they deal with the app of a workspace.

    It is that one where it is theirs; whoever comes through a shared channel is of their own.
    """
    own = world.members[member_id].workspace_ids
    return app_workspace_id if app_workspace_id in own else own[0]


def member_stub(member: Member, *, team_id: str) -> Json:
    """Return a member as interaction payloads name the one who acted."""
    return {
        "id": member.id,
        "username": member.handle,
        "name": member.handle,
        "team_id": team_id,
    }

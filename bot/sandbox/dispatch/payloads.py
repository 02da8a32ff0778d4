"""The payloads that Slack sends for commands, interactions and events."""

from typing import Any

from bot.sandbox.blocks import state_of
from bot.sandbox.dispatch.shapes import member_stub, message_json, view_json
from bot.sandbox.model import Channel, Json, Member, Message, ResponseUrl, View
from bot.sandbox.samples import APP_ID, VERIFICATION_TOKEN
from bot.sandbox.site import Site

Place = Message | View


def response_url(site: Site, url: ResponseUrl) -> str:
    """Return the whole address of a response URL."""
    return f"{site.base_url}/response/{url.id}"


def command(
    site: Site,
    *,
    member: Member,
    channel: Channel,
    name: str,
    text: str,
    trigger_id: str,
    url: ResponseUrl,
) -> Json:
    """Return the form fields of a slash command. There is no locale among them, as in Slack."""
    workspace = site.world.workspaces[member.workspace_id]
    fields: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": member.id,
        "user_name": member.handle,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(workspace.org_wide).lower(),
        "response_url": response_url(site, url),
        "trigger_id": trigger_id,
    }
    if workspace.enterprise_id:
        fields |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": "Sample Enterprise"}
    return fields


def interaction(site: Site, kind: str, member: Member, **fields: Any) -> Json:
    """Return an interactive payload of `kind`: what all of them share, and `fields`."""
    workspace = site.world.workspaces[member.workspace_id]
    enterprise = workspace.enterprise_id
    return {
        "type": kind,
        "user": member_stub(member),
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.id, "domain": workspace.domain},
        "enterprise": {"id": enterprise, "name": "Sample Enterprise"} if enterprise else None,
        "is_enterprise_install": workspace.org_wide,
        **fields,
    }


def state_at(place: Place, member_id: str) -> Json:
    """Return `state.values` of a message or view, as the client of one member has it."""
    if isinstance(place, View):
        return place.state
    return state_of(place.blocks, place.entered.get(member_id, {}))


def place_fields(site: Site, place: Place, member_id: str) -> Json:
    """Return where an action happened: container, channel, message and state, or view.

    Slack keeps no ephemeral messages, so their payloads carry no `message`.
    """
    if isinstance(place, View):
        return {
            "container": {"type": "view", "view_id": place.id},
            "view": view_json(site.world, place),
        }
    channel = site.world.channels[place.channel_id]
    container: Json = {
        "type": "message",
        "message_ts": place.ts,
        "channel_id": place.channel_id,
        "is_ephemeral": place.is_ephemeral,
    }
    if place.thread_ts:
        container["thread_ts"] = place.thread_ts
    fields: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": state_at(place, member_id)},
    }
    if not place.is_ephemeral:
        fields["message"] = message_json(site.world, place)
    return fields


def event_envelope(site: Site, event: Json, *, workspace_id: str, event_id: str) -> Json:
    """Return the outer payload of an Events API event."""
    workspace = site.world.workspaces[workspace_id]
    authorization = {
        "enterprise_id": workspace.enterprise_id,
        "team_id": workspace.id,
        "user_id": workspace.bot_member_id,
        "is_bot": True,
        "is_enterprise_install": workspace.org_wide,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.id,
        "context_team_id": workspace.id,
        "context_enterprise_id": workspace.enterprise_id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(site.clock.now().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }

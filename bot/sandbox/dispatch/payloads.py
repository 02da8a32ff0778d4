"""The payloads that Slack sends for commands, interactions and events."""

from typing import Any

from bot.sandbox.blocks import state_of
from bot.sandbox.dispatch.shapes import member_stub, message_json, team_of, view_json
from bot.sandbox.model import (
    Channel,
    Json,
    Member,
    Message,
    Organisation,
    ResponseUrl,
    View,
    Workspace,
)
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
    workspace: Workspace,
    channel: Channel,
    name: str,
    text: str,
    trigger_id: str,
    url: ResponseUrl,
) -> Json:
    """Return the form fields of a slash command. There is no locale among them, as in Slack.

    `workspace` is the one whose app is meant.
    """
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
    enterprise = _enterprise(site, workspace)
    if enterprise is not None:
        fields |= {"enterprise_id": enterprise["id"], "enterprise_name": enterprise["name"]}
    return fields


def interaction(site: Site, kind: str, member: Member, workspace_id: str, **fields: Any) -> Json:
    """Return an interactive payload of `kind`: what all of them share, and `fields`.

    `workspace_id` is that of the app. The payload names it, but for views and global shortcuts:
    there an organisation's app gets no team (slackapi/bolt-js, `src/types/shortcuts`), and whoever
    comes through a shared channel brings their own team with a view (slackapi/bolt-js#1614).
    """
    app = site.world.workspaces[workspace_id]
    own = site.world.workspaces[team_of(site.world, member.id, workspace_id)]
    in_place = "view" not in fields and kind != "shortcut"
    told = app if in_place else own
    team: Json | None = {"id": told.id, "domain": told.domain}
    if app.org_wide and not in_place and site.installs.org_payloads_lack_team:
        team = None
    return {
        "type": kind,
        "user": member_stub(member, team_id=own.id),
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": team,
        "enterprise": _enterprise(site, told),
        "is_enterprise_install": app.org_wide,
        **fields,
    }


def _enterprise(site: Site, workspace: Workspace) -> Json | None:
    if not workspace.enterprise_id:
        return None
    org = site.world.organisation_of(workspace.id)
    return {"id": workspace.enterprise_id, "name": org.name if org else "Sample Enterprise"}


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


def event_envelope(site: Site, event: Json, *, place_id: str, event_id: str) -> Json:
    """Return the outer payload of an Events API event for a workspace, or an organisation's app.

    The latter has no team and names its `enterprise_id`, as in
    `docs.slack.dev/reference/events/team_access_granted`.
    """
    place = site.installs.place(place_id)
    in_org = isinstance(place, Organisation)
    team_id = None if in_org else place.id
    enterprise_id = place.id if isinstance(place, Organisation) else place.enterprise_id
    authorization = {
        "enterprise_id": enterprise_id,
        "team_id": team_id,
        "user_id": place.bot_member_id,
        "is_bot": True,
        "is_enterprise_install": in_org or (isinstance(place, Workspace) and place.org_wide),
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team_id,
        **({"enterprise_id": enterprise_id} if in_org else {}),
        "context_team_id": team_id,
        "context_enterprise_id": enterprise_id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(site.clock.now().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }

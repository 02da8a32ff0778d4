"""auth.test, apps.connections.open, team.info, blocks.validate."""

from typing import Any

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.dispatch.shapes import workspace_json
from bot.sandbox.judge import judge_message, judge_view
from bot.sandbox.model import Json, Organisation
from bot.sandbox.samples import APP_ID


def auth_test(call: Call) -> Json:
    """auth.test: who the token is, be it a workspace's, an organisation's, or the app's."""
    if call.token is not None and call.token.kind == "app":
        return {"ok": True, "app_id": APP_ID, "app_name": call.site.manifest.app_name}
    if call.organisation is not None:
        return _org_identity(call, call.organisation)
    workspace = call.workspace
    bot = call.site.world.bot_of(workspace.id)
    return {
        "ok": True,
        "url": f"{call.site.base_url}/",
        "team": workspace.name,
        "user": bot.handle,
        "team_id": workspace.id,
        "user_id": bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": workspace.org_wide,
        **({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}),
        **_ends(call),
    }


def _org_identity(call: Call, org: Organisation) -> Json:
    """Return whose an organisation's token is.

    Slack documents no such answer. Its `team_id` is the organisation's here, or a workspace's where
    `org_answers_name_a_team` is on: `is_enterprise_install` decides, not the team.
    """
    team_id, team = org.id, org.name
    if call.site.installs.org_answers_name_a_team:
        first = next(iter(call.site.installs.workspaces_of(org.id)))
        team_id, team = first.id, first.name
    return {
        "ok": True,
        "url": f"{call.site.base_url}/",
        "team": team,
        "user": call.site.world.members[org.bot_member_id].handle,
        "team_id": team_id,
        "user_id": org.bot_member_id,
        "bot_id": org.bot_id,
        "is_enterprise_install": True,
        "enterprise_id": org.id,
        **_ends(call),
    }


def _ends(call: Call) -> Json:
    """Return in how many seconds a rotated token ends (`AuthTestResponse` of slackapi's SDKs)."""
    ends = call.token.expires_at if call.token else None
    if ends is None:
        return {}
    return {"expires_in": round((ends - call.site.clock.now()).total_seconds())}


def team_info(call: Call) -> Json:
    """team.info: the token's workspace."""
    asked = call.text("team", call.workspace.id)
    if asked != call.workspace.id:
        raise ApiError("team_not_found")
    return {"ok": True, "team": workspace_json(call.workspace)}


def blocks_validate(call: Call) -> Json:
    """blocks.validate: what the judge says about blocks, or about a whole view."""
    view = call.structure("view", invalid="invalid_arguments")
    if view is not None:
        verdict = judge_view(view)
    else:
        blocks: Any = call.structure("blocks", invalid="invalid_blocks_format")
        if blocks is None:
            raise ApiError("invalid_arguments", messages=["[ERROR] missing required field: blocks"])
        verdict = judge_message({"text": "validated", "blocks": blocks})
    call.entry.record(verdict)
    if verdict.code:
        raise ApiError(verdict.code, messages=verdict.slack_messages)
    return {"ok": True}


METHODS = {
    "auth.test": Method(handler=auth_test, tier=4, auth="any"),
    "team.info": Method(handler=team_info, tier=3, scope="team:read"),
    "blocks.validate": Method(handler=blocks_validate, tier=4, auth="none"),
}

"""auth.test, apps.connections.open, team.info, oauth.v2.access, blocks.validate."""

from typing import Any

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.dispatch.shapes import workspace_json
from bot.sandbox.judge import judge_message, judge_view
from bot.sandbox.model import Json, Token
from bot.sandbox.samples import APP_ID, BOT_SCOPES


def auth_test(call: Call) -> Json:
    """auth.test: who the token is."""
    if call.token is not None and call.token.kind == "app":
        return {"ok": True, "app_id": APP_ID, "app_name": call.site.manifest.app_name}
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
    }


def team_info(call: Call) -> Json:
    """team.info: the token's workspace."""
    asked = call.text("team", call.workspace.id)
    if asked != call.workspace.id:
        raise ApiError("team_not_found")
    return {"ok": True, "team": workspace_json(call.workspace)}


def oauth_v2_access(call: Call) -> Json:
    """oauth.v2.access: a code that /oauth/v2/authorize gave out, against a bot token; once."""
    world = call.site.world
    (code,) = call.required("code")
    if call.text("client_secret") != call.site.client_secret:
        raise ApiError("bad_client_secret")
    grant = world.oauth_codes.pop(code, None)
    if grant is None:
        raise ApiError("invalid_code")
    workspace = world.workspaces[grant.workspace_id]
    token = world.tokens.get(workspace.bot_token)
    if token is None or token.revoked:
        token = _new_bot_token(call, workspace.id)
        workspace.bot_token = token.value
    enterprise = workspace.enterprise_id
    return {
        "ok": True,
        "access_token": token.value,
        "token_type": "bot",
        "scope": ",".join(grant.scopes or BOT_SCOPES),
        "bot_user_id": workspace.bot_member_id,
        "app_id": APP_ID,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": {"id": enterprise, "name": "Sample Enterprise"} if enterprise else None,
        "is_enterprise_install": False,
        "authed_user": {"id": grant.member_id},
    }


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


def _new_bot_token(call: Call, workspace_id: str) -> Token:
    world = call.site.world
    token = Token(
        value=world.new_id("xoxb-local-"),
        kind="bot",
        workspace_id=workspace_id,
        scopes=call.site.manifest.scopes or BOT_SCOPES,
    )
    world.tokens[token.value] = token
    return token


METHODS = {
    "auth.test": Method(handler=auth_test, tier=4, auth="any"),
    "team.info": Method(handler=team_info, tier=3, scope="team:read"),
    "oauth.v2.access": Method(handler=oauth_v2_access, tier=4, auth="none"),
    "blocks.validate": Method(handler=blocks_validate, tier=4, auth="none"),
}

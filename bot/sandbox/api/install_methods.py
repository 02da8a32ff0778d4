"""oauth.v2.access, auth.revoke, auth.teams.list, apps.uninstall and migration.exchange.

Errors and shapes are those of the pages `docs.slack.dev/reference/methods/<method>`, of
`docs.slack.dev/authentication/using-token-rotation`, and of
`api.slack.com/enterprise/apps/reference` for an organisation's answer.
"""

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.model import Json, Organisation
from bot.sandbox.samples import APP_ID, CLIENT_ID
from bot.sandbox.state.installs import Issued, RefusedInstall
from bot.sandbox.state.migration import MOST_USERS

GRANTS = ("authorization_code", "refresh_token")


def oauth_v2_access(call: Call) -> Json:
    """oauth.v2.access: a code, or a refresh token, against a bot token; each once."""
    _check_client(call)
    kind = call.text("grant_type", "authorization_code") or "authorization_code"
    if kind not in GRANTS:
        raise ApiError("invalid_grant_type")
    try:
        if kind == "refresh_token":
            return _answer(call, call.site.installs.refresh(call.text("refresh_token")))
        grant, issued = call.site.installs.exchange(
            call.text("code"), client_id=CLIENT_ID, redirect_uri=call.text("redirect_uri")
        )
    except RefusedInstall as refused:
        raise ApiError(refused.code) from None
    return _answer(call, issued) | {"authed_user": {"id": grant.member_id}}


def auth_revoke(call: Call) -> Json:
    """auth.revoke: this token, unless it is only tried (`test`); `tokens_revoked` follows."""
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    if call.token is not None:
        call.token.revoked = True
        place_id = call.token.workspace_id or call.token.enterprise_id
        if place_id is not None:
            call.site.announce(place_id, ("tokens_revoked",))
    return {"ok": True, "revoked": True}


def apps_uninstall(call: Call) -> Json:
    """apps.uninstall: the app goes from the whole place; both events follow."""
    _check_client(call)
    token = call.token
    place_id = (token.workspace_id or token.enterprise_id or "") if token else ""
    call.site.installs.remove(place_id)
    call.site.announce(place_id, ("tokens_revoked", "app_uninstalled"))
    return {"ok": True}


def auth_teams_list(call: Call) -> Json:
    """auth.teams.list: the workspaces that a token may be used for."""
    world = call.site.world
    teams = [each for each in world.workspaces.values() if call.reaches(each.id)]
    return {
        "ok": True,
        "teams": [{"id": each.id, "name": each.name} for each in teams],
        "response_metadata": {"next_cursor": ""},
    }


def migration_exchange(call: Call) -> Json:
    """migration.exchange: which id each member of a migrated workspace has now, or had before."""
    (listed,) = call.required("users")
    users = [each for each in listed.split(",") if each]
    workspace = call.workspace
    if workspace.enterprise_id is None:
        raise ApiError("not_enterprise_team")
    if len(users) > MOST_USERS:
        raise ApiError("too_many_users")
    found, nobody = call.site.migrations.exchanged(workspace, users, to_old=call.flag("to_old"))
    return {
        "ok": True,
        "team_id": workspace.id,
        "enterprise_id": workspace.enterprise_id,
        "user_id_map": found,
        "invalid_user_ids": nobody,
    }


def _check_client(call: Call) -> None:
    """Check who asks, also by HTTP Basic, which `read_arguments` has put among the arguments."""
    if call.text("client_id") != CLIENT_ID:
        raise ApiError("invalid_client_id")
    if call.text("client_secret") != call.site.client_secret:
        raise ApiError("bad_client_secret")


def _answer(call: Call, issued: Issued) -> Json:
    """Return what Slack tells of a token. `team` is null for an organisation's, as a rule."""
    place, token, world = issued.place, issued.token, call.site.world
    in_org = isinstance(place, Organisation)
    org = place if isinstance(place, Organisation) else world.organisation_of(place.id)
    team: Json | None = None if in_org else {"id": place.id, "name": place.name}
    if in_org and call.site.installs.org_answers_name_a_team:
        first = next(iter(call.site.installs.workspaces_of(place.id)))
        team = {"id": first.id, "name": first.name}
    answer: Json = {
        "ok": True,
        "access_token": token.value,
        "token_type": "bot",
        "scope": ",".join(token.scopes),
        "bot_user_id": place.bot_member_id,
        "app_id": APP_ID,
        "team": team,
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": in_org,
    }
    if issued.refresh_token and token.expires_at:
        left = token.expires_at - call.site.clock.now()
        answer |= {
            "refresh_token": issued.refresh_token,
            "expires_in": round(left.total_seconds()),
        }
    return answer


METHODS = {
    "oauth.v2.access": Method(handler=oauth_v2_access, tier=4, auth="none"),
    "auth.revoke": Method(handler=auth_revoke, tier=3),
    "auth.teams.list": Method(handler=auth_teams_list, tier=2),
    "migration.exchange": Method(handler=migration_exchange, tier=2),
    "apps.uninstall": Method(handler=apps_uninstall, tier=1),
}

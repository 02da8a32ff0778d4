"""One call of a Web API method, as its handler sees it."""

import json
from collections.abc import Callable
from typing import Any, Literal

from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json, Member, Organisation, Token, Workspace
from bot.sandbox.site import Site
from bot.values import dataclass

# Methods that an organisation's token must name a workspace to, of those imitated here
# (`api.slack.com/enterprise/apps/changes-apis`).
_NEED_TEAM = ("users.list", "conversations.list", "migration.exchange")
# Arguments whose value leads to a workspace.
_NAMING = (
    "channel",
    "channel_id",
    "channels",
    "user",
    "users",
    "user_id",
    "trigger_id",
    "interactivity_pointer",
    "view_id",
    "file",
)

Auth = Literal["bot", "app", "any", "none"]


class ApiError(Exception):
    """Slack's ok=false: `code` is its error, `messages` those of response_metadata."""

    def __init__(self, code: str, *, messages: list[str] | None = None, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []
        self.fields = fields

    def body(self) -> Json:
        """Return the JSON that Slack answers with."""
        body: Json = {"ok": False, "error": self.code, **self.fields}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


@dataclass(slots=True, kw_only=True)
class Call:
    """A call that passed authentication."""

    site: Site
    method: str
    args: Json
    entry: Entry
    token: Token | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace that the call acts in: the bot token's, or one of its organisation's."""
        if self.token is None or self.token.kind != "bot":
            raise ApiError("not_allowed_token_type")
        if self.token.workspace_id is not None:
            return self.site.world.workspaces[self.token.workspace_id]
        return self._meant(self.token.enterprise_id or "")

    @property
    def organisation(self) -> Organisation | None:
        """The organisation whose token it is, None for a workspace's own."""
        if self.token is None or self.token.enterprise_id is None:
            return None
        return self.site.world.organisations[self.token.enterprise_id]

    def _meant(self, enterprise_id: str) -> Workspace:
        """Return the workspace that an organisation's token is used for.

        Where `team_id` is not given, what the call names tells (a channel, a person, a trigger).
        `docs.slack.dev/reference/methods/conversations.list` has both errors.
        """
        ours = self.site.installs.workspaces_of(enterprise_id)
        named = self._named()
        given = [workspace for workspace in ours if workspace.org_wide]
        if any(workspace.id in named for workspace in given):
            return next(workspace for workspace in given if workspace.id in named)
        if not given or any(workspace.id in named for workspace in ours):
            raise ApiError("team_access_not_granted")
        if self.method in _NEED_TEAM and not self.text("team_id"):
            raise ApiError("missing_argument", messages=["[ERROR] missing required field: team_id"])
        # What is named, if anything, is a stranger's, and the method says so in its own words.
        return given[0]

    def reaches(self, workspace_id: str) -> bool:
        """Tell whether what belongs to a workspace is the token's to use."""
        org = self.organisation
        if org is None:
            return workspace_id == self.workspace.id
        workspace = self.site.world.workspaces[workspace_id]
        return workspace.enterprise_id == org.id and workspace.org_wide

    def knows(self, member: Member) -> bool:
        """Tell whether a member is of the token's workspace, or of its organisation."""
        org = self.organisation
        if org is None:
            return self.workspace.id in member.workspace_ids
        return org is self.site.world.organisation_of(member.workspace_id)

    def _named(self) -> tuple[str, ...]:
        """Return the workspaces that the call's arguments lead to."""
        world = self.site.world
        if self.text("team_id"):
            return (self.text("team_id"),)
        for key in _NAMING:
            name = self.text(key)
            if name in world.members:
                return world.members[name].workspace_ids
            for kept in (world.channels, world.views, world.triggers, world.files):
                if name in kept:
                    return (kept[name].workspace_id,)
        outer = self.text("external_id")
        views = world.views.values()
        return tuple(v.workspace_id for v in views if outer and outer == v.external_id)

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def required(self, *names: str) -> list[str]:
        """Return arguments that must be there, else `invalid_arguments` as Slack words it."""
        missing = [name for name in names if self.args.get(name) in (None, "")]
        if missing:
            raise ApiError(
                "invalid_arguments",
                messages=[f"[ERROR] missing required field: {name}" for name in missing],
            )
        return [self.text(name) for name in names]

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a true/false argument, however it was written."""
        value = self.args.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        """Return a whole-number argument."""
        try:
            return int(self.args.get(name) or default)
        except (TypeError, ValueError):
            raise ApiError(
                "invalid_arguments", messages=[f"[ERROR] {name} must be a number"]
            ) from None

    def structure(self, name: str, *, invalid: str) -> Any:
        """Return a JSON argument, however sent. Raises ApiError(`invalid`) when it is broken."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else None
        except ValueError:
            raise ApiError(invalid) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A Web API method: who may call it, how often, and what it does."""

    handler: Callable[[Call], Json]
    tier: int = 3
    auth: Auth = "bot"
    scope: str | None = None

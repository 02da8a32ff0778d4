"""One call of a Web API method, as its handler sees it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json, Token, Workspace
from bot.sandbox.site import Site

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
        """The workspace of the bot token."""
        if self.token is None or self.token.workspace_id is None:
            raise ApiError("not_allowed_token_type")
        return self.site.world.workspaces[self.token.workspace_id]

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

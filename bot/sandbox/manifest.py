"""What the app's manifest says: commands, shortcuts and scopes."""

from typing import Any

from bot.sandbox.model import Json
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand:
    """A slash command as the composer offers it."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut: `type` is "global" or "message"."""

    callback_id: str
    name: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The parts of an app manifest that the local Slack acts on.

    `known` is False where no manifest was given: then every command and every scope is allowed.
    `optional_scopes` are those of `scopes` that a person may leave out.
    """

    known: bool = False
    app_name: str = "Nextrung"
    commands: tuple[SlashCommand, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: tuple[str, ...] = ()
    optional_scopes: tuple[str, ...] = ()
    redirect_urls: tuple[str, ...] = ()
    rotates_tokens: bool = False
    events: tuple[str, ...] = ()

    def command(self, name: str) -> SlashCommand | None:
        """Return a command by name ("/skill"); without a manifest every name is a command."""
        for command in self.commands:
            if command.command == name:
                return command
        return None if self.known else SlashCommand(command=name)


def read_manifest(source: Json | None) -> Manifest:
    """Read an app manifest (Slack's JSON schema, as a dict); None gives one that allows everything.

    Raises ValueError where a command or shortcut lacks what Slack requires of it.
    """
    if source is None:
        return Manifest()
    features = _part(source, "features")
    display = _part(source, "display_information")
    oauth, settings = _part(source, "oauth_config"), _part(source, "settings")
    scopes = _part(oauth, "scopes")
    optional = tuple(scopes.get("bot_optional", []))
    events = _part(settings, "event_subscriptions")
    try:
        return Manifest(
            known=True,
            app_name=str(display.get("name", "Nextrung")),
            commands=tuple(_command(item) for item in features.get("slash_commands", [])),
            shortcuts=tuple(_shortcut(item) for item in features.get("shortcuts", [])),
            scopes=tuple(dict.fromkeys([*scopes.get("bot", []), *optional])),
            optional_scopes=optional,
            redirect_urls=tuple(oauth.get("redirect_urls", [])),
            rotates_tokens=bool(settings.get("token_rotation_enabled")),
            events=tuple(events.get("bot_events", [])),
        )
    except KeyError as missing:
        raise ValueError(f"the manifest lacks {missing} of a command or shortcut") from missing


def _part(source: Json, key: str) -> Json:
    value: Any = source.get(key)
    return value if isinstance(value, dict) else {}


def _command(item: Json) -> SlashCommand:
    return SlashCommand(
        command=item["command"],
        description=item.get("description", ""),
        usage_hint=item.get("usage_hint", ""),
        should_escape=bool(item.get("should_escape")),
    )


def _shortcut(item: Json) -> Shortcut:
    return Shortcut(
        callback_id=item["callback_id"],
        name=item["name"],
        type=item["type"],
        description=item.get("description", ""),
    )

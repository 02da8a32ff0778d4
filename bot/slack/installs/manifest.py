"""The Slack app manifest, from the code's own commands, scopes and events."""

from typing import Any, Literal
from urllib.parse import urlsplit

from bot.cards.ids import Shortcut
from bot.domain.errors import NextrungError
from bot.domain.installs.command_names import CommandNames
from bot.values import dataclass

# Where the bot answers Slack over HTTP.
EVENTS_PATH = "/slack/events"
# Where it sends browsers back to that installed the app.
REDIRECT_PATH = "/slack/oauth_redirect"


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A slash command as Slack's composer offers it."""

    name: str
    description: str
    usage_hint: str


COMMANDS = (
    CommandSpec(
        "/skill",
        "Look up what a skill means at each level",
        "[skill, group or role] [level] [role] | help",
    ),
    CommandSpec(
        "/promote-gap",
        "See what changes on the way to a level",
        "[role] [level] [from role level] | help",
    ),
    CommandSpec(
        "/growth",
        "Your role, goal and progress",
        "[role | goal | status | share | team | nudges | language | offer | learn | export "
        "| forget-me] | help",
    ),
)


@dataclass(frozen=True, slots=True)
class ShortcutSpec:
    """A shortcut: on a message, or from anywhere in Slack."""

    name: str
    kind: Literal["message", "global"]
    callback_id: str
    description: str


SHORTCUTS = (
    ShortcutSpec(
        "Save as growth evidence",
        "message",
        Shortcut.SAVE_EVIDENCE,
        "Keep a message as evidence of your growth, for you alone",
    ),
    ShortcutSpec(
        "Find a skill",
        "global",
        Shortcut.FIND_SKILL,
        "Look up what a skill means at each level",
    ),
)

# Each scope with what needs it; asked for nothing beyond.
BOT_SCOPES = {
    "commands": "answer the commands and shortcuts",
    "chat:write": "send nudges, and the outcome of work on a catalogue, in a direct message",
    "im:write": "open the direct message for files",
    "files:write": "upload those files",
    "files:read": "read the file that a catalogue owner uploads",
    "users:read": "a member's language and time zone, and whether they administer the workspace",
}

# Those a person may leave out when they install: what needs them says so, and all else works.
OPTIONAL_SCOPES = ("im:write", "files:write", "files:read")

BOT_EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "grid_migration_finished",
    "grid_migration_started",
    "team_access_granted",
    "team_access_revoked",
    "tokens_revoked",
    "user_change",
)

_NAME = "Nextrung"
_DESCRIPTION = "What each level expects, and what you still miss for the next one."
_LONG = (
    "Nextrung brings your company's career framework into Slack. Look up what a skill means at "
    "each level of each role with /skill, see exactly what changes on the way to your next level "
    "with /promote-gap, and keep goal, progress and evidence with /growth, seen by you alone. It "
    "runs on your own machines: no AI service, and no data leaves the "
    "installation."
)


class BadRequestUrl(NextrungError):
    """An address that Slack cannot call. Params: `remedy`."""

    code = "bad_request_url"


def whole_address(given: str) -> str:
    """Return the whole address that Slack calls; an address without a path gets the bot's.

    A path of one's own is kept: a proxy may lead it to the bot's.

    Raises:
        BadRequestUrl: it is no public HTTPS address.
    """
    found = urlsplit(given.strip())
    if found.scheme != "https" or not found.hostname or found.query or found.fragment:
        example = f"https://nextrung.example.com{EVENTS_PATH}"
        raise BadRequestUrl(remedy=f"Slack calls HTTPS addresses only; write it as {example}")
    return f"https://{found.netloc}{found.path if found.path.strip('/') else EVENTS_PATH}"


def build_manifest(
    *,
    request_url: str | None = None,
    command_prefix: str | None = None,
    public_url: str | None = None,
) -> dict[str, Any]:
    """Return the manifest as JSON values.

    Without `request_url` the app uses Socket Mode; with it, Slack calls that address. With
    `public_url` people install it by themselves there, for an organisation too.
    """
    names = CommandNames(command_prefix)
    settings: dict[str, Any] = {
        "event_subscriptions": {"bot_events": list(BOT_EVENTS)},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": public_url is not None,
        "socket_mode_enabled": request_url is None,
        "token_rotation_enabled": False,
    }
    if request_url:
        settings["interactivity"] |= {
            "request_url": request_url,
            "message_menu_options_url": request_url,
        }
        settings["event_subscriptions"] |= {"request_url": request_url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "long_description": names.in_text(_LONG),
            "background_color": "#1f4d45",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": _NAME, "always_online": True},
            "shortcuts": [_shortcut(spec) for spec in SHORTCUTS],
            "slash_commands": [_command(spec, names, request_url) for spec in COMMANDS],
        },
        "oauth_config": _oauth(public_url),
        "settings": settings,
    }


def _oauth(public_url: str | None) -> dict[str, Any]:
    scopes = {"bot": list(BOT_SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}
    if public_url is None:
        return {"scopes": scopes}
    return {"redirect_urls": [f"{public_url.rstrip('/')}{REDIRECT_PATH}"], "scopes": scopes}


def _command(spec: CommandSpec, names: CommandNames, request_url: str | None) -> dict[str, Any]:
    built: dict[str, Any] = {
        "command": names.in_text(spec.name),
        "description": spec.description,
        "usage_hint": spec.usage_hint,
        "should_escape": False,
    }
    if request_url:
        built["url"] = request_url
    return built


def _shortcut(spec: ShortcutSpec) -> dict[str, str]:
    return {
        "name": spec.name,
        "type": spec.kind,
        "callback_id": spec.callback_id,
        "description": spec.description,
    }

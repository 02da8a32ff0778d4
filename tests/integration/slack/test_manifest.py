"""The manifest: what Slack accepts, and exactly what the code has."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp

from bot.cards.ids import Action, Callback, Shortcut
from bot.slack import fallbacks
from bot.slack import workspace_events as workspace
from bot.slack.app import LISTENERS
from bot.slack.auth import Workspaces
from bot.slack.manifest import BOT_EVENTS, BOT_SCOPES, build_manifest

URL = "https://nextrung.example.com/slack/events"
EITHER = pytest.mark.parametrize("request_url", [None, URL])


class App:
    """Stands where an app stands, and writes down what is registered with it, by kind."""

    def __init__(self) -> None:
        self.kept: dict[str, list[Any]] = defaultdict(list)

    def __getattr__(self, kind: str) -> Callable[[Any], Callable[[Any], Any]]:
        def register(constraint: Any) -> Callable[[Any], Any]:
            self.kept[kind].append(constraint)
            return lambda listener: listener

        return register


@pytest.fixture
def registered() -> App:
    app = App()
    slack = cast("AsyncApp", app)
    for listeners in (*LISTENERS, fallbacks):
        listeners.register(slack)
    workspace.register(slack, cast("Any", None), Workspaces([]), cast("Any", None))
    return app


def named(constraints: list[Any]) -> set[str]:
    """Return the constraints that are names, not patterns."""
    return {each for each in constraints if isinstance(each, str)}


def caught(constraints: list[Any], name: str) -> bool:
    """Tell whether something other than the catch-all waits for `name`."""
    patterns = [each for each in constraints if not isinstance(each, str)]
    return name in named(constraints) or any(
        each.pattern != ".*" and each.match(name) for each in patterns
    )


@EITHER
def test_limits_of_the_schema(request_url: str | None) -> None:
    manifest = build_manifest(request_url=request_url)

    display = manifest["display_information"]
    assert 1 <= len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    features = manifest["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    assert 1 <= len(features["slash_commands"]) <= 50
    assert len(features.get("shortcuts", [])) <= 10
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9-_]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is False  # a name may hold what Slack would escape
        assert command.get("url") == request_url
    assert json.loads(json.dumps(manifest)) == manifest


@EITHER
def test_fields_are_those_of_the_schema(request_url: str | None) -> None:
    manifest = build_manifest(request_url=request_url)

    assert set(manifest) == {
        "_metadata",
        "display_information",
        "features",
        "oauth_config",
        "settings",
    }
    assert set(manifest["features"]) <= {"app_home", "bot_user", "shortcuts", "slash_commands"}
    assert set(manifest["settings"]) <= {
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    }
    assert manifest["features"]["app_home"]["messages_tab_enabled"] is True
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True


def test_commands_are_those_that_the_code_answers(registered: App) -> None:
    offered = [each["command"] for each in build_manifest()["features"]["slash_commands"]]

    assert len(offered) == len(set(offered))
    assert set(offered) == named(registered.kept["command"])


# Those in a form are read when it is sent; nothing happens while they are filled in.
READ_LATER = {
    Action.MARK_NOTED,
    Action.RUNG_LEVEL,
    Action.ASSESS_STATUS,
    Action.EVIDENCE_NOTE,
    Action.EVIDENCE_LINK,
    Action.EVIDENCE_CELLS,
    Action.CATALOGUE_FILE,
    Action.CATALOGUE_MAPPING,
    Action.CATALOGUE_NOTE,
    Action.CATALOGUE_FORMAT,
    Action.CATALOGUE_REVISION,
    Action.CATALOGUE_PEOPLE,
    Action.NUDGE_CADENCE,
    Action.NUDGE_DAYS,
    Action.NUDGE_TIME,
    Action.NUDGE_ZONE,
    Action.NUDGE_UNTIL,
    Action.NUDGE_STATE,
}


def test_every_control_of_a_card_has_its_listener(registered: App) -> None:
    for action in set(Action) - READ_LATER:
        waiting = registered.kept["action"]
        assert caught(waiting, str(action)) or caught(waiting, f"{action}.0"), action
    finders = (Action.FIND, Action.FIND_ROLE, Action.FIND_TARGET)
    for action in (*finders, Action.CHOOSE_ROLE, Action.RUNG_ROLE):
        assert caught(registered.kept["options"], action), action


def test_every_form_and_shortcut_has_its_listener(registered: App) -> None:
    catalogue = {each for each in Callback if each.startswith("catalogue_")}
    assert catalogue
    growth = {Callback.ROLE, Callback.GOAL, Callback.ASSESSMENT, Callback.EVIDENCE}
    for callback in growth | catalogue:
        assert caught(registered.kept["view"] + registered.kept["view_submission"], callback)
    waiting = registered.kept["shortcut"] + registered.kept["message_shortcut"]
    waiting += registered.kept["global_shortcut"]
    for shortcut in Shortcut:
        assert caught(waiting, shortcut), shortcut


@EITHER
def test_shortcuts_are_those_that_the_code_names(request_url: str | None) -> None:
    offered = build_manifest(request_url=request_url)["features"]["shortcuts"]

    assert {each["callback_id"] for each in offered} == set(Shortcut)
    for each in offered:
        assert each["type"] in {"message", "global"}
        assert 1 <= len(each["name"]) <= 24
        assert 1 <= len(each["description"]) <= 150
        assert set(each) == {"name", "type", "callback_id", "description"}


def test_scopes_are_those_that_the_code_needs_and_never_history() -> None:
    scopes = build_manifest()["oauth_config"]["scopes"]

    assert scopes == {"bot": list(BOT_SCOPES)}
    assert set(BOT_SCOPES) == {
        *("commands", "chat:write", "im:write", "files:read", "files:write", "users:read"),
    }
    assert not [each for each in BOT_SCOPES if each.endswith(":history")]
    assert all(reason for reason in BOT_SCOPES.values())


def test_events_are_those_that_the_code_names(registered: App) -> None:
    settings = build_manifest()["settings"]

    events = settings.get("event_subscriptions", {}).get("bot_events", [])
    assert events == list(BOT_EVENTS)
    assert set(events) == named(registered.kept["event"])
    assert not [each for each in events if each.startswith("message")]


def test_socket_mode_needs_no_address_and_http_has_one_everywhere() -> None:
    socket, http = build_manifest(), build_manifest(request_url=URL)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(socket["settings"])
    assert http["settings"]["socket_mode_enabled"] is False
    assert http["settings"]["interactivity"]["request_url"] == URL
    assert http["settings"]["event_subscriptions"]["request_url"] == URL
    assert http["settings"]["interactivity"]["message_menu_options_url"] == URL

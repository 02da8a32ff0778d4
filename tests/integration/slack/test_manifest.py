"""The manifest: what Slack accepts, and exactly what the code has."""

import json
import re
from collections.abc import Mapping
from typing import Any, cast

import pytest

from bot.cards.ids import Action, Callback, Shortcut
from bot.slack.app import LISTENERS
from bot.slack.auth import Workspaces
from bot.slack.installs import events as workspace
from bot.slack.installs import grid
from bot.slack.installs.manifest import (
    BOT_EVENTS,
    BOT_SCOPES,
    OPTIONAL_SCOPES,
    BadRequestUrl,
    build_manifest,
    whole_address,
)
from bot.slack.press import Kind
from bot.slack.routes import Routes

URL = "https://nextrung.example.com/slack/events"
EITHER = pytest.mark.parametrize("request_url", [None, URL])


Registered = Mapping[Kind, set[str]]


@pytest.fixture
def registered() -> Registered:
    """The names that listeners wait for, by kind."""
    routes = Routes()
    for listeners in LISTENERS:
        listeners.register(routes)
    none = cast("Any", None)
    workspace.register(routes, none, Workspaces([]), none, none)
    grid.register(routes, none, Workspaces([]), none)
    return {kind: {each.name for each in routes if each.kind is kind} for kind in Kind}


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


def test_commands_are_those_that_the_code_answers(registered: Registered) -> None:
    offered = [each["command"] for each in build_manifest()["features"]["slash_commands"]]

    assert len(offered) == len(set(offered))
    assert set(offered) == registered[Kind.COMMAND]


# Those in a form are read when it is sent; nothing happens while they are filled in.
READ_LATER = {
    Action.MARK_NOTED,
    Action.RUNG_LEVEL,
    Action.ASSESS_NOTE,
    Action.EVIDENCE_NOTE,
    Action.CONFIRM_WHOM,
    Action.CONFIRM_SENTENCE,
    Action.CONFIRM_WORDS,
    Action.EVIDENCE_LINK,
    Action.EVIDENCE_CELLS,
    Action.CATALOGUE_FILE,
    Action.CATALOGUE_MAPPING,
    Action.CATALOGUE_NOTE,
    Action.CATALOGUE_GOING,
    Action.CATALOGUE_NAME,
    Action.CATALOGUE_CALLED,
    Action.CATALOGUE_ANSWER,
    Action.CATALOGUE_REVIEWER,
    Action.CATALOGUE_DAY,
    Action.CATALOGUE_TIME,
    Action.CATALOGUE_WORDS,
    Action.CATALOGUE_FORMAT,
    Action.CATALOGUE_REVISION,
    Action.CATALOGUE_PEOPLE,
    Action.NUDGE_CADENCE,
    Action.NUDGE_DAYS,
    Action.NUDGE_TIME,
    Action.NUDGE_ZONE,
    Action.NUDGE_UNTIL,
    Action.NUDGE_STATE,
    Action.ASIDE_REASON,
    Action.UNCLEAR_SENTENCE,
    Action.SHARE_WITH,
    Action.SHARE_PAST,
    Action.SHARE_PIECES,
    Action.ACTION_DAY,
    Action.ACTION_TEXT,
    Action.AGREED_CELL,
    Action.AGREED_DAY,
    Action.GOAL_DAY,
    Action.GOAL_NO_DAY,
    Action.MANAGER_NOTE,
    Action.MANAGER_STATUS,
    Action.MARK_REPLIED,
    Action.RHYTHM_DAY,
    Action.RHYTHM_OFTEN,
    Action.RHYTHM_TIME,
    Action.RHYTHM_ZONE,
    Action.TALK_FOR,
    Action.TALK_TEXT,
    # An option of this menu stands for the button of its name: see bot/slack/reading.py.
    Action.MORE,
}


def test_every_control_of_a_card_has_its_listener(registered: Registered) -> None:
    assert registered[Kind.PRESS] == {str(each) for each in set(Action) - READ_LATER}
    finders = (Action.FIND, Action.FIND_ROLE, Action.FIND_TARGET)
    for action in (*finders, Action.CHOOSE_ROLE, Action.RUNG_ROLE):
        assert action in registered[Kind.SUGGESTION], action


def test_every_form_and_shortcut_has_its_listener(registered: Registered) -> None:
    told_only = {Callback.EVIDENCE_LIST, Callback.FINDER, Callback.GAP, Callback.SETTINGS}
    told_only |= {Callback.SHARED_GOAL, Callback.SHARED_LIST, Callback.MANAGER_MARKS}
    told_only |= {Callback.TALKS, Callback.ACTION_LIST, Callback.SHARED_MINE, Callback.TEAM}
    assert registered[Kind.FORM] == {str(each) for each in set(Callback) - told_only}
    assert registered[Kind.SHORTCUT] == {str(each) for each in Shortcut}


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

    assert scopes == {"bot": list(BOT_SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}
    # Nothing works without the first, nobody is reached without the others.
    assert set(BOT_SCOPES) - set(OPTIONAL_SCOPES) == {"commands", "chat:write", "users:read"}
    assert set(BOT_SCOPES) == {
        *("commands", "chat:write", "im:write", "files:read", "files:write", "users:read"),
    }
    assert not [each for each in BOT_SCOPES if each.endswith(":history")]
    assert all(reason for reason in BOT_SCOPES.values())


def test_events_are_those_that_the_code_names(registered: Registered) -> None:
    settings = build_manifest()["settings"]

    events = settings.get("event_subscriptions", {}).get("bot_events", [])
    assert events == list(BOT_EVENTS)
    assert set(events) == registered[Kind.EVENT]
    assert not [each for each in events if each.startswith("message")]


def test_socket_mode_needs_no_address_and_http_has_one_everywhere() -> None:
    socket, http = build_manifest(), build_manifest(request_url=URL)

    assert socket["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(socket["settings"])
    assert http["settings"]["socket_mode_enabled"] is False
    assert http["settings"]["interactivity"]["request_url"] == URL
    assert http["settings"]["event_subscriptions"]["request_url"] == URL
    assert http["settings"]["interactivity"]["message_menu_options_url"] == URL


@pytest.mark.parametrize(
    "given", ["https://nextrung.example.com", "https://nextrung.example.com/", f" {URL}\n", URL]
)
def test_an_address_without_a_path_gets_the_bots(given: str) -> None:
    assert whole_address(given) == URL


def test_a_path_of_ones_own_is_kept() -> None:
    assert whole_address("https://example.com:8443/bot/in") == "https://example.com:8443/bot/in"


@pytest.mark.parametrize(
    "given",
    ["", "nextrung.example.com", "http://nextrung.example.com", "https://", f"{URL}?x=1", "ftp:x"],
)
def test_what_slack_cannot_call_is_refused(given: str) -> None:
    with pytest.raises(BadRequestUrl) as caught:
        whole_address(given)
    assert URL in str(caught.value.params["remedy"])

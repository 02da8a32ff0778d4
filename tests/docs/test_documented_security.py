"""What the security page says of permissions and of what is kept is what the code does."""

import re

import pytest

# Imported for their tables.
import bot.store.audit.models
import bot.store.catalogue.models
import bot.store.growth.models
import bot.store.installs.oauth.models
import bot.store.nudges.models
import bot.store.tokens.models  # noqa: F401
from bot.config import Settings
from bot.domain.catalogue.unclear import KEPT as MARKS_KEPT
from bot.sandbox.api import (
    auth_methods,
    chat_methods,
    file_methods,
    install_methods,
    people_methods,
    view_methods,
)
from bot.sandbox.api.call import Method
from bot.slack.installs.manifest import BOT_SCOPES, build_manifest
from bot.store.members.changes import KEPT as CHANGES_KEPT
from bot.store.models import metadata
from tests.docs.pages import ROOT, Page, unquoted

SECURITY, CONNECT = Page("SECURITY.md"), Page("docs/connect-slack.md")
SCOPES = {unquoted(row[0]): row[1:] for row in CONNECT.rows("What the app may do")}
KEPT = SECURITY.rows("How long it is kept")
# A column of such a name says who somebody is.
PEOPLE = {
    "slack_id",
    "installer",
    "member_id",
    "author_id",
    "reviewer_id",
    "about",
    "mark",
    "helper_id",
}
_CALL = re.compile(r"\.((?:auth|chat|conversations|files|migration|users|views)_[A-Za-z_]\w*)\(")
# What a call of the SDK's stands for, where that is no method of Slack's by itself.
_MADE_OF = {
    "auth_teams_list": ("auth.teams.list",),
    "files_upload_v2": ("files.getUploadURLExternal", "files.completeUploadExternal"),
}


def _methods() -> dict[str, Method]:
    """Return Slack's methods with the scope that each needs, as the local Slack knows them."""
    found: dict[str, Method] = {}
    modules = (auth_methods, chat_methods, file_methods, install_methods)
    for module in (*modules, people_methods, view_methods):
        for value in vars(module).values():
            if isinstance(value, dict) and all(isinstance(each, Method) for each in value.values()):
                found |= value
    return found


def _called() -> set[str]:
    """Return the methods of Slack's that the bot calls."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").rglob("*.py")
    )
    names = set(_CALL.findall(source))
    return {
        method
        for name in names
        for method in _MADE_OF.get(name, (re.sub("_", ".", name, count=1),))
    }


def test_each_scope_is_needed_by_a_call_and_no_call_needs_another() -> None:
    methods, called = _methods(), _called()
    assert len(called) > 8
    assert called <= set(methods)
    needed = {methods[name].scope for name in called} - {None}
    # What it is installed with at all: commands and shortcuts are no calls of ours.
    assert needed | {"commands"} == set(BOT_SCOPES)
    assert build_manifest()["oauth_config"]["scopes"]["bot"] == list(BOT_SCOPES)


@pytest.mark.parametrize("scope", BOT_SCOPES)
def test_each_scope_has_its_reason_and_what_goes_without_it(scope: str) -> None:
    reason, without = SCOPES[scope]
    assert len(reason.split()) > 3
    assert len(without.split()) > 1
    assert ("nothing works" in without) == (scope == "commands")


def test_every_table_about_people_is_said_to_be_kept_and_for_how_long() -> None:
    named = [table for row in KEPT for table in re.findall(r"`(\w+)`", row[2])]
    assert len(named) == len(set(named))
    about_people = {
        table.name for table in metadata.tables.values() if PEOPLE & set(table.columns.keys())
    }
    # A revision names its author in words.
    assert set(named) == about_people | {"revision"}
    assert all(len(row[1].split()) > 2 for row in KEPT)


def test_the_settings_of_how_long_are_those_there_are() -> None:
    named = {unquoted(row[3]) for row in KEPT if row[3]}
    kept = {name.upper() for name in Settings.model_fields if name.endswith("_days")}
    assert named == kept - {"NEXTRUNG_FRESH_DAYS"}


def test_what_is_fixed_is_said_as_it_is() -> None:
    text = SECURITY.section("How long it is kept")
    assert f"at most {MARKS_KEPT.days} days" in text
    assert f"{CHANGES_KEPT:,} more changes" in text


def test_privacy_has_the_defaults_of_the_settings() -> None:
    text = Page("docs/privacy.md").section("How long")
    for name in ("nextrung_keep_removed_days", "nextrung_audit_days"):
        assert f"[{Settings.model_fields[name].default}] days" in text

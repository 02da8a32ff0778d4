"""Every Web API method, through the real slack_sdk client: success, and Slack's error codes."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.api.web_api import METHODS
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Trigger
from bot.sandbox.samples import CLIENT_ID, CLIENT_SECRET
from tests.integration.sandbox.bots import web_client

Json = dict[str, Any]
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}


def modal(title: str = "Title", **more: Any) -> Json:
    view = {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [SECTION]}
    return {**view, **more}


def trigger(slack: LocalSlack, member: str = "U0ENGINEER", **more: Any) -> Trigger:
    return slack.world.new_trigger(member, **more)


async def refused(client: AsyncWebClient, method: str, **args: Any) -> Json:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)
    body: Json = caught.value.response.data
    assert body["ok"] is False
    return body


REFUSALS: list[tuple[str, Json, str]] = [
    ("team.info", {"team": "TOTHER"}, "team_not_found"),
    ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
    ("users.info", {"user": "U0OTHER"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("users.list", {"cursor": "x"}, "invalid_cursor"),
    ("users.list", {"limit": "many"}, "invalid_arguments"),
    ("files.info", {}, "invalid_arguments"),
    ("files.info", {"file": "F0NOBODY"}, "file_not_found"),
    ("files.delete", {}, "invalid_arguments"),
    ("files.delete", {"file": "F0NOBODY"}, "file_not_found"),
    ("conversations.open", {}, "invalid_arguments"),
    ("conversations.open", {"users": "U0ENGINEER,U0MANAGER"}, "too_many_users"),
    ("conversations.open", {"users": "U0DEACTIVATED"}, "user_disabled"),
    ("conversations.open", {"users": "U0BOT"}, "cannot_dm_bot"),
    ("conversations.open", {"users": "U0OTHER"}, "user_not_found"),
    ("conversations.open", {"channel": "D0NOBODY"}, "channel_not_found"),
    ("conversations.info", {"channel": "C0OTHERGENERAL"}, "channel_not_found"),
    ("conversations.members", {"channel": "C0NOWHERE"}, "channel_not_found"),
    ("conversations.history", {"channel": "C0GENERAL"}, "not_in_channel"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "U0OTHER", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0GENERAL", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "C0ENGINEERING"}, "no_text"),
    ("chat.postMessage", {"channel": "U0ENGINEER", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": "U0ENGINEER", "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "U0ENGINEER", "blocks": [HEADER]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "U0DEACTIVATED", "text": "x"}, "user_disabled"),
    (
        "chat.postMessage",
        {"channel": "U0ENGINEER", "text": "x", "thread_ts": "1.000001"},
        "thread_not_found",
    ),
    ("chat.postEphemeral", {"channel": "C0ENGINEERING", "text": "x"}, "invalid_arguments"),
    (
        "chat.postEphemeral",
        {"channel": "C0ENGINEERING", "user": "U0GUEST", "text": "x"},
        "user_not_in_channel",
    ),
    (
        "chat.update",
        {"channel": "C0ENGINEERING", "ts": "1.000001", "text": "x"},
        "message_not_found",
    ),
    ("chat.delete", {"channel": "C0ENGINEERING", "ts": "1.000001"}, "message_not_found"),
    (
        "chat.getPermalink",
        {"channel": "C0ENGINEERING", "message_ts": "1.000001"},
        "message_not_found",
    ),
    ("views.open", {"view": modal()}, "invalid_arguments"),
    ("views.open", {"trigger_id": "x"}, "invalid_arguments"),
    ("views.open", {"trigger_id": "x", "view": modal()}, "invalid_trigger_id"),
    ("views.open", {"trigger_id": "x", "view": "{"}, "invalid_arguments"),
    ("views.open", {"trigger_id": "x", "view": modal("x" * 25)}, "invalid_arguments"),
    ("views.update", {"view": modal()}, "invalid_arguments"),
    ("views.update", {"view": modal(), "view_id": "V0NONE"}, "not_found"),
    ("views.update", {"view": modal(), "external_id": "none"}, "not_found"),
    ("views.publish", {"view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    (
        "views.publish",
        {"view": {"type": "home", "blocks": []}, "user_id": "U0OTHER"},
        "invalid_arguments",
    ),
    ("views.publish", {"view": modal(), "user_id": "U0ENGINEER"}, "invalid_arguments"),
    ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
    ("oauth.v2.access", {"code": "x"}, "invalid_client_id"),
    ("oauth.v2.access", {"client_id": CLIENT_ID, "client_secret": "x"}, "bad_client_secret"),
    ("oauth.v2.access", CLIENT | {"code": "x"}, "invalid_code"),
    ("oauth.v2.access", CLIENT | {"grant_type": "password"}, "invalid_grant_type"),
    ("oauth.v2.access", CLIENT | {"grant_type": "refresh_token"}, "invalid_refresh_token"),
    ("migration.exchange", {}, "invalid_arguments"),
    ("migration.exchange", {"users": "U0ENGINEER"}, "not_enterprise_team"),
    ("apps.uninstall", {}, "invalid_client_id"),
    ("apps.uninstall", {"client_id": CLIENT_ID}, "bad_client_secret"),
    ("blocks.validate", {}, "invalid_arguments"),
    ("blocks.validate", {"blocks": [HEADER]}, "invalid_blocks"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("chat.scheduleMessage", {"channel": "U0ENGINEER"}, "unknown_method"),
]


@pytest.mark.parametrize(("method", "args", "code"), REFUSALS)
async def test_error_codes(client: AsyncWebClient, method: str, args: Json, code: str) -> None:
    assert (await refused(client, method, **args))["error"] == code


def test_every_method_but_auth_test_has_a_refusal_of_its_own() -> None:
    tried = {method for method, _, _ in REFUSALS}
    assert set(METHODS) - tried == {
        "auth.test",
        "auth.revoke",
        "auth.teams.list",
        "conversations.list",
        "views.push",
    }


async def test_tokens(slack: LocalSlack, client: AsyncWebClient) -> None:
    assert (await client.auth_test())["team_id"] == "TSAMPLE"
    other = slack.world.workspaces["TOTHER"].bot_token
    assert (await web_client(slack, other).auth_test())["user_id"] == "U0OTHERBOT"
    assert (await web_client(slack, slack.app_token).auth_test())["app_id"]
    assert (await refused(web_client(slack, ""), "auth.test"))["error"] == "not_authed"
    assert (await refused(web_client(slack, "xoxb-no"), "auth.test"))["error"] == "invalid_auth"
    slack.revoke()
    assert (await refused(client, "auth.test"))["error"] == "token_revoked"
    opened = await web_client(slack, slack.app_token).apps_connections_open(
        app_token=slack.app_token
    )
    assert opened["url"].startswith("ws://127.0.0.1:")


async def test_scopes_come_from_the_manifest() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    async with LocalSlack(manifest=manifest) as slack:
        client = web_client(slack)
        await client.chat_postMessage(channel="U0ENGINEER", text="x")
        body = await refused(client, "users.info", user="U0ENGINEER")
        assert (body["error"], body["needed"], body["provided"]) == (
            "missing_scope",
            "users:read",
            "chat:write",
        )


async def test_people(slack: LocalSlack, client: AsyncWebClient) -> None:
    chinese = (await client.users_info(user="U0CHINESE", include_locale=True))["user"]
    assert (chinese["tz"], chinese["tz_offset"], chinese["locale"]) == (
        "Asia/Shanghai",
        8 * 3600,
        "zh-CN",
    )
    assert "locale" not in (await client.users_info(user="U0CHINESE"))["user"]
    gone = (await client.users_info(user="U0DEACTIVATED"))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    ids: list[str] = []
    async for page in await client.users_list(limit=3):
        ids += [member["id"] for member in page["members"]]
    assert "USLACKBOT" in ids
    assert "U0OTHER" not in ids
    assert len(ids) == len(set(ids)) == 8
    assert (await client.team_info())["team"]["domain"] == "sample-workspace"
    slack.world.change_member("U0ENGINEER", locale="zh-CN")
    asked = await client.users_info(user="U0ENGINEER", include_locale=True)
    assert asked["user"]["locale"] == "zh-CN"


async def test_conversations(client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users="U0ENGINEER", return_im=True)
    assert opened["channel"]["user"] == "U0ENGINEER"
    again = await client.conversations_open(users="U0ENGINEER")
    assert again["channel"] == {"id": opened["channel"]["id"]}
    info = await client.conversations_info(channel="C0GENERAL")
    assert info["channel"]["is_general"] is True
    assert info["channel"]["is_member"] is False
    members = await client.conversations_members(channel=again["channel"]["id"])
    assert members["members"] == ["U0BOT", "U0ENGINEER"]
    listed = await client.conversations_list()
    assert [c["name"] for c in listed["channels"]] == ["general", "engineering"]
    assert [c["is_im"] for c in (await client.conversations_list(types="im"))["channels"]] == [True]


async def test_a_message_lives(slack: LocalSlack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel="U0ENGINEER",
        text="one",
        blocks=[SECTION],
        metadata={"event_type": "nudge", "event_payload": {"id": 7}},
    )
    channel, ts = posted["channel"], posted["ts"]
    assert posted["message"]["bot_id"] == "B0LOCALBOT"
    assert posted["message"]["blocks"][0]["block_id"]
    assert slack.world.unread["U0ENGINEER", channel] == 1
    slack.world.mark_read("U0ENGINEER", channel)
    assert slack.world.unread["U0ENGINEER", channel] == 0
    await client.chat_postMessage(channel=channel, text="two", thread_ts=ts)
    link = await client.chat_getPermalink(channel=channel, message_ts=ts)
    assert link["permalink"].endswith(f"/archives/{channel}/p{ts.replace('.', '')}")
    await client.chat_update(channel=channel, ts=ts, text="edited")
    history = (await client.conversations_history(channel=channel))["messages"]
    assert [m["text"] for m in history] == ["two", "edited"]
    assert "blocks" not in history[1]
    assert history[1]["metadata"]["event_payload"] == {"id": 7}
    assert history[1]["edited"]
    too_long = await refused(client, "chat.update", channel=channel, ts=ts, text="x" * 4001)
    assert too_long["error"] == "msg_too_long"
    blocks = await client.chat_update(channel=channel, ts=ts, text="again", blocks=[SECTION])
    assert blocks["message"]["edited"] == history[1]["edited"]
    only_more = {"channel": channel, "ts": ts, "attachments": [{"text": "more"}]}
    await client.api_call("chat.update", json=only_more)
    kept = slack.member("U0ENGINEER").messages("dm")[0]
    assert (kept.text, kept.plain, kept.message.attachments) == ("again", "Hi", [{"text": "more"}])
    await client.chat_delete(channel=channel, ts=ts)
    assert [m.text for m in slack.member("U0ENGINEER").messages("dm")] == ["two"]
    gone = await refused(client, "chat.update", channel=channel, ts=ts, text="x")
    assert gone["error"] == "message_not_found"


async def test_only_its_own_messages(slack: LocalSlack, client: AsyncWebClient) -> None:
    said = await slack.member("U0ENGINEER").say("mine", channel="engineering")
    args = {"channel": "C0ENGINEERING", "ts": said.ts}
    assert (await refused(client, "chat.update", **args, text="x"))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client, "chat.delete", **args))["error"] == "cant_delete_message"


async def test_ephemeral_messages_are_seen_by_one_and_kept_by_none(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="C0ENGINEERING", user="U0ENGINEER", text="psst")
    assert [m.text for m in slack.member("U0ENGINEER").messages("engineering")] == ["psst"]
    assert slack.member("U0MANAGER").messages("engineering") == []
    assert (await client.conversations_history(channel="C0ENGINEERING"))["messages"] == []


async def test_ts_are_unique_and_rise(client: AsyncWebClient) -> None:
    posted = [
        (await client.chat_postMessage(channel="U0ENGINEER", text=str(n)))["ts"] for n in range(5)
    ]
    assert posted == sorted(set(posted))


async def test_invalid_blocks_are_named_as_slack_does(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    body = await refused(
        client, "chat.postMessage", channel="U0ENGINEER", text="x", blocks=[SECTION, HEADER]
    )
    assert body["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    ]
    (found,) = slack.inspector.violations
    assert found.pointer == "/blocks/1/text/text"
    assert slack.member("U0ENGINEER").messages("dm") == []


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    first, late, forced = (trigger(slack) for _ in range(3))
    opened = await client.views_open(trigger_id=first.id, view=modal())
    assert opened["view"]["root_view_id"] == opened["view"]["id"]
    spent = await refused(client, "views.open", trigger_id=first.id, view=modal())
    assert spent["error"] == "exchanged_trigger_id"
    slack.faults.expire_triggers()
    expired = await refused(client, "views.open", trigger_id=forced.id, view=modal())
    assert expired["error"] == "expired_trigger_id"
    slack.advance(3.5)
    expired = await refused(client, "views.open", trigger_id=late.id, view=modal())
    assert expired["error"] == "expired_trigger_id"
    other = web_client(slack, slack.world.workspaces["TOTHER"].bot_token)
    foreign = await refused(other, "views.open", trigger_id=trigger(slack).id, view=modal())
    assert foreign["error"] == "invalid_trigger_id"


async def test_three_modals_and_no_more(slack: LocalSlack, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=trigger(slack).id, view=modal("1"))
    root = opened["view"]["id"]
    outside = await refused(client, "views.push", trigger_id=trigger(slack).id, view=modal("x"))
    assert outside["error"] == "invalid_trigger_id"
    for title in ("2", "3"):
        within = trigger(slack, view_id=root)
        pushed = await client.views_push(trigger_id=within.id, view=modal(title))
        assert pushed["view"]["root_view_id"] == root
    within = trigger(slack, view_id=root)
    full = await refused(client, "views.push", trigger_id=within.id, view=modal("4"))
    assert full["error"] == "push_limit_reached"
    assert [view.title for view in slack.world.modals["U0ENGINEER"]] == ["1", "2", "3"]


async def test_hash_and_external_id(slack: LocalSlack, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=trigger(slack).id, view=modal(external_id="one"))
    view_id, first_hash = opened["view"]["id"], opened["view"]["hash"]
    updated = await client.views_update(
        view_id=view_id, hash=first_hash, view=modal("New", external_id="one")
    )
    assert updated["view"]["hash"] != first_hash
    conflict = await refused(
        client, "views.update", view_id=view_id, hash=first_hash, view=modal("Late")
    )
    assert conflict["error"] == "hash_conflict"
    by_name = await client.views_update(external_id="one", view=modal("By name", external_id="one"))
    assert by_name["view"]["title"]["text"] == "By name"
    taken = await refused(
        client, "views.open", trigger_id=trigger(slack).id, view=modal(external_id="one")
    )
    assert taken["error"] == "duplicate_external_id"
    wrong = await refused(
        client, "views.update", view_id=view_id, view={"type": "home", "blocks": []}
    )
    assert wrong["error"] == "invalid_arguments"


async def test_home(slack: LocalSlack, client: AsyncWebClient) -> None:
    home = {"type": "home", "blocks": [SECTION]}
    first = await client.views_publish(user_id="U0ENGINEER", view=home)
    second = await client.views_publish(user_id="U0ENGINEER", view=home, hash=first["view"]["hash"])
    assert second["view"]["id"] == first["view"]["id"]
    conflict = await refused(
        client, "views.publish", user_id="U0ENGINEER", view=home, hash=first["view"]["hash"]
    )
    assert conflict["error"] == "hash_conflict"
    assert slack.member("U0ENGINEER").home.plain == "Hi"


async def test_files(slack: LocalSlack, client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0ENGINEER"))["channel"]["id"]
    done = await client.files_upload_v2(
        channel=channel, content="# Packet", filename="packet.md", initial_comment="Your packet"
    )
    assert done["file"]["filetype"] == "md"
    (message,) = slack.member("U0ENGINEER").messages("dm")
    assert message.text == "Your packet"
    assert message.files == [b"# Packet"]
    again = await refused(
        client, "files.completeUploadExternal", files=[{"id": done["file"]["id"]}]
    )
    assert again["error"] == "file_already_shared"


async def test_validate(client: AsyncWebClient) -> None:
    assert (await client.api_call("blocks.validate", json={"blocks": [SECTION]}))["ok"]
    assert (await client.api_call("blocks.validate", json={"view": modal()}))["ok"]


async def test_two_workspaces_do_not_see_each_other(
    slack: LocalSlack, client: AsyncWebClient
) -> None:
    other = web_client(slack, slack.world.workspaces["TOTHER"].bot_token)
    posted = await other.chat_postMessage(channel="U0OTHER", text="there")
    for method in ("chat.update", "chat.delete"):
        args = {"channel": posted["channel"], "ts": posted["ts"], "text": "x"}
        assert (await refused(client, method, **args))["error"] == "channel_not_found"
    assert slack.member("U0ENGINEER").messages("dm") == []

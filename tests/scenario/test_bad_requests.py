"""Requests that Slack never sends, and those of other versions: refused or answered, never a crash."""

import json
from typing import Any

import pytest

from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, Json, command_fields, interaction_fields

MESSAGE: Json = {
    "container": {
        "type": "message",
        "message_ts": "1.2",
        "channel_id": "C0GENERAL",
        "is_ephemeral": True,
    },
    "channel": {"id": "C0GENERAL", "name": "general"},
    "state": {"values": {}},
}
MODAL: Json = {"id": "V1", "type": "modal", "state": {"values": {}}, "blocks": []}


def pressed(desk: Desk, action: Json, **changes: Any) -> Json:
    """Return a press on an ephemeral message, with a response URL that works."""
    fields = MESSAGE | {"response_url": desk.response_url(), "actions": [action]} | changes
    return interaction_fields("block_actions", **fields)


def button(action_id: str, value: Any) -> Json:
    found: Json = {"type": "button", "action_id": action_id, "block_id": "b", "action_ts": "1.3"}
    return found if value is None else found | {"value": value}


def chosen(action_id: str, block_id: str, option: Any) -> Json:
    return {
        "type": "static_select",
        "action_id": action_id,
        "block_id": block_id,
        "action_ts": "1.3",
        "selected_option": option,
    }


# -- who may speak at all ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Slack-Request-Timestamp": ""}, 400),
        ({"X-Slack-Request-Timestamp": "now"}, 400),
        ({"X-Slack-Request-Timestamp": "1e9"}, 400),
        ({"X-Slack-Request-Timestamp": "-1"}, 400),
        ({"X-Slack-Request-Timestamp": "9" * 40}, 400),
        ({"X-Slack-Signature": ""}, 401),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, 401),
        ({"X-Slack-Signature": "v1=abc"}, 401),
        ({"X-Slack-Signature": "nonsense"}, 401),
    ],
)
async def test_wrong_headers_are_refused(desk: Desk, headers: dict[str, str], status: int) -> None:
    answer = await desk.post(command_fields(), headers=headers)

    assert answer.status_code == status
    assert "mlops" not in answer.text.lower()


async def test_wrong_secret_is_refused(desk: Desk) -> None:
    answer = await desk.post(command_fields(), secret="another secret")

    assert answer.status_code == 401


@pytest.mark.parametrize("age", [301, 3600, -400])
async def test_replayed_request_is_refused(desk: Desk, age: int) -> None:
    answer = await desk.post(command_fields(), age=age)

    assert answer.status_code == 401


async def test_request_a_little_late_is_answered(desk: Desk) -> None:
    answer = await desk.post(command_fields(), age=200)

    assert answer.status_code == 200
    assert answer.json()["blocks"]


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00\x80",
        "command=/skill&text=caf\xe9".encode("latin-1"),
        "command=/skill".encode("utf-16"),
    ],
)
async def test_body_that_is_no_utf8_is_refused(desk: Desk, body: bytes) -> None:
    answer = await desk.post(body)

    assert answer.status_code == 400


async def test_oversized_body_is_refused(desk: Desk) -> None:
    answer = await desk.post(b"text=" + b"x" * 2_000_000)

    assert answer.status_code == 413


NONSENSE = (
    b"",
    b"payload=",
    b"payload={",
    b"payload=%5B%5D",
    b"payload=null",
    b"payload=42",
    b'payload="text"',
    b"payload=%7B%7D",
    b"payload=NaN",
    b"payload=" + b"%5B" * 5000,
    b"&&&==",
    b"{",
    b"[]",
    b"null",
    b"command",
)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", ""])
async def test_signed_nonsense_is_no_crash(desk: Desk, kind: str) -> None:
    desk.faults_expected = True  # what looks like a command or press without a member is logged
    for body in NONSENSE:
        answer = await desk.post(body, headers={"Content-Type": kind})
        assert answer.status_code in (200, 400, 404), body


async def test_unsigned_nonsense_is_no_crash_either(desk: Desk) -> None:
    for body in NONSENSE:
        answer = await desk.post(body, secret="another secret")
        assert answer.status_code in (400, 401), body


# -- payloads with something missing or something else -----------------------------------------


@pytest.mark.parametrize(
    "missing",
    ["text", "user_id", "team_id", "channel_id", "response_url", "trigger_id", "token", "command"],
)
async def test_command_with_a_field_missing_is_no_crash(desk: Desk, missing: str) -> None:
    desk.faults_expected = True  # no member, no way to answer them: logged with a number
    fields = command_fields(response_url=desk.response_url()) | {}
    del fields[missing]

    answer = await desk.post(fields)

    assert answer.status_code in (200, 400, 404)


async def test_enterprise_command_is_answered(desk: Desk) -> None:
    answer = await desk.post(
        command_fields(
            enterprise_id="E0SAMPLE",
            response_url=desk.response_url(),
            is_enterprise_install="false",
        )
    )

    assert answer.json()["blocks"]


async def test_member_id_that_no_database_can_keep_is_answered(stored_desk: Desk) -> None:
    for strange in ("U\x00", "U" * 5000, "ü🎉"):
        answer = await stored_desk.post(command_fields(user_id=strange))
        assert answer.status_code == 200
        assert answer.json()["text"]


@pytest.mark.parametrize(
    "command", ["/unknown", "/growth", "/SKILL", "skill", "/", "/skill-of-tomorrow"]
)
async def test_unknown_command_gets_a_kind_answer(desk: Desk, command: str) -> None:
    answer = await desk.post(command_fields(command=command))

    assert answer.status_code == 200
    assert "/skill" in answer.json()["text"]


@pytest.mark.parametrize(
    "action",
    [
        button("unknown_action", "x"),
        button("growth_met", None),
        button("show.x", "skill?k=mlops"),
        {"type": "overflow", "action_id": "menu", "block_id": "b", "selected_option": {}},
        {"type": "datepicker", "action_id": "day", "block_id": "b", "selected_date": None},
        {"type": "checkboxes", "action_id": "c", "block_id": "b", "selected_options": []},
    ],
)
async def test_unknown_control_gets_a_kind_answer(desk: Desk, action: Json) -> None:
    answer = await desk.interact(pressed(desk, action))

    assert answer.status_code == 200
    (message,) = desk.engineer.messages("general")
    assert "another version" in message.plain
    assert message.is_ephemeral


VALUES = [
    None,
    "",
    "nonsense",
    "skill",
    "skill?",
    "skill?k=",
    "skill?k=no-such-skill",
    "skill?k=ml-experiment-tracking&r=no-such-role",
    "skill?k=ml-experiment-tracking&l=no-such-level&r=llm-engineer",
    "group?k=no-such-group",
    "group?k=mlops&p=-1",
    "group?k=mlops&p=one",
    "group?k=mlops&p=" + "9" * 1500,
    "role?k=no-such-role",
    "domain?k=no-such-domain",
    "gap?k=no-such-role&l=lead",
    "gap?k=llm-engineer&l=no-such-level",
    "gap?k=llm-engineer&l=lead&r=no-such-role&f=senior",
    "details?k=ml-experiment-tracking&r=llm-engineer&l=no-such-level",
    "details?k=no-such-skill&r=llm-engineer&l=senior",
    "member?k=U0MANAGER",
    "skill?k=%00",
    "skill?k=" + "x" * 1900,
    "skill?k=ml-experiment-tracking&k=mlops",
    "🎉?k=🎉",
    "skill?k=<!channel>",
]


@pytest.mark.parametrize("action_id", ["show.0", "share", "details.0", "find", "level"])
async def test_edited_and_outdated_values_get_a_kind_answer(desk: Desk, action_id: str) -> None:
    for value in VALUES:
        action = button(action_id, value)
        if action_id == "find":
            action = chosen("find", "b", None if value is None else {"value": value})
        if action_id == "level":
            action = chosen("level", str(value), {"value": "lead"})
        before = len(desk.engineer.messages("general"))

        answer = await desk.interact(pressed(desk, action))

        assert answer.status_code == 200, value
        seen = desk.engineer.messages("general")
        opened = desk.engineer.modal is not None
        assert opened or len(seen) > before, value  # the member is never left without a word
        assert not any("<!channel" in str(message.blocks) for message in seen)


@pytest.mark.parametrize("option", [None, {}, {"value": ""}, {"value": None}, {"value": "gone"}])
@pytest.mark.parametrize(
    "block",
    [
        "skill?k=ml-experiment-tracking",
        "group?k=mlops",
        "role?k=llm-engineer",
        "gap?k=llm-engineer",
    ],
)
async def test_level_that_is_gone_gets_a_kind_answer(desk: Desk, option: Any, block: str) -> None:
    answer = await desk.interact(pressed(desk, chosen("level", block, option)))

    assert answer.status_code == 200
    (message,) = desk.engineer.messages("general")
    assert message.blocks


@pytest.mark.parametrize(
    "missing", ["user", "team", "actions", "container", "response_url", "trigger_id", "channel"]
)
async def test_press_with_a_field_missing_is_no_crash(desk: Desk, missing: str) -> None:
    desk.faults_expected = True  # no member, no way to answer them: logged with a number
    payload = pressed(desk, button("show.0", "group?k=mlops"))
    del payload[missing]

    answer = await desk.interact(payload)

    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize("actions", [None, [], {}, "x", [None], [{}], [{"action_id": "show.0"}]])
async def test_press_with_strange_actions_is_no_crash(desk: Desk, actions: Any) -> None:
    desk.faults_expected = True  # no member, no way to answer them: logged with a number
    answer = await desk.interact(pressed(desk, {}, actions=actions))

    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("shortcut", {"callback_id": "find_a_skill"}),
        ("message_action", {"callback_id": "save_evidence", "message": {"ts": "1.1"}}),
        ("block_suggestion", {"action_id": "unknown", "block_id": "b", "value": "ml"}),
        ("block_suggestion", {"action_id": "find", "block_id": "b", "value": None}),
        ("view_closed", {"view": MODAL | {"callback_id": "details"}, "is_cleared": False}),
        ("view_submission", {"view": MODAL | {"callback_id": "unknown"}}),
        ("view_submission", {"view": MODAL | {"callback_id": "details"}}),
    ],
)
async def test_every_other_interaction_is_answered(desk: Desk, kind: str, more: Json) -> None:
    answer = await desk.interact(interaction_fields(kind, **more))

    assert answer.status_code == 200
    if kind == "block_suggestion":
        assert isinstance(answer.json()["options"], list)
    if kind == "view_submission":
        assert answer.json()["response_action"] == "clear"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("dialog_submission", {"callback_id": "old"}),
        ("workflow_step_edit", {"callback_id": "old"}),
        ("interactive_message", {"callback_id": "old", "actions": []}),
        ("view_submission", {"view": {"id": "V1"}}),
        ("view_submission", {"view": None}),
        ("block_suggestion", {}),
        ("something_new", {}),
    ],
)
async def test_payloads_of_another_age_are_no_crash(desk: Desk, kind: str, more: Json) -> None:
    answer = await desk.interact(interaction_fields(kind, **more))

    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_home_opened", "user": ENGINEER, "tab": "home"},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
        {"type": "user_change", "user": {"id": ENGINEER}},
        {"type": "message", "text": "hello", "user": ENGINEER, "channel": "C0GENERAL"},
        {"type": "message", "subtype": "message_changed", "channel": "C0GENERAL"},
        {"type": "event_of_tomorrow"},
    ],
)
async def test_every_event_is_acknowledged(any_desk: Desk, event: Json) -> None:
    answer = await any_desk.slack.event(event)

    assert answer.error is None


async def test_url_verification_is_answered(desk: Desk) -> None:
    assert await desk.slack.events.verify_url()


@pytest.mark.parametrize("event", [None, [], "x", {}, {"type": None}])
async def test_malformed_event_is_no_crash(desk: Desk, event: Any) -> None:
    desk.faults_expected = True  # no member, no way to answer them: logged with a number
    body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": "Ev1", "event": event}
    answer = await desk.post(
        json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in (200, 400, 404)


# -- modals --------------------------------------------------------------------------------------


async def test_expired_trigger_leads_to_a_fresh_card(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    any_desk.slack.faults.expire_triggers()

    answer = await card.press("Details")

    assert any_desk.engineer.modal is None
    assert "`/skill`" in answer.plain
    assert await card.press("Details") is not None
    assert any_desk.engineer.modal is not None


async def test_modal_that_cannot_be_opened_is_told(any_desk: Desk) -> None:
    any_desk.faults_expected = True
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    any_desk.slack.faults.error("views.open", error="internal_error")

    answer = await card.press("Details")

    assert any_desk.engineer.modal is None
    assert len(answer.plain) > 20
    assert answer.plain != card.plain


async def test_modal_turned_while_slack_holds_an_older_one_is_no_crash(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    modal = await card.press("Details")
    desk.slack.faults.error("views.update", error="hash_conflict")

    await modal.choose("Choose a level", "Junior")  # the answer is a quiet acknowledgement

    assert "Senior" in modal.plain
    turned = await modal.choose("Choose a level", "Junior")
    assert "*LLM Engineer, Junior*" in turned.plain


@pytest.mark.parametrize(
    "metadata",
    ["", "nonsense", "skill?k=mlops", "details?k=gone&r=llm-engineer&l=senior", "details?k=a"],
)
async def test_modal_with_edited_metadata_is_no_crash(desk: Desk, metadata: str) -> None:
    view = MODAL | {"hash": "1.1", "callback_id": "details", "private_metadata": metadata}
    payload = interaction_fields(
        "block_actions",
        view=view,
        container={"type": "view", "view_id": "V1"},
        actions=[chosen("details_level", "b", {"value": "lead"})],
    )

    answer = await desk.interact(payload)

    assert answer.status_code == 200

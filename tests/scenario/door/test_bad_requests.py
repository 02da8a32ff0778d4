"""Payloads with something missing or from another version: answered kindly, never a crash."""

import json
from typing import Any

import pytest

from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, command_fields, interaction_fields
from tests.scenario.presses import MODAL, button, chosen, pressed


async def test_command_with_a_field_missing_is_no_crash(desk: Desk) -> None:
    desk.faults_expected = True  # nobody to answer: logged with a number
    for missing in (
        "text",
        "user_id",
        "team_id",
        "channel_id",
        "response_url",
        "trigger_id",
        "token",
        "command",
    ):
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


async def test_unknown_command_gets_a_kind_answer(desk: Desk) -> None:
    for command in (
        "/unknown",
        "/growht",
        "/SKILL",
        "skill",
        "/",
        "/skill-of-tomorrow",
    ):
        answer = await desk.post(command_fields(command=command))

        assert answer.status_code == 200
        assert "/skill" in answer.json()["text"]


async def test_unknown_control_gets_a_kind_answer(desk: Desk) -> None:
    for action in (
        button("unknown_action", "x"),
        button("growth_met", None),
        button("show.x", "skill?k=mlops"),
        {"type": "overflow", "action_id": "menu", "block_id": "b", "selected_option": {}},
        {"type": "datepicker", "action_id": "day", "block_id": "b", "selected_date": None},
        {"type": "checkboxes", "action_id": "c", "block_id": "b", "selected_options": []},
    ):
        told = len(desk.engineer.messages("general"))
        answer = await desk.interact(pressed(desk, action))

        assert answer.status_code == 200
        assert len(desk.engineer.messages("general")) == told + 1
        message = desk.engineer.messages("general")[-1]
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


async def test_level_that_is_gone_gets_a_kind_answer(desk: Desk) -> None:
    for option in (
        None,
        {},
        {"value": ""},
        {"value": None},
        {"value": "gone"},
    ):
        for block in (
            "skill?k=ml-experiment-tracking",
            "group?k=mlops",
            "role?k=llm-engineer",
            "gap?k=llm-engineer",
        ):
            told = len(desk.engineer.messages("general"))
            answer = await desk.interact(pressed(desk, chosen("level", block, option)))

            assert answer.status_code == 200
            assert len(desk.engineer.messages("general")) == told + 1
            message = desk.engineer.messages("general")[-1]
            assert message.blocks


async def test_press_with_a_field_missing_is_no_crash(desk: Desk) -> None:
    desk.faults_expected = True  # nobody to answer: logged with a number
    for missing in (
        "user",
        "team",
        "actions",
        "container",
        "response_url",
        "trigger_id",
        "channel",
    ):
        payload = pressed(desk, button("show.0", "group?k=mlops"))
        del payload[missing]

        answer = await desk.interact(payload)

        assert answer.status_code in (200, 400, 404)


async def test_press_with_strange_actions_is_no_crash(desk: Desk) -> None:
    desk.faults_expected = True  # nobody to answer: logged with a number
    strange: list[Any] = [None, [], {}, "x", [None], [{}], [{"action_id": "show.0"}]]
    for actions in strange:
        answer = await desk.interact(pressed(desk, {}, actions=actions))

        assert answer.status_code in (200, 400, 404)


async def test_every_other_interaction_is_answered(desk: Desk) -> None:
    for kind, more in (
        ("shortcut", {"callback_id": "find_a_skill"}),
        ("message_action", {"callback_id": "save_evidence", "message": {"ts": "1.1"}}),
        ("block_suggestion", {"action_id": "unknown", "block_id": "b", "value": "ml"}),
        ("block_suggestion", {"action_id": "find", "block_id": "b", "value": None}),
        ("view_closed", {"view": MODAL | {"callback_id": "details"}, "is_cleared": False}),
        ("view_submission", {"view": MODAL | {"callback_id": "unknown"}}),
        ("view_submission", {"view": MODAL | {"callback_id": "details"}}),
    ):
        answer = await desk.interact(interaction_fields(kind, **more))

        assert answer.status_code == 200
        if kind == "block_suggestion":
            assert isinstance(answer.json()["options"], list)
        if kind == "view_submission":
            assert answer.json()["response_action"] == "update"


async def test_payloads_of_another_age_are_no_crash(desk: Desk) -> None:
    for kind, more in (
        ("dialog_submission", {"callback_id": "old"}),
        ("workflow_step_edit", {"callback_id": "old"}),
        ("interactive_message", {"callback_id": "old", "actions": []}),
        ("view_submission", {"view": {"id": "V1"}}),
        ("view_submission", {"view": None}),
        ("block_suggestion", {}),
        ("something_new", {}),
    ):
        answer = await desk.interact(interaction_fields(kind, **more))

        assert answer.status_code in (200, 400, 404)


async def test_every_event_is_acknowledged(any_desk: Desk) -> None:
    for event in (
        {"type": "app_home_opened", "user": ENGINEER, "tab": "home"},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
        {"type": "user_change", "user": {"id": ENGINEER}},
        {"type": "message", "text": "hello", "user": ENGINEER, "channel": "C0GENERAL"},
        {"type": "message", "subtype": "message_changed", "channel": "C0GENERAL"},
        {"type": "event_of_tomorrow"},
    ):
        answer = await any_desk.slack.event(event)

        assert answer.error is None


async def test_url_verification_is_answered(desk: Desk) -> None:
    assert await desk.slack.events.verify_url()


async def test_malformed_event_is_no_crash(desk: Desk) -> None:
    desk.faults_expected = True  # nobody to answer: logged with a number
    malformed: list[Any] = [None, [], "x", {}, {"type": None}]
    for event in malformed:
        body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": "Ev1", "event": event}
        answer = await desk.post(
            json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )

        assert answer.status_code in (200, 400, 404)

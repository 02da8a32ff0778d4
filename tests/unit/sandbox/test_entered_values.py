"""Entered values in Slack's shape, Slack's own checks of inputs, ids, and visible words."""

from itertools import count
from typing import Any

import pytest

from bot.sandbox.blocks import first_state, with_ids
from bot.sandbox.dispatch.values import entered, input_errors
from bot.sandbox.model import View
from bot.sandbox.plain import plain_text

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


A, B = ({"text": plain(name), "value": name.lower()} for name in ("Alpha", "Beta"))
OFFER: Json = {"action_id": "x", "options": [A, B]}
GROUPS: Json = {"action_id": "x", "option_groups": [{"label": plain("G"), "options": [A, B]}]}


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        ({"type": "static_select", **OFFER}, "Alpha", {"selected_option": A}),
        ({"type": "static_select", **GROUPS}, "beta", {"selected_option": B}),
        ({"type": "radio_buttons", **OFFER}, None, {"selected_option": None}),
        ({"type": "overflow", **OFFER}, B, {"selected_option": B}),
        ({"type": "checkboxes", **OFFER}, ["Alpha", "beta"], {"selected_options": [A, B]}),
        ({"type": "checkboxes", **OFFER}, None, {"selected_options": []}),
        ({"type": "multi_static_select", **OFFER}, "Alpha", {"selected_options": [A]}),
        ({"type": "external_select"}, A, {"selected_option": A}),
        ({"type": "users_select"}, "U0ADMIN", {"selected_user": "U0ADMIN"}),
        ({"type": "multi_users_select"}, ["U0ADMIN"], {"selected_users": ["U0ADMIN"]}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        ({"type": "multi_channels_select"}, ["C1"], {"selected_channels": ["C1"]}),
        ({"type": "datepicker"}, "2026-11-23", {"selected_date": "2026-11-23"}),
        ({"type": "timepicker"}, "10:00", {"selected_time": "10:00"}),
        ({"type": "datetimepicker"}, "1795419383", {"selected_date_time": 1795419383}),
        ({"type": "plain_text_input"}, "text", {"value": "text"}),
        ({"type": "number_input"}, 5, {"value": "5"}),
        ({"type": "plain_text_input"}, None, {"value": None}),
        ({"type": "file_input"}, ["F1"], {"files": ["F1"]}),
        ({"type": "rich_text_input"}, {"elements": []}, {"rich_text_value": {"elements": []}}),
    ],
)  # fmt: skip
def test_entered(element: Json, value: Any, state: Json) -> None:
    assert entered(element, value) == state


@pytest.mark.parametrize("kind", ["static_select", "checkboxes"])
def test_an_option_that_is_not_offered(kind: str) -> None:
    with pytest.raises(ValueError, match="does not offer 'Gamma'"):
        entered({"type": kind, **OFFER}, "Gamma")


def errors(element: Json, value: Any, *, optional: bool = False) -> list[str]:
    block = {
        "type": "input",
        "block_id": "b",
        "optional": optional,
        "element": {**element, "action_id": "a"},
    }
    state = {"b": {"a": {"type": element["type"], **entered(element, value)}}}
    view = View(
        id="V",
        workspace_id="T",
        member_id="U",
        type="modal",
        payload={"blocks": [block]},
        hash="h",
        root_view_id="V",
        state=state,
    )
    return list(input_errors(view, locale="en-US").values())


NUMBER = {"type": "number_input", "min_value": "1", "max_value": "5"}


@pytest.mark.parametrize(
    ("element", "good", "bad", "words"),
    [
        ({"type": "plain_text_input"}, "x", "", "required"),
        ({"type": "plain_text_input", "min_length": 2}, "xx", "x", "at least 2"),
        ({"type": "plain_text_input", "max_length": 2}, "xx", "xxx", "at most 2"),
        ({"type": "email_text_input"}, "a@example.org", "a", "email"),
        ({"type": "url_text_input"}, "https://example.org", "example", "URL"),
        (NUMBER, "1", "one", "a number"),
        (NUMBER, "5", "1.5", "whole"),
        (NUMBER, "1", "0", "at least 1"),
        (NUMBER, "5", "6", "at most 5"),
        (NUMBER | {"is_decimal_allowed": True}, "1.5", "", "required"),
        ({"type": "checkboxes", **OFFER}, ["Alpha"], [], "required"),
        ({"type": "datepicker"}, "2026-11-23", None, "required"),
    ],
)
def test_what_slack_itself_checks(element: Json, good: Any, bad: Any, words: str) -> None:
    assert errors(element, good) == []
    (message,) = errors(element, bad)
    assert words in message


def test_an_optional_input_may_stay_empty() -> None:
    assert errors({"type": "plain_text_input"}, None, optional=True) == []
    assert errors({"type": "email_text_input"}, "a", optional=True)


def test_ids_are_made_up_where_absent_and_the_payload_is_left_alone() -> None:
    button = {"type": "button", "text": plain("Go")}
    blocks: list[Json] = [
        {"type": "actions", "elements": [button, {**button, "action_id": "own"}]},
        {"type": "section", "block_id": "mine", "text": plain("x"), "accessory": button},
        {"type": "container", "child_blocks": [{"type": "actions", "elements": [button]}]},
        {"type": "carousel", "elements": [{"type": "card", "actions": [button]}]},
    ]
    numbers = count()
    done = with_ids(blocks, lambda prefix: f"{prefix}{next(numbers)}")
    assert done[0]["block_id"]
    assert done[1]["block_id"] == "mine"
    assert done[0]["elements"][1]["action_id"] == "own"
    assert done[1]["accessory"]["action_id"]
    nested = done[2]["child_blocks"][0]["elements"][0], done[3]["elements"][0]["actions"][0]
    assert all(item["action_id"] for item in nested)
    assert "block_id" not in blocks[0]
    assert "action_id" not in button


def test_the_first_state_holds_initial_values() -> None:
    blocks: list[Json] = [
        {
            "type": "actions",
            "block_id": "b",
            "elements": [
                {"type": "static_select", "initial_option": A, **OFFER, "action_id": "one"},
                {"type": "checkboxes", **OFFER, "action_id": "two"},
                {"type": "datepicker", "initial_date": "2026-11-23", "action_id": "three"},
                {"type": "button", "text": plain("Go"), "action_id": "four"},
            ],
        }
    ]
    assert first_state(blocks) == {
        "b": {
            "one": {"type": "static_select", "selected_option": A},
            "two": {"type": "checkboxes", "selected_options": []},
            "three": {"type": "datepicker", "selected_date": "2026-11-23"},
        }
    }


def test_visible_words_in_reading_order() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Ask "},
                    {"type": "user", "user_id": "U1"},
                    {"type": "link", "url": "https://example.org"},
                    {"type": "emoji", "name": "wave"},
                    {"type": "divider"},
                ],
            }
        ],
    }
    select = {"type": "static_select", "placeholder": plain("Level"), **OFFER}
    blocks: list[Json] = [
        {"type": "header", "text": plain("Header")},
        {"type": "section", "text": plain("Text"), "fields": [plain("F1")], "accessory": select},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}, rich]]},
        {"type": "input", "label": plain("Label"), "hint": plain("Hint"), "element": select},
        {"type": "image", "alt_text": "Alt", "title": plain("Title")},
        {"type": "divider"},
    ]
    assert plain_text(blocks).split("\n") == [
        "Header", "Text", "F1", "Level", "Alpha", "Beta", "cell", "Ask U1https://example.orgwave",
        "Label", "Level", "Alpha", "Beta", "Hint", "Title", "Alt",
    ]  # fmt: skip

"""Required fields, shapes, places and unique ids."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.judge import check_message, check_options_response, check_view, judge_message
from bot.sandbox.judge.blocks import SURFACES
from tests.properties import examples

Json = dict[str, Any]
TEXT: Json = {"type": "plain_text", "text": "Text"}
MRKDWN: Json = {"type": "mrkdwn", "text": "*Text*"}
OPTION: Json = {"text": TEXT, "value": "1"}
BUTTON: Json = {"type": "button", "text": TEXT}
SECTION: Json = {"type": "section", "text": MRKDWN}
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "emoji", "name": "wave"}]}
            ],
        },
    ],
}
CONFIRM: Json = {"title": TEXT, "text": MRKDWN, "confirm": TEXT, "deny": TEXT}
IMAGE: Json = {"type": "image", "image_url": "https://example.org/i.png", "alt_text": "A chart"}
ROW: list[Json] = [{"type": "raw_text", "text": "a"}, {"type": "raw_number", "value": 1}]

GOOD: dict[str, Json] = {
    "section": SECTION | {"accessory": BUTTON},
    "header": {"type": "header", "text": TEXT},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [MRKDWN, IMAGE]},
    "actions": {"type": "actions", "elements": [BUTTON | {"confirm": CONFIRM}]},
    "image": IMAGE,
    "rich_text": RICH,
    "table": {"type": "table", "rows": [ROW, [RICH, ROW[0]]], "column_settings": [None]},
    "data_table": {"type": "data_table", "caption": "Depths", "rows": [ROW, [RICH, ROW[0]]]},
    "markdown": {"type": "markdown", "text": "# Text"},
    "card": {"type": "card", "title": TEXT, "actions": [BUTTON], "hero_image": IMAGE},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "body": MRKDWN}]},
    "container": {"type": "container", "title": TEXT, "child_blocks": [SECTION]},
    "plan": {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"task_id": "1", "title": "Read", "status": "pending", "details": RICH}],
    },
    "task_card": {"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"},
    "video": {
        "type": "video",
        "alt_text": "a",
        "title": TEXT,
        "thumbnail_url": "https://example.org/t",
        "video_url": "https://example.org/v",
    },
    "file": {"type": "file", "external_id": "f", "source": "remote"},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": TEXT, "value": "+"},
                "negative_button": {"text": TEXT, "value": "-"},
            }
        ],
    },
    "data_visualization": {"type": "data_visualization", "title": "Depth"},
    "alert": {"type": "alert", "text": TEXT, "level": "warning"},
    "input": {"type": "input", "label": TEXT, "element": {"type": "plain_text_input"}},
}
SELECT: Json = {"type": "static_select", "options": [OPTION], "initial_option": OPTION}
INPUTS: list[Json] = [
    {"type": "plain_text_input", "min_length": 1, "max_length": 3000},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
    {"type": "rich_text_input"},
    {"type": "checkboxes", "options": [OPTION | {"text": MRKDWN}]},
    {"type": "radio_buttons", "options": [OPTION], "initial_option": OPTION},
    {"type": "datepicker", "initial_date": "2026-11-23"},
    {"type": "timepicker", "initial_time": "10:00"},
    {"type": "datetimepicker", "initial_date_time": 1795419383},
    SELECT,
    {"type": "external_select", "min_query_length": 0, "initial_option": OPTION},
    {"type": "users_select"},
    {"type": "multi_static_select", "options": [OPTION], "initial_options": [OPTION]},
    {"type": "multi_external_select"},
    {"type": "conversations_select", "response_url_enabled": True},
]


def surface_errors(block: Json, surface: str) -> list[str]:
    if surface == "message":
        return [v.message for v in check_message({"text": "x", "blocks": [block]})]
    view: Json = {"type": surface, "blocks": [block]}
    if surface == "modal":
        view |= {"title": TEXT, "submit": TEXT}
    return [v.message for v in check_view(view)]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("kind", GOOD)
def test_which_block_may_stand_on_which_surface(kind: str, surface: Any) -> None:
    errors = surface_errors(GOOD[kind], surface)
    if kind in SURFACES[surface]:
        assert errors == []
    else:
        assert errors == [f"{kind} blocks are not allowed in a {surface}"]


@pytest.mark.parametrize("element", INPUTS, ids=lambda e: str(e["type"]))
def test_inputs_stand_in_input_blocks(element: Json) -> None:
    assert surface_errors({"type": "input", "label": TEXT, "element": element}, "modal") == []


def test_a_file_input_stands_in_modals_only() -> None:
    block = {"type": "input", "label": TEXT, "element": {"type": "file_input"}}
    assert surface_errors(block, "modal") == []
    assert surface_errors(block, "home")
    assert surface_errors(block, "message")


REQUIRED: dict[str, tuple[str, ...]] = {
    "header": ("text",),
    "context": ("elements",),
    "actions": ("elements",),
    "image": ("image_url", "alt_text"),
    "rich_text": ("elements",),
    "table": ("rows",),
    "data_table": ("caption", "rows"),
    "markdown": ("text",),
    "carousel": ("elements",),
    "container": ("title", "child_blocks"),
    "plan": ("title", "tasks"),
    "task_card": ("task_id", "title", "status"),
    "video": ("alt_text", "title", "thumbnail_url", "video_url"),
    "file": ("external_id", "source"),
    "context_actions": ("elements",),
    "data_visualization": ("title",),
    "section": ("text",),
}


@pytest.mark.parametrize(("kind", "key"), [(k, key) for k in REQUIRED for key in REQUIRED[k]])
def test_required_fields(kind: str, key: str) -> None:
    block = {name: value for name, value in GOOD[kind].items() if name != key}
    assert surface_errors(block, "message")


BROKEN: dict[str, Json] = {
    "no type": {"text": TEXT},
    "unknown type": {"type": "sparkles"},
    "header with mrkdwn": {"type": "header", "text": MRKDWN},
    "emoji in mrkdwn": {"type": "section", "text": MRKDWN | {"emoji": True}},
    "verbatim in plain text": {"type": "section", "text": TEXT | {"verbatim": True}},
    "emoji no boolean": {"type": "header", "text": TEXT | {"emoji": "yes"}},
    "empty text": {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
    "text no string": {"type": "section", "text": {"type": "mrkdwn", "text": 5}},
    "text no object": {"type": "section", "text": "hello"},
    "no actions": {"type": "actions", "elements": []},
    "actions no array": {"type": "actions", "elements": BUTTON},
    "element no object": {"type": "actions", "elements": ["button"]},
    "input element in actions": {"type": "actions", "elements": [{"type": "plain_text_input"}]},
    "image in actions": {"type": "actions", "elements": [IMAGE]},
    "button in input": {"type": "input", "label": TEXT, "element": BUTTON},
    "datetimepicker in section": SECTION | {"accessory": {"type": "datetimepicker"}},
    "button with mrkdwn": {"type": "actions", "elements": [{"type": "button", "text": MRKDWN}]},
    "unknown style": {"type": "actions", "elements": [BUTTON | {"style": "huge"}]},
    "select without options": {"type": "actions", "elements": [{"type": "static_select"}]},
    "select with both": {
        "type": "actions",
        "elements": [
            SELECT | {"option_groups": [{"label": TEXT, "options": [OPTION]}]},
        ],
    },
    "initial option not on offer": {
        "type": "actions",
        "elements": [SELECT | {"initial_option": OPTION | {"value": "2"}}],
    },
    "initial options no array": {
        "type": "actions",
        "elements": [{"type": "checkboxes", "options": [OPTION], "initial_options": OPTION}],
    },
    "option without value": {
        "type": "actions",
        "elements": [{"type": "static_select", "options": [{"text": TEXT}]}],
    },
    "option text mrkdwn in a select": {
        "type": "actions",
        "elements": [{"type": "static_select", "options": [{"text": MRKDWN, "value": "1"}]}],
    },
    "option url in a select": {
        "type": "actions",
        "elements": [
            {"type": "static_select", "options": [OPTION | {"url": "https://example.org"}]}
        ],
    },
    "confirm without text": {
        "type": "actions",
        "elements": [BUTTON | {"confirm": {"title": TEXT, "confirm": TEXT, "deny": TEXT}}],
    },
    "external select with options": {
        "type": "actions",
        "elements": [{"type": "external_select", "options": [OPTION]}],
    },
    "bad date": {
        "type": "actions",
        "elements": [{"type": "datepicker", "initial_date": "23.11.2026"}],
    },
    "bad time": {
        "type": "actions",
        "elements": [{"type": "timepicker", "initial_time": "25:00"}],
    },
    "milliseconds": {
        "type": "actions",
        "elements": [{"type": "datetimepicker", "initial_date_time": 17954193830}],
    },
    "min over max": {
        "type": "input",
        "label": TEXT,
        "element": {"type": "plain_text_input", "min_length": 9, "max_length": 8},
    },
    "number without decimal flag": {
        "type": "input",
        "label": TEXT,
        "element": {"type": "number_input"},
    },
    "number bound no number": {
        "type": "input",
        "label": TEXT,
        "element": {"type": "number_input", "is_decimal_allowed": True, "max_value": "many"},
    },
    "unknown dispatch trigger": {
        "type": "input",
        "label": TEXT,
        "element": {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_blur"]},
        },
    },
    "image from two places": IMAGE | {"slack_file": {"id": "F1"}},
    "image not public": IMAGE | {"image_url": "data:image/png;base64,x"},
    "video not https": GOOD["video"] | {"video_url": "http://example.org"},
    "empty card": {"type": "card", "subtitle": TEXT},
    "card with two icons": {"type": "card", "title": TEXT, "icon": IMAGE, "slack_icon": {}},
    "select in a card": {"type": "card", "actions": [SELECT]},
    "section in a carousel": {"type": "carousel", "elements": [SECTION]},
    "markdown in a container": {
        "type": "container",
        "title": TEXT,
        "child_blocks": [GOOD["markdown"]],
    },
    "container in a container": {
        "type": "container",
        "title": TEXT,
        "child_blocks": [GOOD["container"]],
    },
    "collapsed, not collapsible": GOOD["container"] | {"default_collapsed": True},
    "pending task alone": GOOD["task_card"] | {"status": "pending"},
    "the same task twice": {
        "type": "plan",
        "title": "Plan",
        "tasks": [{"task_id": "1", "title": "Read", "status": "complete"}] * 2,
    },
    "empty cell": {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
    "row no array": {"type": "table", "rows": ["row"]},
    "empty row": {"type": "table", "rows": [[]]},
    "unknown cell": {"type": "table", "rows": [[MRKDWN]]},
    "bad align": GOOD["table"] | {"column_settings": [{"align": "justify"}]},
    "rich text in a table's header": {
        "type": "data_table",
        "caption": "c",
        "rows": [[RICH], [RICH]],
    },
    "uneven rows": {"type": "data_table", "caption": "c", "rows": [ROW, ROW[:1]]},
    "header column outside": GOOD["data_table"] | {"row_header_column_index": 2},
    "unknown rich text": {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
    "unknown inline": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "blink"}]}],
    },
    "rich text link without url": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "link"}]}],
    },
    "empty rich text": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
    },
    "list without style": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "elements": []}],
    },
    "unknown context action": {"type": "context_actions", "elements": [BUTTON]},
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_blocks_are_refused(name: str) -> None:
    found = check_message({"text": "x", "blocks": [BROKEN[name]]})
    assert found
    assert {v.code for v in found} == {"invalid_blocks"}


def test_ids_are_unique() -> None:
    twice = [{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}]
    assert [v.pointer for v in check_message({"text": "x", "blocks": twice})] == [
        "/blocks/1/block_id"
    ]
    nested = [GOOD["container"] | {"block_id": "a", "child_blocks": [twice[0]]}]
    assert [v.pointer for v in check_message({"text": "x", "blocks": nested})] == [
        "/blocks/0/child_blocks/0/block_id"
    ]
    same = BUTTON | {"action_id": "go"}
    assert check_message({"text": "x", "blocks": [{"type": "actions", "elements": [same, same]}]})
    apart = [{"type": "actions", "elements": [same]}] * 2
    assert check_message({"text": "x", "blocks": apart}) == []


def test_a_message_needs_something_to_show() -> None:
    assert [v.code for v in check_message({})] == ["no_text"]
    assert [v.code for v in check_message({"text": "", "blocks": []})] == ["no_text"]
    assert check_message({"blocks": [SECTION]}) == []
    assert [v.code for v in check_message({"text": 5})] == ["invalid_arguments"]
    assert [v.code for v in check_message({"text": "x", "blocks": {"type": "section"}})] == [
        "invalid_blocks"
    ]
    assert [v.code for v in check_message({"text": "x", "attachments": ["a"]})] == [
        "invalid_attachments"
    ]
    broken = {"text": "x", "attachments": [{"blocks": [{"type": "sparkles"}]}]}
    assert [v.pointer for v in check_message(broken)] == ["/attachments/0/blocks/0/type"]
    assert [v.code for v in check_message({"text": "x", "metadata": {"event_type": 1}})] == [
        "invalid_metadata_format"
    ]


def test_warnings_do_not_refuse() -> None:
    verdict = judge_message({"blocks": [SECTION]})
    assert verdict.code is None
    assert [w.code for w in verdict.warnings] == ["missing_text_fallback"]
    big = {"text": "x", "blocks": [{"type": "section", "text": {**MRKDWN, "text": "x" * 2500}}] * 4}
    assert [w.code for w in judge_message(big).warnings] == ["over_budget"]
    assert judge_message({"text": "x", "blocks": [SECTION]}).warnings == []


def test_a_modal_with_inputs_needs_submit_and_every_modal_a_title() -> None:
    modal: Json = {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": [GOOD["input"]]}
    assert check_view(modal) == []
    for key in ("title", "submit", "blocks", "type"):
        assert check_view({name: value for name, value in modal.items() if name != key})
    assert check_view(modal | {"clear_on_close": "no"})
    assert check_view("modal")
    assert check_view(modal | {"title": MRKDWN})


def test_the_words_are_slacks() -> None:
    (found,) = check_message(
        {"text": "x", "blocks": [{"type": "header", "text": {**TEXT, "text": "x" * 151}}]}
    )
    assert found.slack_text == (
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    )
    assert found.as_json()["code"] == "invalid_blocks"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@examples(150)
@given(data=st.data())
def test_whatever_stands_in_a_payload_the_judge_answers(data: st.DataObject) -> None:
    """Replace any one value of a good payload by junk: a verdict, never an exception."""
    kind = data.draw(st.sampled_from([*GOOD, "inputs"]))
    block = copy.deepcopy(GOOD.get(kind) or {"type": "actions", "elements": INPUTS[5:]})
    paths = list(_paths(block))
    path = data.draw(st.sampled_from(paths))
    holder: Any = block
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = data.draw(JUNK)
    for surface in SURFACES:
        assert isinstance(surface_errors(block, surface), list)
    assert isinstance(check_options_response(block), list)
    json.dumps(block)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Any:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, dict | list):
            yield from _paths(item, (*path, key))
        else:
            yield (*path, key)

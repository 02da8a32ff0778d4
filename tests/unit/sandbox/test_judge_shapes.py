"""Which block may stand where, the fields that each kind needs, and what is broken in one."""

from typing import Any

import pytest

from bot.sandbox.judge import check_message
from bot.sandbox.judge.blocks import SURFACES
from tests.unit.sandbox.good_blocks import (
    BUTTON,
    GOOD,
    IMAGE,
    INPUTS,
    MRKDWN,
    OPTION,
    RICH,
    ROW,
    SECTION,
    SELECT,
    TEXT,
    Json,
    surface_errors,
)


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

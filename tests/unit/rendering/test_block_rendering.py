"""Every block: what it becomes."""

import pytest

from bot.sandbox.rendering import Viewer, render_blocks, with_state
from tests.unit.rendering.checked_html import CheckedHtml
from tests.unit.rendering.sample_blocks import (
    IMAGE,
    Json,
    in_actions,
    in_input,
    mrkdwn,
    option,
    plain,
    read,
)

BLOCKS = [
    ({"type": "header", "text": plain("Head & tail :seedling:")}, "Head & tail 🌱"),
    (
        {"type": "section", "text": mrkdwn("*one*"), "fields": [mrkdwn("f1"), plain("f2")]},
        "onef1f2",
    ),
    ({"type": "context", "elements": [mrkdwn("note"), IMAGE]}, "note"),
    ({"type": "divider"}, ""),
    ({**IMAGE, "title": plain("Chart")}, "Chart"),
    ({"type": "markdown", "text": "# Title\n\n**b** and `c`\n\n- x"}, "Title\nb and c\n\nx\n\n"),
    ({"type": "alert", "level": "warning", "text": mrkdwn("Look out")}, "⚠Look out"),
    (
        {
            "type": "video",
            "title": plain("Talk"),
            "video_url": "https://example.com/v",
            "thumbnail_url": "https://example.com/t.png",
            "alt_text": "talk",
        },
        "Play video: Talk",
    ),
    ({"type": "file", "external_id": "F1", "source": "remote"}, "File: F1"),
    (
        {
            "type": "plan",
            "title": "Plan",
            "tasks": [{"task_id": "1", "title": "Do", "status": "complete"}],
        },
        "Plan● Do",
    ),
    ({"type": "task_card", "task_id": "1", "title": "Do", "status": "error"}, "✕ Do"),
    (
        {
            "type": "card",
            "title": plain("T"),
            "subtitle": plain("S"),
            "body": mrkdwn("_B_"),
            "actions": [{"type": "button", "action_id": "x", "text": plain("Go")}],
        },
        "TSBGo",
    ),
    (
        {
            "type": "carousel",
            "elements": [
                {"type": "card", "title": plain("One")},
                {"type": "card", "title": plain("Two")},
            ],
        },
        "OneTwo",
    ),
    (
        {
            "type": "container",
            "title": plain("Box"),
            "child_blocks": [{"type": "header", "text": plain("Inside")}],
        },
        "BoxInside",
    ),
    (
        {
            "type": "container",
            "title": plain("Box"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [],
        },
        "Box",
    ),
]


@pytest.mark.parametrize(("block", "text"), BLOCKS, ids=lambda value: str(value)[:40])
def test_blocks(viewer: Viewer, block: Json, text: str) -> None:
    assert read(block, viewer).text == text


def test_a_table_has_headings_alignment_and_a_name(viewer: Viewer) -> None:
    cell = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "r"}]}],
    }
    block = {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": "H1"}, {"type": "raw_text", "text": "H2"}],
            [cell, {"type": "raw_text", "text": "x"}],
        ],
        "column_settings": [{"align": "right"}, {"is_wrapped": True}],
    }
    found = read(block, viewer)
    assert [heading["scope"] for heading in found.find("th")] == ["col", "col"]
    assert [cell["class"] for cell in found.find("td")] == ["bk-right", "bk-wrapped"]
    region = next(a for _, a in found.elements if a.get("role") == "region")
    assert (region["aria-label"], region["tabindex"]) == ("Table", "0")


def test_a_data_table_has_a_caption_and_row_headings(viewer: Viewer) -> None:
    block = {
        "type": "data_table",
        "caption": "Depths",
        "row_header_column_index": 0,
        "rows": [
            [{"type": "raw_text", "text": "A"}, {"type": "raw_text", "text": "B"}],
            [{"type": "raw_text", "text": "x"}, {"type": "raw_number", "value": 3, "text": "3"}],
        ],
    }
    found = read(block, viewer)
    assert found.text == "DepthsABx3"
    assert [heading["scope"] for heading in found.find("th")] == ["col", "col", "row"]


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "b", "style": {"bold": True, "italic": True}},
                {"type": "user", "user_id": "U0ENGINEER"},
                {"type": "channel", "channel_id": "C0GENERAL"},
                {"type": "usergroup", "usergroup_id": "S0TEAM"},
                {"type": "broadcast", "range": "here"},
                {"type": "link", "url": "https://example.com", "text": "l"},
                {"type": "emoji", "name": "wave", "unicode": "1f44b"},
                {"type": "emoji", "name": "own_logo"},
                {"type": "date", "timestamp": 1392734382, "format": "{date_num}", "fallback": "f"},
                {"type": "color", "value": "#ff0000"},
                {"type": "brand_new"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "offset": 2,
            "indent": 1,
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quote"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code\n  more"}]},
        {"type": "rich_text_new"},
    ],
}


def test_rich_text(viewer: Viewer) -> None:
    found = read(RICH, viewer)
    assert found.text.startswith(
        "b@Sample Engineer#general@ml-team@herel👋:own_logo:2014-02-18#ff0000"
    )
    assert "brand_new" in found.text
    assert "rich_text_new" in found.text
    assert found.find("ol")[0] == {"class": "bk-list bk-indent-1", "start": "3"}
    assert "code\n  more" not in found.text  # line breaks are kept as elements
    assert found.find("em")
    assert found.find("strong")


def test_an_unknown_block_is_a_labelled_box_with_its_json(viewer: Viewer) -> None:
    found = read({"type": "hologram", "depth": 3}, viewer)
    assert "The local Slack does not draw “hologram”." in found.text
    assert '"depth":3' in found.text


def test_an_unknown_element_too(viewer: Viewer, chinese: Viewer) -> None:
    block = in_actions({"type": "dial"})
    assert "“dial”" in read(block, viewer).text
    assert "不绘制" in read(block, chinese).text


def test_ids_differ_between_lists_and_within_one(viewer: Viewer) -> None:
    select = in_actions({"type": "static_select", "options": [option("one")]})
    html = render_blocks([select, select], viewer, prefix="x") + render_blocks(
        [select], viewer, prefix="y"
    )
    ids = [a["id"] for _, a in CheckedHtml(html).elements if "id" in a]
    assert len(ids) == len(set(ids)) == 3


def test_what_was_entered_replaces_what_was_sent(viewer: Viewer) -> None:
    blocks = [
        in_input({"type": "plain_text_input", "initial_value": "old"}),
        {
            **in_actions(
                {
                    "type": "static_select",
                    "options": [option("one")],
                    "initial_option": option("one"),
                }
            ),
            "block_id": "c",
        },
    ]
    values = {
        "b": {"a": {"type": "plain_text_input", "value": "new"}},
        "c": {"a": {"type": "static_select", "selected_option": None}},
    }
    found = CheckedHtml(render_blocks(with_state(blocks, values), viewer))
    assert found.find("input")[0]["value"] == "new"
    assert found.find("input")[1]["value"] == ""
    assert blocks[0]["element"]["initial_value"] == "old"

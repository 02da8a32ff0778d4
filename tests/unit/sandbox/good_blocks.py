"""A good block of each kind, and what they are made of, for the judge to look at."""

from typing import Any

from bot.sandbox.judge import check_message, check_view

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

"""Every limit of the judge: the largest allowed passes, one more fails with Slack's code."""

from collections.abc import Callable
from typing import Any

import pytest
from slackblocks import _limits as oracle
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE

from bot.sandbox.judge import (
    UPDATE_TEXT,
    check_message,
    check_options_response,
    check_view,
    judge_message,
    judge_view,
    limits,
)
from bot.sandbox.judge.blocks import SURFACES

Json = dict[str, Any]
# A character outside the basic plane: two UTF-16 units, four bytes, one code point.
WIDE = "𝄞"


def plain(n: int) -> Json:
    return {"type": "plain_text", "text": WIDE * n}


def marked(n: int) -> Json:
    return {"type": "mrkdwn", "text": WIDE * n}


def option(text: int = 1, value: int = 1, **more: Any) -> Json:
    return {"text": plain(text), "value": "v" * value, **more}


def options(n: int) -> list[Json]:
    return [{"text": plain(1), "value": f"v{i}"} for i in range(n)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(**more: Any) -> Json:
    return {"type": "section", "text": marked(1), **more}


def confirm(**sizes: int) -> Json:
    title, text = plain(sizes.get("title", 1)), marked(sizes.get("text", 1))
    return {
        "title": title,
        "text": text,
        "confirm": plain(sizes.get("confirm", 1)),
        "deny": plain(sizes.get("deny", 1)),
    }


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(1), **more}


def typed(**more: Any) -> Json:
    return input_block({"type": "plain_text_input", **more})


def input_block(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    shape = {"type": "modal", "title": plain(1), "submit": plain(1), "blocks": list(blocks)}
    return {**shape, **more}


def table(rows: int = 1, cells: int = 1, characters: int = 1) -> Json:
    row = [{"type": "raw_text", "text": "x" * characters}] * cells
    return {"type": "table", "rows": [row] * rows}


def data_table(rows: int = 2, cells: int = 1, characters: int = 1, **more: Any) -> Json:
    return {**table(rows, cells, characters), "type": "data_table", "caption": "Depths", **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain(1), **more}


def container(**more: Any) -> Json:
    return {"type": "container", "title": plain(1), "child_blocks": [section()], **more}


def task(n: int) -> Json:
    return {"task_id": f"t{n}", "title": "Read", "status": "pending"}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "alt_text": "a",
        "title": plain(1),
        "thumbnail_url": "https://example.org/t.png",
        "video_url": "https://example.org/v",
        **more,
    }


def url(n: int) -> str:
    return "https://example.org/".ljust(n, "x")


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": url(30), "alt_text": "a", **more}


# name: (build a block from a size, the largest size, what the oracle says of it)
BLOCKS: dict[str, tuple[Callable[[int], Json], int, int | None]] = {
    "section text": (
        lambda n: {"type": "section", "text": marked(n)},
        3000,
        oracle.SECTION_TEXT_MAX_LENGTH,
    ),
    "section fields": (
        lambda n: {"type": "section", "fields": [marked(1)] * n},
        10,
        oracle.SECTION_FIELDS_MAX_ITEMS,
    ),
    "section field text": (
        lambda n: {"type": "section", "fields": [marked(n)]},
        2000,
        oracle.SECTION_FIELDS_ITEM_MAX_LENGTH,
    ),
    "header": (
        lambda n: {"type": "header", "text": plain(n)},
        150,
        oracle.HEADER_TEXT_MAX_LENGTH,
    ),
    "block_id": (
        lambda n: {"type": "divider", "block_id": "b" * n},
        255,
        oracle.BLOCK_ID_MAX_LENGTH,
    ),
    "action_id": (
        lambda n: actions(button(action_id="a" * n)),
        255,
        oracle.ACTION_ID_MAX_LENGTH,
    ),
    "context elements": (
        lambda n: {"type": "context", "elements": [marked(1)] * n},
        10,
        oracle.CONTEXT_ELEMENTS_MAX_ITEMS,
    ),
    "context text": (lambda n: {"type": "context", "elements": [marked(n)]}, 3000, None),
    "actions": (
        lambda n: actions(*[button()] * n),
        25,
        oracle.ACTIONS_ELEMENTS_MAX_ITEMS,
    ),
    "button text": (
        lambda n: actions(button(text=plain(n))),
        75,
        oracle.BUTTON_TEXT_MAX_LENGTH,
    ),
    "button value": (
        lambda n: actions(button(value="v" * n)),
        2000,
        oracle.BUTTON_VALUE_MAX_LENGTH,
    ),
    "button url": (lambda n: actions(button(url=url(n))), 3000, oracle.BUTTON_URL_MAX_LENGTH),
    "button label": (
        lambda n: actions(button(accessibility_label="a" * n)),
        75,
        oracle.BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH,
    ),
    "confirm title": (
        lambda n: actions(button(confirm=confirm(title=n))),
        100,
        oracle.CONFIRMATION_TITLE_MAX_LENGTH,
    ),
    "confirm text": (
        lambda n: actions(button(confirm=confirm(text=n))),
        300,
        oracle.CONFIRMATION_TEXT_MAX_LENGTH,
    ),
    "confirm confirm": (
        lambda n: actions(button(confirm=confirm(confirm=n))),
        30,
        oracle.CONFIRMATION_CONFIRM_MAX_LENGTH,
    ),
    "confirm deny": (
        lambda n: actions(button(confirm=confirm(deny=n))),
        30,
        oracle.CONFIRMATION_DENY_MAX_LENGTH,
    ),
    "select options": (
        lambda n: actions(select(options=options(n))),
        100,
        oracle.SELECT_OPTIONS_MAX_ITEMS,
    ),
    "select groups": (
        lambda n: actions(
            {
                "type": "static_select",
                "option_groups": [{"label": plain(1), "options": options(1)}] * n,
            }
        ),
        100,
        oracle.SELECT_OPTION_GROUPS_MAX_ITEMS,
    ),
    "group label": (
        lambda n: actions(
            {
                "type": "static_select",
                "option_groups": [{"label": plain(n), "options": options(1)}],
            }
        ),
        75,
        oracle.OPTION_GROUP_LABEL_MAX_LENGTH,
    ),
    "option text": (
        lambda n: actions(select(options=[option(text=n)])),
        75,
        oracle.OPTION_TEXT_MAX_LENGTH,
    ),
    "option value": (
        lambda n: actions(select(options=[option(value=n)])),
        150,
        oracle.OPTION_VALUE_MAX_LENGTH,
    ),
    "option description": (
        lambda n: actions(select(options=[option(description=plain(n))])),
        75,
        oracle.OPTION_DESCRIPTION_MAX_LENGTH,
    ),
    "placeholder": (
        lambda n: actions(select(placeholder=plain(n))),
        150,
        oracle.SELECT_PLACEHOLDER_MAX_LENGTH,
    ),
    "overflow": (
        lambda n: section(accessory={"type": "overflow", "options": options(n)}),
        5,
        oracle.OVERFLOW_OPTIONS_MAX_ITEMS,
    ),
    "checkboxes": (
        lambda n: actions({"type": "checkboxes", "options": options(n)}),
        10,
        oracle.CHECKBOXES_OPTIONS_MAX_ITEMS,
    ),
    "radio buttons": (
        lambda n: actions({"type": "radio_buttons", "options": options(n)}),
        10,
        oracle.RADIO_BUTTONS_OPTIONS_MAX_ITEMS,
    ),
    "image url": (lambda n: image(image_url=url(n)), 3000, oracle.IMAGE_IMAGE_URL_MAX_LENGTH),
    "image alt": (lambda n: image(alt_text="a" * n), 2000, oracle.IMAGE_ALT_TEXT_MAX_LENGTH),
    "image title": (lambda n: image(title=plain(n)), 2000, oracle.IMAGE_TITLE_MAX_LENGTH),
    "input label": (
        lambda n: {**typed(), "label": plain(n)},
        2000,
        oracle.INPUT_LABEL_MAX_LENGTH,
    ),
    "input hint": (lambda n: typed() | {"hint": plain(n)}, 2000, oracle.INPUT_HINT_MAX_LENGTH),
    "input max_length": (
        lambda n: typed(max_length=n),
        3000,
        oracle.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX,
    ),
    "input min_length": (
        lambda n: typed(min_length=n),
        3000,
        oracle.PLAIN_TEXT_INPUT_MIN_LENGTH_MAX,
    ),
    "input value": (lambda n: typed(initial_value="x" * n), 3000, None),
    "markdown": (
        lambda n: {"type": "markdown", "text": "m" * n},
        12_000,
        oracle.MARKDOWN_TEXT_MAX_LENGTH,
    ),
    "card title": (lambda n: card(title=plain(n)), 150, oracle.CARD_TITLE_MAX_LENGTH),
    "card subtitle": (lambda n: card(subtitle=plain(n)), 150, oracle.CARD_SUBTITLE_MAX_LENGTH),
    "card body": (lambda n: card(body=marked(n)), 200, oracle.CARD_BODY_MAX_LENGTH),
    "card subtext": (lambda n: card(subtext=marked(n)), 200, oracle.CARD_SUBTEXT_MAX_LENGTH),
    "card actions": (lambda n: card(actions=[button()] * n), 3, oracle.CARD_ACTIONS_MAX_ITEMS),
    "carousel": (
        lambda n: {"type": "carousel", "elements": [card()] * n},
        10,
        oracle.CAROUSEL_ELEMENTS_MAX_ITEMS,
    ),
    "container title": (
        lambda n: container(title=plain(n)),
        150,
        oracle.CONTAINER_TITLE_MAX_LENGTH,
    ),
    "container children": (
        lambda n: container(child_blocks=[section()] * n),
        10,
        oracle.CONTAINER_CHILD_BLOCKS_MAX_ITEMS,
    ),
    "table rows": (lambda n: table(rows=n), 100, oracle.TABLE_ROWS_MAX_ITEMS),
    "table cells": (lambda n: table(cells=n), 20, oracle.TABLE_COLUMNS_MAX_ITEMS),
    "table characters": (lambda n: table(characters=n), 10_000, None),
    "table settings": (
        lambda n: table() | {"column_settings": [{"align": "left"}] * n},
        20,
        oracle.TABLE_COLUMN_SETTINGS_MAX_ITEMS,
    ),
    "data table rows": (
        lambda n: data_table(rows=n),
        201,
        oracle.DATA_TABLE_ROWS_MAX_ITEMS,
    ),
    "data table cells": (
        lambda n: data_table(cells=n),
        20,
        oracle.DATA_TABLE_COLUMNS_MAX_ITEMS,
    ),
    "data table page": (
        lambda n: data_table(page_size=n),
        100,
        oracle.DATA_TABLE_PAGE_SIZE_MAX,
    ),
    "data table characters": (
        lambda n: data_table(characters=n // 2),
        20_001,
        oracle.DATA_TABLE_CONTENT_MAX_LENGTH + 1,
    ),
    "plan tasks": (
        lambda n: {"type": "plan", "title": "Plan", "tasks": [task(i) for i in range(n)]},
        50,
        oracle.PLAN_TASKS_MAX_ITEMS,
    ),
    "context actions": (
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain(1)}] * n,
        },
        5,
        oracle.CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS,
    ),
    "video title": (lambda n: video(title=plain(n)), 200, oracle.VIDEO_TITLE_MAX_LENGTH),
    "video author": (
        lambda n: video(author_name="a" * n),
        50,
        oracle.VIDEO_AUTHOR_NAME_MAX_LENGTH,
    ),
    "chart title": (
        lambda n: {"type": "data_visualization", "title": "t" * n},
        50,
        oracle.DATA_VISUALIZATION_TITLE_MAX_LENGTH,
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_block_limits_of_a_message(name: str) -> None:
    build, most, _ = BLOCKS[name]
    assert check_message({"text": "x", "blocks": [build(most)]}) == []
    found = check_message({"text": "x", "blocks": [build(most + 1)]})
    assert {v.code for v in found} == {"invalid_blocks"}
    assert found[0].pointer.startswith("/blocks/0")


@pytest.mark.parametrize("name", [name for name in BLOCKS if BLOCKS[name][2] is not None])
def test_limits_agree_with_the_probed_ones(name: str) -> None:
    _, most, probed = BLOCKS[name]
    assert most == probed


def test_surfaces_agree_with_the_probed_ones() -> None:
    assert SURFACES == {**_BLOCK_TYPES_BY_SURFACE}


VIEWS: dict[str, tuple[Callable[[int], Json], int, int]] = {
    "blocks": (lambda n: modal(*[section()] * n), 100, oracle.VIEW_BLOCKS_MAX_ITEMS),
    "title": (lambda n: modal(title=plain(n)), 24, oracle.VIEW_TITLE_MAX_LENGTH),
    "submit": (lambda n: modal(submit=plain(n)), 24, oracle.VIEW_SUBMIT_MAX_LENGTH),
    "close": (lambda n: modal(close=plain(n)), 24, oracle.VIEW_CLOSE_MAX_LENGTH),
    "metadata": (
        lambda n: modal(private_metadata="m" * n),
        3000,
        oracle.VIEW_PRIVATE_METADATA_MAX_LENGTH,
    ),
    "callback_id": (
        lambda n: modal(callback_id="c" * n),
        255,
        oracle.VIEW_CALLBACK_ID_MAX_LENGTH,
    ),
    "external_id": (
        lambda n: modal(external_id="e" * n),
        255,
        oracle.VIEW_EXTERNAL_ID_MAX_LENGTH,
    ),
    "alert": (
        lambda n: modal({"type": "alert", "text": plain(n)}),
        200,
        oracle.ALERT_TEXT_MAX_LENGTH,
    ),
    "files": (
        lambda n: modal(input_block({"type": "file_input", "max_files": n})),
        10,
        oracle.FILE_INPUT_MAX_FILES_MAX,
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_limits_of_a_view(name: str) -> None:
    build, most, probed = VIEWS[name]
    assert most == probed
    assert check_view(build(most)) == []
    found = check_view(build(most + 1))
    assert [v.code for v in found] == ["invalid_arguments"]
    assert found[0].pointer.startswith("/view/")


def test_a_home_takes_100_blocks() -> None:
    assert check_view({"type": "home", "blocks": [section()] * 100}) == []
    assert check_view({"type": "home", "blocks": [section()] * 101})


def test_a_view_of_250_kilobytes() -> None:
    empty = len('{"type":"home","blocks":[],"external_id":""}')
    room = limits.VIEW_BYTES - empty
    too_big = {"type": "home", "blocks": [], "external_id": "x" * (room + 1)}
    assert "view_too_large" in [v.code for v in check_view(too_big)]
    fits = {"type": "home", "blocks": [], "external_id": "x" * room}
    assert "view_too_large" not in [v.code for v in check_view(fits)]


MESSAGES: dict[str, tuple[Callable[[int], Json], int, str]] = {
    "blocks": (lambda n: {"text": "x", "blocks": [section()] * n}, 50, "invalid_blocks"),
    "text": (lambda n: {"text": WIDE * n}, 40_000, "msg_too_long"),
    "attachments": (
        lambda n: {"attachments": [{"text": "a"}] * n},
        100,
        "too_many_attachments",
    ),
    "tables": (lambda n: {"text": "x", "blocks": [table()] * n}, 1, "only_one_table_allowed"),
    "tables of both kinds": (
        lambda n: {"text": "x", "blocks": [table(), data_table()][:n]},
        1,
        "only_one_table_allowed",
    ),
    "tables in containers": (
        lambda n: {"text": "x", "blocks": [container(child_blocks=[table()])] * n},
        1,
        "only_one_table_allowed",
    ),
    "charts": (
        lambda n: {"text": "x", "blocks": [{"type": "data_visualization", "title": "t"}] * n},
        2,
        "invalid_blocks",
    ),
    "markdown of all blocks": (
        lambda n: {"text": "x", "blocks": [{"type": "markdown", "text": "m" * 4000}] * n},
        3,
        "invalid_blocks",
    ),
    "metadata": (
        lambda n: {
            "text": "x",
            "metadata": {"event_type": "e", "event_payload": {"x": "x" * (n - 47)}},
        },
        limits.METADATA_BYTES,
        "metadata_too_large",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_limits_of_a_message(name: str) -> None:
    build, most, code = MESSAGES[name]
    assert check_message(build(most)) == []
    assert [v.code for v in check_message(build(most + 1))] == [code]


def test_an_updated_text_is_shorter() -> None:
    assert judge_message({"text": "x" * 4000}, text_limit=UPDATE_TEXT).code is None
    assert judge_message({"text": "x" * 4001}, text_limit=UPDATE_TEXT).code == "msg_too_long"


def test_options_response_takes_a_hundred() -> None:
    assert check_options_response({"options": []}) == []
    assert check_options_response({"options": options(100)}) == []
    assert [v.code for v in check_options_response({"options": options(101)})] == [
        "invalid_options"
    ]
    assert check_options_response({"text": "x"})
    assert check_options_response(None)


def test_a_view_must_be_of_the_asked_surface() -> None:
    assert judge_view(modal(), surface="home").code == "invalid_arguments"
    assert judge_view({"type": "home", "blocks": []}, surface="home").code is None

"""Every limit of blocks and elements: the largest passes, one more fails with Slack's code."""

from collections.abc import Callable

import pytest
from slackblocks import _limits as oracle
from slackblocks._surfaces import _BLOCK_TYPES_BY_SURFACE

from bot.sandbox.judge import check_message
from bot.sandbox.judge.blocks import SURFACES
from tests.unit.sandbox.payloads import (
    Json,
    actions,
    button,
    card,
    confirm,
    container,
    data_table,
    image,
    marked,
    option,
    options,
    plain,
    section,
    select,
    table,
    task,
    typed,
    url,
    video,
)

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

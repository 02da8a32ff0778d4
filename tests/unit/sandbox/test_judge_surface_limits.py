"""Every limit of views, messages and answers: the largest passes, one more fails as in Slack."""

from collections.abc import Callable

import pytest
from slackblocks import _limits as oracle

from bot.sandbox.judge import (
    UPDATE_TEXT,
    check_message,
    check_options_response,
    check_view,
    judge_message,
    judge_view,
    limits,
)
from tests.unit.sandbox.payloads import (
    WIDE,
    Json,
    container,
    data_table,
    input_block,
    modal,
    options,
    plain,
    section,
    table,
)

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

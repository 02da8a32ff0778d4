"""A message or a modal as a whole: what it needs, ids, warnings, words; and any junk."""

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.judge import check_message, check_options_response, check_view, judge_message
from bot.sandbox.judge.blocks import SURFACES
from tests.properties import examples
from tests.unit.sandbox.good_blocks import (
    BUTTON,
    GOOD,
    INPUTS,
    MRKDWN,
    SECTION,
    TEXT,
    Json,
    surface_errors,
)


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

"""The form of a command, read as Bolt reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import parse_body

from bot.slack.http import FORM, fields_of, is_command
from tests.properties import examples

SIGNS = "aZ09&=%+;~-_.é中%20%4g%%2F%3A%3a"


@given(st.text(alphabet=SIGNS, max_size=60))
@examples(100)
def test_a_form_is_read_as_bolt_reads_it(raw: str) -> None:
    assert fields_of(raw) == parse_body(raw, FORM)


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        ("payload=%7B%7D", FORM),
        ("token=t&payload=%7B%7D", FORM),
        ('{"type": "event_callback"}', FORM),
        ("", FORM),
        ("command=%2Fskill", "application/json"),
        ("command=%2Fskill", None),
    ],
)
def test_whatever_may_be_something_else_is_left_to_bolt(raw: str, content_type: str | None) -> None:
    assert not is_command(raw, content_type)


def test_a_member_may_type_payload() -> None:
    raw = "command=%2Fskill&text=payload+design"
    assert is_command(raw, FORM)
    assert fields_of(raw)["text"] == "payload design"

"""Entities in what was typed are decoded once, at the door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.sent_text import typed_text


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("R&amp;D lead", "R&D lead"),
        ("llm &lt;b&gt; lead", "llm <b> lead"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;amp;", "&amp;amp;"),
        ("&quot;mlops&quot; &nbsp;", "&quot;mlops&quot; &nbsp;"),
        ("“mlops” <@U0ENGINEER>", "“mlops” <@U0ENGINEER>"),
        ("", ""),
    ],
)
def test_three_entities_are_decoded(sent: str, typed: str) -> None:
    assert typed_text(sent) == typed


@given(st.text())
def test_what_slack_escapes_comes_back_as_typed(typed: str) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert typed_text(sent) == typed

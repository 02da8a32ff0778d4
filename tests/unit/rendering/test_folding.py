"""Very long sections of messages are folded, and nothing else is."""

import pytest

from bot.sandbox.rendering import Viewer, render_blocks
from bot.sandbox.rendering.canvas import Surface
from tests.unit.rendering.sample_viewers import CHINESE, ENGINEER

LONG = "word " * 150


def _drawn(
    text: str, *, surface: Surface = "message", viewer: Viewer = ENGINEER, **more: bool
) -> str:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}
    return str(render_blocks([block], viewer, surface=surface))


@pytest.mark.parametrize("text", [LONG, "line\n" * 16])
def test_a_long_section_of_a_message_is_folded(text: str) -> None:
    drawn = _drawn(text)
    assert 'aria-expanded="false"' in drawn
    assert ">See more</button>" in drawn
    assert ">展开</button>" in _drawn(text, viewer=CHINESE)


def test_what_is_short_or_asks_for_it_or_stands_elsewhere_is_shown_whole() -> None:
    assert "bk-fold" not in _drawn("short")
    assert "bk-fold" not in _drawn(LONG, expand=True)
    assert "bk-fold" not in _drawn(LONG, surface="modal")
    assert "bk-fold" not in _drawn(LONG, surface="home")

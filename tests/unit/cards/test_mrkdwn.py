"""Text for mrkdwn: safe, short, and readable."""

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.mrkdwn import bold, clip, escape, safe
from tests.strategies import HOSTILE

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
LIMITS = st.integers(12, 400)


def _json_length(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False)) - 2


@given(TEXTS, LIMITS)
def test_clipped_text_keeps_its_limit_also_as_json(text: str, limit: int) -> None:
    assert _json_length(clip(text, limit)) <= limit


@given(TEXTS, LIMITS)
def test_clipping_twice_is_clipping_once(text: str, limit: int) -> None:
    once = clip(text, limit)
    assert clip(once, limit) == once


@given(TEXTS, LIMITS)
def test_safe_text_keeps_its_limit_and_its_entities(text: str, limit: int) -> None:
    shown = safe(text, limit)
    assert len(shown) <= limit
    assert not set("<>") & set(shown)
    assert escape(html.unescape(shown).replace("\u2060", "")) == shown or "\u2060" in text


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("  much \n\t space  ", 20, "much space"),
        ("a sentence of several words", 17, "a sentence of…"),
        ("unbreakablewordhere", 10, "unbreakab…"),
        ("numbers 1234567890", 12, "numbers 123…"),
        ("left\u202eright", 20, "leftright"),
        ("bell\x07", 20, "bell"),
        ("half\ud83d a pair", 20, "half a pair"),
        ('"' * 20, 11, '"' * 5 + "…"),
        ("", 5, ""),
    ],
)
def test_clipping(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("a*b", "a\u2060*\u2060b"),
        ("plain", "plain"),
    ],
)
def test_escaping(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_bold() -> None:
    assert bold("R&D", 20) == "*R&amp;D*"


@pytest.mark.parametrize("limit", [-5, 0, 1])
def test_where_there_is_no_room_nothing_but_the_cut_is_shown(limit: int) -> None:
    assert clip("some text", limit) == "…"
    assert clip("", limit) in {"", "…"}

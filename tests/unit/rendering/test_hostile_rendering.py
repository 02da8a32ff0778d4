"""Whatever arrives, the rendering neither raises nor lets anything out of its place."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rendering import Viewer, render_blocks, render_mrkdwn
from bot.sandbox.rendering.blocks import _BLOCKS
from bot.sandbox.rendering.controls.elements import _ELEMENTS
from bot.sandbox.rendering.text.markdown import render_markdown
from bot.sandbox.rendering.text.rich_text import _PIECES
from tests.properties import examples
from tests.unit.rendering.checked_html import CheckedHtml
from tests.unit.rendering.sample_viewers import NOW

VIEWER = Viewer(now=NOW, members={"U1": "<b>"}, channels={"C1": '"><i>'})
BITS = [
    *("<", ">", "&", '"', "'", "`", "*", "_", "~", "|", "\n", " ", "```", ">>>", "&lt;", "&amp;"),
    *("<script>", "</script>", "<!--", "-->", "<![CDATA[", "</textarea>", "</pre>", "<@U1>"),
    *("<#C1>", "<!date^1^{date}^", "javascript:", "https://a.b/", "\x00", "\ud7ff", "\U000f0001"),
    *("[x](", ")", "# ", "| a |", "|---|", "![", "]", "- ", "1. ", "onload=", ":rocket:", "名"),
]
TEXT = st.lists(st.sampled_from(BITS) | st.text(max_size=4), max_size=25).map("".join)
TYPES = [
    *_BLOCKS,
    *_ELEMENTS,
    *_PIECES,
    *("plain_text", "mrkdwn", "container", "rich_text_section", "rich_text_list"),
    *("rich_text_quote", "rich_text_preformatted", "raw_text", "raw_number"),
]
KEYS = [
    *("text", "type", "elements", "element", "accessory", "fields", "options", "option_groups"),
    *("label", "hint", "url", "image_url", "alt_text", "title", "value", "rows", "placeholder"),
    *(
        "initial_option",
        "initial_options",
        "initial_value",
        "initial_date_time",
        "confirm",
        "style",
    ),
    *("block_id", "action_id", "child_blocks", "column_settings", "description", "user_id", "name"),
    *("unicode", "timestamp", "format", "indent", "offset", "min_query_length", "filetypes"),
    *(
        "tasks",
        "sources",
        "actions",
        "hero_image",
        "icon",
        "level",
        "caption",
        "multiline",
        "emoji",
    ),
]
LEAVES = TEXT | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)


def _nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    typed = st.builds(
        lambda kind, fields: {**fields, "type": kind},
        st.sampled_from(TYPES),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    )
    return typed | st.lists(inner, max_size=3)


JSON = st.recursive(LEAVES, _nodes, max_leaves=25)
BLOCK = st.builds(
    lambda kind, fields: {**fields, "type": kind},
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8),
)


@given(text=TEXT)
@examples(400)
def test_mrkdwn_never_breaks_out(text: str) -> None:
    CheckedHtml(render_mrkdwn(text, VIEWER))


@given(text=TEXT)
@examples(300)
def test_markdown_never_breaks_out(text: str) -> None:
    CheckedHtml(render_markdown(text))


@given(blocks=st.lists(BLOCK, max_size=4), errors=st.dictionaries(TEXT, TEXT, max_size=2))
@examples(400)
def test_blocks_of_any_shape_are_drawn(blocks: list[Any], errors: dict[str, str]) -> None:
    CheckedHtml(render_blocks(blocks, VIEWER, errors=errors))


def test_every_kind_is_drawn_with_nothing_in_it() -> None:
    for kind in TYPES:
        CheckedHtml(render_blocks([{"type": kind}], VIEWER))
        CheckedHtml(render_blocks([{"type": "actions", "elements": [{"type": kind}]}], VIEWER))
        CheckedHtml(render_blocks([{"type": "input", "element": {"type": kind}}], VIEWER))


def test_deep_containers_end_in_a_box() -> None:
    block: dict[str, Any] = {"type": "divider"}
    for _ in range(200):
        block = {"type": "container", "child_blocks": [block]}
    assert "does not draw" in CheckedHtml(render_blocks([block], VIEWER)).text

"""``table`` and ``data_table``."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.sandbox.rendering.markup import classes, join, lines, tag
from bot.sandbox.rendering.nodes import NOTHING, Node, list_of, number_of, text_of
from bot.sandbox.rendering.text.rich_text import render_rich_text
from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.rendering.words import word

_ALIGNMENTS = frozenset({"left", "center", "right"})


def table(block: Node, viewer: Viewer) -> Markup:
    """The rows as a table whose first row holds the headings; wide ones scroll on their own."""
    rows = [row for row in list_of(block, "rows") if isinstance(row, list)]
    settings = [
        item if isinstance(item, Mapping) else NOTHING for item in list_of(block, "column_settings")
    ]
    caption = text_of(block, "caption")
    heading_column = number_of(block, "row_header_column_index")
    head = [
        _cell(cell, viewer, _setting(settings, at), heading="col")
        for at, cell in enumerate(rows[0] if rows else [])
    ]
    body = [_row(row, viewer, settings, heading_column) for row in rows[1:]]
    drawn = tag(
        "table",
        tag("caption", caption) if caption else "",
        tag("thead", tag("tr", join([*head]))),
        tag("tbody", join([*body])),
    )
    # Focusable, so that a keyboard can scroll it; hence a region with a name.
    return tag(
        "div",
        drawn,
        class_="bk-table-scroll",
        role="region",
        tabindex="0",
        aria_label=caption or word(viewer, "table"),
    )


def _row(
    row: list[object], viewer: Viewer, settings: list[Node], heading_column: int | None
) -> Markup:
    cells = [
        _cell(cell, viewer, _setting(settings, at), heading="row" if at == heading_column else None)
        for at, cell in enumerate(row)
    ]
    return tag("tr", join([*cells]))


def _setting(settings: list[Node], at: int) -> Node:
    return settings[at] if at < len(settings) else NOTHING


def _cell(cell: object, viewer: Viewer, setting: Node, *, heading: str | None) -> Markup:
    node = cell if isinstance(cell, Mapping) else NOTHING
    kind = text_of(node, "type")
    if kind == "rich_text":
        inside = render_rich_text(node, viewer)
    else:
        inside = lines(text_of(node, "text") or text_of(node, "value"))
    align = text_of(setting, "align") or ("right" if kind == "raw_number" else "")
    look = classes(
        f"bk-{align}" if align in _ALIGNMENTS else None,
        "bk-wrapped" if setting.get("is_wrapped") is True else None,
    )
    return tag("th" if heading else "td", inside, scope=heading, class_=look)

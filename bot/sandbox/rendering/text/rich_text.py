"""The ``rich_text`` block: sections, lists, quotes and code built from styled pieces."""

from collections.abc import Callable

from markupsafe import Markup

from bot.sandbox.rendering.markup import classes, join, lines, tag
from bot.sandbox.rendering.nodes import Node, flag_of, node_of, nodes_of, number_of, text_of
from bot.sandbox.rendering.text import references
from bot.sandbox.rendering.text.emoji import emoji, from_code_points
from bot.sandbox.rendering.text.links import anchor
from bot.sandbox.rendering.text.mrkdwn import emoji_span
from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.rendering.words import word

_STYLES = (
    ("code", "code"),
    ("bold", "strong"),
    ("italic", "em"),
    ("strike", "s"),
    ("underline", "u"),
)
_MAX_INDENT = 8


def render_rich_text(block: Node, viewer: Viewer) -> Markup:
    """The whole block."""
    parts = [_part(element, viewer) for element in nodes_of(block, "elements")]
    return tag("div", join([*parts]), class_="bk-rich")


def _part(element: Node, viewer: Viewer) -> Markup:
    kind = text_of(element, "type")
    if kind == "rich_text_list":
        return _list(element, viewer)
    inside = _inline(element, viewer)
    if kind == "rich_text_section":
        return tag("p", inside)
    if kind == "rich_text_preformatted":
        return tag(
            "pre", inside, class_="bk-pre", data_language=text_of(element, "language") or None
        )
    if kind == "rich_text_quote":
        return tag("blockquote", inside, class_="bk-quote")
    return tag("p", word(viewer, "unsupported", type=kind), class_="bk-unknown")


def _list(element: Node, viewer: Viewer) -> Markup:
    ordered = text_of(element, "style") == "ordered"
    indent = min(max(number_of(element, "indent") or 0, 0), _MAX_INDENT)
    offset = number_of(element, "offset") or 0
    items = [tag("li", _inline(item, viewer)) for item in nodes_of(element, "elements")]
    return tag(
        "ol" if ordered else "ul",
        join([*items]),
        class_=classes(
            "bk-list",
            f"bk-indent-{indent}",
            "bk-bordered" if number_of(element, "border") else None,
        ),
        start=offset + 1 if ordered and offset else None,
    )


def _inline(element: Node, viewer: Viewer) -> Markup:
    return join([_piece(piece, viewer) for piece in nodes_of(element, "elements")])


def _piece(piece: Node, viewer: Viewer) -> Markup:
    draw = _PIECES.get(text_of(piece, "type"))
    if draw is None:
        return tag(
            "span", word(viewer, "unsupported", type=text_of(piece, "type")), class_="bk-unknown"
        )
    rendered = draw(piece, viewer)
    style = node_of(piece, "style")
    for name, element in _STYLES:
        if flag_of(style, name):
            rendered = tag(element, rendered)
    return rendered


def _text(piece: Node, _viewer: Viewer) -> Markup:
    return lines(text_of(piece, "text"))


def _link(piece: Node, _viewer: Viewer) -> Markup:
    url = text_of(piece, "url")
    return anchor(url, text_of(piece, "text") or url)


def _emoji(piece: Node, _viewer: Viewer) -> Markup:
    name = text_of(piece, "name")
    tone = number_of(piece, "skin_tone")
    code = text_of(piece, "unicode")
    character = (from_code_points(code) if code else None) or emoji(
        f"{name}::skin-tone-{tone}" if tone else name
    )
    return emoji_span(name, character) if character else lines(f":{name}:")


def _date(piece: Node, viewer: Viewer) -> Markup:
    return references.date(
        number_of(piece, "timestamp") or 0,
        text_of(piece, "format"),
        viewer,
        link=text_of(piece, "url"),
        fallback=text_of(piece, "fallback"),
    )


def _colour(piece: Node, _viewer: Viewer) -> Markup:
    value = text_of(piece, "value")
    return tag("code", value, class_="bk-colour")


_PIECES: dict[str, Callable[[Node, Viewer], Markup]] = {
    "text": _text,
    "link": _link,
    "emoji": _emoji,
    "date": _date,
    "color": _colour,
    "user": lambda piece, viewer: references.mention(text_of(piece, "user_id"), viewer),
    "usergroup": lambda piece, viewer: references.group(text_of(piece, "usergroup_id"), viewer),
    "channel": lambda piece, viewer: references.channel(text_of(piece, "channel_id"), viewer),
    "team": lambda piece, _viewer: lines(text_of(piece, "team_id")),
    "broadcast": lambda piece, _viewer: references.broadcast(text_of(piece, "range")),
}

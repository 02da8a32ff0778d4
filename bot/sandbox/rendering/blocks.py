"""Blocks as HTML."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from bot.sandbox.rendering import panels, tables
from bot.sandbox.rendering.canvas import Canvas, Place, Surface
from bot.sandbox.rendering.controls.buttons import image
from bot.sandbox.rendering.controls.elements import draw_element, unknown
from bot.sandbox.rendering.markup import join, tag
from bot.sandbox.rendering.nodes import Node, flag_of, node_of, nodes_of, plain_of, text_of
from bot.sandbox.rendering.text.markdown import render_markdown
from bot.sandbox.rendering.text.objects import render_text, text_at
from bot.sandbox.rendering.text.rich_text import render_rich_text
from bot.sandbox.rendering.viewer import Viewer
from bot.sandbox.rendering.words import word

_MAX_DEPTH = 3
# From where on a section of a message is folded; Slack says that it folds them, not from where on.
_LONG_TEXT = 700
_MANY_LINES = 15


def render_blocks(
    blocks: Sequence[Node],
    viewer: Viewer,
    *,
    prefix: str = "b",
    surface: Surface = "message",
    errors: Mapping[str, str] | None = None,
) -> Markup:
    """The blocks as safe HTML for this viewer.

    ``prefix`` begins every element id and must differ between lists shown on one page. A block
    that is not known becomes a labelled box with its JSON; nothing raises, whatever was sent.
    ``errors`` maps block ids to what is wrong with the input there.
    """
    canvas = Canvas(viewer=viewer, prefix=prefix, surface=surface, errors=errors or {})
    return join([draw_block(block, canvas, depth=0) for block in blocks])


def draw_block(block: Node, canvas: Canvas, *, depth: int) -> Markup:
    """One block in its frame."""
    kind = text_of(block, "type")
    block_id = text_of(block, "block_id") or None
    if kind == "container" and depth < _MAX_DEPTH:
        return tag("div", _container(block, canvas, depth), class_="bk-block bk-container")
    draw = _BLOCKS.get(kind)
    if draw is None:
        return tag("div", unknown(block, canvas.viewer), class_="bk-block")
    name = kind.replace("_", "-")
    return tag("div", draw(block, canvas), class_=f"bk-block bk-{name}", data_block_id=block_id)


def _place(block: Node, canvas: Canvas) -> Place:
    return Place(canvas=canvas, block_id=text_of(block, "block_id"))


def _header(block: Node, canvas: Canvas) -> Markup:
    return tag("div", text_at(block, "text", canvas.viewer), role="heading", aria_level="3")


def _section(block: Node, canvas: Canvas) -> Markup:
    parts = []
    if block.get("text"):
        parts.append(_section_text(block, canvas))
    fields = [
        tag("div", render_text(field, canvas.viewer), class_="bk-field-cell")
        for field in nodes_of(block, "fields")
    ]
    if fields:
        parts.append(tag("div", join([*fields]), class_="bk-fields"))
    accessory = node_of(block, "accessory")
    drawn = draw_element(accessory, _place(block, canvas)) if accessory else ""
    return join(
        [
            tag("div", join([*parts]), class_="bk-section-main"),
            tag("div", drawn, class_="bk-accessory") if drawn else "",
        ]
    )


def _section_text(block: Node, canvas: Canvas) -> Markup:
    """The text of a section; a very long one in a message is folded unless it asks not to be."""
    text, written = text_at(block, "text", canvas.viewer), plain_of(block, "text")
    is_long = len(written) > _LONG_TEXT or written.count("\n") >= _MANY_LINES
    if not is_long or flag_of(block, "expand") or canvas.surface != "message":
        return tag("div", text, class_="bk-text")
    text_id, more = canvas.new_id(), word(canvas.viewer, "see_more")
    button = tag(
        "button",
        more,
        type="button",
        class_="bk-see-more",
        aria_expanded="false",
        aria_controls=text_id,
        data_more=more,
        data_less=word(canvas.viewer, "see_less"),
    )
    return tag(
        "div", tag("div", text, class_="bk-text bk-folded", id=text_id), button, class_="bk-fold"
    )


def _context(block: Node, canvas: Canvas) -> Markup:
    at = _place(block, canvas)
    return join([draw_element(element, at) for element in nodes_of(block, "elements")])


def _divider(_block: Node, _canvas: Canvas) -> Markup:
    return tag("hr")


def _actions(block: Node, canvas: Canvas) -> Markup:
    return tag("div", _context(block, canvas), class_="bk-actions-row")


def _image(block: Node, canvas: Canvas) -> Markup:
    title = tag("figcaption", text_at(block, "title", canvas.viewer)) if block.get("title") else ""
    return tag("figure", title, image(block, class_="bk-image"))


def _input(block: Node, canvas: Canvas) -> Markup:
    viewer = canvas.viewer
    label_id, hint_id, error_id, control_id = (canvas.new_id() for _ in range(4))
    optional = flag_of(block, "optional")
    error = canvas.errors.get(text_of(block, "block_id"), "")
    at = Place(
        canvas=canvas,
        block_id=text_of(block, "block_id"),
        in_input=True,
        dispatch=flag_of(block, "dispatch_action"),
        required=not optional,
        invalid=bool(error),
    ).labelled(control_id=control_id, labelled_by=label_id, described_by=f"{hint_id} {error_id}")
    label = text_at(block, "label", viewer)
    mark = tag("span", " ", word(viewer, "optional"), class_="bk-muted") if optional else ""
    return join(
        [
            tag("label", label, mark, id=label_id, for_=control_id, class_="bk-label"),
            draw_element(node_of(block, "element"), at),
            tag(
                "p",
                error,
                id=error_id,
                class_="bk-error",
                data_error_for=at.block_id,
                hidden=not error,
            ),
            tag("p", text_at(block, "hint", viewer), id=hint_id, class_="bk-hint"),
        ]
    )


def _container(block: Node, canvas: Canvas, depth: int) -> Markup:
    viewer = canvas.viewer
    rich_title = node_of(block, "rich_text_title")
    title = render_rich_text(rich_title, viewer) if rich_title else text_at(block, "title", viewer)
    icon = node_of(block, "icon")
    heading = join(
        [
            image(icon, class_="bk-card-icon") if icon else "",
            tag("strong", title),
            tag("div", text_at(block, "subtitle", viewer), class_="bk-muted"),
        ]
    )
    children = join(
        [draw_block(child, canvas, depth=depth + 1) for child in nodes_of(block, "child_blocks")]
    )
    if not flag_of(block, "is_collapsible"):
        return join([tag("div", heading, class_="bk-container-head"), children])
    opened = not flag_of(block, "default_collapsed")
    return tag("details", tag("summary", heading), children, open=opened)


_BLOCKS: dict[str, Callable[[Node, Canvas], Markup]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "context_actions": _actions,
    "divider": _divider,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "rich_text": lambda block, canvas: render_rich_text(block, canvas.viewer),
    "markdown": lambda block, _canvas: render_markdown(text_of(block, "text")),
    "table": lambda block, canvas: tables.table(block, canvas.viewer),
    "data_table": lambda block, canvas: tables.table(block, canvas.viewer),
    "card": panels.card,
    "carousel": panels.carousel,
    "alert": panels.alert,
    "task_card": panels.task_card,
    "plan": panels.plan,
    "video": panels.video,
    "file": panels.remote_file,
}

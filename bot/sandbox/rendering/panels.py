"""Blocks that are a panel of their own: card, carousel, alert, tasks, video, file."""

from markupsafe import Markup

from bot.sandbox.rendering.canvas import Canvas, Place
from bot.sandbox.rendering.controls.buttons import image
from bot.sandbox.rendering.controls.elements import draw_element
from bot.sandbox.rendering.markup import join, lines, tag
from bot.sandbox.rendering.nodes import Node, node_of, nodes_of, plain_of, text_of
from bot.sandbox.rendering.text.links import anchor
from bot.sandbox.rendering.text.objects import plain, text_at
from bot.sandbox.rendering.text.rich_text import render_rich_text
from bot.sandbox.rendering.words import Word, word

_ALERT_SIGNS = {"info": "ℹ", "warning": "⚠", "error": "⛔", "success": "✓"}
_STATES: dict[str, tuple[str, Word]] = {
    "pending": ("○", "pending"),
    "in_progress": ("◐", "in_progress"),
    "complete": ("●", "complete"),
    "error": ("✕", "error"),
}


def card(block: Node, canvas: Canvas) -> Markup:
    """A compact panel with a picture, texts and up to three buttons."""
    viewer = canvas.viewer
    at = Place(canvas=canvas, block_id=text_of(block, "block_id"))
    hero, icon = node_of(block, "hero_image"), node_of(block, "icon")
    texts = [
        tag("div", text_at(block, key, viewer), class_=f"bk-card-{key}")
        for key in ("title", "subtitle", "body", "subtext")
        if block.get(key)
    ]
    actions = [draw_element(element, at) for element in nodes_of(block, "actions")]
    return join(
        [
            image(hero, class_="bk-card-hero") if hero else "",
            tag(
                "div",
                image(icon, class_="bk-card-icon") if icon else "",
                tag("div", join([*texts])),
                class_="bk-card-main",
            ),
            tag("div", join([*actions]), class_="bk-actions-row") if actions else "",
        ]
    )


def carousel(block: Node, canvas: Canvas) -> Markup:
    """Cards side by side, scrolled by the member."""
    cards = [
        tag("div", card(element, canvas), class_="bk-card", role="listitem")
        for element in nodes_of(block, "elements")
    ]
    return tag("div", join([*cards]), class_="bk-carousel-row", role="list", tabindex="0")


def alert(block: Node, canvas: Canvas) -> Markup:
    """A notice of one of five levels, told by its sign as well as by its colour."""
    level = text_of(block, "level", "default")
    sign = tag("span", _ALERT_SIGNS.get(level, "•"), class_="bk-alert-sign", aria_hidden="true")
    known = level if level in _ALERT_SIGNS else "default"
    inside = tag("div", text_at(block, "text", canvas.viewer))
    return tag("div", sign, inside, class_=f"bk-alert-box bk-alert-{known}", role="note")


def task_card(block: Node, canvas: Canvas) -> Markup:
    """One task of an assistant with its state."""
    viewer = canvas.viewer
    sign, state = _STATES.get(text_of(block, "status"), _STATES["pending"])
    title = tag("strong", plain(plain_of(block, "title")))
    parts = [
        tag("span", sign, class_="bk-task-sign", role="img", aria_label=word(viewer, state)),
        title,
    ]
    parts += [
        render_rich_text(node_of(block, key), viewer)
        for key in ("details", "output")
        if node_of(block, key)
    ]
    parts += [_source(source) for source in nodes_of(block, "sources")]
    return tag("div", join([*parts], " "), class_="bk-task")


def _source(source: Node) -> Markup:
    url = text_of(source, "url")
    return anchor(url, text_of(source, "text") or url)


def plan(block: Node, canvas: Canvas) -> Markup:
    """A titled list of tasks."""
    tasks = [tag("li", task_card(task, canvas)) for task in nodes_of(block, "tasks")]
    return join(
        [
            tag("strong", plain(plain_of(block, "title"))),
            tag("ol", join([*tasks]), class_="bk-plan"),
        ]
    )


def video(block: Node, canvas: Canvas) -> Markup:
    """A video as its thumbnail and a link: the page loads nothing from elsewhere to play."""
    title = plain_of(block, "title")
    label = word(canvas.viewer, "video", title=title)
    url = text_of(block, "title_url") or text_of(block, "video_url")
    return join(
        [
            anchor(url, label, class_="bk-video-title"),
            tag("div", lines(plain_of(block, "description")), class_="bk-muted"),
            image(
                {
                    "image_url": text_of(block, "thumbnail_url"),
                    "alt_text": text_of(block, "alt_text"),
                },
                class_="bk-image",
            ),
        ]
    )


def remote_file(block: Node, canvas: Canvas) -> Markup:
    """A file kept elsewhere."""
    return tag(
        "span", f"{word(canvas.viewer, 'file')}: {text_of(block, 'external_id')}", class_="bk-file"
    )

"""Text objects: ``plain_text`` and ``mrkdwn``."""

import re

from markupsafe import Markup

from bot.sandbox.rendering.markup import join, lines
from bot.sandbox.rendering.nodes import Node, flag_of, node_of, text_of
from bot.sandbox.rendering.text.emoji import emoji
from bot.sandbox.rendering.text.entities import unescape
from bot.sandbox.rendering.text.mrkdwn import emoji_span, render_mrkdwn
from bot.sandbox.rendering.viewer import Viewer

_EMOJI = re.compile(r":([a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):")


def render_text(node: Node, viewer: Viewer) -> Markup:
    """A text object as HTML; ``plain_text`` shows its markup characters as they are."""
    text = text_of(node, "text")
    if text_of(node, "type") == "mrkdwn":
        return render_mrkdwn(text, viewer, verbatim=flag_of(node, "verbatim"))
    return plain(text, with_emoji=flag_of(node, "emoji", default=True))


def text_at(node: Node, key: str, viewer: Viewer) -> Markup:
    """The text object under the key; a bare string counts as ``plain_text``."""
    inner = node_of(node, key)
    return render_text(inner, viewer) if inner else plain(text_of(node, key))


def plain(text: str, *, with_emoji: bool = True) -> Markup:
    """Plain text with its line breaks, and emoji names turned into emoji."""
    shown = unescape(text)
    if not with_emoji:
        return lines(shown)
    parts: list[str] = []
    position = 0
    for found in _EMOJI.finditer(shown):
        character = emoji(found[1])
        if character is None:
            continue
        parts += [lines(shown[position : found.start()]), emoji_span(found[1], character)]
        position = found.end()
    return join([*parts, lines(shown[position:])])


def spoken(text: str) -> str:
    """Plain text for an attribute: emoji names become emoji, nothing else is marked up."""
    return _EMOJI.sub(lambda found: emoji(found[1]) or found[0], unescape(text))

"""Slack's own ``mrkdwn`` as HTML.

Two steps keep it safe and linear in the length of the text: first everything that must not be
read as formatting (code, ``<…>`` references, bare addresses, emoji names) is rendered and
replaced by one private character each; then the rest is escaped and its emphasis read.
"""

import re

from markupsafe import Markup, escape

from bot.sandbox.rendering.markup import join, tag
from bot.sandbox.rendering.text.emoji import emoji
from bot.sandbox.rendering.text.entities import unescape
from bot.sandbox.rendering.text.links import anchor
from bot.sandbox.rendering.text.references import reference
from bot.sandbox.rendering.viewer import Viewer

_FIRST_HELD = 0xF0000
_MAX_HELD = 0xFFF0
_HELD = re.compile(f"[{chr(_FIRST_HELD)}-{chr(_FIRST_HELD + _MAX_HELD)}]")

_PREFORMATTED = re.compile(r"\n?```\n?(.+?)```\n?", re.DOTALL)
# A word joiner on both sides sets a mark apart from what it would format.
_APART = r"(?<=\u2060){mark}(?=\u2060)"
_ATOMS = re.compile(
    rf"(?P<mark>{_APART.format(mark='`')})"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<reference>[^<>\n]+)>"
    r"|(?P<url>https?://[^\s<>|`\"']*[^\s<>|`\"'.,;:!?)\]}])"
    r"|:(?P<emoji>[a-z0-9_+'-]{1,60}(?:::skin-tone-[2-6])?):"
)
_LETTER = r"[^\W_]"
_EMPHASIS = re.compile(
    "|".join(
        rf"(?!{apart})(?<!{_LETTER}){mark}(?P<{name}>(?=[^\s{mark}])"
        rf"(?:[^{mark}\n]|(?<={_LETTER}){mark}(?={_LETTER})|{apart})*)"
        rf"(?<=\S)(?!{apart}){mark}(?!{_LETTER})"
        for name, mark, apart in (
            (name, mark, _APART.format(mark=mark))
            for name, mark in (("strong", r"\*"), ("em", "_"), ("s", "~"))
        )
    )
)
_QUOTE = re.compile(r"(?:&gt;|>)(?: |\xa0)?")
_QUOTE_REST = re.compile(r"(?:&gt;){3} ?|>>> ?")


class _Reader:
    """Reads one text: keeps what was rendered already apart from what is still to be read."""

    def __init__(self, viewer: Viewer, *, verbatim: bool) -> None:
        self._viewer = viewer
        self._verbatim = verbatim
        self._held: list[Markup] = []

    def read(self, text: str) -> Markup:
        clean = _HELD.sub("\ufffd", text)
        clean = _PREFORMATTED.sub(self._preformatted, clean)
        return self._paragraphs(_ATOMS.sub(self._atom, clean))

    def _hold(self, rendered: Markup, otherwise: str) -> str:
        if len(self._held) >= _MAX_HELD:
            return otherwise
        self._held.append(rendered)
        return chr(_FIRST_HELD + len(self._held) - 1)

    def _preformatted(self, found: re.Match[str]) -> str:
        code = unescape(found[1].removesuffix("\n"))
        # A line break on either side belongs to the block, not to the text around it.
        return f"\n{self._hold(tag('pre', code, class_='bk-pre'), code)}\n"

    def _atom(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind == "mark":
            rendered = escape(found["mark"])
        elif kind == "code":
            rendered = tag("code", unescape(found["code"]))
        elif kind == "reference":
            rendered = reference(found["reference"], self._viewer, self._label)
        elif kind == "url":
            if self._verbatim:
                return found[0]
            url = unescape(found["url"])
            rendered = anchor(url, url)
        else:
            name = found["emoji"]
            character = emoji(name)
            if character is None:
                return found[0]
            rendered = emoji_span(name, character)
        return self._hold(rendered, found[0])

    def _label(self, text: str) -> Markup:
        """A link's label: it may hold emphasis, but no link inside the link."""
        return self._emphasis(text)

    def _paragraphs(self, text: str) -> Markup:
        parts: list[Markup] = []
        quoted: list[Markup] = []
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if rest := _QUOTE_REST.match(line):
                everything = [line[rest.end() :], *lines[number + 1 :]]
                quoted.extend(self._emphasis(part) for part in everything)
                break
            if found := _QUOTE.match(line):
                quoted.append(self._emphasis(line[found.end() :]))
                continue
            if quoted:
                parts.append(_quote(quoted))
                quoted = []
            parts.append(self._emphasis(line))
        if quoted:
            parts.append(_quote(quoted))
        return _with_breaks(parts)

    def _emphasis(self, text: str) -> Markup:
        parts: list[Markup] = []
        position = 0
        for found in _EMPHASIS.finditer(text):
            name = found.lastgroup or "em"
            parts.append(self._restore(text[position : found.start()]))
            parts.append(tag(name, self._emphasis(found[name])))
            position = found.end()
        parts.append(self._restore(text[position:]))
        return join([*parts])

    def _restore(self, text: str) -> Markup:
        parts: list[Markup] = []
        position = 0
        for found in _HELD.finditer(text):
            index = ord(found[0]) - _FIRST_HELD
            parts.append(escape(unescape(text[position : found.start()])))
            parts.append(self._held[index])
            position = found.end()
        parts.append(escape(unescape(text[position:])))
        return join([*parts])


def render_mrkdwn(text: str, viewer: Viewer, *, verbatim: bool = False) -> Markup:
    """The text as safe HTML; ``verbatim`` leaves bare addresses as they are."""
    return _Reader(viewer, verbatim=verbatim).read(text)


def emoji_span(name: str, character: str) -> Markup:
    """An emoji that tells its name to those who point at it or hear it."""
    return tag("span", character, class_="bk-emoji", role="img", aria_label=name, title=f":{name}:")


def _quote(lines: list[Markup]) -> Markup:
    return tag("blockquote", join([*lines], "\n").replace("\n", Markup("<br>")), class_="bk-quote")


_BLOCK = (Markup("<pre"), Markup("<blockquote"))


def _with_breaks(parts: list[Markup]) -> Markup:
    """The lines joined by breaks, but for the ones next to a block, which break by themselves."""
    written = Markup("")
    after_block = True
    for part in parts:
        is_block = part.startswith(_BLOCK)
        if not is_block and not after_block:
            written += Markup("<br>")
        written += part
        after_block = is_block
    return written

"""The ``markdown`` block: common Markdown, with raw HTML shown as text."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from bot.sandbox.rendering.markup import tag
from bot.sandbox.rendering.text.links import safe_image, safe_link
from bot.sandbox.rendering.text.objects import plain


def render_markdown(text: str) -> Markup:
    """Markdown as safe HTML: raw HTML is shown as text, links are held to safe schemes."""
    rendered = str(_parser().render(text))
    return tag("div", Markup(rendered), class_="bk-markdown")  # noqa: S704 (html=False escapes)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "breaks": True, "linkify": False, "xhtmlOut": False}
    )
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda url: safe_link(url) is not None  # type: ignore[method-assign]  # the documented hook
    parser.add_render_rule("text", _text)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    parser.add_render_rule("table_open", lambda *_: '<div class="bk-table-scroll"><table>')
    parser.add_render_rule("table_close", lambda *_: "</table></div>")
    return parser


def _text(_: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    return str(plain(tokens[index].content))


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del env
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    return str(renderer.renderToken(tokens, index, options, {}))


def _image(_: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    """Slack draws a Markdown image as a link to it."""
    token = tokens[index]
    url = str(token.attrs.get("src", ""))
    label = token.content or url
    return str(tag("a", label, href=safe_image(url), target="_blank", rel="noopener noreferrer"))


def _heading(_: RendererHTML, tokens: Sequence[Token], index: int, *_rest: object) -> str:
    """Headings of a message must not disturb the outline of the page around it."""
    token = tokens[index]
    if token.nesting < 0:
        return "</div>\n"
    level = token.tag.removeprefix("h")
    return str(
        tag("div", class_="bk-heading", role="heading", aria_level=min(int(level) + 2, 6))
    ).removesuffix("</div>")

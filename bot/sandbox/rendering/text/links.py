"""Which addresses a page may link to or load: a ``javascript:`` link must never be one."""

from urllib.parse import urlsplit

from markupsafe import Markup

from bot.sandbox.rendering.markup import Attribute, tag

_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel", "slack"})
_IMAGE_SCHEMES = frozenset({"http", "https"})


def _with_scheme(url: str, allowed: frozenset[str]) -> str | None:
    if any(ord(character) <= ord(" ") for character in url):
        return None
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return url if scheme in allowed else None


def safe_link(url: str) -> str | None:
    """The address if a person may follow it, else ``None``."""
    return _with_scheme(url, _LINK_SCHEMES)


def safe_image(url: str) -> str | None:
    """The address if the page may show it as a picture, else ``None``."""
    return _with_scheme(url, _IMAGE_SCHEMES)


def anchor(url: str, label: str, **attributes: Attribute) -> Markup:
    """A link that opens beside the page; the bare label where the address is not safe."""
    href = safe_link(url)
    if href is None:
        return tag("span", label, class_="bk-dead-link", title=url)
    return tag(
        "a", label, href=href, target="_blank", rel="noopener noreferrer nofollow", **attributes
    )

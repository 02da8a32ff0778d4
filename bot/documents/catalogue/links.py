"""Resources as links that a page may carry: web addresses alone."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from babel import UnknownLocaleError

from bot.domain.guidance import Resource, ResourceKind
from bot.text.translator import Translator


class Link(NamedTuple):
    """A resource; `about` says where it leads and what it is."""

    url: str
    title: str
    about: str


def links_of(resources: Iterable[Resource], tr: Translator) -> tuple[Link, ...]:
    """Return the resources that have a web address; what leads elsewhere is left out."""
    return tuple(
        Link(each.url, each.title, " · ".join(filter(None, _about(each, host, tr))))
        for each in resources
        if (host := _host(each.url))
    )


def _about(resource: Resource, host: str, tr: Translator) -> tuple[str, ...]:
    return host, _language(resource.language, tr), _kind(resource.kind, tr)


def _host(url: str) -> str:
    if not url.isprintable() or any(each.isspace() for each in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def _language(tag: str | None, tr: Translator) -> str:
    if not tag:
        return ""
    try:
        return tr.language_name(tag)
    except (ValueError, UnknownLocaleError):
        return tag


def _kind(kind: ResourceKind | None, tr: Translator) -> str:
    names = {
        ResourceKind.ARTICLE: tr("article"),
        ResourceKind.BOOK: tr("book"),
        ResourceKind.COURSE: tr("course"),
        ResourceKind.VIDEO: tr("video"),
        ResourceKind.DOCUMENTATION: tr("documentation"),
        ResourceKind.TOOL: tr("tool"),
    }
    return names[kind] if kind else ""

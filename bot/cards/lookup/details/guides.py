"""What helps with an expectation: examples of what could show it, and where to learn. Mrkdwn."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from babel import UnknownLocaleError

from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME
from bot.cards.mrkdwn import address_link, clip, safe, unmarked
from bot.domain.framework import Expectation
from bot.domain.guidance import Resource, ResourceKind
from bot.text.translator import Translator

EXAMPLES = 3
RESOURCES = 5
_EXAMPLE = 300
_TITLE = 100
_HOST = 60
_ROOM = 2700


def could_show(expectation: Expectation, tr: Translator) -> list[str]:
    """Return a line for each example of what would show an expectation; none without any."""
    examples = expectation.guide.evidence[:EXAMPLES]
    return [f"• {safe(tr.of(each), _EXAMPLE)}" for each in examples]


def could_show_section(expectation: Expectation, tr: Translator) -> list[Block]:
    """Build the section with these lines; nothing where there are none."""
    lines = could_show(expectation, tr)
    return [section("\n".join([tr("*What could show it*"), *lines]))] if lines else []


def could_show_context(expectation: Expectation, tr: Translator) -> list[Block]:
    """Build the same in small."""
    lines = could_show(expectation, tr)
    return [context("\n".join([tr("*What could show it*"), *lines]))] if lines else []


def resources_context(expectation: Expectation, tr: Translator) -> list[Block]:
    """Build the list of what there is to learn from; nothing where there is none."""
    lines = resource_lines(expectation.all_resources, tr, most=RESOURCES, counted=True)
    return [context("\n".join([tr("*To learn from*"), *lines]))] if lines else []


def resource_lines(
    resources: Iterable[Resource],
    tr: Translator,
    *,
    most: int,
    room: int = _ROOM,
    counted: bool = False,
) -> list[str]:
    """Return at most `most` links with what they are, each in a line, in `room` signs or so.

    An address that a link cannot hold, or that is no web address, is left out. `counted` adds how
    many more there are.
    """
    lines = [line for each in resources if (line := _line(each, tr))]
    shown: list[str] = []
    for line in lines[:most]:
        if sum(map(len, shown)) + len(line) > room:
            break
        shown.append(f"• {line}")
    rest = len(lines) - len(shown)
    if counted and rest:
        shown.append(_more(rest, tr))
    return shown


def _line(resource: Resource, tr: Translator) -> str:
    host = _host(resource.url)
    label = clip(unmarked(resource.title), _TITLE) or host
    link = address_link(resource.url, label) if host else ""
    if not link:
        return ""
    about = [host, _language(resource.language, tr), _kind(resource.kind, tr)]
    return " · ".join([link, *(safe(each, NAME) for each in about if each)])


def _more(rest: int, tr: Translator) -> str:
    return tr.plural("and {count} more to read or use", "and {count} more to read or use", rest)


def _host(url: str) -> str:
    """Return where an address leads; empty where it is none that can be shown."""
    if not url.isprintable() or any(each.isspace() for each in url):
        return ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return clip(host.removeprefix("www."), _HOST)


def _language(tag: str | None, tr: Translator) -> str:
    if not tag:
        return ""
    try:
        return tr.language_name(tag)
    except (ValueError, UnknownLocaleError):
        return tag


def _kind(kind: ResourceKind | None, tr: Translator) -> str:
    match kind:
        case None:
            return ""
        case ResourceKind.ARTICLE:
            return tr("article")
        case ResourceKind.BOOK:
            return tr("book")
        case ResourceKind.COURSE:
            return tr("course")
        case ResourceKind.VIDEO:
            return tr("video")
        case ResourceKind.DOCUMENTATION:
            return tr("documentation")
        case ResourceKind.TOOL:
            return tr("tool")

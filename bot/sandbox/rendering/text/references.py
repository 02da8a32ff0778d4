"""What stands between ``<`` and ``>`` in mrkdwn: people, channels, links, dates."""

import re
from collections.abc import Callable

from markupsafe import Markup

from bot.sandbox.rendering.markup import classes, tag
from bot.sandbox.rendering.text.dates import fill_date
from bot.sandbox.rendering.text.entities import unescape
from bot.sandbox.rendering.text.links import anchor, safe_link
from bot.sandbox.rendering.viewer import Viewer

_DATE = re.compile(r"date\^(?P<seconds>-?\d{1,15})\^(?P<format>[^^]+)(?:\^(?P<link>[^^]+))?")
_BROADCASTS = frozenset({"here", "channel", "everyone"})


def reference(inside: str, viewer: Viewer, label_of: Callable[[str], str]) -> Markup:
    """The reference as HTML, given with its entities still in it.

    ``label_of`` reads the emphasis (and the entities) in a link's label.
    """
    target, _, written = inside.partition("|")
    target, label = unescape(target), unescape(written)
    if target.startswith("@"):
        return mention(target[1:], viewer, label)
    if target.startswith("#"):
        return channel(target[1:], viewer, label)
    if target.startswith("!"):
        return _special(target[1:], label, viewer)
    if safe_link(target) is None:
        return Markup("&lt;{}&gt;").format(unescape(inside))
    return anchor(target, label_of(written) if written else target)


def mention(member_id: str, viewer: Viewer, label: str = "") -> Markup:
    """A member's name as a mention, marked when it is the viewer's own."""
    name = viewer.members.get(member_id) or label or member_id
    mine = "bk-mention-me" if member_id == viewer.member_id else None
    return tag("span", f"@{name}", class_=classes("bk-mention", mine), data_member=member_id)


def channel(channel_id: str, viewer: Viewer, label: str = "") -> Markup:
    """A channel's name as a mention."""
    name = viewer.channels.get(channel_id) or label or channel_id
    return tag("span", f"#{name}", class_="bk-mention", data_channel=channel_id)


def group(group_id: str, viewer: Viewer, label: str = "") -> Markup:
    """A member group as a mention."""
    name = viewer.groups.get(group_id) or label.removeprefix("@") or group_id
    return tag("span", f"@{name}", class_="bk-mention", data_group=group_id)


def broadcast(name: str) -> Markup:
    """``@here`` and its like."""
    return tag("span", f"@{name}", class_="bk-mention bk-mention-me")


def date(seconds: int, pattern: str, viewer: Viewer, *, link: str = "", fallback: str) -> Markup:
    """A moment in the viewer's own zone and language."""
    written = fill_date(viewer, seconds, pattern)
    if written is None:
        return tag("span", fallback)
    shown = tag("time", written, class_="bk-date", title=fallback)
    return anchor(link, shown) if link else shown


def _special(inside: str, label: str, viewer: Viewer) -> Markup:
    if inside in _BROADCASTS:
        return broadcast(inside)
    if inside.startswith("subteam^"):
        return group(inside.removeprefix("subteam^"), viewer, label)
    found = _DATE.fullmatch(inside)
    if found is None:
        return Markup("&lt;{}&gt;").format(label or f"!{inside}")
    return date(
        int(found["seconds"]),
        found["format"],
        viewer,
        link=found["link"] or "",
        fallback=label,
    )

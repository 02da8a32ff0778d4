"""The parts of the page that change by themselves, beside the conversation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from babel.dates import format_date, format_skeleton, format_timedelta
from markupsafe import Markup

from bot.sandbox.manifest import Shortcut
from bot.sandbox.page.apps import apps_piece
from bot.sandbox.page.modals import home_piece, modal_pieces
from bot.sandbox.page.pieces import Piece
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.page.timeline import thread, timeline
from bot.sandbox.page.words import translator
from bot.sandbox.planner import Plan
from bot.sandbox.rendering.text.dates import clock_time
from bot.sandbox.site import Site

_STILL = timedelta(seconds=1)


def pieces_of(site: Site, screen: Screen) -> list[Piece]:
    """What the middle of the page shows: messages, the App Home, or what the app can do."""
    if screen.is_app and not screen.workspace.has_app:
        return [_gone(screen)]
    if screen.tab == "home":
        return [home_piece(screen)]
    if screen.tab == "apps":
        return [apps_piece(site, screen)]
    if screen.tab == "about":
        return [_about(site, screen)]
    return [_beginning(site, screen), *timeline(screen, _on_messages(site, screen))]


def regions_of(site: Site, screen: Screen, plan: Plan) -> dict[str, Markup]:
    """The HTML of the regions by name."""
    viewer = screen.viewer
    return {
        "sidebar": _sidebar(screen),
        "clock": Markup("<span>{} {}</span>").format(
            format_skeleton(
                "MMMEd", viewer.now.astimezone(viewer.zone), locale=viewer.babel_locale
            ),
            clock_time(viewer, viewer.now),
        ),
        "clock-note": _clock_note(screen),
        "clock-next": _clock_next(screen, plan),
        "alarm": _alarm(site, screen),
    }


def state_of(
    site: Site, screen: Screen, known: Mapping[str, object], plan: Plan
) -> dict[str, object]:
    """Everything that may have changed, as JSON for the page's scripts.

    ``known`` maps the keys of the pieces they have to their versions.
    """
    return {
        "title": title_of(screen),
        "regions": {name: str(html) for name, html in regions_of(site, screen, plan).items()},
        "pieces": [piece.as_json(known) for piece in pieces_of(site, screen)],
        "modals": [piece.as_json(known) for piece in modal_pieces(screen)],
    }


def thread_state(
    site: Site, screen: Screen, known: Mapping[str, object], ts: str
) -> list[dict[str, str]] | None:
    """A message and its replies as JSON for the page's scripts; None where it is gone."""
    pieces = thread(screen, ts, _on_messages(site, screen))
    return [piece.as_json(known) for piece in pieces] or None


def _gone(screen: Screen) -> Piece:
    return Piece(
        "gone", "1", partial(render, "gone", language=screen.viewer.language, screen=screen)
    )


def _on_messages(site: Site, screen: Screen) -> list[Shortcut]:
    if not screen.workspace.has_app:
        return []
    return [shortcut for shortcut in site.manifest.shortcuts if shortcut.type == "message"]


def title_of(screen: Screen) -> str:
    """The window's title, with the number of unread messages."""
    title = translator(screen.viewer.language)("title")
    unread = sum(
        _unread(screen, channel.id) for channel in screen.world.channels_of(screen.member.id)
    )
    return f"({unread}) {title}" if unread else title


def _about(site: Site, screen: Screen) -> Piece:
    by_type = {
        f"{kind}_shortcuts": [one for one in site.manifest.shortcuts if one.type == kind]
        for kind in ("message", "global")
    }
    draw = partial(
        render,
        "about",
        language=screen.viewer.language,
        screen=screen,
        commands=site.manifest.commands,
        **by_type,
    )
    return Piece("about", "1", draw)


def _beginning(site: Site, screen: Screen) -> Piece:
    draw = partial(
        render,
        "talk/beginning",
        language=screen.viewer.language,
        screen=screen,
        commands=site.manifest.commands[:4] if screen.workspace.has_app else (),
    )
    return Piece("beginning", str(screen.workspace.has_app), draw)


def _unread(screen: Screen, channel_id: str) -> int:
    return screen.world.unread.get((screen.member.id, channel_id), 0)


def _sidebar(screen: Screen) -> Markup:
    org = screen.world.organisation_of(screen.workspace.id)
    others = screen.world.workspaces.keys() - set(screen.member.workspace_ids)
    channels = [
        {
            "place": channel.id,
            "name": channel.name,
            "current": channel.id == screen.place,
            "unread": _unread(screen, channel.id),
        }
        for channel in screen.world.channels_of(screen.member.id)
        if not channel.is_im
        # Those of the workspace one looks at, and those that others share with it.
        and channel.workspace_id in {screen.workspace.id, *others}
    ]
    return render(
        "sidebar",
        language=screen.viewer.language,
        screen=screen,
        channels=channels,
        app_unread=_unread(screen, screen.world.dm(screen.member.id).id),
        local_time=clock_time(screen.viewer, screen.viewer.now),
        org=org.name if org else "",
        manage=f"apps.{screen.workspace.id}" if screen.member.also_in else "apps",
    )


def _clock_note(screen: Screen) -> Markup:
    viewer, t = screen.viewer, translator(screen.viewer.language)
    offset = screen.world.clock.offset
    if abs(offset) < _STILL:
        moved = t("clock_true")
    else:
        written = format_timedelta(abs(offset), threshold=1, locale=viewer.babel_locale)
        moved = t("clock_moved", offset=("+" if offset > timedelta() else "−") + written)
    return Markup("<strong>{}</strong>{}").format(_written(screen, viewer.now), moved)


def _clock_next(screen: Screen, plan: Plan) -> Markup:
    moment = _written(screen, plan.moment) if plan.moment else ""
    return render("tools/clock_next", language=screen.viewer.language, plan=plan, moment=moment)


def _written(screen: Screen, moment: datetime) -> str:
    """A moment with its whole date, as the member's own clock shows it."""
    viewer = screen.viewer
    day = format_date(moment.astimezone(viewer.zone), "full", locale=viewer.babel_locale)
    return f"{day}, {clock_time(viewer, moment)}"


def _alarm(site: Site, screen: Screen) -> Markup:
    t = translator(screen.viewer.language)
    for found, key, look in (
        (site.inspector.violations, "violations", ""),
        (site.inspector.warnings, "warnings", " alarm-warn"),
    ):
        if found:
            label = t(key, count=len(found))
            return Markup('<span class="alarm{}" role="img" aria-label="{}">{}</span>').format(
                look, label, len(found)
            )
    return Markup("")

"""The place where the app is installed and removed, and the organisation's workspaces get it."""

import json
import zlib
from functools import partial

from markupsafe import Markup

from bot.sandbox.installing import SWITCHES
from bot.sandbox.model import Json, Organisation
from bot.sandbox.page.pieces import Piece
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.rendering.text.dates import clock_time
from bot.sandbox.site import Site
from bot.sandbox.state.installs import KINDS, Place

_SENT_SHOWN = 6


def apps_piece(site: Site, screen: Screen) -> Piece:
    """What the place shows; it is drawn anew when any of it changed."""
    shown = _shown(site, screen)
    version = zlib.crc32(json.dumps(shown, default=str).encode())
    return Piece("apps", str(version), partial(_draw, site, screen, shown))


def _draw(site: Site, screen: Screen, shown: Json) -> Markup:
    return render(
        "apps",
        language=screen.viewer.language,
        app_name=site.manifest.app_name,
        screen=screen,
        **shown,
    )


def _shown(site: Site, screen: Screen) -> Json:
    workspace, installs = screen.workspace, site.installs
    org = site.world.organisation_of(workspace.id)
    own = installs.places_for(screen.member.id)
    return {
        "here": _place(site, workspace, may=workspace in own),
        "org": _place(site, org, may=org in own) if org else None,
        "given": [
            {"id": each.id, "name": each.name, "given": each.org_wide}
            for each in (installs.workspaces_of(org.id) if org else ())
        ],
        "by_org": workspace.org_wide,
        "join": _join(site, screen) if org is None else None,
        "migrating": workspace.migrating,
        "install_url": site.install_url,
        "switches": [
            (name, getattr(installs, name))
            for name in SWITCHES
            if not name.startswith("org_") or site.world.organisations
        ],
        "events": _events(site, workspace, org),
        "sent": _sent(site, screen),
    }


def _place(site: Site, place: Place, *, may: bool) -> Json:
    """Return how an installation stands; `state` is none, dead, or alive."""
    token = site.world.tokens.get(place.bot_token)
    trouble = token.trouble(site.clock.now()) if token else None
    installer = site.world.members.get(site.installs.installer(place.id))
    asked = site.world.members.get(site.installs.requests.get(place.id, ""))
    return {
        "id": place.id,
        "name": place.name,
        "has_app": place.has_app,
        "trouble": trouble if place.has_app else None,
        "token": place.bot_token if place.has_app and trouble is None else "",
        "scopes": list(token.scopes) if token and place.has_app else [],
        "installer": installer.name if installer else "",
        "may": may,
        "asked_by": asked.name if asked else "",
    }


def _join(site: Site, screen: Screen) -> Json | None:
    """Return the organisation that a workspace can be moved into, None where there is none."""
    for org in site.world.organisations.values():
        return {"id": org.id, "name": org.name, "renames": screen.member.id.startswith("U")}
    return None


def _events(site: Site, place: Place, org: Organisation | None) -> list[Json]:
    """Return which events can be sent on demand, and to whom."""
    places: list[Place] = [place, org] if org else [place]
    return [
        {
            "place": each.id,
            "name": each.name,
            "kinds": [kind for kind in KINDS if site.installs.hears(each, kind)],
        }
        for each in places
    ]


def _sent(site: Site, screen: Screen) -> list[Json]:
    """Return the newest events about installations, each once, to be sent again however late."""
    found: dict[str, Json] = {}
    for entry in site.inspector.find(kind="events_api"):
        if entry.name in KINDS:
            found[str(entry.request.get("event_id"))] = {
                "number": entry.number,
                "kind": entry.name,
                "place": entry.workspace_id,
                "time": clock_time(screen.viewer, entry.at, seconds=True),
            }
    return list(found.values())[-_SENT_SHOWN:][::-1]

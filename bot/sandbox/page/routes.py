"""The addresses of the page."""

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.backend import Backend
from bot.sandbox.page.deeds import Deeds
from bot.sandbox.page.levers import Levers
from bot.sandbox.page.requests import Endpoint, guarded
from bot.sandbox.page.show import Show

_ASSETS = Path(__file__).parent / "assets"


def page_routes(backend: Backend) -> list[BaseRoute]:
    """The routes of the page, to be served at the root of the local Slack's own address.

    Taken paths: ``/``, ``/as/…``, ``/files/…``,
    ``/app_redirect`` and ``/assets/…``. Which host names may reach them
    is the server's to check.
    """
    show, deeds, levers = Show(backend), Deeds(backend), Levers(backend)
    return [
        _get("/", show.front),
        _get("/files/{file}", show.file),
        _get("/app_redirect", show.conversation),
        _get("/as/{member}", show.member),
        _get("/as/{member}/drawer/{tab}", show.drawer),
        _get("/as/{member}/message/{channel}/{ts}", show.message),
        _post("/as/{member}/say", deeds.say),
        _post("/as/{member}/act", deeds.act),
        _post("/as/{member}/options", deeds.options),
        _post("/as/{member}/submit", deeds.submit),
        _post("/as/{member}/close", deeds.close),
        _post("/as/{member}/shortcut", deeds.shortcut),
        _post("/as/{member}/opened", deeds.opened),
        _post("/as/{member}/upload", deeds.upload),
        _post("/as/{member}/clock", levers.clock),
        _post("/as/{member}/faults", levers.faults),
        _post("/as/{member}/apps", levers.apps),
        _post("/as/{member}/inspector/clear", levers.clear_inspector),
        _get("/as/{member}/{place}", show.page),
        _post("/as/{member}/{place}/refresh", show.refresh),
        _get("/as/{member}/{place}/live", show.live),
        Mount("/assets", StaticFiles(directory=_ASSETS)),
    ]


def _get(path: str, endpoint: Endpoint) -> Route:
    return Route(path, guarded(endpoint), methods=["GET"])


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, guarded(endpoint), methods=["POST"])

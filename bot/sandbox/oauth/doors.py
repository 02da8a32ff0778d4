"""The address of the page that asks a person; the page itself is loaded when somebody comes."""

from functools import cached_property
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.oauth.asked import PATH
from bot.sandbox.site import Site

if TYPE_CHECKING:
    from bot.sandbox.oauth.consent import Consent


class OAuthDoors:
    """/oauth/v2/authorize."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(PATH, self._show, methods=["GET"]),
            Route(PATH, self._answer, methods=["POST"]),
        ]

    @cached_property
    def _consent(self) -> "Consent":
        # With Jinja2 and the page: nothing that a start without a browser should wait for.
        from bot.sandbox.oauth.consent import Consent

        return Consent(self._site)

    async def _show(self, request: Request) -> Response:
        return await self._consent.show(request)

    async def _answer(self, request: Request) -> Response:
        return await self._consent.answer(request)

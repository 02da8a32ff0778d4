"""The installation in a browser: a page, the way to Slack, and what comes back from there."""

from collections.abc import Awaitable, Callable
from dataclasses import field
from time import monotonic
from typing import ClassVar
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.installs.allowance import Allowance
from bot.domain.installs.installation import Installation, Installed
from bot.log import get_logger
from bot.services.installs.begun import BegunInstalls
from bot.services.installs.installing import Installing
from bot.slack.installs.manifest import REDIRECT_PATH
from bot.slack.installs.oauth import trouble
from bot.slack.installs.oauth.app import INSTALL_PATH, START_PATH
from bot.slack.installs.oauth.browser import (
    BrowserSecret,
    OddQuery,
    Returned,
    accepted,
    returned,
)
from bot.slack.installs.oauth.exchange import Exchange, NotGranted, Why
from bot.slack.installs.oauth.page import Page, html, safe_headers
from bot.slack.installs.oauth.words import install_page, installed_page
from bot.store.errors import StoreError
from bot.text.translator import Translator, Translators
from bot.values import dataclass

# Each costs a write: nobody can fill the database, and people do not install so often.
PER_MINUTE = 300
_APP = "Nextrung"

Handler = Callable[[Request], Awaitable[Response]]

log = get_logger()


@dataclass(frozen=True, slots=True)
class InstallPages:
    """Answers browsers. What they send is never believed: only what Slack says to us is."""

    exchange: Exchange
    begun: BegunInstalls
    installing: Installing
    translators: Translators
    allowance: Allowance = field(default_factory=lambda: Allowance(PER_MINUTE, most=1))
    paths: ClassVar[frozenset[str]] = frozenset({INSTALL_PATH, START_PATH, REDIRECT_PATH})

    def application(self) -> Starlette:
        """Return what serves `paths`."""
        pages = {INSTALL_PATH: self.invite, START_PATH: self.start, REDIRECT_PATH: self.finish}
        return Starlette(
            routes=[
                Route(path, self._guarded(page), methods=["GET"]) for path, page in pages.items()
            ]
        )

    def _guarded(self, page: Handler) -> Handler:
        async def answer(request: Request) -> Response:
            # A look whether the page is there begins nothing, and uses nothing up.
            if request.method == "HEAD":
                return Response(headers=safe_headers())
            try:
                return await page(request)
            except Exception as error:
                log.error("install_failed", path=request.url.path, exc_info=error)  # noqa: TRY400
                return self._page(request, trouble.broken_page)

        return answer

    async def invite(self, request: Request) -> Response:
        """The page with the button."""
        tr = self._translator(request)
        page = install_page(tr, start=self.exchange.app.local(START_PATH))
        return html(page, tr.locale, app=_APP)

    async def start(self, request: Request) -> Response:
        """Send the browser to Slack, with a state that it alone can bring back."""
        if self._too_many():
            return self._page(request, trouble.busy_page)
        cookie = BrowserSecret(self.exchange.app.secure)
        browser = cookie.kept(request.cookies)
        try:
            state = await self.begun.begin(browser)
        except StoreError as error:
            log.warning("install_not_begun", reason=error.code)
            return self._stored_nothing(request, START_PATH)
        headers = {
            "Location": self.exchange.app.ask_at(state),
            "Set-Cookie": cookie.header(browser),
        }
        return Response(status_code=302, headers=safe_headers() | headers)

    async def finish(self, request: Request) -> Response:
        """Take what Slack gave the browser, and say what came of it."""
        try:
            back = returned(request.scope["query_string"])
        except OddQuery:
            return self._page(request, trouble.odd_page)
        if back.error is not None:
            return await self._refused(request, back)
        browser = BrowserSecret(self.exchange.app.secure).of(request.cookies)
        if back.state is None or back.code is None or browser is None:
            return self._page(request, trouble.dead_page)
        if self._too_many():
            return self._page(request, trouble.busy_page)
        try:
            known = await self.begun.finish(back.state, browser)
        except StoreError as error:
            log.warning("install_waits", reason=error.code)
            query = urlencode({"code": back.code, "state": back.state})
            return self._stored_nothing(request, f"{REDIRECT_PATH}?{query}")
        if not known:
            log.info("install_state_unknown")
            return self._page(request, trouble.dead_page)
        return await self._installed(request, back.code)

    async def _installed(self, request: Request, code: str) -> Response:
        try:
            installation = await self.exchange.installation(code)
        except NotGranted as refused:
            # Of these only one is the operator's to mend.
            level = log.error if refused.why is Why.SETUP else log.warning
            level("install_not_granted", why=refused.why.name.lower(), reason=refused.code)
            return self._page(request, trouble.not_granted_page, refused.why)
        try:
            installed = await self._kept(installation)
        except StoreError as error:
            tenant = installation.tenant
            log.error(  # noqa: TRY400 - a traceback says no more
                "install_not_kept",
                team=tenant.team_id,
                enterprise=tenant.enterprise_id,
                reason=error.code,
            )
            return self._page(request, trouble.not_kept_page)
        tr, app = self._translator(request), self.exchange.app
        page = installed_page(
            installation,
            installed,
            tr,
            open_at=app.open_at(installation.app_id, installation.team_id),
            add_at=app.add_at(installation.app_id, installation.enterprise_id or ""),
        )
        return html(page, tr.locale, app=_APP)

    async def _kept(self, installation: Installation) -> Installed:
        """Keep it; once more where the database failed, for its code is spent."""
        try:
            return await self.installing.install(installation)
        except StoreError:
            return await self.installing.install(installation)

    async def _refused(self, request: Request, back: Returned) -> Response:
        """Slack says no; the state is of no use any more, if it is this browser's."""
        browser = BrowserSecret(self.exchange.app.secure).of(request.cookies)
        if back.state and browser and not self._too_many():
            try:
                await self.begun.finish(back.state, browser)
            except StoreError as error:
                # It ends by itself in some minutes.
                log.info("install_state_left", reason=error.code)
        if back.error == "access_denied":
            return self._page(request, trouble.denied_page)
        log.warning("install_refused", reason=back.error)
        return self._page(request, trouble.refused_page, back.error)

    def _too_many(self) -> bool:
        return self.allowance.take("all", monotonic()) > 0

    def _stored_nothing(self, request: Request, retry: str) -> Response:
        tr = self._translator(request)
        page = trouble.store_page(tr, retry=self.exchange.app.local(retry))
        return html(page, tr.locale, app=_APP)

    def _page(self, request: Request, made: Callable[..., Page], *about: object) -> Response:
        tr = self._translator(request)
        page = made(tr, *about, again=self.exchange.app.local(INSTALL_PATH))
        return html(page, tr.locale, app=_APP)

    def _translator(self, request: Request) -> Translator:
        header = request.headers.get("accept-language", "")
        return self.translators.for_locale(accepted(header, self.translators.locales))

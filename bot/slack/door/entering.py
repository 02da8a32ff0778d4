"""Our own door, behind Bolt's: who asks, which listener, what became of it."""

from collections.abc import Awaitable, Callable
from functools import partial
from time import perf_counter
from typing import Any, cast

from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.domain.named_in import settled
from bot.services.bundle import Services
from bot.services.figures.requests import RequestFigures, Watch
from bot.slack.auth import tenant_of
from bot.slack.client import SlackClient
from bot.slack.context import Here, LaterWork, bind, unfit_ids, watch_in
from bot.slack.door.once import Once, delivery_of
from bot.slack.errors import answer_error
from bot.slack.installs.holding import held_back
from bot.slack.reading import Unfit, read
from bot.slack.routes import Routes


class Door(AsyncMiddleware):
    """Reads a request, finds who asks, and calls the listener.

    It stands in for Bolt's own matching and arguments, which fail on payloads that lack what they
    look for.
    """

    def __init__(
        self, services: Services, routes: Routes, later: LaterWork, figures: RequestFigures
    ) -> None:
        self._services = services
        self._routes = routes
        self._later = later
        self._figures = figures
        self._once = Once()

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's own
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002 - likewise
    ) -> BoltResponse:
        """Answer a request whose signature and workspace are known to be right."""
        watch = watch_in(req.context) or Watch(self._figures, req.body)
        watch.entered()
        try:
            delivery = delivery_of(req.body, by_socket=req.mode == "socket_mode")
            enter = partial(self._enter, req.context, req.body, watch)
            answer = await self._once.do(delivery, enter)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member is told
            return await answer_error(error, req.body, req.context, self._services)
        watch.answered()
        return answer

    async def _enter(
        self, context: AsyncBoltContext, body: dict[str, Any], watch: Watch
    ) -> BoltResponse:
        for name in unfit_ids(context):
            raise Unfit(part=name)
        tenant, services = tenant_of(context), self._services
        ids = {"team_id": context.team_id, "enterprise_id": context.enterprise_id}
        sent = read(body, tenant=tenant, **ids)
        route = self._routes.find(sent)
        watch.listener = route.name
        if not (route.needs_member and tenant and context.user_id):
            return await route.follow(sent.value, None, watch)
        services.moves.check(tenant, context.team_id)
        if held_back(services.limits, sent.kind, tenant, context.user_id):
            return BoltResponse(status=200, body="")
        member = await services.members.find(tenant, context.user_id)
        shelf = await services.catalogues.of(member.catalogue_key)
        here = Here(
            member=settled(member, shelf.catalogue),
            shelf=shelf,
            tr=services.translators.for_locale(member.spoken),
            services=services,
            later=self._later,
            client=cast("SlackClient", context.client),
        )
        bind(context, here)
        watch.known = perf_counter()
        return await route.follow(sent.value, here, watch)

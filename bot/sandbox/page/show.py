"""What a member sees: the page, and what changes on it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import asdict
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.sandbox.backend import Backend
from bot.sandbox.dispatch.shapes import message_json
from bot.sandbox.model import SLACKBOT, Member, WorldEvent
from bot.sandbox.page import drawer
from bot.sandbox.page.regions import pieces_of, regions_of, state_of, thread_state, title_of
from bot.sandbox.page.requests import HEADERS, body_of, html, json_answer
from bot.sandbox.page.screen import Screen, default_place, open_screen
from bot.sandbox.page.templating import render
from bot.sandbox.page.words import script_words, translator
from bot.sandbox.planner import Plan, plan_of
from bot.sandbox.samples import ENGINEER

_QUIET = 15.0


class _LiveResponse(StreamingResponse):
    """A stream that ends with the server: being cancelled then is no error to be logged."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError):
            await super().__call__(scope, receive, send)


class Show:
    """Answers for what is to be seen. Unknown members and places raise KeyError."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def _screen(self, request: Request) -> Screen:
        member_id, place = request.path_params["member"], request.path_params["place"]
        return open_screen(self._backend.site.world, member_id, place)

    async def front(self, _request: Request) -> Response:
        """The address without anything: the sample engineer in their first channel."""
        return self._to(ENGINEER)

    async def member(self, request: Request) -> Response:
        """A member without a place: their first channel."""
        return self._to(request.path_params["member"])

    async def conversation(self, request: Request) -> Response:
        """What a link to a conversation opens: a direct message as its member sees it."""
        channel = self._backend.site.world.channels[request.query_params["channel"]]
        member_id = channel.im_member_id or ENGINEER
        return RedirectResponse(f"/as/{member_id}/{channel.id}")

    def _to(self, member_id: str) -> Response:
        place = default_place(self._backend.site.world, member_id)
        return RedirectResponse(f"/as/{member_id}/{place}")

    async def page(self, request: Request) -> Response:
        """The whole page. A place that this member has not leads to one that they have."""
        world = self._backend.site.world
        member_id, place = request.path_params["member"], request.path_params["place"]
        if member_id in world.renamed:
            return RedirectResponse(f"/as/{world.renamed[member_id]}/{place}")
        channel = world.channels.get(place)
        if channel is not None and member_id not in channel.member_ids:
            return self._to(member_id)
        plan = await plan_of(self._backend.site)
        return html(self._page(open_screen(world, member_id, place), plan))

    def _page(self, screen: Screen, plan: Plan) -> str:
        site = self._backend.site
        self._read(screen)
        t = translator(screen.viewer.language)
        app, name = screen.app.name, screen.channel.name
        in_app = screen.is_app
        regions = regions_of(site, screen, plan)
        return render(
            "page",
            language=screen.viewer.language,
            screen=screen,
            heading=app if in_app else t("apps") if screen.tab == "apps" else f"#{name}",
            compose_to=t("compose_to_app", app=app) if in_app else t("compose_to", name=name),
            people=self._people(screen),
            rail=self._rail(screen),
            global_shortcuts=[
                shortcut
                for shortcut in site.manifest.shortcuts
                if shortcut.type == "global" and screen.workspace.has_app
            ],
            sidebar=regions["sidebar"],
            clock=regions["clock"],
            clock_note=regions["clock-note"],
            clock_next=regions["clock-next"],
            alarm=regions["alarm"],
            title=title_of(screen),
            pieces=pieces_of(site, screen),
            data=self._data(screen),
        )

    def _people(self, screen: Screen) -> list[Member]:
        """Whom one can be here: everyone but bots, the deactivated included."""
        return [
            member
            for member in screen.world.members.values()
            if screen.workspace.id in member.workspace_ids
            and not (member.is_bot or member.id == SLACKBOT)
        ]

    def _rail(self, screen: Screen) -> list[dict[str, object]]:
        """The workspaces by organisation, those that are in none first, each with where it leads.

        Whoever is in a workspace stays who they are there.
        """
        world = self._backend.site.world
        orgs: dict[str | None, str] = {None: ""}
        orgs |= {org.id: org.name for org in world.organisations.values()}
        return [
            {
                "name": name,
                "places": [
                    {"workspace": place, "initials": place.name[:2], "href": href}
                    for place in world.workspaces.values()
                    if (place.enterprise_id if place.enterprise_id in orgs else None) == org_id
                    and (href := self._way_into(screen, place.id))
                ],
            }
            for org_id, name in orgs.items()
        ]

    def _way_into(self, screen: Screen, workspace_id: str) -> str:
        world = self._backend.site.world
        people = world.people(workspace_id)
        if not people:
            return ""
        first = next((each for each in people if each.workspace_id == workspace_id), people[0])
        member = screen.member if workspace_id in screen.member.workspace_ids else first
        for channel in world.channels_of(member.id):
            if channel.workspace_id == workspace_id and not channel.is_im:
                return f"/as/{member.id}/{channel.id}"
        return f"/as/{member.id}"

    def _data(self, screen: Screen) -> dict[str, object]:
        """What the page's scripts must know."""
        return {
            "member": screen.member.id,
            "place": screen.place,
            "address": screen.address,
            "channel": screen.channel.id,
            "dm": screen.world.dm(screen.member.id).id,
            "app": screen.app.name,
            "talk": screen.is_talk,
            "app_tab": screen.tab if _tells_the_app(screen) else None,
            "commands": [
                asdict(command)
                for command in self._backend.site.manifest.commands
                if screen.workspace.has_app
            ],
            "words": script_words(screen.viewer.language),
        }

    def _read(self, screen: Screen) -> None:
        if screen.is_talk:
            screen.world.mark_read(screen.member.id, screen.channel.id)

    async def refresh(self, request: Request) -> Response:
        """Everything that changed since the page was drawn, as JSON.

        The body's ``known`` maps the keys of the pieces on the page to their versions, ``thread``
        is the ts of the message whose replies are shown.
        """
        body = await body_of(request)
        known, thread_ts = body.get("known"), body.get("thread")
        plan = await plan_of(self._backend.site)
        screen = self._screen(request)
        self._read(screen)
        known = known if isinstance(known, dict) else {}
        state = state_of(self._backend.site, screen, known, plan)
        if isinstance(thread_ts, str):
            state["thread"] = thread_state(self._backend.site, screen, known, thread_ts)
        return json_answer(state)

    async def live(self, request: Request) -> Response:
        """Server-sent events: that something changed which this member may see."""
        screen = self._screen(request)
        return _LiveResponse(self._changes(screen), media_type="text/event-stream", headers=HEADERS)

    async def _changes(self, screen: Screen) -> AsyncIterator[str]:
        subscription = screen.world.subscribe()
        try:
            yield "retry: 1500\n\n"
            while True:
                try:
                    async with asyncio.timeout(_QUIET):
                        event = await anext(subscription)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                except StopAsyncIteration:
                    return
                if _concerns(event, screen):
                    yield f"event: change\ndata: {json.dumps(asdict(event))}\n\n"
        finally:
            subscription.close()

    async def drawer(self, request: Request) -> Response:
        """The inside of the drawer: the inspector or the faults."""
        world = self._backend.site.world
        member_id = request.path_params["member"]
        screen = open_screen(world, member_id, default_place(world, member_id))
        site, held = self._backend.site, self._backend.events.held
        drawers: dict[str, Callable[[], Markup]] = {
            "inspector": lambda: drawer.inspector(site, screen),
            "faults": lambda: drawer.faults(site, screen, held=held),
        }
        return html(drawers[request.path_params["tab"]]())

    async def message(self, request: Request) -> Response:
        """A message the member sees, as Slack's JSON."""
        world, wanted = self._backend.site.world, request.path_params
        for message in world.visible(wanted["channel"], wanted["member"]):
            if message.ts == wanted["ts"]:
                return json_answer(message_json(world, message))
        raise KeyError(wanted["ts"])

    async def file(self, request: Request) -> Response:
        """A shared file, always as a download: what it holds must never run in this page."""
        file = self._backend.site.world.files[request.path_params["file"]]
        if file.content is None or not file.shared:
            raise KeyError(file.id)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return Response(
            file.content,
            media_type=file.picture_type or "application/octet-stream",
            headers={**HEADERS, "Content-Disposition": disposition},
        )


def _tells_the_app(screen: Screen) -> bool:
    """Whether the app hears that this tab was opened."""
    in_app = screen.tab in {"home", "messages"} and screen.workspace.has_app
    return in_app and not screen.member.deleted


def _concerns(event: WorldEvent, screen: Screen) -> bool:
    if event.member_id is not None:
        return event.member_id == screen.member.id
    shared = event.channel_id == screen.channel.id
    return shared or event.workspace_id in {"", *screen.member.workspace_ids}

"""What a member does: typing, pressing, choosing, submitting."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.backend import Backend
from bot.sandbox.dispatch.interactions import find_element
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.model import Json, Message, View
from bot.sandbox.page.requests import BadRequestError, body_of, json_answer, text_in
from bot.sandbox.page.screen import viewer_of
from bot.sandbox.rendering.controls.selects import options_list

_LARGEST_UPLOAD = 20 * 1024 * 1024


class Deeds:
    """Carries out what the page's scripts report.

    Unknown members, places and elements raise KeyError, values not on offer ValueError.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def say(self, request: Request) -> Response:
        """A message or a slash command, typed into a channel or into a thread there."""
        body = await body_of(request)
        outcome = await self._backend.interactions.command(
            request.path_params["member"],
            text_in(body, "text").strip(),
            text_in(body, "channel"),
            thread_ts=None if body.get("thread_ts") is None else text_in(body, "thread_ts"),
        )
        return _told(outcome)

    async def act(self, request: Request) -> Response:
        """A press or a choice in a message or view."""
        body = await body_of(request)
        member_id = request.path_params["member"]
        place = self._place(member_id, body.get("container"))
        block_id, action_id = text_in(body, "block_id"), text_in(body, "action_id")
        self._enter(member_id, place, body.get("values"), but=(block_id, action_id))
        value = self._local_value(member_id, place, block_id, action_id, body.get("value"))
        outcome = await self._backend.interactions.action(
            member_id, place, block_id, action_id, value
        )
        return _told(outcome)

    async def options(self, request: Request) -> Response:
        """What was typed into an external select: its options as HTML."""
        body = await body_of(request)
        member_id = request.path_params["member"]
        place = self._place(member_id, body.get("container"))
        outcome = await self._backend.interactions.suggest(
            member_id,
            place,
            text_in(body, "block_id"),
            text_in(body, "action_id"),
            text_in(body, "query"),
        )
        world = self._backend.site.world
        viewer = viewer_of(world, world.members[member_id])
        selected = [item for item in _list(body, "selected") if isinstance(item, dict)]
        drawn = options_list({"options": outcome.options}, viewer, selected)
        return json_answer({"html": str(drawn), "notice": outcome.notice})

    async def submit(self, request: Request) -> Response:
        """A modal's submit button, with everything that was entered."""
        body = await body_of(request)
        view = self._view(request.path_params["member"], text_in(body, "view"))
        self._enter(view.member_id, view, body.get("values"))
        return _told(await self._backend.interactions.submit(view))

    async def close(self, request: Request) -> Response:
        """A modal's close button, or its cross."""
        body = await body_of(request)
        view = self._view(request.path_params["member"], text_in(body, "view"))
        clear = body.get("clear") is True
        return _told(await self._backend.interactions.close(view, clear=clear))

    async def shortcut(self, request: Request) -> Response:
        """A global shortcut, or one on a message."""
        body = await body_of(request)
        member_id, callback_id = request.path_params["member"], text_in(body, "callback_id")
        interactions = self._backend.interactions
        if body.get("message") is None:
            return _told(await interactions.global_shortcut(member_id, callback_id))
        place = self._place(member_id, body["message"])
        if not isinstance(place, Message):
            raise BadRequestError("a message shortcut needs a message")
        return _told(await interactions.message_shortcut(member_id, place, callback_id))

    async def opened(self, request: Request) -> Response:
        """The member opened a tab of the app."""
        body = await body_of(request)
        tab = text_in(body, "tab")
        outcome = await self._backend.interactions.open_home(request.path_params["member"], tab=tab)
        return _told(outcome)

    async def upload(self, request: Request) -> Response:
        """A file chosen in a file input; answers with what the bot will be told of it."""
        content = await request.body()
        if len(content) > _LARGEST_UPLOAD:
            raise BadRequestError("the file is larger than 20 MB", status=413)
        name = request.query_params.get("name", "file")
        uploaded = self._backend.interactions.upload(request.path_params["member"], name, content)
        return json_answer(uploaded)

    def _place(self, member_id: str, container: object) -> Place:
        if not isinstance(container, dict):
            raise BadRequestError("container must be an object")
        if container.get("kind") == "view":
            return self._view(member_id, text_in(container, "id"))
        world = self._backend.site.world
        channel, ts = text_in(container, "channel"), text_in(container, "ts")
        message = world.message(channel, ts)
        if message is None or not message.visible_to(member_id):
            raise KeyError(f"message {ts}")
        if member_id not in world.channels[channel].member_ids:
            raise KeyError(channel)
        return message

    def _view(self, member_id: str, view_id: str) -> View:
        view = self._backend.site.world.views.get(view_id)
        if view is None or view.member_id != member_id:
            raise KeyError(f"view {view_id}")
        return view

    def _enter(
        self, member_id: str, place: Place, values: object, *, but: tuple[str, str] | None = None
    ) -> None:
        """Keeps what stands in every field, so that the payload's state is what the member sees.

        The field that the member uses just now (`but`) is left to what they do with it.
        An element that vanished, or an option no longer on offer, is not worth failing for: the
        bot may have redrawn the view a moment ago.
        """
        for item in values if isinstance(values, list) else []:
            if not isinstance(item, dict):
                continue
            with suppress(KeyError, ValueError, TypeError):
                block_id, action_id = item["block_id"], item["action_id"]
                if (block_id, action_id) == but:
                    continue
                value = self._local_value(member_id, place, block_id, action_id, item.get("value"))
                self._backend.interactions.enter(member_id, place, block_id, action_id, value)

    def _local_value(
        self, member_id: str, place: Place, block_id: str, action_id: str, value: object
    ) -> object:
        """A moment is typed in the member's own time zone, and sent as Unix seconds."""
        _, element = find_element(place, block_id, action_id)
        if element.get("type") != "datetimepicker" or not isinstance(value, str):
            return value
        world = self._backend.site.world
        zone = viewer_of(world, world.members[member_id]).zone
        return int(datetime.fromisoformat(value).replace(tzinfo=zone).timestamp())


def _list(body: Json, key: str) -> list[Any]:
    value = body.get(key)
    return value if isinstance(value, list) else []


def _told(outcome: Outcome) -> Response:
    return json_answer(
        {
            "ok": outcome.ok,
            "notice": outcome.notice,
            "errors": outcome.errors,
            "view": outcome.view.id if outcome.view else None,
        }
    )

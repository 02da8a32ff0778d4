"""Counting what each listener asks of the database, from its request to the end of its work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.cards.ids import Action
from bot.cards.more_menu import pressed_in_menu
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import WORKSPACE
from bot.slack.app import NextrungApp
from bot.slack.press import Kind
from tests.fakes.wire import Wire
from tests.scenario.desk import Desk

_KINDS = {
    Kind.COMMAND: "command",
    Kind.PRESS: "action",
    Kind.FORM: "view",
    Kind.CLOSED: "view_closed",
    Kind.SUGGESTION: "options",
    Kind.SHORTCUT: "shortcut",
    Kind.EVENT: "event",
}
_PATIENCE = 60.0


def asked_for(body: dict[str, Any]) -> str:
    """Return what a request is about, such as "action mark": as `listened_for` names it."""
    kind = body.get("type", "")
    if "command" in body:
        return f"command {body['command']}"
    if kind == "event_callback":
        return f"event {body['event']['type']}"
    if kind == "block_actions":
        return f"action {_bare(_pressed(body['actions'][0]))}"
    if kind == "block_suggestion":
        return f"options {_bare(body['action_id'])}"
    if kind in ("shortcut", "message_action"):
        return f"shortcut {body['callback_id']}"
    return f"{'view_closed' if kind == 'view_closed' else 'view'} {body['view']['callback_id']}"


def _pressed(action: dict[str, Any]) -> str:
    """Return the id of what was pressed: of the button that an option of "…" stands for."""
    name = str(action["action_id"])
    if _bare(name) != Action.MORE:
        return name
    return pressed_in_menu(action["selected_option"]["value"], action["block_id"])[0]


def _bare(action_id: str) -> str:
    return action_id.partition(".")[0]


def listened_for(app: NextrungApp) -> set[str]:
    """Return what listeners wait for by name, as `asked_for` names it."""
    return {f"{_KINDS[each.kind]} {each.name}" for each in app.routes if each.name}


class Meter:
    """Counts round trips per listener. `anew` lets nothing of the member be at hand before."""

    def __init__(self, desk: Desk, wire: Wire, *, anew: bool) -> None:
        self.most: dict[str, int] = {}
        self.asked: dict[str, list[str]] = {}
        self._desk, self._wire, self._anew = desk, wire, anew
        self._open: str | None = None
        self._before = 0
        self._dispatch = NextrungApp.async_dispatch

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count what is asked for meanwhile; requests must come one after another."""

        async def dispatch(app: NextrungApp, req: AsyncBoltRequest) -> BoltResponse:
            await self.settle()
            await self._prepare(req)
            self._open = asked_for(req.body)
            self._before = len(self._wire.log)
            return await self._dispatch(app, req)

        NextrungApp.async_dispatch = dispatch  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            NextrungApp.async_dispatch = self._dispatch  # type: ignore[method-assign]

    async def settle(self) -> None:
        """Wait for the work beside the last answer, and close its account."""
        assert await self._desk.nextrung.app.drained(_PATIENCE)
        if self._open is None:
            return
        asked = self._wire.log[self._before :]
        if len(asked) >= self.most.get(self._open, 0):
            self.most[self._open], self.asked[self._open] = len(asked), asked
        self._open = None

    async def _prepare(self, req: AsyncBoltRequest) -> None:
        """Have everything of the member at hand, or nothing."""
        services = self._desk.nextrung.services
        services.members.clear()
        services.growth.clear()
        services.own_catalogue.rights.forget()
        person = req.body.get("user") or {}
        slack_id = person.get("id") or req.body.get("user_id")
        slack_id = slack_id or (req.body.get("event") or {}).get("user")
        if not self._anew and isinstance(slack_id, str):
            known = await services.members.known(Tenant(WORKSPACE), slack_id)
            if known is not None:
                await services.growth.of(known)
                await services.own_catalogue.rights.at_hand(known)

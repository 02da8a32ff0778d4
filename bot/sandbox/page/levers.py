"""The page's switches: the clock, the faults, the inspector's log."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.backend import Backend
from bot.sandbox.faults import EVERY, Fault
from bot.sandbox.installing import change
from bot.sandbox.model import Json
from bot.sandbox.page.drawer import FAULT_KINDS
from bot.sandbox.page.requests import BadRequestError, body_of, json_answer, text_in
from bot.sandbox.planner import move_by, move_to_next

_MOST_SECONDS = 366 * 24 * 3600


class Levers:
    """Carries out what the page's tools report."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def clock(self, request: Request) -> Response:
        """Moves the clock by seconds, to the ``next`` thing planned, or back with ``reset``."""
        clock = self._backend.site.clock
        wanted = text_in(await body_of(request), "advance")
        if wanted == "next":
            if await move_to_next(self._backend.site) is None:
                raise BadRequestError("the bot tells of no next moment")
            return self._shown()
        seconds = -clock.offset.total_seconds() if wanted == "reset" else float(wanted)
        if not abs(seconds) <= max(_MOST_SECONDS, abs(clock.offset / timedelta(seconds=1))):
            raise BadRequestError("the clock moves by at most a year at a time")
        move_by(self._backend.site, seconds)
        return self._shown()

    def _shown(self) -> Response:
        clock = self._backend.site.clock
        shown = {"now": clock.now().isoformat(), "offset": clock.offset.total_seconds()}
        return json_answer(shown)

    async def clear_inspector(self, request: Request) -> Response:
        """Forgets the log."""
        await body_of(request)
        self._backend.site.inspector.clear()
        self._backend.site.world.publish("inspector")
        return json_answer({"ok": True})

    async def apps(self, request: Request) -> Response:
        """One press in the place of the apps; ``member`` in the answer is who one then is."""
        body = await body_of(request)
        member_id, world = request.path_params["member"], self._backend.site.world
        world.members[member_id]
        await change(self._backend, body, member_id=member_id)
        return json_answer({"ok": True, "member": world.renamed.get(member_id, member_id)})

    async def faults(self, request: Request) -> Response:
        """Adds a fault, turns a switch or clears everything, as ``do`` says."""
        body = await body_of(request)
        world, faults = self._backend.site.world, self._backend.site.faults
        member = world.members[request.path_params["member"]]
        workspace = world.app_workspace(member.id)
        # An organisation's token is no workspace's: what goes wrong for it goes wrong for all.
        place_id = None if workspace.org_wide else workspace.id
        on = body.get("on") is True
        match text_in(body, "do"):
            case "add":
                faults.add(fault_from(body, workspace_id=place_id))
            case "clear":
                faults.clear()
            case "trigger":
                faults.expire_triggers()
            case "response_url":
                faults.expire_response_urls()
            case "late":
                faults.hold_back_events()
            case "tiers":
                faults.tiers = on
            case "revoke":
                world.revoke(workspace.id, on=on)
            case "deactivate":
                world.change_member(member.id, deleted=on)
            case "again":
                await self._backend.events.repeat()
            case other:
                raise BadRequestError(f"{other} is nothing the faults panel does")
        world.publish("faults")
        return json_answer({"ok": True})


def fault_from(body: Json, *, workspace_id: str | None) -> Fault:
    """The fault that the panel's form describes. Raises BadRequestError where it is no fault."""
    kind, value = body.get("kind"), str(body.get("value") or "").strip()
    times = str(body.get("times") or "").strip()
    known = next((one for one in FAULT_KINDS if one == kind), None)
    if known is None:
        raise BadRequestError("choose what goes wrong")
    fault = Fault(
        kind=known,
        method=str(body.get("method") or EVERY),
        workspace_id=workspace_id,
        times=_whole(times, "the number of times") if times else None,
    )
    if not value:
        return fault
    if known == "ratelimited":
        fault.retry_after = _whole(value, "Retry-After")
    elif known == "status":
        fault.status = _whole(value, "the status")
    elif known == "slow":
        fault.seconds = float(_whole(value, "the seconds"))
    elif known == "error":
        fault.error = value
    return fault


def _whole(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise BadRequestError(f"{what} must be a whole number")
    return int(text)

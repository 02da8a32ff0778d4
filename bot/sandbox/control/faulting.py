"""Control requests that let something go wrong."""

from collections.abc import Callable
from typing import get_args

from bot.sandbox.backend import Backend
from bot.sandbox.control.arguments import BadRequestError, text_of
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.model import Json

Switch = Callable[[Backend, Json], None]
# A gate is released by the program that holds it, so no other program may ask for one.
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(FaultKind) if kind != "hold")


async def faults(backend: Backend, _: Json) -> Json:
    """What waits to go wrong."""
    return {
        "faults": [fault.as_json() for fault in backend.site.faults.waiting],
        "tiers": backend.site.faults.tiers,
        "expired_triggers": backend.site.faults.expired_triggers,
        "late_events": backend.site.faults.late_events,
        "held_events": backend.events.held,
    }


async def add_fault(backend: Backend, args: Json) -> Json:
    """Let something go wrong."""
    kind = args.get("kind")
    if "tiers" in args:
        backend.site.faults.tiers = bool(args["tiers"])
        backend.site.world.publish("faults")
    elif kind == "duplicate_event":
        await backend.events.repeat()
    elif isinstance(kind, str) and kind in _SWITCHES:
        _SWITCHES[kind](backend, args)
    elif kind in KINDS:
        backend.site.faults.add(Fault(**args))
    else:
        known = ", ".join((*KINDS, *_SWITCHES, "duplicate_event"))
        raise BadRequestError(f"kind must be one of {known}")
    return await faults(backend, args)


async def clear_faults(backend: Backend, args: Json) -> Json:
    """Let everything go right again."""
    backend.site.faults.clear()
    return await faults(backend, args)


def _times(args: Json) -> int:
    times = args.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise BadRequestError("times must be a whole number from 1")
    return times


def _on(args: Json) -> bool:
    return bool(args.get("on", True))


def _expired_trigger(backend: Backend, args: Json) -> None:
    backend.site.faults.expire_triggers(_times(args))


def _expired_response_url(backend: Backend, args: Json) -> None:
    backend.site.faults.expire_response_urls(_times(args))


def _late_event(backend: Backend, args: Json) -> None:
    backend.site.faults.hold_back_events(_times(args))


def _revoked_token(backend: Backend, args: Json) -> None:
    workspace_id = str(args.get("workspace_id") or next(iter(backend.site.world.workspaces)))
    backend.site.world.revoke(workspace_id, on=_on(args))


def _user_disabled(backend: Backend, args: Json) -> None:
    backend.site.world.change_member(text_of(args, "member"), deleted=_on(args))


_SWITCHES: dict[str, Switch] = {
    "expired_trigger": _expired_trigger,
    "expired_response_url": _expired_response_url,
    "late_event": _late_event,
    "revoked_token": _revoked_token,
    "user_disabled": _user_disabled,
}

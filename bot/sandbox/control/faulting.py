"""Control requests that let something go wrong."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from bot.sandbox.control.arguments import BadRequestError, text_of
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.model import Json

if TYPE_CHECKING:
    from bot.sandbox.local_slack import LocalSlack

Switch = Callable[["LocalSlack", Json], None]
# A gate is released by the program that holds it, so no other program may ask for one.
KINDS: tuple[str, ...] = tuple(kind for kind in get_args(FaultKind) if kind != "hold")


async def faults(slack: "LocalSlack", _: Json) -> Json:
    """What waits to go wrong."""
    return {
        "faults": [fault.as_json() for fault in slack.faults.waiting],
        "tiers": slack.faults.tiers,
        "expired_triggers": slack.faults.expired_triggers,
        "late_events": slack.faults.late_events,
        "held_events": slack.events.held,
    }


async def add_fault(slack: "LocalSlack", args: Json) -> Json:
    """Let something go wrong."""
    kind = args.get("kind")
    if "tiers" in args:
        slack.faults.tiers = bool(args["tiers"])
        slack.world.publish("faults")
    elif kind == "duplicate_event":
        await slack.repeat_event()
    elif isinstance(kind, str) and kind in _SWITCHES:
        _SWITCHES[kind](slack, args)
    elif kind in KINDS:
        slack.faults.add(Fault(**args))
    else:
        known = ", ".join((*KINDS, *_SWITCHES, "duplicate_event"))
        raise BadRequestError(f"kind must be one of {known}")
    return await faults(slack, args)


async def clear_faults(slack: "LocalSlack", args: Json) -> Json:
    """Let everything go right again."""
    slack.faults.clear()
    return await faults(slack, args)


def _times(args: Json) -> int:
    times = args.get("times", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise BadRequestError("times must be a whole number from 1")
    return times


def _on(args: Json) -> bool:
    return bool(args.get("on", True))


def _expired_trigger(slack: "LocalSlack", args: Json) -> None:
    slack.faults.expire_triggers(_times(args))


def _expired_response_url(slack: "LocalSlack", args: Json) -> None:
    slack.faults.expire_response_urls(_times(args))


def _late_event(slack: "LocalSlack", args: Json) -> None:
    slack.faults.hold_back_events(_times(args))


def _revoked_token(slack: "LocalSlack", args: Json) -> None:
    workspace_id = str(args.get("workspace_id") or next(iter(slack.world.workspaces)))
    slack.revoke(workspace_id, on=_on(args))


def _user_disabled(slack: "LocalSlack", args: Json) -> None:
    slack.disable(text_of(args, "member"), on=_on(args))


_SWITCHES: dict[str, Switch] = {
    "expired_trigger": _expired_trigger,
    "expired_response_url": _expired_response_url,
    "late_event": _late_event,
    "revoked_token": _revoked_token,
    "user_disabled": _user_disabled,
}

"""The drawer: the inspector's log and the faults panel."""

import json

from markupsafe import Markup

from bot.sandbox.api.web_api import METHODS
from bot.sandbox.faults import RESPONSE_URL, FaultKind
from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.rendering.text.dates import clock_time
from bot.sandbox.site import Site

FAULT_KINDS: tuple[FaultKind, ...] = (
    "ratelimited",
    "status",
    "error",
    "slow",
    "drop_before",
    "drop_after",
)
# What a fault may be about: a Web API method, or the posts to response URLs.
METHOD_NAMES = (RESPONSE_URL, "apps.connections.open", *sorted(METHODS))
_SHOWN = 120
_MILLI = 1000
_LONGEST_JSON = 60_000


def inspector(site: Site, screen: Screen) -> Markup:
    """The newest exchanges, newest first."""
    newest = list(site.inspector)[-_SHOWN:][::-1]
    return render(
        "tools/inspector",
        language=screen.viewer.language,
        current="inspector",
        entries=[_entry(screen, entry) for entry in newest],
    )


def faults(site: Site, screen: Screen, *, held: int) -> Markup:
    """What can be made to go wrong, and what is waiting to; `held` events are held back."""
    token = site.installs.token_of(screen.workspace.id)
    return render(
        "tools/faults",
        language=screen.viewer.language,
        current="faults",
        kinds=FAULT_KINDS,
        methods=METHOD_NAMES,
        waiting=site.faults.waiting,
        counted=(
            ("trigger", site.faults.expired_triggers),
            ("late", site.faults.late_events),
            ("held", held),
        ),
        switches=(
            ("tiers", site.faults.tiers),
            ("revoke", token is not None and token.revoked),
            ("deactivate", screen.member.deleted),
        ),
    )


def _entry(screen: Screen, entry: Entry) -> Json:
    member = screen.world.members.get(entry.member_id or "")
    return {
        "number": entry.number,
        "direction": entry.direction,
        "kind": entry.kind,
        "name": entry.name or entry.kind,
        "member": member.name if member else "",
        "time": clock_time(screen.viewer, entry.at, seconds=True),
        "seconds": entry.seconds,
        "took": _duration(entry.seconds),
        "late": entry.late,
        "status": entry.status,
        "error": entry.error,
        "violations": entry.violations,
        "warnings": entry.warnings,
        "bad": bool(entry.violations or entry.error or entry.late),
        "warned": bool(entry.warnings),
        "request": _pretty(entry.request),
        "response": _pretty(entry.response),
    }


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * _MILLI:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _pretty(value: object) -> str:
    if value is None:
        return ""
    written = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return written if len(written) <= _LONGEST_JSON else written[:_LONGEST_JSON] + "\n…"

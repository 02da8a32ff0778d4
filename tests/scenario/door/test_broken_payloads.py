"""Real payloads with one part broken, for every listener: a kind answer, never a crash of ours.

One payload of each kind is recorded as the local Slack sends it. It is aimed at each listener in
turn, and then broken: a part is left out, null, or of another type.
"""

import json
import random
import time
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.sandbox.dispatch.signing import signed_headers
from bot.slack.guard import UNPARSED
from bot.slack.press import Kind
from tests.mutations import broken
from tests.properties import share, tries_all
from tests.scenario.aiming import LAST, aimed, carried_by, recorded, requests_of
from tests.scenario.desk import FORM, Desk, Json
from tests.scenario.strangers import watched

BROKEN_EACH = share(8)


async def dispatched(desk: Desk, body: Json) -> int:
    """Give a payload to the app as it comes over HTTP; return the status of the answer."""
    as_form = {"payload": json.dumps(body)} if "type" in body else body
    raw = urlencode(as_form) if body.get("type") != "event_callback" else json.dumps(body)
    head = signed_headers(desk.slack.signing_secret, int(time.time()), raw.encode())
    kind = FORM if body.get("type") != "event_callback" else "application/json"
    try:
        request = AsyncBoltRequest(body=raw, headers={"content-type": kind, **head})
    except UNPARSED:
        return 400  # the guard's answer, before anything of ours is called
    answer = await desk.nextrung.app.async_dispatch(request)
    await desk.drained()
    return answer.status


def one_of(kept: list[Json], name: str) -> list[Json]:
    """Return one of what was recorded, another one for another listener."""
    return random.Random(name).sample(kept, 1)  # noqa: S311 - repeatable, nothing secret


def faults(desk: Desk) -> list[object]:
    """Return what the bot took for a fault of its own."""
    return [each for each in desk.logs if each["log_level"] == "error"]


@pytest.mark.sampled
async def test_a_broken_payload_is_never_a_fault_of_ours(desk: Desk) -> None:
    desk.faults_expected = True  # a payload without a workspace is an error to Bolt
    kept, requests = await recorded(desk), requests_of(desk)
    kept[Kind.OTHER] = kept[Kind.CLOSED]
    assert all(kept.values())
    app = desk.nextrung.app
    with watched(app) as (every, called):
        for route in sorted(app.routes, key=lambda each: each.name in LAST):
            request = carried_by(route, requests)
            several = kept[route.kind] if tries_all() else one_of(kept[route.kind], route.name)
            for number, body in enumerate(aimed(desk, route, several, request)):
                case = f"{route.kind} {route.name} {number}"
                assert await dispatched(desk, body) == 200, case
                assert faults(desk) == [], case
                chance = random.Random(case)  # noqa: S311 - repeatable, nothing secret
                for _ in range(BROKEN_EACH):
                    worse = broken(body, chance)
                    if "event_id" in worse:
                        worse["event_id"] = f"Ev{uuid4().hex}"
                    assert await dispatched(desk, worse) in (200, 400), (case, worse)
                    assert faults(desk) == [], (case, worse)
    assert every - called == set()
    assert desk.logged("payload_unfit")
    # Bolt's own words to a payload without a workspace, on which we have no hold.
    for entry in desk.slack.inspector:
        assert {each.code for each in entry.warnings} <= {"fault", "replace_original_unset"}
        entry.warnings.clear()

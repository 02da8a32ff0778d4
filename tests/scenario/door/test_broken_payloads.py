"""Real payloads with one part broken, for every listener: a kind answer, never a crash of ours.

One payload of each kind is recorded as the local Slack sends it. It is aimed at each listener in
turn, and then broken: a part is left out, null, or of another type.
"""

import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.publish_view import Asking, encode_asking
from bot.cards.ids import Action, Shortcut
from bot.cards.links import Request, encode
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft
from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    MarkCell,
    MarkOtherwise,
    ShowEvidence,
    UndoMark,
)
from bot.domain.lookup.requests import ShowDetails, ShowGap, ShowRole, ShowSkill
from bot.domain.nudges.requests import AnswerNudge
from bot.domain.teams.requests import OfShare
from bot.sandbox.dispatch.signing import signed_headers
from bot.sandbox.samples import ENGINEER
from bot.slack.guard import UNPARSED
from bot.slack.press import Form, Kind, Press, Sent, Surface
from bot.slack.routes import Route
from tests.mutations import broken
from tests.properties import share
from tests.scenario.desk import FORM, Desk, Json, as_modal
from tests.scenario.growing import lead_cells
from tests.scenario.nudging import begin
from tests.scenario.strangers import control, form, watched

BROKEN_EACH = share(8)
KINDS = {
    "block_actions": Kind.PRESS,
    "view_submission": Kind.FORM,
    "view_closed": Kind.CLOSED,
    "block_suggestion": Kind.SUGGESTION,
    "shortcut": Kind.SHORTCUT,
    "message_action": Kind.SHORTCUT,
    "event_callback": Kind.EVENT,
}
TOLD: dict[str, Json] = {
    "user_change": {"user": {"id": ENGINEER, "locale": "en-US", "tz": "Europe/Berlin"}},
    "tokens_revoked": {"tokens": {"bot": ["U0BOT"]}},
}
# These forget what the others need, or pause the workspace.
LAST = (
    *("forget_me", "drop_goal", "app_uninstalled", "tokens_revoked"),
    *("team_access_revoked", "grid_migration_started", "grid_migration_finished"),
)


async def recorded(desk: Desk) -> dict[Kind, list[Json]]:
    """Let the engineer do one of everything, and return what Slack sent, by kind."""
    engineer = desk.engineer
    await begin(desk, engineer)
    card = await engineer.command("/promote-gap llm-engineer lead")
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    await details.choose("Choose a level", "principal")
    await details.close()
    walk = as_modal(await card.press("Assess Myself"))
    await as_modal(await walk.submit()).close()
    await (await engineer.command("/skill")).suggest(Action.FIND, "ml")
    message = await desk.manager.say("We cut the evaluation run to ten minutes.")
    await engineer.message_shortcut(Shortcut.SAVE_EVIDENCE, message.ts)
    await engineer.global_shortcut(Shortcut.FIND_SKILL)
    await desk.home(engineer)
    found: dict[Kind, dict[str, Json]] = {kind: {} for kind in Kind}
    for entry in desk.answers:
        body: Json = entry.request
        kind = Kind.COMMAND if "command" in body else KINDS[str(body["type"])]
        place = (body.get("container") or {}).get("type") or body.get("type") or ""
        found[kind].setdefault((body.get("view") or {}).get("type") or place, body)
    return {kind: [*bodies.values()] for kind, bodies in found.items()}


def requests_of(desk: Desk) -> list[str]:
    """Return one of everything that a control or a form may carry."""
    cells, back = lead_cells(desk), ShowGap("llm-engineer", ("lead",))
    cell = cells[0]
    carried: tuple[Request, ...] = (
        EditEvidence(1),
        AnswerNudge(1, cell),
        AddEvidence(cell, back, 1),
        ShowDetails(cell.skill, cell.role, cell.level, back),
        Assess(back, cell.skill),
        MarkCell(cell, Status.WORKING, back),
        MarkOtherwise(cell, back),
        UndoMark(cell, 1, back),
        ShowEvidence(),
        OfShare(1),
        ShowSkill(cell.skill, (cell.level,), cell.role),
        ShowRole(cell.role, ("junior",)),
        back,
    )
    draft = UploadedDraft(Upload("F1", None, "note"), 1, "digest")
    asking = encode_asking(Asking(draft, "Name", "D1", "1.0"))
    return [*map(encode, carried), encode_draft(draft), asking, "1:2", "1"]


def carried_by(route: Route, requests: list[str]) -> str:
    """Return a request that the listener takes."""
    for request in requests:
        sent: Press[str] | Form[str] = Form(view=Surface(), request=request)
        if route.kind is Kind.PRESS:
            sent = Press(action=route.name, request=request, block_id=request)
        with suppress(OutdatedCard):
            route.typed(sent)
            return request
    raise AssertionError(f"nothing is carried by {route.name}")


def aimed(desk: Desk, route: Route, kept: list[Json], request: str) -> Iterator[Json]:
    """Yield what was recorded, as it would be sent to this listener."""
    name = named_for(desk, route)
    for each in kept:
        body = deepcopy(each) | {"trigger_id": desk.slack.world.new_trigger(ENGINEER).id}
        if "event_id" in body:
            body["event_id"] = f"Ev{uuid4().hex}"  # the same twice is carried out once
        if "response_url" in body:
            body["response_url"] = desk.response_url()
        if "view" in body:
            filled = form(body["view"]["callback_id"], request)
            shown = ("private_metadata", "state", "blocks")
            body["view"] |= {part: filled[part] for part in shown}
        named(body, route.kind, name, request)
        yield body


def named_for(desk: Desk, route: Route) -> str:
    """Return a name that leads to this listener."""
    for name in (route.name or "of_tomorrow", f"{route.name}.0"):
        if desk.nextrung.app.routes.find(Sent(route.kind, name, None)) is route:
            return name
    raise AssertionError(f"nothing leads to {route.name}")


def named(body: Json, kind: Kind, name: str, request: str) -> None:
    """Put in what a listener waits for."""
    match kind:
        case Kind.PRESS:
            body["actions"] = [body["actions"][0] | control(name, request)]
            body["message"] = {"ts": "1.2"}
        case Kind.FORM | Kind.CLOSED:
            body["view"]["callback_id"] = name
        case Kind.EVENT:
            body["event"] |= {"type": name} | TOLD.get(name, {})
        case _:
            body[_NAMED[kind]] = name


_NAMED = {
    Kind.COMMAND: "command",
    Kind.SUGGESTION: "action_id",
    Kind.SHORTCUT: "callback_id",
    Kind.OTHER: "type",
}


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
    assert await desk.nextrung.app.drained(10)
    return answer.status


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
            for number, body in enumerate(aimed(desk, route, kept[route.kind], request)):
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

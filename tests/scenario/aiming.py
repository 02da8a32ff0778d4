"""One real payload of each kind, as the local Slack sends it, aimed at each listener in turn."""

from collections.abc import Iterator
from copy import deepcopy
from uuid import uuid4

from bot.cards.catalogue.links import encode_draft
from bot.cards.catalogue.publish_view import Asking, encode_asking
from bot.cards.catalogue.take_back import BackWish, encode_wish
from bot.cards.ids import Action, Shortcut
from bot.cards.links import Request, encode
from bot.cards.lookup.helpers_line import encode_helpers
from bot.cards.teams.helping.offer_links import encode_offer, encode_pair
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.catalogue.workspace_catalogue import Upload, UploadedDraft
from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    HandleAction,
    MarkCell,
    MarkOtherwise,
    PlanAction,
    ShowActions,
    ShowEvidence,
    UndoMark,
)
from bot.domain.lookup.requests import ShowDetails, ShowGap, ShowRole, ShowSkill
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.nudges.requests import AnswerNudge
from bot.domain.teams.confirmation import AskColleague, OfConfirmation
from bot.domain.teams.requests import (
    AnswerPair,
    ChangeOffer,
    OfItem,
    OfMark,
    OfShare,
    ShowHelpers,
    TeamAsk,
)
from bot.sandbox.samples import ENGINEER
from bot.slack.press import Form, Kind, Press, Sent, Surface
from bot.slack.routes import Route
from tests.scenario.desk import Desk, Json, as_modal
from tests.scenario.growing import lead_cells
from tests.scenario.nudging import begin
from tests.scenario.strangers import control, form

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
        AskColleague(cell, in_details=True, back=back),
        OfConfirmation(1, Saw.SAW_IT),
        AddEvidence(cell, back, 1),
        ShowDetails(cell.skill, cell.role, cell.level, back),
        Assess(back, cell.skill),
        MarkCell(cell, Status.WORKING, back),
        MarkOtherwise(cell, back),
        UndoMark(cell, 1, back),
        ShowEvidence(),
        OfShare(1),
        OfItem(1, "0" * 18),
        OfMark(1, 1),
        TeamAsk(),
        PlanAction(cell, back),
        HandleAction(1),
        ShowActions(),
        ShowSkill(cell.skill, (cell.level,), cell.role),
        ShowRole(cell.role, ("junior",)),
        back,
    )
    draft = UploadedDraft(Upload("F1", None, "note"), 1, "digest")
    asking = encode_asking(Asking(draft, "Name", "D1", "1.0"))
    back_wish = encode_wish(BackWish(1, 2, "note", "Name"))
    talking = (encode_of(each, 1) for each in Of)
    helping = (
        encode_helpers(ShowHelpers(cell.skill)),
        encode_offer(ChangeOffer(cell.skill, HelpSide.HELP, on=True)),
        encode_pair(AnswerPair(1, yes=True)),
    )
    return [
        *map(encode, carried),
        *helping,
        *talking,
        encode_draft(draft),
        asking,
        back_wish,
        "1:2",
        "1",
    ]


def carried_by(route: Route, requests: list[str]) -> str:
    """Return a request that the listener takes."""
    for request in requests:
        if takes(route, request):
            return request
    raise AssertionError(f"nothing is carried by {route.name}")


def takes(route: Route, request: str) -> bool:
    """Tell whether a listener is called for a control or a form that carries this."""
    sent: Press[str] | Form[str] = Form(view=Surface(), request=request)
    if route.kind is Kind.PRESS:
        sent = Press(action=route.name, request=request, block_id=request)
    try:
        route.typed(sent)
    except OutdatedCard:
        return False
    return True


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

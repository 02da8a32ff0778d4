"""views.*"""

from bot.sandbox.api.call import ApiError, Call, Method
from bot.sandbox.api.people_methods import member_of
from bot.sandbox.dispatch.shapes import view_json
from bot.sandbox.judge import Surface, judge_view
from bot.sandbox.model import Json, Trigger, View
from bot.sandbox.state.views import StackFullError


def open_view(call: Call) -> Json:
    """views.open: a new stack of modals for whoever caused the trigger."""
    payload = _payload(call, "modal")
    trigger = _trigger(call)
    if trigger.view_id and call.site.views.top(trigger.member_id) is not None:
        call.entry.warn("opened_from_modal", "views.open replaces the stack; views.push adds to it")
    return _answer(
        call, call.site.views.open(trigger.member_id, payload, workspace_id=trigger.workspace_id)
    )


def push(call: Call) -> Json:
    """views.push: on top of an open modal, by a trigger from within it; three at most."""
    payload = _payload(call, "modal")
    trigger = _trigger(call)
    if not trigger.view_id or call.site.views.top(trigger.member_id) is None:
        raise ApiError("invalid_trigger_id")
    try:
        return _answer(
            call,
            call.site.views.push(trigger.member_id, payload, workspace_id=trigger.workspace_id),
        )
    except StackFullError:
        raise ApiError("push_limit_reached") from None


def update(call: Call) -> Json:
    """views.update: by view_id or external_id; refused when `hash` is not the view's own."""
    payload = _payload(call, None)
    view = _view(call)
    if call.text("hash") and call.text("hash") != view.hash:
        raise ApiError("hash_conflict")
    if payload.get("type") != view.type:
        raise ApiError("invalid_arguments", messages=["[ERROR] a view keeps its type"])
    return _answer(call, call.site.views.update(view, payload))


def publish(call: Call) -> Json:
    """views.publish: a member's App Home."""
    payload = _payload(call, "home")
    (member_id,) = call.required("user_id")
    member = member_of(call, member_id, missing="invalid_arguments")
    if member.is_bot or member.deleted:
        raise ApiError("invalid_arguments", messages=["[ERROR] the member has no App Home"])
    home = call.site.world.homes.get(member.id)
    if home is not None and call.text("hash") and call.text("hash") != home.hash:
        raise ApiError("hash_conflict")
    return _answer(call, call.site.views.publish(member.id, payload))


def _payload(call: Call, surface: Surface | None) -> Json:
    payload = call.structure("view", invalid="invalid_arguments")
    if payload is None:
        call.required("view")
    verdict = judge_view(payload, surface=surface)
    call.entry.record(verdict)
    if verdict.code:
        raise ApiError(verdict.code, messages=verdict.slack_messages)
    external_id = payload.get("external_id")
    taken = call.site.views.by_external_id(call.workspace.id, external_id or "")
    if taken is not None and taken.id != call.text("view_id", taken.id if surface is None else ""):
        raise ApiError("duplicate_external_id")
    found: Json = payload
    return found


def _trigger(call: Call) -> Trigger:
    value = call.text("trigger_id") or call.text("interactivity_pointer")
    if not value:
        call.required("trigger_id")
    trigger = call.site.world.triggers.get(value)
    if trigger is None or not call.reaches(trigger.workspace_id):
        raise ApiError("invalid_trigger_id")
    if trigger.spent:
        raise ApiError("exchanged_trigger_id")
    if call.site.world.trigger_expired(trigger) or call.site.faults.take_expired_trigger():
        raise ApiError("expired_trigger_id")
    trigger.spent = True
    return trigger


def _view(call: Call) -> View:
    if call.text("external_id"):
        view = call.site.views.by_external_id(call.workspace.id, call.text("external_id"))
    else:
        (view_id,) = call.required("view_id")
        view = call.site.world.views.get(view_id)
    if view is None or not view.is_open or not call.reaches(view.workspace_id):
        raise ApiError("not_found")
    return view


def _answer(call: Call, view: View) -> Json:
    return {"ok": True, "view": view_json(call.site.world, view)}


METHODS = {
    "views.open": Method(handler=open_view, tier=4),
    "views.push": Method(handler=push, tier=4),
    "views.update": Method(handler=update, tier=4),
    "views.publish": Method(handler=publish, tier=4),
}

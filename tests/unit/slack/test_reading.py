"""What Slack sends, read into values: as it should be, or a typed refusal, and nothing else."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowGap, ShowSkill
from bot.slack.press import Command, Form, Kind, Press, requested
from bot.slack.reading import Unfit, read, way_back
from tests.mutations import mutations
from tests.properties import examples

PLACE = {"type": "message", "is_ephemeral": True, "channel_id": "C1", "message_ts": "1.2"}
VIEW: dict[str, Any] = {
    "id": "V1",
    "type": "modal",
    "hash": "1.h",
    "callback_id": "evidence",
    "private_metadata": "evidence?",
    "previous_view_id": "V0",
    "blocks": [{"type": "section"}, {"type": "input", "block_id": "note"}],
    "state": {
        "values": {
            "note": {"evidence_note": {"type": "plain_text_input", "value": "done"}},
            "role.1": {"rung_role": {"selected_option": {"value": "role?k=a"}}},
            "days": {"nudge_days": {"selected_options": [{"value": "1"}, {"value": "2"}]}},
            "time": {"nudge_time": {"selected_time": "10:00"}},
            "people": {"catalogue_people": {"selected_users": ["U1", "U2"]}},
            "file": {"catalogue_file": {"files": [{"id": "F1", "name": "a.csv", "size": 12}]}},
            "empty": {"evidence_link": {"type": "plain_text_input", "value": None}},
        }
    },
}
OPTION = {"selected_option": {"value": "lead"}, "block_id": "gap?k=a"}
BODIES: dict[Kind, dict[str, Any]] = {
    Kind.COMMAND: {"command": "/skill", "text": "mlops", "response_url": "u", "trigger_id": "t"},
    Kind.PRESS: {
        "type": "block_actions",
        "actions": [{"action_id": "level", "type": "static_select"} | OPTION],
        "container": PLACE,
        "response_url": "u",
        "trigger_id": "t",
    },
    Kind.FORM: {"type": "view_submission", "view": VIEW},
    Kind.CLOSED: {"type": "view_closed", "view": VIEW, "is_cleared": False},
    Kind.SUGGESTION: {"type": "block_suggestion", "action_id": "find", "value": "ml"},
    Kind.SHORTCUT: {
        "type": "message_action",
        "callback_id": "save_evidence",
        "message": {"ts": "1.2", "text": "hello"},
        "channel": {"id": "C1"},
        "team": {"domain": "sample"},
        "trigger_id": "t",
    },
    Kind.EVENT: {
        "type": "event_callback",
        "event": {"type": "user_change", "user": {"id": "U1", "locale": "en-US", "tz": "UTC"}},
    },
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def reading(body: dict[str, Any]) -> Any:
    return read(body, tenant=None, team_id=None)


@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_is_told_from_the_others(kind: Kind) -> None:
    assert reading(BODIES[kind]).kind is kind


def test_a_command_is_read_whole() -> None:
    command = reading(BODIES[Kind.COMMAND]).value
    assert command == Command(name="/skill", text="mlops", url="u", trigger="t")


def test_a_press_is_read_whole() -> None:
    press = reading(BODIES[Kind.PRESS]).value
    assert press == Press(
        action="level",
        request="lead",
        chosen="lead",
        block_id="gap?k=a",
        url="u",
        trigger="t",
        is_message=True,
        is_own=True,
        channel="C1",
        ts="1.2",
    )
    assert press.own_url == "u"
    with pytest.raises(OutdatedCard):
        _ = press.surface


def test_a_form_is_read_whole() -> None:
    form: Form[str] = reading(BODIES[Kind.FORM]).value
    view = form.view
    assert (form.request, view.id, view.below, view.first_input) == (
        "evidence?",
        "V1",
        "V0",
        "note",
    )
    assert view.at("note").text == "done"
    assert (view.of("rung_role").block_id, view.of("rung_role").choice) == ("role.1", "role?k=a")
    assert view.at("days").chosen == ("1", "2")
    assert view.at("time").text == "10:00"
    assert view.at("people").people == ("U1", "U2")
    assert [(each.id, each.name, each.size) for each in view.at("file").files] == [
        ("F1", "a.csv", 12)
    ]
    assert (view.at("empty").text, view.at("no such block").choice) == ("", "")


def test_a_request_of_another_kind_is_an_outdated_card() -> None:
    assert requested(ShowGap, "gap?k=a") == ShowGap("a")
    for text in ("gap?k=a", "", "nonsense"):
        with pytest.raises(OutdatedCard):
            requested(ShowSkill, text)


@pytest.mark.parametrize("missing", ["type", "actions"])
def test_what_slack_never_leaves_out_is_missed(missing: str) -> None:
    body = {name: value for name, value in BODIES[Kind.PRESS].items() if name != missing}
    with pytest.raises(Unfit) as caught:
        reading(body)
    assert str(caught.value.params["part"]).startswith(missing)


def test_the_place_of_what_does_not_fit_is_told() -> None:
    body = BODIES[Kind.FORM] | {"view": VIEW | {"state": {"values": {"note": {"a": 7}}}}}
    with pytest.raises(Unfit) as caught:
        reading(body)
    assert caught.value.params["part"] == "view.state.values.note.a"
    assert way_back(body).surface.id == "V1"


@pytest.mark.parametrize("kind", BODIES)
def test_whatever_is_missing_or_of_another_type_is_read_or_refused(kind: Kind) -> None:
    """Every part of each payload in turn: left out, null, and of each other type."""
    for body in mutations(BODIES[kind]):
        way_back(body)
        with suppress(Unfit):
            assert isinstance(reading(body).name, str)


@examples(200)
@given(body=st.dictionaries(st.sampled_from([*"ab", *BODIES[Kind.PRESS], "type", "view"]), JSON))
def test_any_json_at_all_is_read_or_refused(body: dict[str, Any]) -> None:
    way_back(body)
    for kind in ("block_actions", "view_submission", "event_callback", "message_action"):
        with suppress(Unfit):
            assert isinstance(reading(body | {"type": kind}).name, str)


@pytest.mark.parametrize("moment", [10**30, -(10**30), -1, 10**12, True, 1.5, "1", None])
def test_a_moment_that_is_none_of_any_calendar_is_not_known(moment: object) -> None:
    body = BODIES[Kind.EVENT] | {"event_time": moment}
    told = read(body, tenant=None, team_id="T1", enterprise_id=None).value
    assert datetime.fromtimestamp(told.at, UTC).year == 1970

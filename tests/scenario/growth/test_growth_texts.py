"""Whatever is typed after `/growth`, or comes in a payload, is answered kindly and kept whole."""

import json

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.cards.ids import Action, Callback, Shortcut
from bot.domain.growth.evidence import MAX_NOTE
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.properties import tries_all
from tests.scenario.desk import Desk, as_modal, command_fields, interaction_fields
from tests.scenario.growing import member
from tests.scenario.lookup.test_bad_text import TEXTS, mentions_anyone
from tests.scenario.presses import button, chosen, pressed
from tests.scenario.strangers import Mouth, Stranger, form, rows_of

HALF, NUL = "\ud83d", "\x00"
UNKEEPABLE = f"half {HALF} a pair and {NUL} zero"


@pytest.mark.parametrize(
    "topic", ["", "role ", "goal ", "nudges ", "pause ", "language ", "resume "]
)
async def test_any_text_after_growth_is_answered(desk: Desk, topic: str) -> None:
    for name, text in TEXTS.items():
        outcome = await desk.engineer.command_outcome(f"/growth {topic}{text}")

        answer = outcome.messages[-1] if outcome.messages else None
        assert answer or outcome.view, name
        if answer:
            assert answer.text.strip(), name
            # The member's own dates are Slack's tokens, and mention nobody.
            shown = json.dumps(answer.blocks).replace("<!date", "")
            assert not mentions_anyone([], answer.text.replace("<!date", "") + shown), name
            assert NUL not in answer.text + shown, name
    assert (await member(desk)).time_zone == "Europe/Berlin"


async def test_half_a_surrogate_pair_in_a_command_is_answered(desk: Desk) -> None:
    """It comes over Socket Mode alone: JSON has a way to write one, a form has none."""
    for command in ("/skill", "/promote-gap", "/growth"):
        for text in (
            HALF,
            f"ml{HALF}ops senior",
            f"astro{HALF}naut",
            f"role {HALF}",
            f"goal {HALF}x",
        ):
            fields = command_fields(command=command, text=text)
            request = AsyncBoltRequest(body=fields, mode="socket_mode")
            answer = await desk.nextrung.app.async_dispatch(request)
            told = json.loads(answer.body)
            assert told["text"].encode()
            assert json.dumps(told, ensure_ascii=False).encode()
    await desk.drained()


CONTROLS = [str(each) for each in Action if each is not Action.NUDGE_STOP] + [
    f"{each}.0" for each in Action
]


UNSENDABLE = (UNKEEPABLE, f"skill?k={HALF}", f"gap?k=llm-engineer&l={HALF}", f"role?k={NUL}")


@pytest.mark.sampled
async def test_half_a_surrogate_pair_in_a_press_is_answered(desk: Desk) -> None:
    """Each control carries one of them in turn; in `make trials` all."""
    for turn, action_id in enumerate(CONTROLS):
        for value in UNSENDABLE if tries_all() else UNSENDABLE[turn % len(UNSENDABLE) :][:1]:
            action = chosen(action_id, value, {"value": value}) | button(action_id, value)
            trigger = desk.slack.world.new_trigger(ENGINEER).id
            answer = await desk.interact(pressed(desk, action, trigger_id=trigger))
            assert answer.status_code == 200, action_id
    await desk.drained()
    assert desk.logged("request_failed") == []


@pytest.mark.parametrize("callback", [*Callback])
async def test_a_form_filled_with_what_nobody_can_keep_is_answered(
    stored_desk: Desk, callback: Callback
) -> None:
    desk, mouth = stored_desk, Mouth(stored_desk, Stranger(ENGINEER, WORKSPACE, ENGINEER))
    for metadata in ("", UNKEEPABLE, "evidence?", f"details?k={HALF}&r=llm-engineer&l=lead"):
        view = form(callback, metadata)
        for fields in view["state"]["values"].values():
            for field in fields.values():
                if "value" in field:
                    field["value"] = UNKEEPABLE
        if callback is not Callback.FORGET_ME:
            told = json.loads(await mouth.submit(view) or "{}")
            assert HALF not in str(told)
    await desk.drained()
    assert desk.logged("request_failed") == []
    rows = await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)
    notes = [each.note for each in rows["evidence"]]
    assert all(NUL not in each and HALF not in each for each in notes)


@pytest.mark.parametrize(
    "text",
    [UNKEEPABLE, "<!channel> <@U0ADMIN> *bold*", "\u202eright to left שלום", "🎉" * 5_000],
    ids=["unkeepable", "mentions", "direction", "emoji"],
)
async def test_any_message_can_be_kept_as_evidence(stored_desk: Desk, text: str) -> None:
    desk = stored_desk
    payload = interaction_fields(
        "message_action",
        callback_id=Shortcut.SAVE_EVIDENCE,
        trigger_id=desk.slack.world.new_trigger(ENGINEER).id,
        response_url=desk.response_url(),
        message={"type": "message", "ts": "1790000000.000100", "user": "U0ADMIN", "text": text},
        channel={"id": "C0GENERAL", "name": "general"},
    )
    assert (await desk.interact(payload)).status_code == 200
    modal = desk.engineer.modal
    assert modal is not None
    shown = as_modal(await modal.submit())

    assert not modal.errors
    assert "<!channel>" not in shown.plain
    rows = await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)
    (kept,) = rows["evidence"]
    assert 0 < len(kept.note) <= MAX_NOTE
    assert NUL not in kept.note


@pytest.mark.parametrize("typed", [UNKEEPABLE, "x" * 10_000, "<!channel>", "\u202eטל", "🎉" * 999])
async def test_any_text_in_a_typeahead_of_growth_is_answered(desk: Desk, typed: str) -> None:
    for action in (Action.EVIDENCE_CELLS, Action.RUNG_ROLE, Action.FINDER, Action.CHOOSE_ROLE):
        asked = {"action_id": action, "block_id": "b", "value": typed}
        answer = await desk.interact(interaction_fields("block_suggestion", **asked))
        assert answer.status_code == 200
        assert len(answer.json()["options"]) <= 100
    assert desk.logged("request_failed") == []

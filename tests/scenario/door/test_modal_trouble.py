"""Modals that cannot be opened or turned, and what the member sees then."""

from tests.scenario.desk import Desk, interaction_fields
from tests.scenario.presses import MODAL, chosen


async def test_an_expired_trigger_is_told_and_the_next_press_opens_it(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    any_desk.slack.faults.expire_triggers()

    answer = await card.press("Details")

    assert any_desk.engineer.modal is None
    assert "within three seconds" in answer.plain
    assert await card.press("Details") is not None
    assert any_desk.engineer.modal is not None


async def test_modal_that_cannot_be_opened_is_told(any_desk: Desk) -> None:
    any_desk.faults_expected = True
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    for trouble in ("error", "fail", "drop_before"):
        getattr(any_desk.slack.faults, trouble)("views.open", times=5)
        answer = await card.press("Details")
        any_desk.slack.faults.clear()

        assert any_desk.engineer.modal is None
        assert len(answer.plain) > 20
        assert answer.plain != card.plain


async def test_modal_turned_while_slack_holds_an_older_one_is_no_crash(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    modal = await card.press("Details")
    desk.slack.faults.error("views.update", error="hash_conflict")

    await modal.choose("Choose a level", "junior")  # the answer is a quiet acknowledgement

    assert "Senior" in modal.plain
    turned = await modal.choose("Choose a level", "middle")  # Slack would not send Junior again
    assert "*Middle*" in turned.plain


async def test_modal_with_edited_metadata_is_no_crash(desk: Desk) -> None:
    for metadata in (
        "",
        "nonsense",
        "skill?k=mlops",
        "details?k=gone&r=llm-engineer&l=senior",
        "details?k=a",
    ):
        view = MODAL | {"hash": "1.1", "callback_id": "details", "private_metadata": metadata}
        payload = interaction_fields(
            "block_actions",
            view=view,
            container={"type": "view", "view_id": "V1"},
            actions=[chosen("details_level", "b", {"value": "lead"})],
        )

        answer = await desk.interact(payload)

        assert answer.status_code == 200


async def test_an_error_in_a_modal_is_shown_on_top_of_it(desk: Desk) -> None:
    desk.faults_expected = True
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    modal = await card.press("Details")
    desk.slack.faults.error("views.update", error="internal_error")

    told = await modal.choose("Choose a level", "junior")

    assert "Slack could not do its part just now" in told.plain
    assert told.is_open
    assert "Senior" in modal.plain

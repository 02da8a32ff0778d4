"""Forms saved long after their card was opened: what was saved is always confirmed."""

import pytest

from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import member

HALF_AN_HOUR = 31 * 60


async def gone(desk: Desk, how: str) -> None:
    """Let the response URL be one that Slack no longer takes."""
    if how == "late":
        desk.slack.advance(HALF_AN_HOUR)
    else:
        desk.slack.faults.error("response_url", error=how, times=3)


@pytest.mark.parametrize("how", ["late", "expired_url", "used_url"])
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/growth role", "Recorded: you are *LLM Engineer, Senior*"),
        ("/growth goal", "Your goal is *LLM Engineer, Lead*"),
        ("/growth nudges", "Saved."),
    ],
)
async def test_a_form_of_a_command_confirms_in_a_message(
    desk: Desk, command: str, said: str, how: str
) -> None:
    form = as_modal(await desk.engineer.command_view(command))
    await gone(desk, how)

    await form.submit()
    await desk.drained()

    assert said in desk.engineer.messages()[-1].plain


@pytest.mark.parametrize("how", ["late", "expired_url", "used_url"])
async def test_evidence_of_an_old_card_confirms_in_a_message(desk: Desk, how: str) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    form = as_modal(await card.choose("mark_menu.0", "Add evidence…"))
    await form.fill({"Note": "Shipped it"})
    await gone(desk, how)

    await form.submit()
    await desk.drained()

    assert "Kept." in desk.engineer.messages()[-1].plain
    growth = (await desk.nextrung.services.growth.of(await member(desk))).growth
    assert [each.note for each in growth.evidence] == ["Shipped it"]


async def test_a_form_in_time_confirms_where_it_was_opened(desk: Desk) -> None:
    form = as_modal(await desk.engineer.command_view("/growth goal"))
    await form.submit()
    await desk.drained()
    assert "Your goal is" in desk.engineer.messages("general")[-1].plain
    assert desk.engineer.messages() == []


async def test_a_form_of_home_confirms_on_home_alone(desk: Desk) -> None:
    form = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "Change Role…"))
    await gone(desk, "late")
    await form.submit()
    assert "LLM Engineer, Senior" in (await desk.refreshed(desk.engineer)).plain
    assert desk.engineer.messages() == []

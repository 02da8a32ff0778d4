"""The same delivery twice, at once, later or out of order: it is carried out once."""

import asyncio
import json

import pytest

from bot.cards.links import encode
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkCell
from tests.scenario.desk import Desk, Json, as_modal
from tests.scenario.growing import history, lead_cells
from tests.scenario.presses import button, pressed


def published(desk: Desk) -> int:
    return len(desk.slack.inspector.find(kind="api", name="views.publish"))


def files(desk: Desk) -> int:
    return sum(bool(each.shared) for each in desk.engineer.messages())


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_event_sent_again_is_carried_out_once(any_desk: Desk, at_once: bool) -> None:
    desk = any_desk
    opened = {"type": "app_home_opened", "user": desk.engineer.id, "tab": "home"}
    before = published(desk)
    sending = [desk.slack.event(opened, event_id="Ev0SAME") for _ in range(3)]
    if at_once:
        await asyncio.gather(*sending)
    else:
        for each in sending:
            await each
            await desk.drained()
    await desk.drained()
    assert published(desk) == before + 1

    await desk.slack.event(opened, event_id="Ev0OTHER")
    await desk.slack.event(opened, event_id="Ev0SAME")  # late, and out of order
    await desk.drained()
    assert published(desk) == before + 2


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_press_delivered_again_is_carried_out_once(desk: Desk, at_once: bool) -> None:
    press = pressed(desk, button("export_data", "x"))
    if at_once:
        await asyncio.gather(desk.interact(press), desk.interact(press))
    else:
        await desk.interact(press)
        await desk.drained()
        await desk.interact(press)
    await desk.drained()
    assert files(desk) == 1

    await desk.interact(pressed(desk, button("export_data", "x")))
    await desk.drained()
    assert files(desk) == 2


async def test_two_clicks_on_met_are_one_mark(desk: Desk) -> None:
    """A double click is two presses of Slack's; what they lead to is the same."""
    request = encode(MarkCell(lead_cells(desk)[0], Status.MET))
    first, second = (pressed(desk, button("mark.0", request)) for _ in range(2))
    await asyncio.gather(desk.interact(first), desk.interact(second), desk.interact(first))
    assert [each.status for each in await history(desk)] == [Status.MET]


async def test_a_note_sent_twice_is_one_mark(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    await details.fill({"Note": "Led it"})
    await details.submit()
    sent = next(each for each in reversed(desk.answers) if each.kind == "view_submission")
    payload: Json = (
        json.loads(sent.request["payload"]) if "payload" in sent.request else sent.request
    )

    again = await desk.interact(payload)
    # Another process, which has not seen the first.
    later = await desk.interact(payload | {"trigger_id": "9.9.other"})

    assert again.json()["response_action"] == "update"
    assert later.json()["response_action"] == "update"
    assert [each.note for each in await history(desk)] == ["Led it"]

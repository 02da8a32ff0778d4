"""Somebody who shares with many: each share is within reach, with what the two agreed."""

from datetime import datetime

from bot.cards.teams.talk_links import Of, decode_of
from bot.domain.lookup.requests import ShowGap
from bot.domain.tenancy import Member as Person
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import ViewHandle
from bot.sandbox.model import Member
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import member
from tests.scenario.teams.two_people import deliver, share

OTHERS = 11


async def shared_with_many(desk: Desk) -> list[int]:
    """Let the engineer share with the manager and eleven more; return the ids of the shares."""
    ids = [await share(desk)]
    me, now = await member(desk), desk.slack.clock.now()
    goal = (await desk.nextrung.services.growth.of(me)).growth.active_goal
    assert goal is not None
    for number in range(OTHERS):
        name = f"U0OTHER{number:02d}"
        await _newcomer(desk, name)
        ids.append(await _accepted(desk, ENGINEER, name, goal_id=goal.id, at=now))
    return ids


def controls_of(view: ViewHandle, name: str) -> int:
    return view.buttons.count(name)


async def test_every_share_can_be_stopped_and_talked_about(desk: Desk) -> None:
    await shared_with_many(desk)
    home = await desk.home(desk.engineer)
    assert home.buttons.count("Stop Sharing") == 5
    # A line each for five talks, and beside the shares that have no such line.
    assert "All 12…" in home.buttons
    listed = as_modal(await home.press("All 12…"))
    assert controls_of(listed, "Stop Sharing") == 10
    assert controls_of(listed, "Agreed and Talks") == 10
    rest = as_modal(await listed.press("Next 2"))
    assert controls_of(rest, "Agreed and Talks") == 2
    assert f"U0OTHER{OTHERS - 1:02d}" in rest.plain
    talks = as_modal(await rest.press("Agreed and Talks"))
    assert "No rhythm yet." in talks.plain
    form = as_modal(await talks.press("Choose a Rhythm"))
    assert form.is_open

    again = as_modal(await (await desk.home(desk.engineer)).press("All 12…"))
    stopped = as_modal(await again.press("Stop Sharing"))
    assert "no longer sees your goal" in stopped.plain
    await deliver(desk)
    assert "All 11…" in (await desk.home(desk.engineer)).buttons


async def test_page_that_is_gone_is_the_last_one(desk: Desk) -> None:
    await shared_with_many(desk)
    page = await desk.nextrung.services.sharing.mine(await member(desk), 99)
    assert (page.page, len(page.shares), page.total) == (1, 2, 12)
    nothing = await desk.nextrung.services.sharing.mine(await member(desk, MANAGER), 0)
    assert (nothing.shares, nothing.total) == ((), 0)


async def test_whose_line_home_has_no_room_for_are_reached_beside_the_share(desk: Desk) -> None:
    """Talks of Home are those of either side: of one's own the rest are beside the share."""
    ids = await shared_with_many(desk)
    home = (await desk.home(desk.engineer)).view
    reached = [
        decode_of(Of.SHARE)(each["value"])
        for block in home.payload["blocks"]
        for each in (block.get("elements") or [block.get("accessory") or {}])
        if str(each.get("action_id", "")).startswith("talks.")
    ]
    assert sorted(reached) == sorted({*reached, *ids[:5]})


async def test_the_other_reaches_talks_from_the_goal_and_loses_them_with_it(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    share_id = await share(desk)
    talking = desk.nextrung.services.talking
    await talking.note(await member(desk), share_id, "hold the review", both=True, token="t")
    goal = as_modal(await (await desk.home(desk.manager)).press("Open"))
    talks = as_modal(await goal.press("Agreed and Talks"))
    assert "hold the review" in talks.plain
    form = as_modal(await talks.press("Note What You Agreed"))
    assert form.is_open

    only = as_modal(await (await desk.home(desk.manager)).press("Agreed and Talks"))
    assert "hold the review" in only.plain
    home = (await desk.home(desk.engineer)).plain
    assert "Looked" in home
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await deliver(desk)
    shown = as_modal(desk.manager.modal)
    assert "no longer shared" in shown.plain
    assert "hold the review" not in shown.plain


async def test_opened_from_home_talks_are_no_look(desk: Desk) -> None:
    await share(desk)
    await (await desk.home(desk.manager)).press("Agreed and Talks")
    assert "Has not looked yet" in (await desk.home(desk.engineer)).plain


async def test_in_a_second_modal_talks_take_its_place_so_that_forms_have_room(desk: Desk) -> None:
    """List, goal, talks and form would be four, and Slack stacks three."""
    await share(desk)
    for number in range(6):
        await _shared_with_manager(desk, f"U0OWNER{number:02d}")
    people = as_modal(await (await desk.home(desk.manager)).press("All 7…"))
    goal = as_modal(await people.press("Open"))
    talks = as_modal(await goal.press("Agreed and Talks"))
    assert "No rhythm yet." in talks.plain
    form = as_modal(await talks.press("Choose a Rhythm"))
    assert "How often" in form.plain


async def _shared_with_manager(desk: Desk, name: str) -> None:
    """Let one more engineer share their goal with the manager."""
    services, now = desk.nextrung.services, desk.slack.clock.now()
    person = await _newcomer(desk, name)
    goal = ShowGap("llm-engineer", ("lead",))
    await services.goals.set(person, services.catalogues.shelf(), goal)
    active = (await services.growth.of(person)).growth.active_goal
    assert active is not None
    await _accepted(desk, name, MANAGER, goal_id=active.id, at=now)


async def _newcomer(desk: Desk, name: str) -> Person:
    """Let somebody be in Slack, and known here."""
    desk.slack.world.members[name] = Member(
        id=name, workspace_id=WORKSPACE, handle=name.lower(), name=name, tz="Europe/Berlin"
    )
    return await desk.nextrung.services.members.find(Tenant(WORKSPACE), name)


async def _accepted(desk: Desk, owner: str, other: str, *, goal_id: int, at: datetime) -> int:
    async with desk.nextrung.database.write(Tenant(WORKSPACE)) as work:
        held = await work.members.hold(owner, at=at)
        assert held is not None
        share_id = await work.shares.ask(held, other, goal_id=goal_id, shows_from=at, at=at)
        assert share_id is not None
        assert await work.shares.accept(share_id, other, at=at)
    return share_id

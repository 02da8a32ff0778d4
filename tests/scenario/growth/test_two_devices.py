"""Two devices of one member at once, also on two processes: both are answered, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.cards.links import encode
from bot.domain.growth.assessment import Status
from bot.domain.growth.goal import GoalState
from bot.domain.growth.holdings import Growth
from bot.domain.growth.requests import EditEvidence, MarkCell
from bot.domain.lookup.requests import ShowGap
from bot.sandbox.samples import ENGINEER
from bot.services.bundle import Services, build_services
from bot.services.installs.moving import Moves
from bot.services.ports import Profile
from bot.store.database import Database
from tests.fakes.directory import FakeDirectory
from tests.fakes.messenger import SampleMessenger
from tests.fakes.profiles import SampleProfiles
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import history, lead_cells, mark, member
from tests.scenario.presses import button, pressed

LEAD = ShowGap("llm-engineer", ("lead",))


@pytest.fixture
async def elsewhere(stored_desk: Desk, bot_url: str) -> AsyncIterator[Services]:
    """The services of another process on the same database; what it remembers is its own."""
    here, database = stored_desk.nextrung.services, Database(bot_url)
    yield build_services(
        database,
        catalogues=here.catalogues,
        profiles=SampleProfiles(None),
        messenger=SampleMessenger(),
        directory=FakeDirectory(),
        translators=here.translators,
        moves=Moves(database, here.clock),
        clock=here.clock,
        fresh_for=here.measuring._fresh_for,
    )
    await database.dispose()


async def growth(desk: Desk) -> Growth:
    """What the store holds for the engineer."""
    desk.nextrung.services.growth.clear()
    return (await desk.nextrung.services.growth.of(await member(desk))).growth


async def test_role_and_language_chosen_at_once_are_both_kept(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me = await member(stored_desk)
    shelf = here.catalogues.shelf()
    for language, level in (("zh", "lead"), ("en", "junior"), (None, "principal")):
        await asyncio.gather(
            here.members.choose_language(me, language),
            there.members.choose_role(me, shelf, "llm-engineer", level),
        )
        for each in (here, there):
            each.members.clear()
            found = await each.members.find(me.tenant, ENGINEER)
            assert (found.language, found.level_key) == (language, level)


async def test_what_slack_tells_leaves_what_the_member_chose(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me = await member(stored_desk)
    shelf = here.catalogues.shelf()
    # It knows the member as they were before.
    assert await there.members.find(me.tenant, ENGINEER) == me

    await here.members.choose_role(me, shelf, "data-scientist", "junior")
    await asyncio.gather(
        here.members.choose_language(me, "zh"),
        there.members.profile_changed(me.tenant, ENGINEER, Profile("en-GB", "Asia/Tokyo")),
    )

    here.members.clear()
    found = await here.members.find(me.tenant, ENGINEER)
    expected = replace(
        me, role_key="data-scientist", level_key="junior", language="zh", locale="en-GB"
    )
    assert found == replace(expected, time_zone="Asia/Tokyo")


async def test_a_choice_just_after_being_forgotten_elsewhere_brings_nothing_else_back(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me = await member(stored_desk)
    await here.members.choose_language(me, "zh")
    held = await here.members.find(me.tenant, ENGINEER)
    await there.records.forget(me)

    await here.members.choose_role(held, here.catalogues.shelf(), "data-scientist", "lead")
    found = await there.members.find(me.tenant, ENGINEER)
    assert (found.role_key, found.level_key, found.language) == ("data-scientist", "lead", None)

    await there.records.forget(me)
    await here.assessing.mark(held, here.catalogues.shelf(), lead_cells(stored_desk)[0], Status.MET)
    there.members.clear()
    assert (await there.members.find(me.tenant, ENGINEER)) == held.newcomer
    assert not await there.members.profile_changed(me.tenant, "U0STRANGER", Profile("en-GB", "UTC"))


async def test_a_note_keeps_the_status_that_another_process_has_just_set(
    stored_desk: Desk, elsewhere: Services
) -> None:
    desk, cell = stored_desk, lead_cells(stored_desk)[0]
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    modal = as_modal(await card.choose("mark_menu.0", "Details…"))
    me, shelf = await member(desk), elsewhere.catalogues.shelf()
    await elsewhere.assessing.mark(me, shelf, cell, Status.MET)

    await modal.fill({"Note": "Written before I knew"})
    await modal.submit()

    marks = [(each.status, each.note) for each in await history(desk)]
    assert marks == [(Status.MET, ""), (Status.MET, "Written before I knew")]


async def test_marks_of_two_processes_at_once_are_both_kept(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me, shelf = await member(stored_desk), here.catalogues.shelf()
    cells = lead_cells(stored_desk)[:12]
    await asyncio.gather(
        *(
            (here, there)[number % 2].assessing.mark(me, shelf, cell, Status.MET)
            for number, cell in enumerate(cells)
        )
    )
    assert {each.cell for each in await history(stored_desk)} == set(cells)
    # Each process has its own last write at hand at least, and the store has all.
    assert set((await growth(stored_desk)).marks) == set(cells)


async def test_a_goal_set_on_two_devices_at_once_is_one_goal(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me, shelf = await member(stored_desk), here.catalogues.shelf()
    await asyncio.gather(*(each.goals.set(me, shelf, LEAD) for each in (here, there, here, there)))
    record = await here.records.everything(me)
    assert [each.state for each in record.goals] == [GoalState.ACTIVE]

    principal = ShowGap("llm-engineer", ("principal",))
    await asyncio.gather(
        here.goals.set(me, shelf, LEAD), there.goals.set(me, shelf, principal), here.goals.drop(me)
    )
    record = await here.records.everything(me)
    assert sum(each.state is GoalState.ACTIVE for each in record.goals) <= 1


async def test_a_goal_is_reached_once_by_two_devices(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me, shelf = await member(stored_desk), here.catalogues.shelf()
    await here.goals.set(me, shelf, LEAD)
    there.growth.clear()
    cells = lead_cells(stored_desk)
    for cell in cells[2:]:
        await mark(stored_desk, cell)

    marked = await asyncio.gather(
        here.assessing.mark(me, shelf, cells[0], Status.MET),
        there.assessing.mark(me, shelf, cells[1], Status.MET),
    )

    assert [each.reached for each in marked].count(True) == 1


async def test_presses_on_two_devices_at_once_are_all_answered(stored_desk: Desk) -> None:
    desk, cells = stored_desk, lead_cells(stored_desk)
    presses = [pressed(desk, button("pick_goal.0", encode(LEAD))) for _ in range(3)]
    presses += [
        pressed(desk, button("mark.0", encode(MarkCell(cell, Status.WORKING, LEAD))))
        for cell in cells[:4]
        for _ in range(2)
    ]
    answers = await asyncio.gather(*map(desk.interact, presses))

    assert {each.status_code for each in answers} == {200}
    assert sorted(each.cell for each in await history(desk)) == sorted(cells[:4])
    assert (await growth(desk)).active_goal is not None
    assert "4 of" not in (await desk.refreshed(desk.engineer)).plain


async def test_a_piece_deleted_and_edited_at_once_ends_as_one_of_both(
    stored_desk: Desk, elsewhere: Services
) -> None:
    here, there = stored_desk.nextrung.services, elsewhere
    me = await member(stored_desk)
    await here.evidence.add(me, note="First", link="", supports=(), token="t")
    (piece,) = (await growth(stored_desk)).evidence
    await asyncio.gather(
        here.evidence.delete(me, piece.id),
        there.evidence.edit(me, piece.id, note="Second", link="", supports=()),
        there.evidence.delete(me, piece.id),
        return_exceptions=True,
    )
    assert (await growth(stored_desk)).evidence == ()
    told = pressed(stored_desk, button("edit_evidence.0", encode(EditEvidence(piece.id))))
    assert (await stored_desk.interact(told)).status_code == 200


async def test_the_last_piece_that_there_can_be_is_kept_once(
    stored_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Submitted twice, it is no piece too many the second time."""
    monkeypatch.setattr("bot.services.growth.evidence.MAX_PIECES", 1)
    me, keeping = await member(stored_desk), stored_desk.nextrung.services.evidence
    kept = [keeping.add(me, note="Once", link="", supports=(), token="t") for _ in range(3)]
    await asyncio.gather(*kept)
    assert [each.note for each in (await growth(stored_desk)).evidence] == ["Once"]


async def test_marks_in_the_details_of_two_devices_end_as_the_later_one(stored_desk: Desk) -> None:
    desk, lead = stored_desk, "/promote-gap llm-engineer lead"
    phone, laptop = [
        as_modal(await (await desk.engineer.command(lead)).choose("mark_menu.0", "Details…"))
        for _ in range(2)
    ]
    await asyncio.gather(phone.press("Met"), laptop.press("Working on It"))

    marks = await history(desk)
    assert {each.status for each in marks} == {Status.MET, Status.WORKING}
    again = as_modal(
        await (await desk.engineer.command(f"/skill {marks[0].cell.skill} lead")).press("Details")
    )
    assert {"met": "Met · ", "working": "Working on it · "}[marks[-1].status] in again.plain

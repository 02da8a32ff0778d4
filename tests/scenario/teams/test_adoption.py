"""Adoption: counted once at a month's end, shown to owners and admins, never fewer than five."""

from datetime import date, timedelta

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import ADMIN, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.presses import button, pressed

HERE = Tenant(WORKSPACE)
CELL = CellKey("llm-engineer", "lead", "ml-experiment-tracking")


async def people_mark(
    desk: Desk, count: int, *, first: int = 0, role: str = "llm-engineer"
) -> None:
    """Let so many people mark something now."""
    now = desk.slack.clock.now()
    async with desk.nextrung.database.write(HERE) as work:
        for number in range(first, first + count):
            who = Member(HERE, f"U{number:04}", role_key=role, level_key="senior")
            await work.members.add(who, at=now)
            await work.members.change(who.slack_id, {"role_key": role}, at=now)
            owner = await work.members.hold(who.slack_id, at=now)
            assert owner is not None
            mark = Assessment(CELL, Status.MET, now)
            await work.assessments.append(owner, [mark])


async def next_month(desk: Desk) -> date:
    """Let the month end, and everything be counted; return the first day of the one that ended."""
    month = desk.slack.clock.now().date().replace(day=1)
    after = (month + timedelta(days=32)).replace(day=1)
    desk.slack.advance((after - desk.slack.clock.now().date()).days * 86_400 + 86_400)
    await desk.nextrung.services.adoption.turn()
    return month


async def test_an_admin_sees_counts_that_stay_as_they_were_counted(stored_desk: Desk) -> None:
    desk = stored_desk
    await people_mark(desk, 13)
    await people_mark(desk, 4, first=50, role="data-scientist")
    await next_month(desk)
    modal = as_modal(await (await desk.home(desk.admin)).press("Adoption"))
    assert "10+ marked where they stand" in modal.plain
    assert "set a goal" not in modal.plain
    assert "LLM Engineer: " in modal.plain
    assert "Data Scientist" not in modal.plain

    # What comes later, by a clock that lags or a replica that is late, changes nothing.
    services, database = desk.nextrung.services, desk.nextrung.database
    before = modal.plain
    await people_mark(desk, 9, first=100)
    await services.adoption.turn()
    async with database.write(HERE) as work:
        months, _ = await work.adoption.kept(since=date(2000, 1, 1))
        assert not [
            month
            for month in months
            if await work.adoption.count(month, answered_nudges=(), at=services.clock.now())
        ]
    again = as_modal(await (await desk.home(desk.admin)).press("Adoption"))
    assert again.plain == before


async def test_only_multiples_of_five_are_kept_at_all(stored_desk: Desk) -> None:
    desk = stored_desk
    await people_mark(desk, 17)
    await next_month(desk)
    async with desk.nextrung.database.read(HERE) as work:
        _, rows = await work.adoption.kept(since=date(2000, 1, 1))
    assert [each.people for each in rows] == [15]


async def test_the_file_has_every_month_and_role(desk: Desk) -> None:
    await people_mark(desk, 6)
    first = await next_month(desk)
    await people_mark(desk, 11, role="data-scientist")
    await next_month(desk)
    modal = as_modal(await (await desk.home(desk.admin)).press("Adoption"))
    await modal.press("Send as CSV")
    await desk.refreshed(desk.admin)
    (sent,) = [each for each in desk.admin.messages() if each.files]
    lines = sent.files[0].decode("utf-8-sig").splitlines()
    assert lines[0] == "month,role,role_name,goals,nudges,assessments,evidence"
    assert f"{first:%Y-%m},'*,,0,0,5,0" in lines or f"{first:%Y-%m},*,,0,0,5,0" in lines
    assert any(line.endswith("data-scientist,Data Scientist,0,0,10,0") for line in lines)


async def test_nobody_else_sees_anything_of_it(desk: Desk) -> None:
    await people_mark(desk, 10)
    await next_month(desk)
    assert "Adoption" not in (await desk.home(desk.engineer)).buttons
    for action in ("adoption", "adoption_file"):
        await desk.interact(pressed(desk, button(action, "adoption")))
    await desk.refreshed(desk.engineer)
    assert desk.engineer.modal is None
    assert not [each for each in desk.engineer.messages() if each.files]
    assert "10+" not in str([each.response for each in desk.answers])


async def test_before_a_month_is_over_it_says_so(desk: Desk) -> None:
    assert desk.slack.member(ADMIN) is not None
    modal = as_modal(await (await desk.home(desk.admin)).press("Adoption"))
    assert "No month has been counted yet." in modal.plain

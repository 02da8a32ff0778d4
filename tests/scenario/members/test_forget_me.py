"""Forget me: asked once, then nothing is left of the member, in no table and in no log."""

import logging
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import MetaData, inspect, select

from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.lookup.requests import ShowGap
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.agreed import Side
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.manager_marks import item_key
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.rhythm import Often
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from bot.store.database import Database
from tests.fakes.all_rows import all_rows
from tests.scenario.desk import Desk, as_modal
from tests.scenario.figures import required_cells
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.locked import write_locked
from tests.scenario.nudging import nudged
from tests.scenario.strangers import rows_of

NOTE = "the quiet zebra wrote this"
FRIDAY = 4
URL = "https://example.com/quiet-zebra"


async def everything(database: Database) -> str:
    """Every value of every row of every table, as text."""
    async with all_rows(database._reader) as connection:
        tables = MetaData()
        await connection.run_sync(tables.reflect)
        found: list[Any] = []
        for table in tables.sorted_tables:
            found += (await connection.execute(select(table))).all()
        names = await connection.run_sync(lambda each: inspect(each).get_table_names())
    assert set(names) == set(tables.tables)
    return "\n".join(str(tuple(row)) for row in found)


async def held(desk: Desk, slack_id: str) -> None:
    """Let a sample member hold a goal, marks and evidence."""
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    me = await member(desk, slack_id)
    await services.goals.set(me, shelf, ShowGap("llm-engineer", ("lead",)))
    cells = lead_cells(desk)
    await services.assessing.mark(me, shelf, cells[0], Status.MET, note=f"{NOTE} {slack_id}")
    today = services.actions.today(me)
    planned = await services.actions.plan(me, cells[0], text=NOTE, due=today, token="V0TWO")
    await services.evidence.add(
        me,
        note=f"{NOTE} {slack_id}",
        link=f"{URL}/{slack_id}",
        supports=cells[:2],
        token="V0ONE",
        action_id=planned.growth.actions[0].id,
    )


async def agreed_and_talked(desk: Desk) -> None:
    """Let the two agree, talk, and note what was said."""
    services, now = desk.nextrung.services, desk.slack.clock.now()
    me, colleague = await member(desk, ENGINEER), await member(desk, CHINESE_ENGINEER)
    async with desk.nextrung.database.write(me.tenant) as work:
        share_id = (await work.shares.by(ENGINEER))[0].id
        talk_id = await work.talks.begin(share_id, now)
        await work.talks.brief(talk_id, Side.OWNER)
    await services.agreeing.propose(colleague, share_id, lead_cells(desk)[0], now.date())
    await services.agreeing.propose(me, share_id, lead_cells(desk)[1], now.date())
    await services.talking.note(colleague, share_id, f"{NOTE} {ENGINEER}", both=True, token="t")
    await services.talking.set(
        me, share_id, often=Often.WEEKLY, weekday=3, at=time(14), zone="Europe/Berlin"
    )


async def nudged_and_asked_again(desk: Desk) -> None:
    """Let the engineer get a nudge, ask for another one and put that off."""
    nudge = await nudged(desk, desk.engineer)
    await nudge.press("Another")
    await nudge.choose("Later", "In a Month")
    await desk.drained()


async def shared_and_looked_at(desk: Desk) -> None:
    """Let the engineer share all of it with somebody who looks."""
    other = desk.chinese
    form = await desk.engineer.command_view(f"/growth share <@{other.id}>")
    await form.fill({"Evidence": [form.options("Evidence")[0]]})
    await form.submit()
    await form.close()
    assert await desk.nextrung.app.drained(10)
    await other.messages("dm")[-1].press("接受")
    assert await desk.nextrung.app.drained(10)
    await (await desk.home(other)).press("打开")
    assert await desk.nextrung.app.drained(10)


async def shown_in_a_table(desk: Desk) -> None:
    """Let whom the engineer shares with get a table of all who share with them."""
    other = await member(desk, CHINESE_ENGINEER)
    await desk.nextrung.services.team.send(other, TeamAsk(), LetterKind.TEAM_TABLE)
    await desk.drained()


async def marked_and_answered(desk: Desk) -> None:
    """Let whom the engineer shares with mark the goal, and the engineer answer."""
    services, note = desk.nextrung.services, f"{NOTE} {ENGINEER}"
    me, other = await member(desk), await member(desk, CHINESE_ENGINEER)
    async with desk.nextrung.database.read(me.tenant) as work:
        share_id = (await work.shares.by(ENGINEER))[0].id
    first, second = (item_key(each) for each in lead_cells(desk)[:2])
    await services.marking.mark(other, share_id, first, Status.WORKING, note)
    await services.marking.send(other, share_id)
    await services.marking.mark(other, share_id, second, Status.MET, note)
    async with desk.nextrung.database.read(me.tenant) as work:
        (sent,) = await work.manager_marks.about(ENGINEER)
    await services.marking.reply(me, share_id, sent.id, note)


async def paired(desk: Desk) -> None:
    """Let the engineer offer help with a skill, and somebody want to learn it."""
    services, skill = desk.nextrung.services, lead_cells(desk)[0].skill
    catalogue = services.catalogues.shelf().catalogue
    for slack_id, side in ((ENGINEER, HelpSide.HELP), (ADMIN, HelpSide.LEARN)):
        who = await member(desk, slack_id)
        await services.help_offers.change(who, catalogue, skill, side, on=True)
    now = desk.slack.clock.now()
    noon = now.replace(hour=15, minute=0) + timedelta(days=1)
    while noon.weekday() > FRIDAY:
        noon += timedelta(days=1)
    desk.slack.advance((noon - now).total_seconds())
    for _ in range(3):  # Slack may not say in time who they are: it is asked again a day later
        await services.helper_accounts.turn()
        await services.pairing.turn()
        desk.slack.advance(timedelta(days=1).total_seconds())
    await desk.drained()


async def asked_a_colleague(desk: Desk) -> None:
    """Let the engineer ask somebody to confirm something, who does so."""
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    cell, note = lead_cells(desk)[0], f"{NOTE} {ENGINEER}"
    found = await services.confirmations.ask(
        await member(desk), shelf, cell, other=ADMIN, sentence=note
    )
    await services.confirmations.answer(await member(desk, ADMIN), found.id, Saw.SAW_IT, note)


async def test_what_goes_is_listed_and_nothing_is_left(
    stored_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = stored_desk
    caplog.set_level(logging.INFO)
    await held(desk, ENGINEER)
    await held(desk, MANAGER)
    await nudged_and_asked_again(desk)
    await asked_a_colleague(desk)
    await shared_and_looked_at(desk)
    await shown_in_a_table(desk)
    await marked_and_answered(desk)
    await agreed_and_talked(desk)
    await paired(desk)
    database = desk.nextrung.database
    async with database.write(Tenant(WORKSPACE)) as work:
        await work.workspaces.grant_catalogue([ENGINEER, MANAGER], at=desk.slack.clock.now())
    assert f"{NOTE} {ENGINEER}" in await everything(database)
    rows = await rows_of(database, ENGINEER, WORKSPACE)
    # A table that nobody fills here would prove nothing.
    assert [name for name, found in rows.items() if not found] == []
    others = await rows_of(database, MANAGER, WORKSPACE)

    modal = await desk.engineer.command_view("/growth forget-me")
    assert "1 assessment" in modal.plain
    assert "1 piece of evidence" in modal.plain
    assert "1 goal" in modal.plain
    assert "1 share by or with you" in modal.plain
    assert "your nudges" in modal.plain
    assert f"{NOTE} {ENGINEER}" in await everything(desk.nextrung.database)
    await modal.submit()
    home = await desk.refreshed(desk.engineer)

    assert "Nextrung holds nothing about you any more" in modal.plain
    assert "1 piece of evidence" in modal.plain
    assert home.plain.startswith("What does the next level ask of you?")
    left = await everything(desk.nextrung.database)
    for trace in (f"{NOTE} {ENGINEER}", f"{URL}/{ENGINEER}", ENGINEER):
        assert trace not in left
    assert f"{NOTE} {MANAGER}" in left
    assert not any((await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)).values())
    assert await rows_of(desk.nextrung.database, MANAGER, WORKSPACE) == others
    logs = "\n".join([*map(str, desk.logs), *(each.getMessage() for each in caplog.records)])
    for trace in (NOTE, URL, ENGINEER, MANAGER):
        assert trace not in logs


async def test_keeping_it_changes_nothing(desk: Desk) -> None:
    await held(desk, ENGINEER)
    modal = await desk.engineer.command_view("/growth forget-me")
    await modal.close()

    assert f"{NOTE} {ENGINEER}" in await everything(desk.nextrung.database)


async def test_forgetting_twice_is_calm(desk: Desk) -> None:
    await held(desk, ENGINEER)
    first = await desk.engineer.command_view("/growth forget-me")
    await first.submit()
    submission = next(
        each.request for each in reversed(desk.answers) if each.kind == "view_submission"
    )
    await desk.refreshed(desk.engineer)

    answer = await desk.interact(submission)
    assert "Deleted" in answer.text or "nothing left" in answer.text

    again = await desk.engineer.command_view("/growth forget-me")
    assert "assessment" not in again.plain
    await again.submit()
    assert "Nextrung holds nothing about you" in again.plain
    await desk.refreshed(desk.engineer)
    assert ENGINEER not in await everything(desk.nextrung.database)


async def test_the_data_can_be_exported_first(desk: Desk) -> None:
    await held(desk, ENGINEER)
    modal = await desk.engineer.command_view("/growth forget-me")
    notice = as_modal(await modal.press("Export My Data First"))
    await desk.drained()

    assert "Sent: see" in notice.plain
    assert any(each.shared for each in desk.engineer.messages())
    below = as_modal(await notice.close())
    await below.submit()
    assert "Nextrung holds nothing about you any more" in below.plain


async def test_what_cannot_be_deleted_now_is_told_and_stays(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await held(desk, ENGINEER)
    modal = await desk.engineer.command_view("/growth forget-me")
    with write_locked(sqlite_bot_url):
        await modal.submit()

    assert "cannot reach my database" in modal.plain

    assert f"{NOTE} {ENGINEER}" in await everything(desk.nextrung.database)


async def test_whoever_comes_back_starts_anew(desk: Desk) -> None:
    await held(desk, ENGINEER)
    await (await desk.engineer.command_view("/growth forget-me")).submit()
    await desk.refreshed(desk.engineer)

    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    assert f"0 met · {len(required_cells(desk))} open" in card.plain
    assert (await member(desk)).role_key is None
    await mark(desk, lead_cells(desk)[0])
    assert NOTE not in (await desk.home(desk.engineer)).plain

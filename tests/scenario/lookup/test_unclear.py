"""“This text is unclear”: counted once for each member, and never kept by name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.catalogue.unclear import KEPT, UnclearText
from bot.domain.framework import CellKey
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from bot.store.catalogue.models import unclear_mark
from tests.fakes.all_rows import all_rows
from tests.scenario.desk import Desk, as_modal
from tests.scenario.members.test_forget_me import everything
from tests.scenario.owning import SAMPLE, published
from tests.scenario.strangers import rows_of

SKILL = "prompt-engineering"
CELL = CellKey("llm-engineer", "lead", SKILL)
SENTENCE = "The quiet zebra asks: whose prompts?"


async def form_of(who: MemberHandle, card: str = f"/skill {SKILL} lead llm-engineer") -> ViewHandle:
    details = as_modal(await (await who.command(card)).press("Details"))
    return as_modal(await details.press("This Text Is Unclear"))


async def said(who: MemberHandle, sentence: str = "", **card: str) -> ViewHandle:
    form = await form_of(who, **card)
    await form.fill({"What is unclear about it?": sentence})
    return as_modal(await form.submit())


async def counted(desk: Desk, team: str = WORKSPACE) -> tuple[UnclearText, ...]:
    services = desk.nextrung.services
    return await services.unclear.of(Tenant(team), services.catalogues.shelf().catalogue)


async def marks(desk: Desk) -> int:
    async with all_rows(desk.nextrung.database._reader) as connection:
        return len((await connection.execute(select(unclear_mark))).all())


async def test_it_counts_once_for_each_member_and_keeps_no_name(stored_desk: Desk) -> None:
    desk = stored_desk
    form = await form_of(desk.engineer)
    assert "Your name is not kept" in form.plain
    assert await counted(desk) == ()  # opening writes nothing

    assert "Thank you." in (await said(desk.engineer, SENTENCE)).plain
    assert "You said so already" in (await said(desk.engineer, "Another one")).plain
    assert "Thank you." in (await said(desk.manager)).plain

    (text,) = await counted(desk)
    assert (text.cell, text.times, text.sentences) == (CELL, 2, (SENTENCE,))
    for slack_id in (ENGINEER, MANAGER):
        assert "unclear_text" not in {
            name
            for name, rows in (await rows_of(desk.nextrung.database, slack_id, WORKSPACE)).items()
            if rows
        }
    assert not [each for each in desk.logs if "zebra" in str(each) or SKILL in str(each)]


async def test_a_mark_is_no_hash_that_the_database_alone_can_undo(desk: Desk) -> None:
    await said(desk.engineer)
    held = (await everything(desk.nextrung.database)).splitlines()
    with_engineer = [line for line in held if ENGINEER in line]
    assert await marks(desk) == 1
    assert [line for line in with_engineer if SKILL in line] == []


@pytest.mark.parametrize("away", [KEPT + timedelta(days=1), None])
async def test_marks_go_with_time_and_by_forgetting_and_the_count_stays(
    desk: Desk, away: timedelta | None
) -> None:
    await said(desk.engineer, SENTENCE)
    await said(desk.manager)
    if away is None:
        asked = await desk.engineer.command_view("/growth forget-me")
        assert "has no name on it, and stays" in asked.plain
        await asked.submit()
        await desk.drained()
    else:
        desk.slack.clock.advance(away.total_seconds())
        await desk.nextrung.services.unclear.expire()
    assert await marks(desk) == (1 if away is None else 0)
    (text,) = await counted(desk)
    assert (text.times, text.sentences) == (2, (SENTENCE,))


async def test_new_words_start_anew_and_a_new_revision_may_be_judged_again(desk: Desk) -> None:
    await published(desk, desk.admin)
    dough = "/skill dough junior"
    catalogues = desk.nextrung.services.catalogues
    own = "workspace-tsample"

    async def told() -> list[tuple[str, int]]:
        catalogue = catalogues.shelf(own).catalogue
        found = await desk.nextrung.services.unclear.of(Tenant(WORKSPACE), catalogue)
        return [(each.cell.skill, each.times) for each in found]

    await said(desk.engineer, card=dough)
    assert await told() == [("dough", 1)]

    await published(desk, desk.admin, SAMPLE.replace("Loads the oven", "Fills the oven"))
    assert await told() == [("dough", 1)]  # the same words
    assert "Thank you." in (await said(desk.engineer, card=dough)).plain
    assert (await told(), await marks(desk)) == ([("dough", 2)], 1)
    await published(desk, desk.admin, SAMPLE.replace("Kneads a dough", "Makes a dough"))
    assert await told() == []
    await said(desk.engineer, card=dough)
    assert await told() == [("dough", 1)]


async def test_an_uninstall_leaves_nothing(stored_desk: Desk) -> None:
    desk = stored_desk
    await said(desk.engineer, SENTENCE)
    await desk.nextrung.services.records.forget_workspace(Tenant(WORKSPACE))
    assert "zebra" not in await everything(desk.nextrung.database)
    assert await marks(desk) == 0


async def test_a_hostile_sentence_is_kept_as_text(desk: Desk) -> None:
    hostile = "<!channel> *bold* \u202eright to left\n" + "x" * 250
    assert "Thank you." in (await said(desk.engineer, hostile)).plain
    (text,) = await counted(desk)
    assert text.sentences == (" ".join(hostile.split()),)

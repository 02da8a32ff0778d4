"""The way of an upload: understood, asked, corrected, published; gone on with from Home."""

import pytest

from bot.domain.catalogue.workspace_catalogue import UploadClosed
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ADMIN, MANAGER, WORKSPACE
from tests.scenario.catalogue.owners import grant, revisions
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import (
    CALLED,
    HEAD,
    SAMPLE,
    csv,
    done,
    newest,
    proposed,
    published,
    upload,
)

NUMBERS = "Skill,Junior,Senior\nTesting,0,1\nFeedback,1,1\n"
MEANING = "All cells are 0 or 1: what do they mean?"
OWNER = Member(Tenant(WORKSPACE), ADMIN)
WAITS = "Your upload waits to be published"


async def begun(
    desk: Desk,
    text: str,
    *,
    who: MemberHandle | None = None,
    name: str = "Bakery",
    file: str = "framework.csv",
) -> ViewHandle:
    """Upload a file from Home; return the modal, where its way goes on."""
    who = who or desk.admin
    form = as_modal(await (await desk.home(who)).press("Upload a File"))
    await form.fill({"File": who.upload(file, csv(text)), CALLED: name})
    told = as_modal(await form.submit())
    assert told.errors == {}, told.errors
    await done(desk)
    return told


async def gone_on(desk: Desk) -> ViewHandle:
    """Go on from Home; return the modal as it is once the file is read."""
    modal = as_modal(await (await desk.refreshed(desk.admin)).press("Continue…"))
    await done(desk)
    return modal


async def test_the_whole_way_in_one_modal(stored_desk: Desk) -> None:
    desk = stored_desk
    modal = await begun(desk, NUMBERS)
    # Nothing is decided in silence: the page shows what would come of it, and asks.
    assert modal.title == "What I understood"
    assert "framework.csv: a row is a skill, the columns Junior, Senior are levels" in modal.plain
    assert MEANING in modal.plain
    assert "--answer" not in modal.plain
    assert "holds" not in modal.plain
    assert "1 question to answer" in (await desk.refreshed(desk.admin)).plain
    assert "question about your file" in newest(desk.admin).plain

    await modal.choose(MEANING, "1 is required, 0 is not asked")
    await modal.submit()
    await done(desk)
    assert "1 role, 2 levels, 2 skills; 1 cell is missing" in modal.plain
    assert "Levels, lowest first: Junior → Senior" in modal.plain
    assert "Two of its cells, as members will read them:" in modal.plain
    assert "You answered 1 question" in modal.plain
    assert "Your file can be published" in newest(desk.admin).plain

    await modal.submit()
    assert modal.title == "Publish"
    assert "roles go" in modal.plain
    name = "Type the catalogue's name to publish: Bakery"
    await modal.fill({name: "Bakery"})
    await modal.submit()
    await done(desk)
    assert "Published." in modal.plain
    assert newest(desk.admin).buttons == ["Roll Back"]
    assert await revisions(desk) == [1]
    assert WAITS not in (await desk.refreshed(desk.admin)).plain


async def test_the_name_is_asked_and_kept(desk: Desk) -> None:
    await published(desk, desk.admin)
    form = as_modal(await (await desk.home(desk.admin)).press("Upload a File"))
    assert proposed(form) == "Framework"
    modal = await begun(desk, SAMPLE, name="  Our   bakery ")
    assert "framework.csv, to be called Our bakery" in modal.plain
    await modal.submit()
    assert "Our bakery" in modal.plain
    await modal.submit()
    await done(desk)
    assert "Our bakery" in (await desk.refreshed(desk.admin)).plain


async def test_it_goes_on_after_a_restart_and_from_another_replica(desk: Desk) -> None:
    await begun(desk, NUMBERS)
    desk.nextrung.services.uploads._read.clear()
    modal = await gone_on(desk)
    await modal.choose(MEANING, "They are how deep the skill goes")
    await modal.submit()
    await done(desk)
    assert "1 role, 2 levels, 2 skills" in modal.plain
    desk.nextrung.services.uploads._read.clear()
    desk.nextrung.services.own_catalogue._drafts.clear()
    modal = await gone_on(desk)
    desk.nextrung.services.uploads._read.clear()
    await modal.submit()
    await done(desk)
    assert modal.title == "Publish"


async def test_problems_are_told_by_cells_with_their_rows(desk: Desk) -> None:
    rows = [HEAD, "Baker,Junior,,required,Working,Kneads.", "Baker,Senior,Oven,sometimes,Working,y"]
    modal = await begun(desk, "\n".join(rows))
    for told in (modal.plain, newest(desk.admin).plain):
        assert "*The skill is missing; fill the cell*\n• *C2* · column “skill”" in told
        assert "> role: Baker · level: Junior · *skill: (empty)* · requirement: required" in told
        assert "*D3* · column “requirement” · `sometimes`" in told
        assert "fill_down" not in told
        assert "required_words" not in told
    assert "2 problems to correct in the file" in (await desk.refreshed(desk.admin)).plain
    # As often as it takes, and always in this one window.
    for _ in range(4):
        await modal.press("Upload the Corrected File")
        assert proposed(modal) == "Bakery"
        await modal.fill({"File": desk.admin.upload("again.csv", csv("\n".join(rows)))})
        await modal.submit()
        await done(desk)
        assert "2 problems keep the file from being imported" in modal.plain


async def test_answers_can_be_taken_back(desk: Desk) -> None:
    modal = await begun(desk, NUMBERS)
    await modal.choose(MEANING, "They are how deep the skill goes")
    await modal.submit()
    await done(desk)
    await modal.press("Ask Me Again")
    await done(desk)
    assert MEANING in modal.plain
    assert "You answered" not in modal.plain


async def test_an_answer_to_what_is_not_asked_any_more_changes_nothing(desk: Desk) -> None:
    modal = await begun(desk, SAMPLE)
    uploads, me = desk.nextrung.services.uploads, OWNER
    upload = await uploads.current(me)
    assert upload is not None
    await uploads.answer(me, upload.id, {"numbers": "depth", "no such question": "x" * 500})
    await modal.submit()
    await done(desk)
    assert modal.title == "Publish"


async def test_a_newer_upload_takes_the_place_of_an_older_one(desk: Desk) -> None:
    await begun(desk, NUMBERS)
    older = newest(desk.admin)
    action = str(older.blocks[-1]["elements"][0]["value"])
    await begun(desk, SAMPLE)
    assert older.plain == "You uploaded another file since. This one was not published."
    with pytest.raises(UploadClosed):
        await desk.nextrung.services.uploads.get(OWNER, int(action))
    assert "1 role, 2 levels, 2 skills" in (await desk.refreshed(desk.admin)).plain


async def test_a_file_with_nothing_new_is_not_said_to_wait(desk: Desk) -> None:
    await published(desk, desk.admin)
    await upload(desk, desk.admin, csv())
    home = await desk.home(desk.admin)
    assert "waits to be published" not in home.plain
    assert "members saw exactly this" in home.plain
    assert "Drop" in home.buttons
    await upload(desk, desk.admin, csv(SAMPLE.replace("weather", "heat")))
    assert "waits to be published" in (await desk.home(desk.admin)).plain


async def test_it_can_be_dropped(desk: Desk) -> None:
    await begun(desk, SAMPLE)
    home = await desk.refreshed(desk.admin)
    await home.press("Drop")
    await done(desk)
    assert "Dropped. Nothing was published" in newest(desk.admin).plain
    assert WAITS not in (await desk.refreshed(desk.admin)).plain


async def test_a_file_that_is_gone_when_its_owner_comes_back(desk: Desk) -> None:
    await begun(desk, NUMBERS)
    desk.nextrung.services.uploads._read.clear()
    desk.slack.world.files.clear()
    modal = await gone_on(desk)
    assert "no longer in Slack" in modal.plain
    assert WAITS not in (await desk.refreshed(desk.admin)).plain


async def test_two_owners_at_once_have_an_upload_each(desk: Desk) -> None:
    await published(desk, desk.admin)
    await grant(desk, MANAGER)
    mine = await begun(
        desk, f"{SAMPLE}\nCook,Junior,Oven,required,Working,Cooks.", name="Framework"
    )
    theirs = await begun(
        desk, f"{SAMPLE}\nBaker,Senior,Till,required,Working,Counts.", who=desk.manager,
        name="Framework",
    )  # fmt: skip
    await theirs.submit()
    await theirs.submit()
    await done(desk)
    assert "Published." in theirs.plain
    uploads = desk.nextrung.services.uploads
    own = await uploads.current(OWNER)
    assert own is not None
    with pytest.raises(UploadClosed):
        await uploads.get(Member(OWNER.tenant, MANAGER), own.id)
    # What was compared is not what members see any more: it is compared anew before it is shown.
    await mine.submit()
    await done(desk)
    assert "1 removed (Till)" in mine.plain
    assert await revisions(desk) == [2, 1]


async def test_who_lost_the_catalogue_goes_no_further(desk: Desk) -> None:
    await grant(desk, MANAGER)
    modal = await begun(desk, SAMPLE, who=desk.manager)
    await grant(desk)
    told = as_modal(await modal.submit())
    assert "Only owners of the catalogue" in str(told.errors or told.plain)


async def test_it_is_let_go_after_thirty_days(desk: Desk) -> None:
    await begun(desk, SAMPLE)
    desk.slack.advance(29 * 86_400)
    await desk.nextrung.scheduled.turn()
    assert WAITS in (await desk.home(desk.admin)).plain
    desk.slack.advance(2 * 86_400)
    assert WAITS not in (await desk.home(desk.admin)).plain
    await desk.nextrung.scheduled.turn()
    async with desk.nextrung.database.read(Tenant(WORKSPACE)) as work:
        assert await work.uploads.of(ADMIN) is None


async def test_sending_a_page_twice_is_sending_it_once(desk: Desk) -> None:
    modal = await begun(desk, NUMBERS)
    await modal.choose(MEANING, "1 is required, 0 is not asked")
    await modal.submit()
    await modal.submit()
    await done(desk)
    assert "2 skills" in (await desk.refreshed(desk.admin)).plain

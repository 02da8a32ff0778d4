"""Going back to an earlier revision, and taking the catalogue along as a file."""

import pytest

from bot.sandbox.samples import MANAGER
from tests.scenario.catalogue.owners import GROWN, OWN, grant, revisions
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import (
    BACK,
    BUILT_IN_NAME,
    NAME,
    SAMPLE,
    csv,
    done,
    newest,
    publish,
    published,
    roll_back,
    upload,
    use_built_in,
)


async def test_a_rollback_takes_nothing_back_that_came_after_the_form(desk: Desk) -> None:
    await published(desk, desk.admin)
    await published(desk, desk.admin, GROWN)
    await grant(desk, MANAGER)
    form = as_modal(await (await desk.home(desk.admin)).press("Roll Back"))
    await form.choose("Revision", "1")
    await published(desk, desk.manager, f"{SAMPLE}\nCook,Junior,Oven,required,Working,Cooks.")
    told = as_modal(await form.submit())
    await done(desk)
    assert "since you opened this form" in told.plain
    assert await revisions(desk) == [3, 2, 1]


async def test_rolling_back_and_the_built_in_catalogue(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await published(desk, desk.admin, GROWN)
    assert await revisions(desk) == [2, 1]
    home = await desk.refreshed(desk.admin)
    form = as_modal(await home.press("Roll Back"))
    told = await roll_back(desk, form, 1)
    assert "Published." in told.plain
    assert await revisions(desk) == [3, 2, 1]
    assert "Back to revision 1" in (await desk.refreshed(desk.admin)).plain
    assert "Shop window" not in (await desk.engineer.command("/skill shop window")).plain[:20]
    await use_built_in(desk, desk.admin)
    home = await desk.refreshed(desk.admin)
    assert "comes with Nextrung" in home.plain
    assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain.splitlines()[0]
    assert await revisions(desk) == [3, 2, 1]
    # Back to our own: the newest one is there already, so nothing is published twice.
    form = as_modal(await home.press("Roll Back"))
    await form.choose("Revision", "3")
    page = as_modal(await form.submit())
    await done(desk)
    assert "of 24 roles go" in page.plain
    await page.fill({f"{BACK}{NAME}": NAME})
    await page.submit()
    await done(desk)
    assert await revisions(desk) == [3, 2, 1]
    assert "Kneads" in (await desk.engineer.command("/skill dough junior")).plain


COOK = "\n".join(
    [
        SAMPLE,
        "Cook,Junior,Dough,required,Working,Stirs.",
        "Cook,Senior,Dough,required,Working,Tastes.",
    ]
)


async def test_what_ends_by_going_back_is_shown_first_and_the_name_typed(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await published(desk, desk.admin, COOK)
    await desk.engineer.command("/growth role cook junior")
    await desk.engineer.command("/growth goal cook senior")
    form = as_modal(await (await desk.home(desk.admin)).press("Roll Back"))
    await form.choose("Revision", "1")
    page = as_modal(await form.submit())
    await done(desk)
    assert page.plain.startswith(":warning: *1 of 2 roles goes*\nCook")
    assert "people have a goal in the role that changes" in page.plain
    assert await revisions(desk) == [2, 1]
    await page.fill({f"{BACK}{NAME}": "something else"})
    assert NAME in as_modal(await page.submit()).errors[f"{BACK}{NAME}"]
    await page.fill({f"{BACK}{NAME}": NAME})
    told = as_modal(await page.submit())
    await done(desk)
    assert "Published." in told.plain
    assert await revisions(desk) == [3, 2, 1]


async def test_what_took_over_is_no_end_where_the_old_one_comes_back(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv(SAMPLE.replace("Baker", "Pastry cook")))
    await publish(desk, preview, {"Role: Baker": "→ Pastry cook"})
    form = as_modal(await (await desk.home(desk.admin)).press("Roll Back"))
    await form.choose("Revision", "1")
    told = as_modal(await form.submit())
    await done(desk)
    assert "Published." in told.plain


async def test_who_publishes_while_somebody_looks_at_the_way_back_is_not_taken_back(
    desk: Desk,
) -> None:
    await published(desk, desk.admin)
    await grant(desk, MANAGER)
    modal = as_modal(await (await desk.home(desk.admin)).press("Use Built-In"))
    await done(desk)
    assert "1 of 1 roles goes" in modal.plain
    assert await revisions(desk) == [1]
    await published(desk, desk.manager, GROWN)
    await modal.fill({f"{BACK}{BUILT_IN_NAME}": BUILT_IN_NAME})
    told = as_modal(await modal.submit())
    await done(desk)
    assert "since" in told.plain
    assert "Shop window" in (await desk.engineer.command("/skill shop window")).plain


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("xlsx", "xlsx"),
        ("long-csv", "csv"),
        ("wide-csv", "csv"),
        ("csv-set", "zip"),
        ("yaml", "zip"),
        ("json", "json"),
        ("markdown", "md"),
        ("html", "html"),
    ],
)
async def test_the_catalogue_comes_as_a_file(desk: Desk, name: str, ending: str) -> None:
    await published(desk, desk.admin)
    home = await desk.refreshed(desk.admin)
    form = as_modal(await home.press("Download"))
    await form.choose("Format", name)
    await form.submit()
    await done(desk)
    (file,) = newest(desk.admin).shared
    assert file.name == f"{OWN}-1.{ending}"
    again = await upload(desk, desk.admin, file.content or b"", name=file.name)
    if ending != "html":
        assert "nothing has changed" in again.plain, again.plain


async def test_what_a_file_leaves_out_comes_beside_it(desk: Desk) -> None:
    lines = SAMPLE.splitlines()
    text = "\n".join([f"{lines[0]},level_aliases", *(f"{each},floury" for each in lines[1:])])
    await published(desk, desk.admin, text)
    form = as_modal(await (await desk.refreshed(desk.admin)).press("Download"))
    await form.choose("Format", "wide-csv")
    await form.submit()
    await done(desk)
    table, left_out = newest(desk.admin).shared
    assert (table.name, left_out.name) == (f"{OWN}-1.csv", f"{OWN}-1-left-out.txt")
    told = (left_out.content or b"").decode()
    assert told.splitlines()[1] == "- aliases of levels: Junior and Senior"

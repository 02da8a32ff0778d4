"""Modals and cards of members that the catalogue has left behind: told kindly, nothing is lost."""

from dataclasses import replace

from bot.cards.ids import Shortcut
from bot.domain.framework import CatalogueContent
from bot.domain.growth.assessment import Status
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import counted, history, lead_cells, mark, walked_cells
from tests.scenario.lookup.test_revisions import current, publish
from tests.scenario.strangers import rows_of

LEAD = "/promote-gap llm-engineer lead"


def without(content: CatalogueContent, *skills: str) -> CatalogueContent:
    """Return the catalogue without some skills."""
    return replace(
        content,
        skills=tuple(each for each in content.skills if each.key not in skills),
        expectations=tuple(each for each in content.expectations if each.skill.key not in skills),
    )


def without_level(content: CatalogueContent, role: str, level: str) -> CatalogueContent:
    """Return the catalogue with all that a role expects at a level taken out."""
    kept = (
        each for each in content.expectations if (each.role.key, each.level.key) != (role, level)
    )
    return replace(content, expectations=tuple(kept))


async def published(desk: Desk, url: str, content: CatalogueContent) -> None:
    """Publish from elsewhere, and let the bot notice."""
    await publish(url, content, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()


async def test_a_note_for_a_skill_that_is_gone_is_told_and_stays_typed(
    stored_desk: Desk, bot_url: str
) -> None:
    desk, cell = stored_desk, lead_cells(stored_desk)[0]
    modal = as_modal(await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Details…"))
    await modal.fill({"Note": "A long story"})
    await published(desk, bot_url, without(current(desk), cell.skill))

    await modal.submit()
    assert "The catalogue has changed" in modal.errors["Note"]
    assert modal.value("Note")["value"] == "A long story"
    told = as_modal(await modal.press("Met"))
    assert "The catalogue has changed" in told.plain
    assert modal.value("Note")["value"] == "A long story"
    assert await history(desk) == ()


async def test_a_walk_goes_on_past_a_step_that_is_gone(stored_desk: Desk, bot_url: str) -> None:
    desk, cells = stored_desk, walked_cells(stored_desk)
    modal = as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))
    modal = as_modal(await modal.press("Met"))
    await published(desk, bot_url, without(current(desk), cells[1].skill))

    following = as_modal(await modal.press("Working on It"))

    assert "no longer asked" in following.plain
    assert f"2 of {len(cells) - 1} in all" in following.plain
    assert [each.cell for each in await history(desk)] == cells[:1]
    await following.press("Met")
    assert [each.cell for each in await history(desk)] == [cells[0], cells[2]]


async def test_a_walk_whose_level_is_gone_says_so(stored_desk: Desk, bot_url: str) -> None:
    desk = stored_desk
    modal = as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))
    await published(desk, bot_url, without_level(current(desk), "llm-engineer", "lead"))

    told = as_modal(await modal.press("Met"))

    assert modal.is_open
    assert "The catalogue has changed" in told.plain
    await modal.submit()
    assert "The catalogue has changed" in modal.errors["Note"]
    assert await history(desk) == ()


async def test_evidence_for_a_skill_that_is_gone_is_kept_and_says_so(
    stored_desk: Desk, bot_url: str
) -> None:
    desk, cell = stored_desk, lead_cells(stored_desk)[0]
    form = as_modal(
        await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Add evidence…")
    )
    await form.fill({"Note": "Shipped it"})
    await published(desk, bot_url, without(current(desk), cell.skill))

    await form.submit()
    await desk.drained()

    assert not form.errors
    rows = await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)
    assert [each.note for each in rows["evidence"]] == ["Shipped it"]
    assert [each.skill_key for each in rows["evidence_support"]] == [cell.skill]
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (1)"))
    assert "no longer in the catalogue" in listed.plain


async def test_a_mark_on_home_for_a_skill_that_only_the_goal_still_has_counts(
    stored_desk: Desk, bot_url: str
) -> None:
    desk, cell = stored_desk, lead_cells(stored_desk)[0]
    await desk.engineer.command("/growth goal llm-engineer lead")
    home, once_met = await desk.home(desk.engineer), counted(desk, 1)
    await published(desk, bot_url, without(current(desk), cell.skill))

    await home.choose("mark_menu.0", "Met")

    assert [each.status for each in await history(desk)] == [Status.MET]
    assert once_met in (await desk.refreshed(desk.engineer)).plain


def without_the_role(content: CatalogueContent) -> CatalogueContent:
    roles = tuple(each for each in content.roles if each.key != "llm-engineer")
    cells = tuple(each for each in content.expectations if each.role.key != "llm-engineer")
    return replace(content, roles=roles, expectations=cells)


async def test_a_mark_on_a_card_whose_role_only_the_goal_still_has_is_told_as_kept(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    await desk.engineer.command("/growth goal llm-engineer lead")
    card = as_message(await desk.engineer.command(LEAD))
    marked = as_message(await (await desk.engineer.command(LEAD)).choose("mark_menu.2", "Met"))
    await published(desk, bot_url, without_the_role(current(desk)))

    told = as_message(await card.choose("mark_menu.0", "Met"))
    assert "That is done, and kept. The catalogue has changed meanwhile" in told.plain
    taken_back = as_message(await marked.press("Undo"))
    assert "That is done, and kept." in taken_back.plain

    said = await history(desk)
    assert [each.status for each in said[:2]] == [Status.MET, Status.MET]
    assert [each.cell for each in said[2:]] == [said[0].cell], "taken back, as it was told"


async def test_what_was_held_before_outlives_the_skill(stored_desk: Desk, bot_url: str) -> None:
    desk, cell = stored_desk, lead_cells(stored_desk)[0]
    await mark(desk, cell, note="Of before")
    content = current(desk)
    await published(desk, bot_url, without(content, cell.skill))
    card = as_message(await desk.engineer.command(LEAD))
    assert counted(desk, 0) in card.plain

    await published(desk, bot_url, content)
    assert counted(desk, 1) in (await desk.engineer.command(LEAD)).plain


async def test_a_role_form_for_a_role_that_is_gone_is_told_at_the_role(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    form = as_modal(await desk.engineer.command_view("/growth role"))
    await published(desk, bot_url, without_the_role(current(desk)))

    await form.submit()

    assert "The catalogue has changed" in form.errors["Role"]
    assert form.is_open
    home = await desk.home(desk.engineer)
    assert "no longer has the role or level you had chosen" in home.plain


async def test_a_skill_found_and_gone_meanwhile_is_told_on_top(
    desk: Desk, sqlite_bot_url: str
) -> None:
    finder = as_modal(await desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    await finder.choose("Find a skill", "LLM Evaluation")
    await published(desk, sqlite_bot_url, without(current(desk), "llm-evaluation"))

    told = as_modal(await finder.choose("Choose a level", "junior"))

    assert "The catalogue has changed" in told.plain
    assert "LLM Evaluation" in finder.plain
    await told.close()
    await finder.choose("Find a skill", "Model Serving")
    assert "Model Serving" in finder.plain

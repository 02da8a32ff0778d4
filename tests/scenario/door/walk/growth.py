"""A member's own: marks, the walk-through, evidence, actions, goals, roles."""

from bot.cards.ids import Shortcut
from bot.domain.growth.assessment import Status
from bot.services.lookup.shelves import BUILT_IN
from tests.scenario.desk import Desk, as_modal, interaction_fields
from tests.scenario.door.walk.nudges import next_nudge
from tests.scenario.door.walk.steps import LEAD, Settle
from tests.scenario.growing import lead_cells, mark
from tests.scenario.growth.test_goals import with_all_required
from tests.scenario.lookup.test_revisions import current
from tests.scenario.presses import button, pressed


async def marks(desk: Desk, settle: Settle) -> None:
    card = await desk.engineer.command(LEAD)
    await card.press("Set as Goal")
    await card.choose("mark_menu.0", "Met")
    await card.press("Undo")
    await card.choose("mark_menu.1", "Working on it")
    await as_modal(await card.choose("mark_menu.2", "Not relevant to me…")).submit()
    await settle()
    gap = as_modal(await (await desk.home(desk.engineer)).press(f"See All {len(lead_cells(desk))}"))
    await gap.choose("mark_menu.0", "Not yet")
    card = await desk.engineer.command(LEAD)
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    await details.press("Met")
    await details.fill({"Note": "a note"})
    await details.submit()


async def walking_through(desk: Desk, settle: Settle) -> None:
    modal = as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))
    second = as_modal(await modal.press("Met"))
    first = as_modal(await second.press("Undo"))
    second = as_modal(await first.submit())
    first = as_modal(await second.press("Back"))
    groups = first.options("Choose a skill group")
    await first.choose("Choose a skill group", groups[-1])
    await first.close()
    card = await desk.engineer.command("/promote-gap llm-engineer principal")
    modal = as_modal(await card.press("Assess Myself"))
    while modal.view.payload.get("submit"):
        await modal.submit()
    await modal.press("See the Gap")
    await modal.press("Set as Goal")
    await settle()


async def evidence(desk: Desk, settle: Settle) -> None:
    form = as_modal(await (await desk.home(desk.engineer)).press("Add Evidence"))
    await form.suggest("What it shows", "mlops senior")
    await form.fill({"Note": "Shown here"})
    await form.submit()
    message = await desk.engineer.say("Something done")
    form = as_modal(await desk.engineer.message_shortcut(Shortcut.SAVE_EVIDENCE, message.ts))
    kept = as_modal(await form.submit())
    offered = await kept.suggest("place_evidence", "mlops senior")
    await kept.choose("place_evidence", offered[0])
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (2)"))
    form = as_modal(await listed.press("Edit"))
    await form.fill({"Note": "Edited"})
    await form.submit()
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (2)"))
    await as_modal(await listed.press("Edit")).press("Delete")


async def actions(desk: Desk, settle: Settle) -> None:
    for number in range(4):
        card = await desk.engineer.command(LEAD)
        about = as_modal(await card.choose(f"mark_menu.{number}", "Details…"))
        form = as_modal(await about.press("Plan an Action"))
        await form.fill({"What will you do?": f"Number {number}"})
        await form.submit()
    details = as_modal(await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Details…"))
    form = as_modal(await details.press("Plan an Action"))
    await form.fill({"What will you do?": "One more"})
    await form.submit()
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Actions (5)"))
    form = as_modal(await listed.choose("more.20", "Another Day…"))
    await form.submit()
    for what in ("Done, Without Evidence", "Drop It"):
        await (await desk.home(desk.engineer)).choose("more.20", what)
        await settle()
    form = as_modal(
        await (await desk.home(desk.engineer)).choose("more.20", "Did It, Add Evidence…")
    )
    await form.submit()
    await settle()


async def goals(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    form = as_modal(await (await desk.home(engineer)).choose("more.0", "Change Goal…"))
    turned = as_modal(await form.choose("Role", "Data Scientist"))
    await turned.fill({"Level": "Senior"})
    await turned.submit()
    await as_modal(await (await desk.home(engineer)).choose("more.0", "Drop Goal…")).submit()
    await (await desk.home(engineer)).press("Set Lead as My Goal")
    await settle()
    at = desk.slack.clock.now()
    await desk.nextrung.database.catalogues.publish(
        with_all_required(current(desk)),
        catalogue_key=BUILT_IN,
        author="Sample Owner",
        note="",
        at=at,
    )
    await desk.nextrung.services.catalogues.refresh()
    await (await desk.home(engineer)).press("Adopt New Version")
    # Only who marked before marks spoke for words is told that progress is counted anew.
    await desk.interact(pressed(desk, button("recount_seen", "recount")))
    await desk.interact(pressed(desk, button("keep_goal", "keep")))
    await as_modal(await (await desk.home(engineer)).choose("more.0", "Drop Goal…")).submit()


async def roles(desk: Desk, settle: Settle) -> None:
    form = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "Change Role…"))
    turned = as_modal(await form.choose("Role", "LLM Engineer"))
    await turned.fill({"Level": "Senior"})
    await turned.submit()
    hub = await desk.admin.command("/growth")
    await hub.suggest("Choose a role", "data")
    # A form asks while one types only where there are very many roles.
    asked = interaction_fields(
        "block_suggestion", action_id="rung_role", block_id="rung", value="data"
    )
    await desk.interact(asked)
    await (await desk.home(desk.admin)).choose("Choose a role", "LLM Engineer")
    await (await desk.refreshed(desk.admin)).press("Senior")


async def the_end_of_a_goal(desk: Desk, settle: Settle) -> None:
    await settle()
    for cell in lead_cells(desk):
        await mark(desk, cell, Status.NOT_RELEVANT)
    await (await next_nudge(desk, settle)).press("Set Principal as Goal")

"""What is looked up: cards, menus, forms that find."""

from bot.cards.ids import Shortcut
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.door.walk.steps import PROFILE, Settle


async def lookup(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    card = await engineer.command("/skill")
    await card.suggest("find", "experiment")
    await card.choose("find", PROFILE)
    unknown = await engineer.command("/promote-gap zzzz")
    await unknown.suggest("find_target", "llm")
    await unknown.choose("find_target", "LLM Engineer")
    card = await engineer.command("/skill")
    group = as_message(await as_message(await card.press("Browse")).press("Open"))
    group = as_message(await group.press("Open"))
    await group.choose("Choose a level", "lead")
    skill = await engineer.command(f"/skill {PROFILE}")
    await skill.press("Share in Channel")
    modal = as_modal(await skill.press("Details"))
    modal = as_modal(await modal.choose("Choose a level", "junior"))
    modal = as_modal(await modal.choose("Choose a role", "Role: Data Scientist"))
    await as_modal(await modal.press("This Text Is Unclear")).submit()


async def finding_roles(desk: Desk, settle: Settle) -> None:
    card = await desk.admin.command("/promote-gap")
    await card.suggest("Find a role", "llm")
    await card.choose("Find a role", "LLM Engineer")
    card = await desk.engineer.command("/skill")
    await card.suggest("Find a role", "llm")
    await card.choose("Find a role", "LLM Engineer")
    finder = as_modal(await desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    await finder.suggest("Find a skill", "mlops")
    await finder.choose("Find a skill", PROFILE)
    await finder.choose("Choose a level", "junior")

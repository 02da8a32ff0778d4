"""What a member holds about a skill that has left the catalogue goes by the name that it had."""

from datetime import timedelta

from bot.domain.framework import CellKey
from tests.scenario.desk import Desk
from tests.scenario.growing import member
from tests.scenario.growth.test_stale_growth import published, without
from tests.scenario.lookup.test_revisions import SKILL, current

NAME = "ML Experiment Tracking"


async def with_offer_and_action(desk: Desk, url: str) -> str:
    """Let the engineer offer help with a skill and plan something for it; then the skill goes.

    Return its name in Chinese.
    """
    await desk.engineer.command(f"/growth offer {SKILL}")
    services, me = desk.nextrung.services, await member(desk)
    skill = services.catalogues.shelf().catalogue.skill(SKILL)
    assert skill is not None
    cell, day = CellKey("llm-engineer", "lead", SKILL), services.actions.today(me)
    due = day + timedelta(days=3)
    await services.actions.plan(me, cell, text="Review it", due=due, token="t")
    await published(desk, url, without(current(desk), SKILL))
    return services.translators.for_locale("zh").of(skill.name)


async def test_offers_and_actions_name_a_skill_that_has_gone(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    chinese = await with_offer_and_action(desk, bot_url)
    assert chinese not in ("", NAME)
    home = (await desk.home(desk.engineer)).plain
    assert f"{NAME}: no longer in the framework" in home
    assert "Review it" in home
    assert home.count(NAME) == 2, "the offer and the action"
    assert SKILL not in home
    listed = (await desk.engineer.command("/growth offer")).plain
    assert f"{NAME}: no longer in the framework" in listed

    await desk.engineer.command("/growth language 中文")
    home = (await desk.home(desk.engineer)).plain
    assert home.count(chinese) == 2
    assert SKILL not in home


async def test_the_name_is_asked_for_once(desk: Desk, sqlite_bot_url: str) -> None:
    await with_offer_and_action(desk, sqlite_bot_url)
    services, asked = desk.nextrung.services, []
    revisions = services.former_names._revisions
    find = revisions.former_names

    async def counting(*args: str, **options: str) -> object:
        asked.append(args)
        return await find(*args, **options)

    revisions.former_names = counting  # type: ignore[method-assign, assignment]
    try:
        for _ in range(3):
            await desk.home(desk.engineer)
    finally:
        revisions.former_names = find  # type: ignore[method-assign]
    assert len(asked) == 1

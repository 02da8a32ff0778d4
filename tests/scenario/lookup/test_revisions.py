"""A revision that somebody else publishes is served without a restart."""

from dataclasses import replace
from datetime import datetime
from time import process_time

import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.services.lookup.shelves import BUILT_IN
from bot.store.database import Database
from tests.factories import part_of
from tests.scenario.desk import Desk, as_modal

SKILL = "ml-experiment-tracking"


def renamed(content: CatalogueContent, name: str, key: str = SKILL) -> CatalogueContent:
    """Return the catalogue with a skill, else the seed one, called `name`."""
    skills = tuple(
        replace(skill, name=LocalText(name)) if skill.key == key else skill
        for skill in content.skills
    )
    names = {skill.key: skill for skill in skills}
    expectations = tuple(
        replace(each, skill=names[each.skill.key]) for each in content.expectations
    )
    return replace(content, skills=skills, expectations=expectations)


def without_seed_skill(content: CatalogueContent) -> CatalogueContent:
    return replace(
        content,
        skills=tuple(each for each in content.skills if each.key != SKILL),
        expectations=tuple(each for each in content.expectations if each.skill.key != SKILL),
    )


async def publish(url: str, content: CatalogueContent, at: datetime) -> None:
    """Publish as another process does: with a connection of its own."""
    elsewhere = Database(url)
    await elsewhere.catalogues.publish(
        content, catalogue_key=BUILT_IN, author="Sample Owner", note="renamed", at=at
    )
    await elsewhere.dispose()


# Whoever acts in scenarios is one of these, or on the way there.
ROLES = ("data-scientist", "ml-engineer", "llm-engineer", "mlops-engineer", "engineering-manager")


def current(desk: Desk) -> CatalogueContent:
    """Return what of the framework in force a scenario is about; the rest takes long to publish."""
    return part_of(whole(desk), *ROLES)


def whole(desk: Desk) -> CatalogueContent:
    return desk.nextrung.services.catalogues.shelf().catalogue.content


async def test_new_revision_is_served_after_a_refresh(stored_desk: Desk, bot_url: str) -> None:
    desk = stored_desk
    old = await desk.engineer.command(f"/skill {SKILL}")
    assert old.plain.startswith("ML Experiment Tracking")

    await publish(bot_url, renamed(current(desk), "Run Bookkeeping"), desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    new = await desk.engineer.command(f"/skill {SKILL}")
    assert new.plain.splitlines()[0] == "Run Bookkeeping"
    typed = await desk.engineer.command("/skill run bookkeeping")
    assert typed.plain == new.plain
    redrawn = await old.choose("Choose a level", "lead")  # an older card shows what holds now
    assert redrawn.plain.splitlines()[0] == "Run Bookkeeping"


async def test_refresh_happens_by_itself_within_two_seconds(
    ticking_desk: Desk, bot_url: str
) -> None:
    desk = ticking_desk
    before = desk.nextrung.services.catalogues.shelf()
    await publish(bot_url, renamed(whole(desk), "Run Bookkeeping"), desk.slack.clock.now())
    # Its own time, not the machine's load: the bot is busy with commands all the while.
    started = process_time()

    while desk.nextrung.services.catalogues.shelf() is before:
        card = await desk.engineer.command(f"/skill {SKILL}")
        assert process_time() - started < 5
    card = await desk.engineer.command(f"/skill {SKILL}")

    assert card.plain.splitlines()[0] == "Run Bookkeeping"


async def test_cards_of_a_skill_that_is_gone_say_so(desk: Desk, sqlite_bot_url: str) -> None:
    skill = await desk.engineer.command(f"/skill {SKILL}")
    group = await desk.engineer.command("/skill mlops senior")
    items = [block["text"]["text"] for block in group.blocks if "accessory" in block]
    (at,) = [place for place, text in enumerate(items) if "*ML Experiment Tracking*" in text]
    modal = as_modal(await skill.press("Details"))
    content = without_seed_skill(current(desk))
    await publish(sqlite_bot_url, content, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    for press in (
        skill.choose("Choose a level", "lead"),
        skill.press("Details"),
        skill.press("Share in Channel"),
        group.press("Open", nth=at),
    ):
        answer = await press
        assert "it no longer has the skill “ML Experiment Tracking”" in answer.plain
    assert skill.plain.startswith("ML Experiment Tracking")  # the old card is left alone
    await modal.choose("Choose a level", "lead")
    assert "*Senior · you today*" in modal.plain
    unknown = await desk.engineer.command("/skill ml experiment tracking")
    assert "is not in this framework" in unknown.plain


@pytest.mark.parametrize("count", [3])
async def test_only_the_newest_of_several_revisions_is_served(
    desk: Desk, sqlite_bot_url: str, count: int
) -> None:
    for number in range(count):
        content = renamed(current(desk), f"Edition {number}")
        await publish(sqlite_bot_url, content, desk.slack.clock.now())

    await desk.nextrung.services.catalogues.refresh()

    card = await desk.engineer.command(f"/skill {SKILL}")
    assert card.plain.splitlines()[0] == f"Edition {count - 1}"


async def test_what_has_gone_is_called_by_the_name_that_the_reader_knew(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    card = await desk.chinese.command(f"/skill {SKILL}")
    old = current(desk)
    skill = next(each for each in old.skills if each.key == SKILL)
    name = desk.nextrung.services.translators.for_locale("zh").of(skill.name)
    assert name != skill.name.base
    role = next(each for each in old.roles if each.key == "data-scientist")
    gap = await desk.chinese.command("/promote-gap data-scientist lead")
    content = without_seed_skill(old)
    kept = tuple(each for each in content.roles if each != role)
    cells = tuple(each for each in content.expectations if each.role != role)
    content = replace(content, roles=kept, expectations=cells)
    await publish(bot_url, content, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    told = (await card.press("详情")).plain
    assert f"“{name}”" in told
    assert SKILL not in told
    told = (await gap.press("设为目标")).plain
    assert f"“{desk.nextrung.services.translators.for_locale('zh').of(role.name)}”" in told

"""A gap's card is remembered by what it shows: never older than what it is made of."""

import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.framework import key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.standing import FRESH_FOR
from bot.domain.text import LocalText
from tests.scenario.desk import Desk
from tests.scenario.growing import lead_cells, lead_required, mark, member
from tests.scenario.lookup.test_revisions import current, publish, renamed

SPELLINGS = ("llm-engineer lead", "LLM Engineer  LEAD", "lead llm engineer", "Llm-Engineer, Lead")


async def typed(desk: Desk, text: str) -> Any:
    await desk.engineer.command(f"/promote-gap {text}")
    return desk.last.response


def forget(desk: Desk) -> None:
    """Leave nothing at hand that a card could be taken from."""
    services = desk.nextrung.services
    shelf = services.catalogues.shelf()
    services.growth.clear()
    services.members.clear()
    shelf.memo.clear()


async def unmarked(desk: Desk) -> None:
    """Take the newest mark back."""
    services, who = desk.nextrung.services, await member(desk)
    growth = (await services.growth.of(who)).growth
    newest = max(growth.marks.values(), key=lambda each: each.at)
    await services.assessing.undo(who, services.catalogues.shelf(), newest.cell, newest.stamp)


async def marked(desk: Desk, rng: random.Random) -> None:
    await mark(desk, rng.choice(lead_cells(desk)), rng.choice(list(Status)))


async def years_later(desk: Desk) -> None:
    desk.slack.advance((FRESH_FOR + timedelta(days=1)).total_seconds())


async def spoken_to_in(desk: Desk, language: str) -> None:
    services = desk.nextrung.services
    await services.members.choose_language(await member(desk), language)


async def another_level(desk: Desk) -> None:
    services = desk.nextrung.services
    shelf = services.catalogues.shelf()
    await services.members.choose_role(await member(desk), shelf, "llm-engineer", "middle")


async def goal_set(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    await card.press("Set as Goal")


@pytest.mark.parametrize("seed", range(2))
async def test_a_card_in_other_words_is_what_it_would_be_anew(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    words = itertools.cycle(SPELLINGS)
    happenings: list[Callable[[], Awaitable[None]]] = [
        lambda: mark(desk, lead_required(desk)[0], Status.MET),
        lambda: unmarked(desk),
        *(lambda: marked(desk, rng) for _ in range(4)),
        lambda: goal_set(desk),
        lambda: years_later(desk),
        lambda: another_level(desk),
        lambda: spoken_to_in(desk, "zh"),
    ]
    seen = [await typed(desk, next(words))]
    for happens in happenings:
        await happens()
        again = await typed(desk, next(words))
        assert again == await typed(desk, next(words))
        forget(desk)
        assert again == await typed(desk, next(words))
        seen.append(again)
    assert len({str(each) for each in seen}) > len(happenings) // 2  # most of it can be seen


async def test_a_new_revision_leaves_nothing_of_the_old_one(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    await mark(desk, lead_required(desk)[0], Status.MET)
    before = await typed(desk, SPELLINGS[0])
    skill = lead_required(desk)[1].skill
    content = renamed(current(desk), "Entirely Renamed", skill)
    await publish(bot_url, content, desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    after = await typed(desk, SPELLINGS[1])

    assert "Entirely Renamed" not in str(before)
    assert "Entirely Renamed" in str(after)
    forget(desk)
    assert after == await typed(desk, SPELLINGS[2])


async def test_words_that_changed_make_a_met_due_at_once(stored_desk: Desk, bot_url: str) -> None:
    desk = stored_desk
    cell = lead_required(desk)[0]
    await mark(desk, cell, Status.MET)
    assert "due for a fresh look" not in str(await typed(desk, SPELLINGS[0]))
    content = current(desk)
    other = LocalText("Something else altogether.")
    reworded = tuple(
        replace(each, text=other) if key_of(each) == cell else each for each in content.expectations
    )
    await publish(bot_url, replace(content, expectations=reworded), desk.slack.clock.now())
    await desk.nextrung.services.catalogues.refresh()

    assert "due for a fresh look" in str(await typed(desk, SPELLINGS[1]))


async def test_what_was_not_understood_is_told_each_time(desk: Desk) -> None:
    await mark(desk, lead_required(desk)[0], Status.MET)
    clear = await typed(desk, SPELLINGS[0])
    slipped = await typed(desk, "llm enginer lead")
    assert "enginer" in str(slipped)
    assert "enginer" not in str(clear)
    assert clear == await typed(desk, SPELLINGS[1])

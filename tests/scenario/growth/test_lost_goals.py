"""A goal whose role or level has gone: said everywhere, with what is nearest, and no dead ends."""

from dataclasses import replace

from bot.domain.framework import CatalogueContent, Ladder
from bot.domain.growth.assessment import Status
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.test_stale_presses import without_role
from tests.scenario.growing import history, lead_cells, mark, member
from tests.scenario.growth.test_goals import with_all_required
from tests.scenario.growth.test_stale_growth import published
from tests.scenario.lookup.test_revisions import current
from tests.scenario.nudging import deliver, next_at

GONE = "no longer has *LLM Engineer, Lead*, your goal"
CANNOT = ("See the Gap", "Assess Myself", "Adopt New Version", "Export Packet")


def without_rung(content: CatalogueContent, role: str, level: str) -> CatalogueContent:
    """Return the catalogue with a level taken off the ladder of one role."""
    held = next(each for each in content.roles if each.key == role)
    levels = tuple(each for each in held.ladder.levels if each.key != level)
    ladder = Ladder(key="shorter", name=held.ladder.name, levels=levels)
    focus = {key: text for key, text in held.focus.items() if key != level}
    shorter = replace(held, ladder=ladder, focus=focus)
    cells = (
        each for each in content.expectations if (each.role.key, each.level.key) != (role, level)
    )
    return replace(
        content,
        ladders=(*content.ladders, ladder),
        roles=tuple(shorter if each.key == role else each for each in content.roles),
        expectations=tuple(
            replace(each, role=shorter) if each.role.key == role else each for each in cells
        ),
    )


async def test_a_goal_whose_role_has_gone_offers_the_nearest(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await mark(desk, lead_cells(desk)[0])
    await desk.engineer.command("/growth goal llm-engineer lead")
    await published(desk, sqlite_bot_url, without_role(current(desk), "llm-engineer"))

    home = await desk.home(desk.engineer)
    hub = await desk.engineer.command("/growth")

    for shown in (home, hub):
        assert GONE in shown.plain
        assert "nudges rest" in shown.plain
        assert not set(CANNOT) & set(shown.buttons)
        assert "ML Engineer, Lead" in shown.buttons
    assert [each.status for each in await history(desk)] == [Status.MET]

    chosen = await hub.press("ML Engineer, Lead")
    assert "Your goal is *ML Engineer, Lead*" in chosen.plain
    assert "no longer has" not in (await desk.refreshed(desk.engineer)).plain.split("Goal")[1]


async def test_every_offer_for_a_lost_goal_can_be_taken(desk: Desk, sqlite_bot_url: str) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    await published(desk, sqlite_bot_url, without_role(current(desk), "llm-engineer"))
    hub = await desk.engineer.command("/growth")
    offers = [each for each in hub.buttons if each.endswith(", Lead")]
    assert 1 <= len(offers) <= 3
    for offer in offers:
        again = await desk.engineer.command("/growth") if offer != offers[0] else hub
        if offer in again.buttons:
            assert f"Your goal is *{offer}*" in (await again.press(offer)).plain


async def test_a_goal_whose_level_has_gone_stays_with_its_role(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    await published(desk, sqlite_bot_url, without_rung(current(desk), "llm-engineer", "lead"))

    home = await desk.home(desk.engineer)

    assert GONE in home.plain
    assert "LLM Engineer, Principal" in home.buttons
    await home.press("LLM Engineer, Principal")
    assert "Goal: LLM Engineer, Principal" in (await desk.refreshed(desk.engineer)).plain


async def test_nudges_rest_while_the_goal_is_lost(desk: Desk, sqlite_bot_url: str) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    content = current(desk)
    await published(desk, sqlite_bot_url, without_role(content, "llm-engineer"))
    due = await next_at(desk, desk.engineer)
    before = len(desk.engineer.messages())

    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() + 1)
    await deliver(desk)
    assert len(desk.engineer.messages()) == before

    await published(desk, sqlite_bot_url, content)
    due = await next_at(desk, desk.engineer)
    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() + 1)
    await deliver(desk)
    assert len(desk.engineer.messages()) == before + 1


async def test_a_reached_goal_whose_role_has_gone_leads_on(desk: Desk, sqlite_bot_url: str) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    for cell in lead_cells(desk):
        await mark(desk, cell)
    assert (await desk.nextrung.services.growth.of(await member(desk))).growth.active_goal is None
    await published(desk, sqlite_bot_url, without_role(current(desk), "llm-engineer"))

    hub = await desk.engineer.command("/growth")

    assert "Goal reached" in hub.plain
    assert not {"See the Gap", "Record Lead as My Level"} & set(hub.buttons)
    form = as_modal(await hub.press("Next Goal"))
    assert form.is_open


async def test_a_goal_whose_beginning_has_gone_cannot_be_adopted(
    desk: Desk, sqlite_bot_url: str
) -> None:
    await desk.engineer.command("/promote-gap llm-engineer lead from data-scientist senior")
    gap = desk.engineer.messages("general")[-1]
    await gap.press("Set as Goal")
    await published(desk, sqlite_bot_url, with_all_required(current(desk)))
    assert "Adopt New Version" in (await desk.home(desk.engineer)).buttons
    await published(desk, sqlite_bot_url, without_role(current(desk), "data-scientist"))

    home = await desk.home(desk.engineer)

    assert "no longer has the level that you set your goal from" in home.plain
    assert "Adopt New Version" not in home.buttons
    form = as_modal(await home.choose("more.0", "Change Goal…"))
    await form.fill({"Level": "Lead"})
    await form.submit()
    home = await desk.refreshed(desk.engineer)
    assert home.plain.startswith("Goal: LLM Engineer, Lead")
    assert "no longer has" not in home.plain


async def test_a_goal_that_is_behind_leads_on(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    await desk.engineer.command("/growth role llm-engineer lead")

    home, hub = await desk.home(desk.engineer), await desk.engineer.command("/growth")

    for shown in (home, hub):
        assert "*LLM Engineer, Lead* is not above your recorded level any more" in shown.plain
        assert not {*CANNOT, "Drop Goal"} & set(shown.buttons) - {"See the Gap"}
    await home.press("Set Principal as My Goal")
    assert (await desk.refreshed(desk.engineer)).plain.startswith("Goal: LLM Engineer, Principal")

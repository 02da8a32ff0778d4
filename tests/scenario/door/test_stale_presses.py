"""Presses on cards that are a year old: each is told its true reason, and one way on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.framework import CatalogueContent, key_of
from bot.domain.growth.assessment import Status
from bot.domain.nudges.message import NudgeAnswer
from bot.sandbox.handles.surface import Surface
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.growth.test_stale_growth import published, without, without_level
from tests.scenario.lookup.test_revisions import current
from tests.scenario.nudging import GOAL, begin
from tests.scenario.presses import button, pressed

LEAD = "/promote-gap llm-engineer lead"
SKILL = "ml-experiment-tracking"
YEAR = timedelta(days=365).total_seconds()

Case = Callable[[Desk, str], Awaitable[str]]


def without_role(content: CatalogueContent, role: str) -> CatalogueContent:
    """Return the catalogue without a role."""
    return replace(
        content,
        roles=tuple(each for each in content.roles if each.key != role),
        expectations=tuple(each for each in content.expectations if each.role.key != role),
    )


async def the_year_passes(desk: Desk) -> None:
    """Let a year pass in which nothing else happens."""
    desk.slack.advance(YEAR)


async def told(press: Awaitable[Surface]) -> str:
    return (await press).plain


async def skill_gone(desk: Desk, url: str) -> str:
    card = await desk.engineer.command(f"/skill {SKILL}")
    await the_year_passes(desk)
    await published(desk, url, without(current(desk), SKILL))
    return await told(card.press("Details"))


async def role_gone(desk: Desk, url: str) -> str:
    card = await desk.admin.command("/promote-gap data-scientist lead")
    await the_year_passes(desk)
    await published(desk, url, without_role(current(desk), "data-scientist"))
    return await told(card.press("Set as Goal"))


async def level_empty(desk: Desk, url: str) -> str:
    card = await desk.engineer.command(LEAD)
    await the_year_passes(desk)
    await published(desk, url, without_level(current(desk), "llm-engineer", "lead"))
    return await told(card.press("Assess Myself"))


async def expectation_gone(desk: Desk, url: str) -> str:
    card, cell = await desk.engineer.command(LEAD), lead_cells(desk)[0]
    await the_year_passes(desk)
    content = current(desk)
    kept = [each for each in content.expectations if key_of(each) != cell]
    await published(desk, url, replace(content, expectations=tuple(kept)))
    await card.choose("mark_menu.0", "Met")
    return desk.engineer.messages("general")[-1].plain  # the card itself is drawn anew as well


async def goal_dropped(desk: Desk, _url: str) -> str:
    await desk.engineer.command(GOAL)
    home = await desk.home(desk.engineer)
    await the_year_passes(desk)
    await desk.nextrung.services.goals.drop(await member(desk))
    asked = as_modal(await home.choose("more.0", "Drop Goal…"))
    return as_modal(await asked.submit()).plain


async def nudge_of_no_goal(desk: Desk, _url: str) -> str:
    nudge = await begin(desk, desk.engineer)
    await the_year_passes(desk)
    await desk.nextrung.services.goals.drop(await member(desk))
    return await told(nudge.press("Working on It"))


async def nudge_of_a_past_goal(desk: Desk, _url: str) -> str:
    nudge = await begin(desk, desk.engineer)
    await the_year_passes(desk)
    await desk.engineer.command("/growth goal llm-engineer principal")
    return await told(nudge.press("Working on It"))


def nudge_of_a_lost_goal(label: str) -> Case:
    """Return a case in which the role of the goal has gone before this button is pressed."""

    async def case(desk: Desk, url: str) -> str:
        nudge = await begin(desk, desk.engineer)
        await the_year_passes(desk)
        await published(desk, url, without_role(current(desk), "llm-engineer"))
        if label == "Later":
            return await told(nudge.choose("Later", "In a Month"))
        return await told(nudge.press(label))

    return case


async def nudge_answered(desk: Desk, _url: str) -> str:
    nudge = await begin(desk, desk.engineer)
    shelf, me = desk.nextrung.services.catalogues.shelf(), await member(desk)
    await the_year_passes(desk)
    (sent,) = (await desk.nextrung.services.records.everything(me)).nudges
    assert sent.cell is not None
    nudges = desk.nextrung.services.nudges
    await nudges.answer(me, shelf, sent.id, sent.cell, NudgeAnswer.WORKING)
    return await told(nudge.press("Not Relevant"))


async def forgotten(desk: Desk, _url: str) -> str:
    nudge = await begin(desk, desk.engineer)
    await the_year_passes(desk)
    await desk.nextrung.services.records.forget(await member(desk))
    return await told(nudge.press("Working on It"))


async def forgotten_evidence(desk: Desk, _url: str) -> str:
    services = desk.nextrung.services
    await services.evidence.add(await member(desk), note="Old", link="", supports=(), token="t")
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (1)"))
    await the_year_passes(desk)
    await services.records.forget(await member(desk))
    return as_modal(await listed.press("Edit")).plain


async def evidence_deleted(desk: Desk, _url: str) -> str:
    services = desk.nextrung.services
    await services.evidence.add(await member(desk), note="Old", link="", supports=(), token="t")
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (1)"))
    await the_year_passes(desk)
    piece = (await services.growth.of(await member(desk))).growth.evidence[0]
    await services.evidence.delete(await member(desk), piece.id)
    return as_modal(await listed.press("Edit")).plain


async def marked_since(desk: Desk, _url: str) -> str:
    card = await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Met")
    await the_year_passes(desk)
    await mark(desk, lead_cells(desk)[0], Status.WORKING)
    return await told(card.press("Undo"))


def refused(code: str) -> Case:
    """Return a case in which Slack refuses to open a form."""

    async def case(desk: Desk, _url: str) -> str:
        card = await desk.engineer.command(f"/skill {SKILL}")
        await the_year_passes(desk)
        desk.slack.faults.error("views.open", error=code, times=1)
        return await told(card.press("Details"))

    return case


async def trigger_missing(desk: Desk, _url: str) -> str:
    await the_year_passes(desk)
    await desk.interact(pressed(desk, button("change_role", "role"), trigger_id=None))
    return desk.engineer.messages("general")[-1].plain


async def modal_closed(desk: Desk, _url: str) -> str:
    modal = await (await desk.engineer.command(f"/skill {SKILL}")).press("Details")
    await the_year_passes(desk)
    desk.slack.faults.error("views.update", error="not_found", times=1)
    return as_modal(await modal.choose("Choose a level", "junior")).plain


async def older_version(desk: Desk, _url: str) -> str:
    await the_year_passes(desk)
    await desk.interact(pressed(desk, button("mark.0", "met:llm-evaluation")))
    return desk.engineer.messages("general")[-1].plain


CASES: dict[str, tuple[Case, str, str]] = {
    "skill gone": (skill_gone, "no longer has the skill “ML Experiment Tracking”", "/skill"),
    "role gone": (role_gone, "no longer has the role “Data Scientist”", "/promote-gap"),
    "level empty": (level_empty, "nothing is asked for at LLM Engineer, Lead", "/promote-gap"),
    "expectation gone": (expectation_gone, "LLM Engineer, Lead no longer asks for", "/growth"),
    "goal dropped": (goal_dropped, "no goal any more: it was dropped", "/growth goal"),
    "nudge of no goal": (nudge_of_no_goal, "no goal any more: it was dropped", "/growth goal"),
    "nudge of a past goal": (nudge_of_a_past_goal, "an earlier goal of yours", "/growth"),
    **{
        f"nudge of a lost goal: {label}": (
            nudge_of_a_lost_goal(label),
            "no longer has LLM Engineer, Lead, your goal",
            "/growth",
        )
        for label in ("Did It", "Working on It", "Another", "Not Relevant", "Later")
    },
    "nudge answered": (nudge_answered, "had answered this before", "Working on it"),
    "forgotten": (forgotten, "everything held about you was deleted", "/growth"),
    "forgotten evidence": (forgotten_evidence, "everything held about you was", "/growth"),
    "evidence deleted": (evidence_deleted, "may have been deleted meanwhile", "evidence"),
    "marked since": (marked_since, "the newer mark stays", "/growth"),
    "trigger expired": (refused("expired_trigger_id"), "within three seconds", "once more"),
    "trigger used": (refused("exchanged_trigger_id"), "opened its form already", "once more"),
    "trigger unknown": (refused("invalid_trigger_id"), "did not let a form open", "once more"),
    "trigger missing": (trigger_missing, "let no form open from there", "/growth"),
    "modal closed": (modal_closed, "was closed before", "/growth"),
    "older version": (older_version, "from another version of Nextrung", "/growth"),
}
CHANGED = {"skill gone", "role gone", "level empty", "expectation gone"} | {
    each for each in CASES if each.startswith("nudge of a lost goal")
}


@pytest.mark.parametrize("name", CASES)
async def test_a_press_on_a_year_old_card_is_told_why(
    desk: Desk, sqlite_bot_url: str, name: str
) -> None:
    case, reason, way_on = CASES[name]
    words = await case(desk, sqlite_bot_url)
    assert reason in words
    assert way_on in words
    assert ("catalogue has changed" in words) is (name in CHANGED)


async def test_a_form_that_cannot_open_on_home_is_told_in_a_message(desk: Desk) -> None:
    home = await desk.home(desk.engineer)
    desk.slack.faults.expire_triggers(2)
    await home.choose("more.1", "settings")
    assert "within three seconds" in desk.engineer.messages()[-1].plain


async def test_old_cards_that_still_hold_are_answered(desk: Desk) -> None:
    card = await desk.engineer.command(LEAD)
    await the_year_passes(desk)
    marked = as_message(await card.choose("mark_menu.0", "Met"))
    assert "Undo" in marked.buttons

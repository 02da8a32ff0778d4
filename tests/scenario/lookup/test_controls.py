"""What the controls on a card do: redraw in place, open details, share."""

import asyncio

import pytest

from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.figures import said

SKILL = "ml-experiment-tracking"


async def test_level_selector_redraws_the_same_message(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    before = any_desk.engineer.messages("general")

    redrawn = as_message(await card.choose("Choose a level", "Level: Principal"))

    assert redrawn.ts == card.ts
    assert [each.ts for each in any_desk.engineer.messages("general")] == [m.ts for m in before]
    assert "*LLM Engineer · Principal* · your role" in redrawn.plain
    assert "*LLM Engineer · Senior*" not in redrawn.plain
    again = await redrawn.choose("Choose a level", "Level: Junior")
    assert "*To reach Middle*" in again.plain


@pytest.mark.parametrize("command", ["/skill mlops", "/skill llm-engineer", "/skill model-serving"])
async def test_every_level_of_a_selector_can_be_chosen(desk: Desk, command: str) -> None:
    card = await desk.engineer.command(command)

    seen = {card.plain}
    for level in ("Junior", "Middle", "Lead", "Principal", "Senior"):
        redrawn = as_message(await card.choose("Choose a level", level.lower()))
        assert redrawn.ts == card.ts
        seen.add(redrawn.plain)
    assert len(seen) == 5


async def test_asked_role_stays_first_when_the_level_changes(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking lead data scientist")

    redrawn = await card.choose("Choose a level", "Level: Junior")
    asked = redrawn.plain.index("*Data Scientist · Junior*")
    assert asked < redrawn.plain.index("*LLM Engineer · Junior*")


async def test_group_buttons_lead_to_the_skill_and_back(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill mlops lead")

    skill = as_message(await card.press("Open"))
    assert skill.ts == card.ts
    assert "*LLM Engineer · Lead* · your role" in skill.plain
    group = as_message(await skill.press("All of MLOps"))
    assert "*LLM Engineer at Lead asks for " in group.plain


async def test_gap_button_leads_to_the_promotion_gap(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    gap = await card.press("Gap to Lead")
    assert gap.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"


async def test_details_show_the_row_in_full_beside_its_neighbours(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")

    modal = as_modal(await card.press("Details"))
    assert modal.plain.splitlines()[0] == "ML Experiment Tracking"
    assert "Compare: Middle → Senior" in modal.plain
    assert "*New at Senior*\nWorking → Advanced" in modal.plain
    (columns,) = [block["fields"] for block in modal.blocks if "fields" in block]
    middle, senior = (column["text"].splitlines() for column in columns)
    assert middle[:2] == ["*Middle*", "Optional · Working"]
    assert middle[2] == said(any_desk, "llm-engineer", "middle", SKILL)
    assert senior[:2] == ["*Senior · you today*", "Optional · Advanced"]
    assert senior[2] == said(any_desk, "llm-engineer", "senior", SKILL)
    lead = said(any_desk, "llm-engineer", "lead", SKILL)
    assert f"*After that, Lead* · Optional · Expert\n{lead}" in modal.plain
    assert "*To grow toward Senior*" in modal.plain
    catalogue = any_desk.nextrung.services.catalogues.shelf().catalogue
    prompts = [
        prompt.base
        for each in catalogue.content.expectations
        if (each.role.key, each.level.key, each.skill.key) == ("llm-engineer", "senior", SKILL)
        for prompt in each.growth_prompts
    ]
    assert prompts
    assert prompts[0] in modal.plain


async def test_details_turn_level_and_role_in_place(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking")
    modal = as_modal(await card.press("Details"))

    turned = as_modal(await modal.choose("Choose a level", "Level: Junior"))
    assert turned.view.id == modal.view.id
    words = said(any_desk, "llm-engineer", "junior", SKILL)
    assert f"*Junior*\nOptional · Awareness\n{words}" in turned.plain
    other = as_modal(await turned.choose("Choose a role", "Role: Data Scientist"))
    words = said(any_desk, "data-scientist", "junior", SKILL)
    assert f"*Junior*\nOptional · Working\n{words}" in other.plain
    assert any_desk.engineer.modal is not None
    await other.close()
    assert any_desk.engineer.modal is None


async def test_role_card_pages_forward_and_back(desk: Desk) -> None:
    card = await desk.engineer.command("/skill llm-engineer")

    pages = [card.plain]
    while onward := [label for label in card.buttons if label.startswith("Next: ")]:
        turned = as_message(await card.press(onward[0]))
        assert turned.ts == card.ts
        pages.append(turned.plain)
    assert len(pages) == len(set(pages)) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    for page in reversed(pages[:-1]):
        assert (await card.press("Previous Page")).plain == page
    catalogue = desk.nextrung.services.catalogues.shelf().catalogue
    expected = {
        each.skill.name.base
        for each in catalogue.content.expectations
        if each.role.key == "llm-engineer"
    }
    assert expected
    assert not [name for name in expected if not any(name in page for page in pages)]


async def test_share_shows_the_card_to_everyone_and_notes_it(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill ml-experiment-tracking", channel="engineering")
    assert [m.ts for m in any_desk.manager.messages("engineering")] == []

    await card.press("Share in Channel")
    await any_desk.slack.settled(quiet=0.02)

    (shared,) = any_desk.manager.messages("engineering")
    assert not shared.is_ephemeral
    assert shared.plain.splitlines()[0] == "ML Experiment Tracking"
    assert "*LLM Engineer · Senior*" in shared.plain
    assert set(shared.action_ids) == {"details.0"}
    assert "your level" not in shared.plain
    assert "you are here" not in shared.plain
    assert "Shared by <@U0ENGINEER>" in shared.plain
    (own,) = [m for m in any_desk.engineer.messages("engineering") if m.ts == card.ts]
    assert own.plain.splitlines()[-1] == "Shared in this channel."
    assert own.plain.splitlines()[0] == "ML Experiment Tracking"
    assert "Share in Channel" not in own.buttons
    assert "Gap to Lead" in own.buttons


async def test_a_share_that_slack_refuses_is_not_called_done(desk: Desk) -> None:
    desk.faults_expected = True
    card = await desk.engineer.command("/skill ml-experiment-tracking", channel="engineering")
    desk.slack.faults.fail("response_url")

    await card.press("Share in Channel")
    await desk.slack.settled(quiet=0.02)

    assert desk.manager.messages("engineering") == []
    told = [m.plain for m in desk.engineer.messages("engineering")]
    assert not any("Shared in this channel." in text for text in told)
    assert any("Slack did not take my answer" in text for text in told)


async def test_a_share_whose_answer_is_lost_is_not_posted_twice(desk: Desk) -> None:
    desk.faults_expected = True
    card = await desk.engineer.command("/skill ml-experiment-tracking", channel="engineering")
    desk.slack.faults.drop_after("response_url")

    await card.press("Share in Channel")
    await desk.slack.settled(quiet=0.02)

    assert len(desk.manager.messages("engineering")) == 1


@pytest.mark.parametrize(
    "command", ["/skill mlops senior", "/skill llm-engineer", "/promote-gap llm-engineer lead"]
)
async def test_shared_cards_have_no_control_that_redraws_for_everyone(
    desk: Desk, command: str
) -> None:
    card = await desk.engineer.command(command)
    heading = card.plain.splitlines()[0]
    if "more.0" in card.action_ids:
        await card.choose("more.0", "Share in Channel")
    else:
        await card.press("Share in Channel")
    await desk.slack.settled(quiet=0.02)

    (shared,) = desk.manager.messages("general")
    assert shared.plain.splitlines()[0] == heading
    for action in shared.action_ids:
        assert action.startswith(("details.", "show."))
    for number, label in enumerate(shared.buttons):
        if label == "Details":
            continue
        # Whoever presses gets an answer of their own; the shared card stays as it is.
        before = shared.plain
        nth = shared.buttons[:number].count(label)
        await desk.manager.messages("general")[0].press(label, nth=nth)
        await desk.slack.settled(quiet=0.02)
        assert desk.slack.member(MANAGER).messages("general")[0].plain == before


async def test_details_work_on_a_shared_card_for_others(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    await card.press("Share in Channel")
    await desk.slack.settled(quiet=0.02)

    (shared,) = desk.manager.messages("general")
    modal = as_modal(await shared.press("Details"))
    assert "LLM Engineer · updated" in modal.plain
    assert "*Senior*" in modal.plain
    assert desk.slack.member(ENGINEER).modal is None


async def test_same_button_pressed_twice_at_once_gives_one_card(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops senior")

    await asyncio.gather(card.press("Open"), card.press("Open"))
    await desk.slack.settled(quiet=0.02)

    (message,) = desk.engineer.messages("general")
    assert message.plain.splitlines()[0] == "ML Experiment Tracking"


async def test_share_pressed_twice_at_once_stays_within_slack(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops senior")

    await asyncio.gather(card.press("Share in Channel"), card.press("Share in Channel"))
    await desk.slack.settled(quiet=0.02)

    told = [m.plain for m in desk.engineer.messages("general")]
    assert any("Shared in this channel." in text for text in told)


async def test_commands_work_in_a_direct_message_and_where_the_bot_is_no_member(
    desk: Desk,
) -> None:
    for channel in ("dm", "general", "engineering"):
        card = await desk.engineer.command("/skill mlops", channel=channel)
        assert card.is_ephemeral
        redrawn = as_message(await card.choose("Choose a level", "Level: Lead"))
        assert "*LLM Engineer at Lead asks for " in redrawn.plain
